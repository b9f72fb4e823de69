"""The user's actions in the vogelvlucht, applied to the open dossier; expected errors become a message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sto_desktop.domain.actions import elaborate as acts
from sto_desktop.domain.actions import planning
from sto_desktop.domain.actions.merging import say_apart, say_same
from sto_desktop.domain.bookkeeping import SameAs
from sto_desktop.domain.identity import new_id
from sto_desktop.domain.panel.overview import Overview, PlanLine
from sto_desktop.domain.vocabulary import Evidence
from sto_desktop.ui.base.doing import DossierWork, Tell
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.findings.insight_editor import WrittenInsight


class OverviewWork(DossierWork):
    """Applies the actions; `seen` is the overview shown."""

    def __init__(self, session: Session, tell: Tell) -> None:
        super().__init__(session, tell)
        self.seen: Overview | None = None

    # Insights over panels

    def add_insight(self, written: WrittenInsight, insights: Sequence[str]) -> str | None:
        """Add an insight over panels that rests on insights of panels; return its id, or None if it failed."""
        row = new_id()
        existing = self.seen.content.insights if self.seen is not None else ()
        done = self.apply(
            acts.add_insight(
                None,
                written.text,
                theme=written.place.theme,
                aspect=written.aspect,
                insights=insights,
                keys=[content.insight.position.key for content in existing],
                insight=row,
            )
        )
        return row if done else None

    def change_insight(self, insight: str, written: WrittenInsight, seen: int) -> bool:
        """Change the text or aspect of an insight over panels."""
        before = next((candidate.insight for candidate in self._insights() if candidate.id == insight), None)
        values: dict[str, Any] = {"text": written.text, "aspect": written.aspect}
        changed = {name: value for name, value in values.items() if before is None or getattr(before, name) != value}
        return self.apply(acts.change_insight(insight, seen=seen, **changed)) if changed else True

    def _insights(self) -> Iterable[Any]:
        return self.seen.content.insights if self.seen is not None else ()

    def attach(self, insight: str, others: Sequence[str], evidence: Evidence) -> bool:
        """Let insights of panels, or notes (ids), support or contradict an insight over panels."""
        insights = self.seen.by_id if self.seen is not None else {}
        # `others` may contain ids of both kinds, and each kind has its own link.
        attached = [other for other in others if other in insights]
        notes = [other for other in others if other not in insights]
        done = True
        if attached:
            done = self.apply(acts.attach_insights(insight, attached, evidence))
        return done and (not notes or self.apply(acts.attach_to_insight(insight, notes, evidence)))

    def detach(self, insight: str, other: str) -> bool:
        """Remove an insight of a panel, or a note, from an insight over panels."""
        insights = self.seen.by_id if self.seen is not None else {}
        lose = acts.detach_insight if other in insights else acts.detach_from_insight
        return self.apply(lose(insight, other))

    def delete_insight(self, insight: str) -> bool:
        """Delete an insight over panels; what it rests on stays."""
        return self.apply(acts.delete_insight(insight))

    # The plan

    def _lines(self) -> Sequence[PlanLine]:
        return self.seen.plan if self.seen is not None else ()

    def _own_keys(self) -> list[str]:
        owns = (planning.own_line(line) for line in self._lines())
        return [own.recommendation.position.key for own in owns if own is not None]

    def add_recommendation(
        self, values: dict[str, Any], themes: Sequence[str], insights: Sequence[str] = ()
    ) -> str | None:
        """Add a recommendation of the programme at the end of the plan; return its id, or None if it failed."""
        # A copy, because `text` is passed separately.
        other_values, row = dict(values), new_id()
        text = other_values.pop("text")
        done = self.apply(
            acts.add_recommendation(
                None, text, insights=insights, themes=themes, keys=self._own_keys(), recommendation=row, **other_values
            )
        )
        return row if done else None

    def change_line(self, line: PlanLine, values: dict[str, Any], themes: Sequence[str], seen: int) -> bool:
        """Edit a line of the plan; a line with only panels' recommendations becomes one of the programme."""
        return self.apply(planning.change_in_plan(line, values, themes, self._own_keys(), seen))

    def move_line(self, line: PlanLine, to: int) -> bool:
        """Move a line to a place (0: first) among the lines of the programme; this adopts a panel's line."""
        own = planning.own_line(line)
        keys = [
            other.main.recommendation.position.key
            for other in self._lines()
            if planning.own_line(other) is not None and (own is None or other.main.id != own.id)
        ]
        at = max(0, min(to, len(keys)))
        low = keys[at - 1] if at else None
        high = keys[at] if at < len(keys) else None
        return self.apply(planning.move_in_plan(line, low, high))

    def say_same(self, lines: Sequence[PlanLine]) -> bool:
        """Mark recommendations as asking for the same."""
        rows = [recommendation.id for line in lines for recommendation in line.all]
        return len(lines) > 1 and self.apply(say_same("recommendation", rows))

    def say_apart(self, rows: Sequence[str]) -> bool:
        """Undo that recommendations (ids) ask for the same as others."""
        done = True
        for row in rows:
            # Read the links again for each row, since the previous step changed them.
            links = self._session.dossier.read.rows.records(SameAs)
            done = done and self.apply(say_apart("recommendation", row, links))
        return done

    def drop_line(self, line: PlanLine) -> bool:
        """Remove a line from the plan; the panels' recommendations stay."""
        own = planning.own_line(line)
        return own is not None and self.apply(acts.delete_recommendation(own.id))

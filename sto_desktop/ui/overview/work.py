"""What a person does in the vogelvlucht, as actions on the open dossier; errors of the world become a message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sto_desktop.domain.actions import elaborate as acts
from sto_desktop.domain.actions import planning
from sto_desktop.domain.actions.merging import say_apart, say_same
from sto_desktop.domain.identity import new_id
from sto_desktop.domain.model import SameAs
from sto_desktop.domain.panel.overview import Overview, PlanLine
from sto_desktop.domain.vocabulary import Evidence
from sto_desktop.ui.base.doing import DossierWork, Tell
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.findings.insight_editor import Written


class OverviewWork(DossierWork):
    """`seen` is what is on show."""

    def __init__(self, session: Session, tell: Tell) -> None:
        super().__init__(session, tell)
        self.seen: Overview | None = None

    # Insights over panels

    def add_insight(self, written: Written, insights: Sequence[str]) -> str | None:
        """Write an insight over panels that rests on insights of panels; returns its id."""
        row = new_id()
        known = self.seen.content.insights if self.seen is not None else ()
        done = self.apply(
            acts.add_insight(
                None,
                written.text,
                theme=written.place.theme,
                aspect=written.aspect,
                insights=insights,
                keys=[item.insight.position.key for item in known],
                insight=row,
            )
        )
        return row if done else None

    def change_insight(self, insight: str, written: Written, seen: int) -> bool:
        """Give an insight over panels other words."""
        found = next((item.insight for item in self._insights() if item.id == insight), None)
        values: dict[str, Any] = {"text": written.text, "aspect": written.aspect}
        changed = {name: value for name, value in values.items() if found is None or getattr(found, name) != value}
        return self.apply(acts.change_insight(insight, seen=seen, **changed)) if changed else True

    def _insights(self) -> Iterable[Any]:
        return self.seen.content.insights if self.seen is not None else ()

    def attach(self, insight: str, others: Sequence[str], evidence: Evidence) -> bool:
        """Let an insight over panels rest on insights of panels, or on notes (ids), or be contradicted by them."""
        known = self.seen.by_id if self.seen is not None else {}
        found = [item for item in others if item in known]
        notes = [item for item in others if item not in known]
        done = True
        if found:
            done = self.apply(acts.attach_insights(insight, found, evidence))
        return done and (not notes or self.apply(acts.attach_to_insight(insight, notes, evidence)))

    def detach(self, insight: str, other: str) -> bool:
        """Let an insight over panels no longer point to an insight of a panel, or to a note."""
        known = self.seen.by_id if self.seen is not None else {}
        lose = acts.detach_insight if other in known else acts.detach_from_insight
        return self.apply(lose(insight, other))

    def delete_insight(self, insight: str) -> bool:
        """Take an insight over panels away; what it rests on stays."""
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
        """Write a recommendation of the programme, at the end of the plan; returns its id."""
        rest, row = dict(values), new_id()
        text = rest.pop("text")
        done = self.apply(
            acts.add_recommendation(
                None, text, insights=insights, themes=themes, keys=self._own_keys(), recommendation=row, **rest
            )
        )
        return row if done else None

    def change_line(self, line: PlanLine, values: dict[str, Any], themes: Sequence[str], seen: int) -> bool:
        """Fill in a line of the plan; what only panels said becomes a line of the programme."""
        return self.apply(planning.change_in_plan(line, values, themes, self._own_keys(), seen))

    def move_line(self, line: PlanLine, to: int) -> bool:
        """Put a line at a place (0: first) among the lines of the programme; what panels asked is taken up there."""
        own = planning.own_line(line)
        keys = [
            item.main.recommendation.position.key
            for item in self._lines()
            if planning.own_line(item) is not None and (own is None or item.main.id != own.id)
        ]
        at = max(0, min(to, len(keys)))
        low = keys[at - 1] if at else None
        high = keys[at] if at < len(keys) else None
        return self.apply(planning.move_in_plan(line, low, high))

    def say_same(self, lines: Sequence[PlanLine]) -> bool:
        """Say that recommendations ask for the same."""
        rows = [item.id for line in lines for item in line.all]
        return len(lines) > 1 and self.apply(say_same("recommendation", rows))

    def say_apart(self, rows: Sequence[str]) -> bool:
        """Take back that recommendations (ids) ask for the same as others."""
        done = True
        for row in rows:
            links = self._session.dossier.read.records(SameAs)
            done = done and self.apply(say_apart("recommendation", row, links))
        return done

    def drop_line(self, line: PlanLine) -> bool:
        """Take a line out of the plan; what the panels asked stays."""
        own = planning.own_line(line)
        return own is not None and self.apply(acts.delete_recommendation(own.id))

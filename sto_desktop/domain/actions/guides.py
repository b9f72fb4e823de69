"""Actions on a guide: add, change, move and delete themes and questions; make copies and versions.

A panel that changes a guide gets its own copy first if other panels use the guide or it came with the program. Each row
of the copy names its source row (`origin`). Ids in the copy derive from guide and panel, so that the same step on two
laptops gives one copy. What the panel decided (`panel_question`) and recorded (notes, insights, time) moves along.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sto_desktop.domain.actions.panels import panel_question_id
from sto_desktop.domain.identity import derived_id, new_id
from sto_desktop.domain.log.change import Action, Edit, action, change, delete, put
from sto_desktop.domain.model import Guide, PanelQuestion, Playback, Probe, Question, Theme
from sto_desktop.domain.panel.content import GuideContent, NoteContent, PanelContent, QuestionContent, ThemeContent
from sto_desktop.domain.place import NOWHERE, Position, key_between, plain_keys
from sto_desktop.domain.record import spec_of
from sto_desktop.language import tr_later


@dataclass(frozen=True)
class OpenGuide:
    """A panel's guide, ready to be changed: `edits` make the copy it needs (empty if the guide is the panel's own).

    `guide` is the guide before copying; `ids` maps old ids of guide, themes, questions and probes to those of the copy.
    """

    panel: str
    guide: GuideContent
    edits: tuple[Edit, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)

    def row(self, old: str) -> str:
        """Return the id of a row after copying."""
        return self.ids.get(old, old)

    def act(self, label: str, *edits: Edit | Iterable[Edit]) -> Action:
        """Return an action that makes the copy if needed and then applies these edits."""
        return action(label, self.edits, *edits)


def open_guide(
    content: PanelContent, *, shared: bool, known: Collection[str] = (), without: Collection[str] = ()
) -> OpenGuide:
    """Prepare the guide of a panel for changes.

    Args:
        content: the panel, with everything that refers to its guide.
        shared: other panels use the guide, or it came with the program.
        known: ids of all guides, so that an earlier copy that the panel no longer uses is not overwritten.
        without: themes and questions to leave out of the copy.
    """
    if not shared:
        return OpenGuide(content.panel.id, content.guide)
    guide, panel = content.guide.guide, content.panel
    copy = derived_id("guide", guide.id, panel.id)
    # An earlier copy, which the panel no longer uses, already has the derived id.
    copy = new_id() if copy in known else copy
    version = ", ".join(part for part in (guide.version, panel.title or panel.subregion) if part)
    edits, ids = _copied(content.guide, copy, without)
    edits[0] = replace(edits[0], values={**edits[0].values, "version": version})
    questions_in_copy = [question for _, question in content.guide.questions() if question.id in ids]
    return OpenGuide(
        panel.id,
        content.guide,
        (
            *edits,
            *_decisions(panel.id, questions_in_copy, ids),
            # Skip rows whose question and theme are not in the copy.
            *(edit for edit in _moved_along(content, ids) if edit.values),
            change("panel", panel.id, guide=copy),
        ),
        ids,
    )


def duplicate_guide(content: PanelContent, name: str, version: str, *, copy: str) -> Action:
    """Duplicate a panel's guide, with the panel's decisions in it, and let the panel use the duplicate.

    `copy`: id for the duplicate.
    """
    edits, ids = _copied(content.guide, copy, (), baked=True)
    edits[0] = replace(edits[0], values={**edits[0].values, "name": name, "version": version})
    # Skipping is a decision of the panel, not a part of the guide that can be copied.
    skipped = [question for _, question in content.guide.questions() if question.skipped]
    left_out = [
        put(
            "panel_question",
            panel_question_id(content.panel.id, row),
            panel=content.panel.id,
            question=row,
            skipped=True,
        )
        for row in (ids[question.id] for question in skipped)
    ]
    moved = (edit for edit in _moved_along(content, ids) if edit.values)
    return action(
        tr_later("leidraad dupliceren"), edits, left_out, moved, change("panel", content.panel.id, guide=copy)
    )


def rename_guide(guide: OpenGuide, name: str, version: str) -> Action:
    """Set the name and version of a guide."""
    row = guide.row(guide.guide.guide.id)
    return guide.act(tr_later("leidraad hernoemen"), change("guide", row, name=name, version=version))


def delete_guide(guide: str) -> Action:
    """Delete a guide that no panel uses."""
    return action(tr_later("leidraad verwijderen"), delete("guide", guide))


def import_guide(edits: Iterable[Edit]) -> Action:
    """Add a guide from a file."""
    return action(tr_later("leidraad importeren"), edits)


# Questions


def add_question(guide: OpenGuide, theme: str, after: str | None, *, question: str, **values: Any) -> Action:
    """Add a question to a theme, after another question (None: first). `question`: id for the new one."""
    probes = values.pop("probes", ())
    parent = guide.guide.theme(theme)
    places = [(question.id, question.position.key) for question in parent.questions] if parent else []
    position = Position(guide.row(theme), _key_behind(places, after))
    return guide.act(
        tr_later("vraag toevoegen"),
        put("question", question, position=position, **values),
        _probe_edits(question, (), probes),
    )


def change_question(guide: OpenGuide, question: QuestionContent, **values: Any) -> Action:
    """Set fields of a question; `probes` replaces all follow-ups, in order.

    `wording` and `own_minutes` apply to this panel only. A new `text` clears the panel's own wording.
    """
    row = guide.row(question.id)
    probes, decided = values.pop("probes", None), dict[str, Any]()
    for name, meant in (("wording", "wording"), ("own_minutes", "minutes")):
        if name in values:
            decided[meant] = values.pop(name)
    # Otherwise the panel's own wording would hide the new text.
    if "text" in values and question.decided is not None and question.decided.wording:
        decided["wording"] = ""
    edits: list[Edit] = [change("question", row, **values)] if values else []
    if decided:
        edits.append(
            put("panel_question", panel_question_id(guide.panel, row), panel=guide.panel, question=row, **decided)
        )
    if probes is not None:
        known = [replace(probe, id=guide.row(probe.id)) for probe in question.probes]
        edits.extend(_probe_edits(row, known, probes))
    return guide.act(tr_later("vraag wijzigen"), edits)


def move_question(
    panel: str, guide: GuideContent, question: str, theme: str, after: str | None, *, own: bool = False
) -> Action:
    """Move a question to a theme, after another question (None: first).

    `own`: the guide belongs to this panel alone, so its order changes; otherwise only this panel's order does.
    """
    target = guide.theme(theme)
    places = [(asked.id, asked.position.key) for asked in target.questions if asked.id != question] if target else []
    position = Position(theme, _key_behind(places, after))
    decided = panel_question_id(panel, question)
    if not own:
        return action(
            tr_later("vraag verplaatsen"),
            put("panel_question", decided, panel=panel, question=question, position=position),
        )
    # Otherwise a place chosen by the panel itself would hide the new order.
    content = guide.question(question)
    hides = content is not None and content.decided is not None and content.decided.position.parent is not None
    return action(
        tr_later("vraag verplaatsen"),
        change("question", question, position=position),
        (change("panel_question", decided, position=NOWHERE),) if hides else (),
    )


def delete_question(
    guide: OpenGuide, question: QuestionContent, notes: Iterable[NoteContent] = (), to: str | None = None
) -> Action:
    """Delete a question from the guide; its notes go to another question, or else stay under "Niet ingedeeld"."""
    # A new copy was already made without this question.
    deletion = () if guide.edits else (delete("question", question.id),)
    return guide.act(tr_later("vraag verwijderen"), deletion, _rehoused(guide, notes, to))


# Themes


def add_theme(guide: OpenGuide, after: str | None, *, theme: str, **values: Any) -> Action:
    """Add a theme to the guide, after another (None: first). `theme`: id for the new one."""
    places = [(theme.id, theme.theme.position.key) for theme in guide.guide.themes]
    position = Position(guide.row(guide.guide.guide.id), _key_behind(places, after))
    return guide.act(tr_later("thema toevoegen"), put("theme", theme, position=position, **values))


def change_theme(guide: OpenGuide, theme: str, **values: Any) -> Action:
    """Set fields of a theme."""
    return guide.act(tr_later("thema wijzigen"), change("theme", guide.row(theme), **values))


def move_theme(guide: OpenGuide, theme: str, after: str | None) -> Action:
    """Move a theme with its questions after another theme (None: first)."""
    places = [(other.id, other.theme.position.key) for other in guide.guide.themes if other.id != theme]
    position = Position(guide.row(guide.guide.guide.id), _key_behind(places, after))
    return guide.act(tr_later("thema verplaatsen"), change("theme", guide.row(theme), position=position))


def delete_theme(
    guide: OpenGuide, theme: ThemeContent, notes: Iterable[NoteContent] = (), to: str | None = None
) -> Action:
    """Delete a theme with its questions from the guide; its notes go to another question, or else stay under "Niet
    ingedeeld"."""
    moved = tuple(_rehoused(guide, notes, to))
    if guide.edits:
        # A new copy was already made without this theme.
        return guide.act(tr_later("thema verwijderen"), moved)
    # Keep a question that this panel asks under another theme.
    elsewhere = [
        change("question", question.id, position=question.position)
        for other, question in guide.guide.questions()
        if other.id != theme.id and question.question.position.parent == theme.id
    ]
    deletions = [delete("question", question.id) for question in theme.questions]
    return guide.act(tr_later("thema verwijderen"), delete("theme", theme.id), deletions, elsewhere, moved)


InsertPoint = tuple[str, str | None]
"""A theme, and the question in it after which to insert (None: first)."""


def place_after_step(guide: GuideContent, question: str, step: int) -> InsertPoint | None:
    """Return where a question goes when moved one step up (-1) or down (1), across themes; None at an end."""
    for at, theme in enumerate(guide.themes):
        ids = [question.id for question in theme.questions]
        if question not in ids:
            continue
        now = ids.index(question)
        if 0 <= now + step < len(ids):
            behind = now - 2 if step < 0 else now + 1
            # Behind the previous question but one, or first.
            return theme.id, ids[behind] if behind >= 0 else None
        if not 0 <= at + step < len(guide.themes):
            return None
        other = guide.themes[at + step]
        last = other.questions[-1].id if other.questions and step < 0 else None
        # Upwards it becomes the last question of the theme above, downwards the first of the theme below.
        return other.id, last
    return None


def theme_after_step(guide: GuideContent, theme: str, step: int) -> tuple[str | None] | None:
    """Return, in a tuple, the theme after which a theme goes when moved a step up or down (None: first); None at an
    end.
    """
    ids = [theme.id for theme in guide.themes]
    now = ids.index(theme)
    if not 0 <= now + step < len(ids):
        return None
    behind = now - 2 if step < 0 else now + 1
    return (ids[behind] if behind >= 0 else None,)


# Parts


def _rehoused(guide: OpenGuide, notes: Iterable[NoteContent], to: str | None) -> Iterator[Edit]:
    """Yield the edits that move notes to a question, by its id before copying; none without a question."""
    if to is not None:
        for note in notes:
            yield change("note", note.id, position=Position(guide.row(to), note.note.position.key))


def _key_behind(places: Sequence[tuple[str, str]], after: str | None) -> str:
    """Return a key between a row and its successor; `places` are (id, key) pairs, in order."""
    ids = [row for row, _ in places]
    at = ids.index(after) + 1 if after in ids else 0
    before = places[at - 1][1] if at else None
    return key_between(before, places[at][1] if at < len(places) else None)


def _probe_edits(question: str, known: Sequence[Probe], texts: Iterable[str]) -> Iterator[Edit]:
    """Yield the edits that give a question these follow-ups. A follow-up with unchanged text keeps its row."""
    wanted = [text for text in (" ".join(text.split()) for text in texts) if text]
    unmatched = list(known)
    same: list[Probe | None] = []
    for text in wanted:
        probe = next((existing for existing in unmatched if existing.text == text), None)
        if probe is not None:
            unmatched.remove(probe)
        same.append(probe)
    # The remaining texts are new, or old ones reworded: reuse the remaining rows, so that a rewording is a change.
    rows = [probe or (unmatched.pop(0) if unmatched else None) for probe in same]
    # The order is unchanged: only write texts, so that a colleague's reordering stays.
    if [row.id for row in rows if row] == [probe.id for probe in known] == [row.id if row else "" for row in rows]:
        yield from (
            change("probe", row.id, text=text)
            for row, text in zip(rows, wanted, strict=True)
            if row and row.text != text
        )
        return
    for row, text, key in zip(rows, wanted, plain_keys(len(wanted)), strict=True):
        yield put("probe", row.id if row else new_id(), position=Position(question, key), text=text)
    yield from (delete("probe", probe.id) for probe in unmatched)


def _copied(
    guide: GuideContent, copy: str, without: Collection[str], *, baked: bool = False
) -> tuple[list[Edit], dict[str, str]]:
    """Return the edits that copy a guide, the guide itself first, and the new ids by old id.

    `baked`: write the panel's own minutes and wording into the copy; its order is always copied.
    """
    ids = {guide.guide.id: copy}
    edits = [put("guide", copy, origin=guide.guide.id, **_said(guide.guide))]

    def new(table: str, old: str, origin: str, place: Position, **values: Any) -> str:
        # Derived ids, so that the same copy made on two laptops has the same rows.
        ids[old] = derived_id(table, copy, old)
        edits.append(put(table, ids[old], position=place, origin=origin or old, **values))
        return ids[old]

    for theme in guide.themes:
        if theme.id in without:
            continue
        own = theme.theme
        place = new("theme", own.id, own.origin, Position(copy, own.position.key), **_said(own))
        for question in theme.questions:
            if question.id in without:
                continue
            asked = question.question
            values = _said(asked)
            if baked:
                decided = question.decided
                own_minutes = decided.minutes if decided else None
                values |= {"text": question.text, "minutes": asked.minutes if own_minutes is None else own_minutes}
            row = new("question", asked.id, asked.origin, Position(place, question.position.key), **values)
            for probe in question.probes:
                new("probe", probe.id, probe.origin, Position(row, probe.position.key), **_said(probe))
    return edits, ids


def _said(record: Guide | Theme | Question | Probe | PanelQuestion | Playback) -> dict[str, Any]:
    """Return the fields of a row, without its position and origin."""
    names = spec_of(type(record)).fields
    return {name: getattr(record, name) for name in names if name not in ("position", "origin")}


def _decisions(panel: str, kept: Iterable[QuestionContent], ids: Mapping[str, str]) -> Iterator[Edit]:
    """Yield the panel's decisions about the questions of its copy, without the order, which the copy itself holds."""
    for question in kept:
        row = ids[question.id]
        values = _said(question.decided or PanelQuestion("")) | {"panel": panel, "question": row}
        if values != _said(PanelQuestion("")) | {"panel": panel, "question": row}:
            yield put("panel_question", panel_question_id(panel, row), **values)


def _moved_along(content: PanelContent, ids: Mapping[str, str]) -> Iterator[Edit]:
    """Yield the edits that move a panel's notes, insights and time to the questions and themes of its copy."""

    def placed(position: Position) -> dict[str, Any]:
        new = ids.get(position.parent or "")
        return {"position": Position(new, position.key)} if new else {}

    def named(name: str, old: str | None) -> dict[str, Any]:
        new = ids.get(old or "")
        return {name: new} if new else {}

    # The id of a summary derives from its theme, so with a new theme id it needs a new row.
    themes = {playback.id: new for playback in content.playbacks if (new := ids.get(playback.theme or ""))}
    playbacks = {old: derived_id("playback", content.panel.id, theme) for old, theme in themes.items()}
    for note in content.notes:
        amended = playbacks.get(note.note.amends or "")
        yield change("note", note.id, **placed(note.note.position), **({"amends": amended} if amended else {}))
    for insight in content.insights:
        record = insight.insight
        yield change("insight", insight.id, **placed(record.position), **named("theme", record.theme))
    for playback in content.playbacks:
        if playback.id in themes:
            yield delete("playback", playback.id)
            yield put("playback", playbacks[playback.id], **_said(playback) | {"theme": themes[playback.id]})
    for span in content.time_spans:
        yield change("time_span", span.id, **named("question", span.question))
    for part in content.plan:
        yield change("planned_part", part.id, **named("theme", part.theme))
    for recommendation in content.recommendations:
        row = recommendation.id
        for theme in recommendation.themes:
            if new := ids.get(theme):
                yield delete("recommendation_theme", derived_id("recommendation_theme", row, theme))
                linked = derived_id("recommendation_theme", row, new)
                yield put("recommendation_theme", linked, recommendation=row, theme=new)

"""Rows that count as one: declared the same by a person, or copied from the same row of another guide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from sto_desktop.domain.bookkeeping import SameAs
from sto_desktop.domain.model import Insight, Note, Panelist, Question, Theme, TimeSpan, Voice
from sto_desktop.domain.panel.content import GuideContent, QuestionContent, ThemeContent
from sto_desktop.domain.people import fold, is_label
from sto_desktop.domain.place import Position
from sto_desktop.domain.record import spec_of
from sto_desktop.domain.vocabulary import Consent, Stance


class Sameness:
    """Groups of rows that a person declared the same."""

    def __init__(self, links: Iterable[SameAs] = ()) -> None:
        near: dict[tuple[str, str], set[str]] = defaultdict(set)
        for link in links:
            near[link.of, link.one].add(link.other)
            near[link.of, link.other].add(link.one)
        self._groups = _groups(near)

    def group(self, table: str, row: str) -> tuple[str, ...]:
        """Return the group of a row, including itself, in an order that is the same on every machine."""
        return self._groups.get((table, row), (row,))

    def main(self, table: str, row: str, present: Collection[str] | None = None) -> str:
        """Return the representative row of a group: the first one in `present`."""
        group = self.group(table, row)
        return next((candidate for candidate in group if present is None or candidate in present), row)

    def is_alone(self, table: str, row: str) -> bool:
        """Return whether a row is not linked to any other."""
        return (table, row) not in self._groups

    def knows(self, table: str) -> bool:
        """Return whether rows of a table have any links."""
        return any(name == table for name, _ in self._groups)

    def theme(self, theme: Theme) -> str:
        """Return the id of a theme shared by all guides: that of its origin, or of the theme it is linked to."""
        return self.main("theme", theme.origin or theme.id)

    def question(self, question: Question) -> str:
        """Return the id of a question shared by all guides: that of its origin, or of the question it is linked to."""
        return self.main("question", question.origin or question.id)


def _groups(near: Mapping[tuple[str, str], set[str]]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return by row (table and id) all rows of its table that lead to it; `near`: the rows beside it."""
    groups: dict[tuple[str, str], tuple[str, ...]] = {}
    for table, row in tuple(near):
        if (table, row) not in groups:
            # Sorted, so that every computer picks the same representative.
            group = tuple(sorted(_reached(near, table, row)))
            groups.update({(table, member): group for member in group})
    return groups


def _reached(near: Mapping[tuple[str, str], set[str]], table: str, row: str) -> set[str]:
    reached, waiting = {row}, [row]
    while waiting:
        for other in near[table, waiting.pop()] - reached:
            reached.add(other)
            waiting.append(other)
    return reached


def counterparts(guide: GuideContent, other: GuideContent, same: Sameness) -> tuple[dict[str, str], dict[str, str]]:
    """Return the themes and questions of another guide mapped to their counterparts in `guide`, by id.

    A theme is matched by its origin or by a link; a question by its origin, or else by its aspect if that is unique
    within the matched theme.
    """
    themes = {same.theme(theme.theme): theme for theme in guide.themes}
    questions = {same.question(asked.question): asked.id for _, asked in guide.questions()}
    theme_map: dict[str, str] = {}
    question_map: dict[str, str] = {}
    for theme in other.themes:
        ours = themes.get(same.theme(theme.theme))
        # The same theme of several panels need not exist in this guide.
        if ours is not None:
            theme_map[theme.id] = ours.id
        for question in theme.questions:
            known = questions.get(same.question(question.question)) or _by_aspect(question, ours)
            if known is not None:
                question_map[question.id] = known
    return theme_map, question_map


def _by_aspect(asked: QuestionContent, theme: ThemeContent | None) -> str | None:
    alike = (
        [question.id for question in theme.questions if question.aspect is asked.aspect]
        if theme and asked.aspect
        else []
    )
    return alike[0] if len(alike) == 1 else None


Placed = TypeVar("Placed", Note, Insight)


def placed_in(record: Placed, questions: Mapping[str, str]) -> Placed:
    """Return a note or insight moved to the counterpart of its question."""
    ours = questions.get(record.position.parent or "")
    return replace(record, position=Position(ours, record.position.key)) if ours else record


def one_voice_each(voices: Iterable[Voice], same: Sameness, present: Collection[str]) -> Iterator[Voice]:
    """Return one voice per person and note: a speaker need not also agree."""
    seen: set[tuple[str | None, str]] = set()
    # In the order of the stances, so that a speaker's statement takes precedence over their agreement.
    for voice in sorted(voices, key=lambda voice: (list(Stance).index(voice.stance), voice.id)):
        person = same.main("panelist", voice.panelist or "", present)
        if (voice.note, person) not in seen:
            seen.add((voice.note, person))
            yield voice if person == voice.panelist else replace(voice, panelist=person)


def rows_of_people(members: Sequence[Panelist], same: Sameness) -> Mapping[str, tuple[str, ...]]:
    """Return for each member (id) of whom there are more rows, all of them: declared the same, or of one name and
    organisation, as in two copies that nobody has joined yet.
    """
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    near: dict[tuple[str, str], set[str]] = defaultdict(set)
    for member in members:
        if member.name.strip() and not is_label(member.name):
            alike[fold(member.name), fold(member.organisation)].append(member.id)
        if not same.is_alone("panelist", member.id):
            near["panelist", member.id].update(same.group("panelist", member.id))
    for first, *others in alike.values():
        for other in others:
            near["panelist", first].add(other)
            near["panelist", other].add(first)
    return {row: group for (_, row), group in _groups(near).items()}


def with_consent_of_all(members: Sequence[Panelist], same: Sameness) -> list[Panelist]:
    """Return members with, for each question about consent, the strictest answer on any row of the same person."""
    by_id = {member.id: member for member in members}
    questions = [name for name, field in spec_of(Panelist).fields.items() if field.codes is Consent]
    people = rows_of_people(members, same)

    @cache
    def answers_on(all_rows: tuple[str, ...]) -> Mapping[str, Any]:
        rows = [by_id[row] for row in all_rows if row in by_id]
        return {name: Consent.strictest(getattr(row, name) for row in rows) for name in questions}

    def of_all(member: Panelist) -> Panelist:
        return replace(member, **answers_on(people[member.id])) if member.id in people else member

    return [of_all(member) for member in members]


def one_member_each(members: Sequence[Panelist], same: Sameness) -> list[Panelist]:
    """Return one member per person, who consented to what they did on each row."""
    ids = {member.id for member in members}
    all_rows = with_consent_of_all(members, same)
    return [member for member in all_rows if same.main("panelist", member.id, ids) == member.id]


def time_of_one(spans: Iterable[TimeSpan]) -> list[TimeSpan]:
    """Return the time spans of the laptop that recorded most of a conversation kept on several."""
    by_panel: dict[str | None, list[TimeSpan]] = defaultdict(list)
    for span in spans:
        by_panel[span.panel].append(span)
    # Usual case: one laptop.
    if len(by_panel) < 2:
        return [span for panel_spans in by_panel.values() for span in panel_spans]
    return max(by_panel.items(), key=lambda entry: (sum(span.seconds or 0 for span in entry[1]), entry[0] or ""))[1]

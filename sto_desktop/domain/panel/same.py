"""What counts as one: rows that somebody said are the same, and rows that came from one row of another guide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from sto_desktop.domain.model import Insight, Note, Panelist, Question, SameAs, Theme, TimeSpan, Voice
from sto_desktop.domain.panel.content import GuideContent, QuestionContent, ThemeContent
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import Consent, Stance


class Sameness:
    """Groups of rows that stand for the same, as far as anybody said so."""

    def __init__(self, links: Iterable[SameAs] = ()) -> None:
        near: dict[tuple[str, str], set[str]] = defaultdict(set)
        for link in links:
            near[link.of, link.one].add(link.other)
            near[link.of, link.other].add(link.one)
        self._groups: dict[tuple[str, str], tuple[str, ...]] = {}
        for table, row in near:
            if (table, row) not in self._groups:
                group = tuple(sorted(_reached(near, table, row)))
                self._groups.update({(table, one): group for one in group})

    def group(self, table: str, row: str) -> tuple[str, ...]:
        """Return every row that stands for the same as this one, with itself, in an order that is the same for all."""
        return self._groups.get((table, row), (row,))

    def main(self, table: str, row: str, there: Collection[str] | None = None) -> str:
        """Return the row that speaks for a group: the first of those that are there."""
        group = self.group(table, row)
        return next((one for one in group if there is None or one in there), row)

    def is_alone(self, table: str, row: str) -> bool:
        """Tell whether nobody said that a row is the same as another."""
        return (table, row) not in self._groups

    def knows(self, table: str) -> bool:
        """Tell whether anything was said of rows of a table."""
        return any(name == table for name, _ in self._groups)

    def theme(self, theme: Theme) -> str:
        """Return what a theme is called over all guides: that of its origin, or of what it was said to be."""
        return self.main("theme", theme.origin or theme.id)

    def question(self, question: Question) -> str:
        """Return what a question is called over all guides: that of its origin, or of what it was said to be."""
        return self.main("question", question.origin or question.id)


def _reached(near: Mapping[tuple[str, str], set[str]], table: str, row: str) -> set[str]:
    found, waiting = {row}, [row]
    while waiting:
        for other in near[table, waiting.pop()] - found:
            found.add(other)
            waiting.append(other)
    return found


def counterparts(guide: GuideContent, other: GuideContent, same: Sameness) -> tuple[dict[str, str], dict[str, str]]:
    """Return which theme and which question of `guide` those of another guide are, by id.

    A theme is known by its origin or by what somebody said; a question by its origin, or else by its aspect within
    such a theme where that is the only one.
    """
    themes = {same.theme(theme.theme): theme for theme in guide.themes}
    questions = {same.question(item.question): item.id for _, item in guide.questions()}
    theme_map: dict[str, str] = {}
    question_map: dict[str, str] = {}
    for theme in other.themes:
        ours = themes.get(same.theme(theme.theme))
        if ours is not None:
            theme_map[theme.id] = ours.id
        for item in theme.questions:
            known = questions.get(same.question(item.question)) or _by_aspect(item, ours)
            if known is not None:
                question_map[item.id] = known
    return theme_map, question_map


def _by_aspect(item: QuestionContent, theme: ThemeContent | None) -> str | None:
    alike = [one.id for one in theme.questions if one.aspect is item.aspect] if theme and item.aspect else []
    return alike[0] if len(alike) == 1 else None


Placed = TypeVar("Placed", Note, Insight)


def placed_in(item: Placed, questions: Mapping[str, str]) -> Placed:
    """Return a note or insight under the question that its own is the counterpart of."""
    ours = questions.get(item.position.parent or "")
    return replace(item, position=Position(ours, item.position.key)) if ours else item


def one_voice_each(voices: Iterable[Voice], same: Sameness, there: Collection[str]) -> Iterator[Voice]:
    """Return voices by who they are of: nobody has two parts in one note; who said it need not agree with it."""
    seen: set[tuple[str | None, str]] = set()
    for voice in sorted(voices, key=lambda item: (list(Stance).index(item.stance), item.id)):
        person = same.main("panelist", voice.panelist or "", there)
        if (voice.note, person) not in seen:
            seen.add((voice.note, person))
            yield voice if person == voice.panelist else replace(voice, panelist=person)


def one_member_each(members: Sequence[Panelist], same: Sameness) -> list[Panelist]:
    """Return who speaks for members that are the same person; that one of these does not take part holds for all."""
    there = {item.id for item in members}
    refusing = {same.main("panelist", item.id, there) for item in members if item.consent_participation is Consent.NO}
    mains = (item for item in members if same.main("panelist", item.id, there) == item.id)
    return [replace(item, consent_participation=Consent.NO) if item.id in refusing else item for item in mains]


def time_of_one(spans: Iterable[TimeSpan]) -> list[TimeSpan]:
    """Return the time that one of several laptops kept of a conversation: that which kept most."""
    by_panel: dict[str | None, list[TimeSpan]] = defaultdict(list)
    for span in spans:
        by_panel[span.panel].append(span)
    if len(by_panel) < 2:
        return [span for found in by_panel.values() for span in found]
    return max(by_panel.items(), key=lambda item: (sum(span.seconds or 0 for span in item[1]), item[0] or ""))[1]

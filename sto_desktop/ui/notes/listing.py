"""The rows of the list of notes: the notes that match a filter, under headings; rows are built when they are shown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import NoteContent, PanelContent, QuestionContent, ThemeContent
from sto_desktop.domain.panel.note_filter import Grouping, NoteFilter, NoteScope, Ordering
from sto_desktop.domain.people import called, fold
from sto_desktop.domain.vocabulary import Aspect, NoteKind, Stance
from sto_desktop.language import listed, tr
from sto_desktop.storage.read.note_list import ListedNotes, OtherResult
from sto_desktop.storage.read.reader import Reader
from sto_desktop.ui.notes.material import Material
from sto_desktop.ui.notes.wording import with_part


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """Heading of a theme or of a question under it; `insights` is None where none are expected."""

    key: str
    text: str
    level: int
    count: int
    insights: int | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note with all that its row shows; `people` and `tags` are one text each, `place` the name of another panel."""

    content: NoteContent
    people: str
    tags: str
    used: bool
    place: str = ""

    @property
    def key(self) -> str:
        """Id of the note."""
        return self.content.id


WRITTEN = "written"
"""The name, as of a table, of what a member sent in."""
WORDS_BEFORE = 5
"""Most words shown before a match in what a member sent in."""

TABLES_FOUND = ("panelist", WRITTEN, "insight", "recommendation")
"""Search results other than notes, in the order shown."""

MOST_KEPT = 20_000
"""Maximum number of cached rows."""

Row = HeadingRow | NoteRow
Entry = HeadingRow | str
"""A row before it is read: for a note, its id."""


@dataclass(frozen=True, slots=True)
class ColumnContent:
    """A column of the board: a question (None: unassigned) with the ids of its notes."""

    question: str | None
    title: str
    tooltip: str
    over: str
    """Small text above the title: the theme, if columns of several themes are shown."""
    notes: tuple[str, ...]


def people_of(note: NoteContent, names: Mapping[str, str]) -> str:
    """Return who said a note, who agreed, who disagreed and whom it is about: "Wolter, bijval van Ahmet en Sjoerd".

    `names` maps ids of members to names, in order of seat.
    """

    def named(stance: Stance) -> str:
        panelists = note.panelists(stance)
        return listed([name for panelist, name in names.items() if panelist in panelists])

    return ", ".join(tr(stance.of, names=members) for stance in Stance if (members := named(stance)))


def numbered(theme: ThemeContent, content: PanelContent) -> str:
    """Return a theme's number among the conversation themes; "" for welcome, break and closing."""
    if not theme.is_conversation:
        return ""
    themes = [guide_theme.id for guide_theme in content.guide.themes if guide_theme.is_conversation]
    return str(themes.index(theme.id) + 1)


class RowReader:
    """Reads rows of notes: those of the current panel from the material, others from the dossier."""

    def __init__(self, material: Material, read: Reader) -> None:
        self._material = material
        self._read = read
        self._names: dict[str, dict[str, str]] = {}
        self._titles: dict[str, str] = {}
        self._made: dict[str, NoteRow] = {}

    def begin_anew(self) -> None:
        """Discard cached rows, names and panels."""
        self._made.clear()
        self._names.clear()
        self._titles.clear()

    def rows(self, notes: Collection[str]) -> dict[str, NoteRow]:
        """Return the rows of these notes by id, as far as they exist."""
        content = self._material.content
        here = content.panel.id if content else ""
        contents = {note: self._material.by_id[note] for note in notes if note in self._material.by_id}
        of_other_panels = [note for note in notes if note not in contents]
        if of_other_panels:
            contents.update((note.id, note) for note in self._read.notes.some(of_other_panels))
        used = self._material.used | (self._read.lists.used_among(of_other_panels) if of_other_panels else frozenset())
        self._know({note.note.panel or "" for note in contents.values()})
        return {key: self._row(note, key in used, here) for key, note in contents.items()}

    def _row(self, note: NoteContent, used: bool, here: str) -> NoteRow:
        made = self._made.get(note.id)
        if made is not None and made.content == note and made.used is used:
            # Returning the same row for an unchanged note lets the model detect quickly that nothing changed.
            return made
        panel = note.note.panel or ""
        people = people_of(note, self._names[panel]) if note.all_voices else ""
        tags = "  ".join(f"#{tag.name}" for tag in note.tags)
        if len(self._made) >= MOST_KEPT:
            self._made.clear()
        row = self._made[note.id] = NoteRow(
            note, people, tags, used, "" if panel == here else self._titles.get(panel, "")
        )
        return row

    def _know(self, panels: Collection[str]) -> None:
        """Read the names of members and the titles of panels that are not known yet, all at once."""
        content = self._material.content
        unknown = {panel for panel in panels if panel not in self._names}
        members: dict[str, Sequence[Panelist]] = {}
        if content is not None and content.panel.id in unknown:
            members[content.panel.id] = content.panelists
        elsewhere = unknown - members.keys()
        if elsewhere:
            members.update(self._read.members.of_panels(elsewhere))
            self._titles.update((key, title_for(panel)) for key, panel in self._read.panels.some(elsewhere).items())
        for panel, people in members.items():
            self._names[panel] = {member.id: with_part(called(member), member) for member in people}


class Listing:
    """Builds the rows of one panel, or of all; what does not depend on the filter is computed once."""

    def __init__(self, material: Material, read: Reader) -> None:
        assert material.content is not None
        self._content = material.content
        self.read = read
        """Reads on the thread that uses the listing."""
        self._insights: dict[str | None, int] = {}
        for insight in self._content.insights:
            parent = insight.insight.position.parent
            self._insights[parent] = self._insights.get(parent, 0) + 1
        self._known = {question.id for _, question in self._content.guide.questions()}
        self._last: tuple[NoteFilter, ListedNotes] | None = None
        self._parted: tuple[NoteFilter, dict[str, list[str]], list[str]] | None = None
        self._matched: tuple[str, list[int]] | None = None
        self._narrowed: tuple[NoteFilter, str, dict[str, list[str]], list[str]] | None = None
        self.count = 0
        """Number of notes in the rows returned last."""
        self._entries: tuple[str | None, dict[int, str]] | None = None
        self._speakers: Mapping[str, str] = {}
        self._others: dict[int, OtherResult] | None = None
        self._elsewhere: dict[str, str] = {}
        """Maps questions of other guides to the question of this panel's guide with the same origin."""

    @property
    def unassigned(self) -> int:
        """Number of notes of the panel without a known question."""
        return sum(note.question not in self._known for note in self._content.notes)

    def _find(self, wanted: NoteFilter, words: str) -> ListedNotes:
        base = self._base(wanted)
        if not words.strip():
            return base
        hits = self._hits(words, wanted.all_panels)
        return base.only(hits.__contains__)

    def _groups(self, wanted: NoteFilter, words: str) -> tuple[dict[str, list[str]], list[str]]:
        """Return the notes by question of this panel's guide, and the unassigned ones, each in order."""
        if self._parted is None or self._parted[0] != wanted:
            self._parted = (wanted, *self._by_question(self._base(wanted), wanted.all_panels))
        _, groups, loose = self._parted
        if not words.strip():
            return groups, loose
        before = self._narrowed
        letters = before is not None and any(character.isalnum() for character in before[1])
        if before is not None and letters and before[0] == wanted and words.startswith(before[1]):
            # A longer query can only match fewer notes, so search in the previous result. (Not after a query of
            # punctuation, which matches nothing.)
            _, _, groups, loose = before
        hits = self._hits(words, wanted.all_panels)
        matching = {question: [note for note in notes if note in hits] for question, notes in groups.items()}
        self._narrowed = (wanted, words, matching, [note for note in loose if note in hits])
        return self._narrowed[2:]

    def _matching(self, words: str) -> list[int]:
        # The notes and `elsewhere` need the same query.
        if self._matched is None or self._matched[0] != words:
            self._matched = (words, self.read.lists.matching(words))
        return self._matched[1]

    def _base(self, wanted: NoteFilter) -> ListedNotes:
        """Return the notes that match a filter, cached: a search reuses them at each key."""
        if self._last is None or self._last[0] != wanted:
            questions: Collection[str] = self._known
            if wanted.theme is not None:
                themes = (theme for theme in self._content.guide.themes if theme.id == wanted.theme)
                questions = [question.id for theme in themes for question in theme.questions]
            panel = self._content.panel.id
            self._last = (wanted, self.read.lists.listed(wanted, panel=panel, questions=questions))
        return self._last[1]

    def _hits(self, words: str, all_panels: bool) -> set[str]:
        """Return the notes that match a search; for a bundled note also the note that represents its bundle."""
        panel = None if all_panels else self._content.panel.id
        if self._entries is None or self._entries[0] != panel:
            self._entries = (panel, self.read.lists.entries(panel))
            self._speakers = self.read.notes.speakers_of_bundles()
        note_ids = self._entries[1]
        hits = {note_ids[key] for key in self._matching(words) if key in note_ids}
        return hits | {self._speakers[note] for note in hits & self._speakers.keys()} if self._speakers else hits

    def elsewhere(self, wanted: NoteFilter, words: str) -> list[OtherResult]:
        """Return the members, what they sent in, insights and recommendations that match a search."""
        if not words.strip():
            return []
        if self._others is None:
            self._others = self.read.lists.other_entries()
        matching = (
            part
            for key in self._matching(words)
            if key in self._others
            for part in _where_found(self._others[key], Marker(words))
        )
        here = self._content.panel.id
        shown = [entry for entry in matching if wanted.all_panels or entry.panel in (here, None)]
        return sorted(shown, key=lambda entry: (TABLES_FOUND.index(entry.table), entry.text, entry.row))

    def entries(self, wanted: NoteFilter, words: str = "") -> list[Entry]:
        """Return the rows in order; `words`: the search text, empty for all."""
        if wanted.grouping is not Grouping.QUESTION:
            rows = self._find(wanted, words)
            self.count = len(rows.notes)
            loose_rows = wanted.grouping is Grouping.NONE
            return [*rows.notes] if loose_rows else self._by_group(rows, wanted.grouping)
        groups, loose = self._groups(wanted, words)
        self.count = sum(map(len, groups.values())) + len(loose)
        entries: list[Entry] = []
        for theme in self._content.guide.themes:
            under: list[Entry] = []
            shown = 0
            for question in theme.questions:
                notes = groups.get(question.id)
                if notes:
                    shown += len(notes)
                    under.append(self._heading(question, theme, len(notes)))
                    under += notes
            if under and wanted.scope is NoteScope.ALL:
                number = numbered(theme, self._content)
                entries.append(HeadingRow(f"theme:{theme.id}", f"{number}  {theme.title}".strip(), 1, shown))
            entries += under
        if loose:
            entries += [HeadingRow("unassigned", tr("Niet ingedeeld"), 1, len(loose)), *loose]
        return entries

    def columns(self, wanted: NoteFilter, words: str = "") -> list[ColumnContent]:
        """Return the columns of the board: the questions of the selected theme, or of all themes.

        The unassigned notes come first, if all themes or only those are selected.
        """
        # The board always shows this panel, by question and in the order of the conversation.
        plain = replace(wanted, all_panels=False, grouping=Grouping.QUESTION, ordering=Ordering.CONVERSATION)
        # To find the unassigned notes, all must be divided over the questions first.
        everything = replace(plain, scope=NoteScope.ALL) if wanted.scope is NoteScope.UNASSIGNED else plain
        groups, loose = self._groups(everything, words)
        several = wanted.theme is None
        columns = []
        if several and (loose or wanted.scope is NoteScope.UNASSIGNED):
            explanation = tr("Notities waarvan de vraag onbekend of verdwenen is. Sleep ze naar een vraag.")
            columns.append(ColumnContent(None, tr("Niet ingedeeld"), explanation, " ", tuple(loose)))
        for theme in self._content.guide.themes:
            if wanted.theme not in (None, theme.id):
                continue
            over = f"{numbered(theme, self._content)} {theme.short_title}".strip() if several else ""
            for question in theme.questions:
                notes = tuple(groups.get(question.id, ()))
                # Questions outside the conversation (welcome, closing) get a column only if they have notes.
                if notes or not several or theme.is_conversation:
                    title = question.question.short_text or (
                        tr(question.aspect.word) if question.aspect else question.text
                    )
                    columns.append(ColumnContent(question.id, title.capitalize(), question.text, over, notes))
        return columns

    def _by_question(self, listed_notes: ListedNotes, all_panels: bool) -> tuple[dict[str, list[str]], list[str]]:
        """Return the notes by question of this panel's guide, and the unassigned ones."""
        groups: dict[str, list[str]] = {}
        loose: list[str] = []
        home = self._homes() if all_panels else {}
        for note, question in zip(listed_notes.notes, listed_notes.groups, strict=True):
            # Notes made under another guide appear under the matching question.
            place = question if question in self._known else home.get(question or "")
            if place is None:
                loose.append(note)
            else:
                groups.setdefault(place, []).append(note)
        return groups, loose

    def _homes(self) -> dict[str, str]:
        """Map questions of other guides to the question of this panel's guide with the same origin."""
        if not self._elsewhere:
            own = {
                question.question.origin or question.id: question.id for _, question in self._content.guide.questions()
            }
            for guide in self.read.guides.listed():
                for _, question in self.read.guides.content(guide.id).questions():
                    home = own.get(question.question.origin or question.id)
                    if home is not None:
                        self._elsewhere[question.id] = home
        return self._elsewhere

    def _heading(self, question: QuestionContent, theme: ThemeContent, count: int) -> HeadingRow:
        insights = self._insights.get(question.id, 0) if theme.is_conversation else None
        return HeadingRow(f"question:{question.id}", question.text, 2, count, insights, question.id)

    def _by_group(self, listed_notes: ListedNotes, grouping: Grouping) -> list[Entry]:
        titles, missing = self._titles(grouping)
        # A note whose kind follows from its question's aspect belongs to the group of that kind.
        inherited = {f"aspect:{aspect.value}": aspect.kind.value for aspect in Aspect}
        none = NoteKind.REMARK.value if grouping is Grouping.KIND else ""
        groups: dict[str, list[str]] = {}
        for note, group in zip(listed_notes.notes, listed_notes.groups, strict=True):
            groups.setdefault(inherited.get(group or "", group or none), []).append(note)
        place = {group: at for at, group in enumerate(titles)}
        entries: list[Entry] = []
        for group in sorted(groups, key=lambda candidate: place.get(candidate, len(place) + (candidate == ""))):
            entries.append(HeadingRow(f"group:{group}", titles.get(group, missing), 1, len(groups[group])))
            entries += groups[group]
        return entries

    def _titles(self, grouping: Grouping) -> tuple[dict[str, str], str]:
        """Return the headings of groups in order, and that of notes without one."""
        match grouping:
            case Grouping.KIND:
                return {kind.value: tr(kind.word).capitalize() for kind in NoteKind}, ""
            case Grouping.TAG:
                return {tag.id: f"#{tag.name}" for tag in self.read.tags.listed()}, tr("Zonder label")
            case Grouping.SPEAKER:
                names = self.read.members.names()
                return {panelist.id: panelist.name for panelist in self._content.panelists} | names, tr(
                    "Zonder spreker"
                )
            case _:
                return {panel.id: title_for(panel) for panel in self.read.panels.listed()}, tr("Zonder panel")


_WORDS = re.compile(r"\w+")


def _where_found(entry: OtherResult, marker: Marker) -> Iterator[OtherResult]:
    """Yield what of an entry was found: the row itself, or what a member sent in, from just before the first match."""
    spans = marker.spans(entry.written)
    if not spans or marker.spans(f"{entry.text} {entry.detail}"):
        yield entry
    if spans:
        text = " ".join(entry.written[: spans[0][0]].split()[-WORDS_BEFORE:])
        cut = "" if entry.written.startswith(text) else "… "
        passage = f"{cut}{text} {entry.written[spans[0][0] :]}".strip()
        yield OtherResult(WRITTEN, entry.row, passage, entry.text, entry.panel)


class Marker:
    """Finds the words in a text that start with a word of the query, as the search does."""

    def __init__(self, query: str) -> None:
        self._starts = tuple({fold(word) for word in _WORDS.findall(query.replace("_", " "))} - {""})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Marker) and set(other._starts) == set(self._starts)

    __hash__ = None  # type: ignore[assignment]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return [start, end) of every match."""
        if not self._starts:
            return []
        return [match.span() for match in _WORDS.finditer(text) if fold(match[0]).startswith(self._starts)]

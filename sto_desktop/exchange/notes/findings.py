"""Insights and recommendations in a file: reads the tables that we write of them, and brings them into a panel with
the notes on which they rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sto_desktop.domain.actions.elaborate import (
    add_insight,
    add_recommendation,
    attach_insights,
    attach_insights_to_recommendation,
    attach_to_insight,
    attach_to_recommendation,
)
from sto_desktop.domain.identity import imported_id
from sto_desktop.domain.log.change import Edit
from sto_desktop.domain.panel.content import InsightContent, PanelContent, RecommendationContent
from sto_desktop.domain.panel.matching import find_question, find_theme
from sto_desktop.domain.people import fold, squeeze
from sto_desktop.domain.record import clean_text
from sto_desktop.domain.vocabulary import Aspect, Coded, Evidence, Level, Priority
from sto_desktop.exchange.files.form import HEADER_WITHIN
from sto_desktop.exchange.files.look import NO_CHOICES, Becomes, Choices, FileLine
from sto_desktop.exchange.notes.lines.spoken import Concluded
from sto_desktop.language import counted, tr

PLAN_FIELDS: Mapping[str, tuple[str, type[Coded] | None]] = {
    "Schooljaren": ("school_years", None),
    "Niveau": ("level", Level),
    "Eigenaar": ("owner", None),
    "Prioriteit": ("priority", Priority),
    "Eerste stap": ("first_step", None),
    "Borging": ("securing", None),
}
"""What is planned for a recommendation, by its heading in our files: the field, and its codes."""

_KINDS = {Becomes.INSIGHT: ("Inzicht", "Draagvlak"), Becomes.RECOMMENDATION: ("Aanbeveling", "Borging")}
FINDINGS = tuple(_KINDS)
_BULLET, _COMMA = "• ", ", "
_PARTED = f"\n{_BULLET}"


def planned(told: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a recommendation from headings with their text."""
    for heading, value in told:
        name, codes = PLAN_FIELDS.get(heading, ("", None))
        code = value if codes is None else code_of(codes, value)
        if name and code:
            yield name, code


def code_of(codes: type[Coded], word: str) -> Any:
    """Return the code with this word; None if there is none."""
    return next((code for code in codes if fold(code.word) == fold(word)), None)


@dataclass(frozen=True, slots=True)
class FindingsTable:
    """A table that we wrote of insights or recommendations: its rows, and which of them holds the headings."""

    kind: Becomes
    rows: Sequence[Sequence[str]]
    header: int

    def read(self, choices: Choices = NO_CHOICES, first: int = 0) -> tuple[tuple[FileLine, ...], tuple[Concluded, ...]]:
        """Return what each row becomes, numbered from `first`, and what is taken of them."""
        lines, found = [], []
        for at, row in enumerate(self.rows, first):
            cells = tuple(" ".join(cell.split()) for cell in row)
            one = self._finding(row)
            if at == first + self.header:
                lines.append(FileLine(at, cells, Becomes.HEADINGS))
            elif at < first + self.header or not one.text or choices.of(at) is Becomes.OUT:
                above = tr("staat boven de koppen") if at < first + self.header else tr("geen tekst")
                why = tr("zo gekozen") if one.text and choices.of(at) is Becomes.OUT else above
                lines += [FileLine(at, cells, Becomes.OUT, "", why)] if any(cells) else []
            else:
                lines.append(FileLine(at, cells, self.kind, one.text))
                found.append(one)
        return tuple(lines), tuple(_by_what_is_theirs(found))

    def _finding(self, row: Sequence[str]) -> Concluded:
        heads = self.rows[self.header]
        cells = {name.strip(): clean_text(cell).strip() for name, cell in zip(heads, row, strict=False)}
        return Concluded(
            cells.get(_KINDS[self.kind][0], ""),
            recommends=self.kind is Becomes.RECOMMENDATION,
            panel=cells.get("Panel", ""),
            subregion=cells.get("Subregio", ""),
            theme=cells.get("Thema", ""),
            question=cells.get("Vraag", ""),
            aspect=code_of(Aspect, cells.get("Aspect", "")),
            themes=tuple(filter(None, cells.get("Thema's", "").split(_COMMA))),
            supports=_items(cells.get("Notities", "")),
            contradicts=_items(cells.get("Tegengeluid", "")),
            insights=_items(cells.get("Inzichten", "")),
            against=_items(cells.get("Inzichten ertegen", "")),
            plan=tuple(planned(cells.items())) if self.kind is Becomes.RECOMMENDATION else (),
        )


def findings_table(rows: Sequence[Sequence[str]]) -> FindingsTable | None:
    """Return the table of insights or recommendations in rows; None if it is another table."""
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        heads = {cell.strip() for cell in row}
        for kind, words in _KINDS.items():
            if heads.issuperset(words):
                return FindingsTable(kind, rows, at)
    return None


def _items(cell: str) -> tuple[str, ...]:
    return tuple(cell.removeprefix(_BULLET).split(_PARTED)) if cell else ()


def _by_what_is_theirs(found: Sequence[Concluded]) -> Iterator[Concluded]:
    """Yield what was found without the notes of a conclusion that come through its insights: a table repeats them."""
    known = {(one.panel, one.text): one for one in found if not one.recommends}
    for one in found:
        narrower = [known[one.panel, text] for text in one.insights if (one.panel, text) in known]
        opposed = [known[one.panel, text] for text in one.against if (one.panel, text) in known]
        theirs = {text for other in narrower for text in other.supports}
        theirs |= {text for other in opposed for text in other.contradicts}
        opposing = {text for other in narrower for text in other.contradicts}
        opposing |= {text for other in opposed for text in other.supports}
        supports = tuple(text for text in one.supports if text not in theirs)
        yield replace(one, supports=supports, contradicts=tuple(t for t in one.contradicts if t not in opposing))


@dataclass(frozen=True, slots=True)
class FindingsReport:
    """The result: `count` are new, `present` existed; `loose` counts notes and insights that the panel lacks."""

    count: int = 0
    present: int = 0
    loose: int = 0

    def __add__(self, other: FindingsReport) -> FindingsReport:
        return FindingsReport(self.count + other.count, self.present + other.present, self.loose + other.loose)

    @property
    def messages(self) -> Iterator[str]:
        """Sentences for the user."""
        if self.count:
            became = "{n} inzicht of aanbeveling overgenomen."
            yield counted(self.count, became, "{n} inzichten en aanbevelingen overgenomen.")
        if self.present:
            yield counted(
                self.present,
                "{n} inzicht of aanbeveling was er al en is niet nog eens toegevoegd.",
                "{n} inzichten en aanbevelingen waren er al en zijn niet nog eens toegevoegd.",
            )
        if self.loose:
            yield counted(
                self.loose,
                "{n} notitie of inzicht waar zij op rusten staat niet in dit panel; {advice}.",
                "{n} notities of inzichten waar zij op rusten staan niet in dit panel; {advice}.",
                advice=tr("importeer eerst de notities, en dit bestand daarna nog eens"),
            )


def _whole(pieces: Sequence[str], between: str, find: Callable[[str], str | None]) -> tuple[list[str], int]:
    """Return what is found for texts, of which one may be in several pieces, and for how many nothing was."""
    found: list[str] = []
    missing = at = 0
    while at < len(pieces):
        for end in range(len(pieces), at, -1):
            row = find(between.join(pieces[at:end]).strip())
            if row is not None and row not in found:
                found.append(row)
                break
        else:
            missing, end = missing + 1, at + 1
        at = end
    return found, missing


class _Known:
    """Finds rows by their words: those written the same first."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self._rows: dict[str, str] = {}
        for row, text in texts:
            for key in filter(None, (text.strip(), squeeze(text))):
                self._rows.setdefault(key, row)

    def find(self, texts: Sequence[str]) -> tuple[list[str], int]:
        """Return the rows with these texts, and how many texts no row has."""
        return _whole(texts, _PARTED, lambda text: self._rows.get(text) or self._rows.get(squeeze(text)))


class FindingsPlan:
    """Brings insights and recommendations into a panel; `made`: the edits that bring notes along with them."""

    def __init__(self, content: PanelContent, made: Sequence[Edit] = ()) -> None:
        self.content = content
        self.report = FindingsReport()
        new = [(edit.row, str(edit.values["text"])) for edit in made if edit.table == "note" and "text" in edit.values]
        self._notes = _Known([*new, *((note.id, note.text) for note in content.typed_notes())])
        self._keys = {
            False: [one.insight.position.key for one in content.insights],
            True: [one.recommendation.position.key for one in content.recommendations],
        }
        self._here = {self._key(False, one.insight.text): one for one in content.insights}
        self._advice = {self._key(True, one.recommendation.text): one for one in content.recommendations}
        self._seen: Counter[str] = Counter()

    @staticmethod
    def _key(recommends: bool, text: str) -> str:
        return f"{'recommendation' if recommends else 'insight'} {squeeze(text) or text.strip()}"

    def edits(self, findings: Sequence[Concluded]) -> Iterator[Edit]:
        """Yield the edits that bring these; of one that is there, only what it rests on, if it rested on nothing."""
        for made in self.each(findings, [self._row(one) for one in findings]):
            yield from made

    def each(self, findings: Sequence[Concluded], rows: Sequence[str]) -> Iterator[tuple[Edit, ...]]:
        """Yield the edits of each, as these rows."""
        texts = [(row, one.text) for row, one in zip(rows, findings, strict=True) if not one.recommends]
        insights = _Known([*texts, *((one.id, one.insight.text) for one in self.content.insights)])
        for finding, row in zip(findings, rows, strict=True):
            yield tuple(self._one(finding, row, insights))

    def _row(self, finding: Concluded) -> str:
        key = self._key(finding.recommends, finding.text)
        there = (self._advice if finding.recommends else self._here).get(key)
        if there is not None:
            return there.id
        self._seen[key] += 1
        return imported_id("finding", self.content.panel.id, key, str(self._seen[key]))

    def _one(self, finding: Concluded, row: str, insights: _Known) -> Iterator[Edit]:
        supports, lost = self._notes.find(finding.supports)
        contradicts, also = self._notes.find(finding.contradicts)
        narrower, unknown = insights.find(finding.insights)
        opposed, other = insights.find(finding.against)
        self.report += FindingsReport(loose=lost + also + unknown + other)
        here = (self._advice if finding.recommends else self._here).get(self._key(finding.recommends, finding.text))
        if here is not None:
            self.report += FindingsReport(present=1)
            if not _rests_on_something(here):
                yield from self._links(finding, row, supports, contradicts, narrower, opposed)
            return
        self.report += FindingsReport(count=1)
        keys = self._keys[finding.recommends]
        made = self._added(finding, row, keys)
        keys += [edit.values["position"].key for edit in made if edit.row == row]
        yield from made
        yield from self._links(finding, row, supports, contradicts, narrower, opposed)

    def _added(self, finding: Concluded, row: str, keys: Sequence[str]) -> Sequence[Edit]:
        guide, panel = self.content.guide, self.content.panel.id
        if finding.recommends:
            # A title may have a comma of its own.
            themes, _ = _whole(finding.themes, _COMMA, lambda title: getattr(find_theme(title, guide), "id", None))
            told = dict(finding.plan)
            return add_recommendation(panel, finding.text, themes=themes, keys=keys, recommendation=row, **told).edits
        theme = find_theme(finding.theme, guide) if finding.theme else None
        question = find_question(finding.question, theme, guide) if finding.question else None
        aspect = None if question is not None and question.aspect is finding.aspect else finding.aspect
        asked, about = (question.id, None) if question else (None, theme.id if theme else None)
        return add_insight(
            panel, finding.text, question=asked, theme=about, aspect=aspect, keys=keys, insight=row
        ).edits

    def _links(
        self, finding: Concluded, row: str, supports: Sequence[str], contradicts: Sequence[str],
        narrower: Sequence[str], opposed: Sequence[str],
    ) -> Iterator[Edit]:  # fmt: skip
        attach = attach_to_recommendation if finding.recommends else attach_to_insight
        yield from attach(row, supports).edits
        yield from attach(row, contradicts, Evidence.CONTRADICTS).edits
        if finding.recommends:
            yield from attach_insights_to_recommendation(row, narrower).edits
        else:
            yield from attach_insights(row, narrower).edits
            yield from attach_insights(row, opposed, Evidence.CONTRADICTS).edits


def _rests_on_something(here: InsightContent | RecommendationContent) -> bool:
    against = here.against if isinstance(here, InsightContent) else ()
    return any((here.supports, here.contradicts, here.insights, against))

"""The papers of the hours after a panel that hold what was said: who does what, a member's own words, what changed
since a verslag was made, and all of it on one page.

They follow the setup of the verslag: its naming, its parts, and what was decided about names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.bookkeeping import Issuance
from sto_desktop.domain.dutch import capital, closed, in_words, long_date, one_line, quoted, sentence, unclosed
from sto_desktop.domain.model import Panelist, Theme, TopChoice
from sto_desktop.domain.panel.content import NoteContent, PanelContent
from sto_desktop.domain.panel.voices import by_seat
from sto_desktop.domain.privacy.naming.naming import NameMode, Naming, unnamed
from sto_desktop.domain.privacy.panel_texts import found_in
from sto_desktop.domain.privacy.participation import naming_of, taking_part
from sto_desktop.domain.privacy.redaction import Found, Redactor
from sto_desktop.domain.vocabulary import Output
from sto_desktop.language import listed, tr, tr_later
from sto_desktop.report.blocks.blocks import (
    Block,
    Document,
    Emphasis,
    Heading,
    HeadingKind,
    ItemList,
    Paragraph,
    ParagraphRole,
    Text,
    TextSpan,
)
from sto_desktop.report.blocks.document_texts import texts_of_document
from sto_desktop.report.blocks.issued import said_made, said_recipient
from sto_desktop.report.blocks.options import Form, Part, ReportOptions, Room
from sto_desktop.report.content import front, short
from sto_desktop.report.content.changes_since import (
    Difference,
    Touched,
    differences,
    fingerprint,
    removed_text,
    touched_since,
)
from sto_desktop.report.content.closing import agreed_item, agreed_notes, parked_notes, says_when
from sto_desktop.report.content.context import ReportContext
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.content.setups import options_of
from sto_desktop.report.papers.kinds import FOR_EACH, Paper, file_name
from sto_desktop.report.papers.occasion import Occasion, head
from sto_desktop.report.papers.opening import OPEN

_ONE_PAGE = 0.5
"""The lines of the short form that fit on one page, as a share of those on two."""
_OTHERS = {
    "playback": (Part.THEMES, tr_later("de voorgelezen samenvattingen")),
    "top_choice": (Part.CONCLUSIONS, tr_later("wat panelleden het belangrijkst vonden")),
    "debrief": (Part.DEBRIEF, tr_later("de terugblik")),
    "panel": (None, tr_later("gegevens over het gesprek, zoals datum en plaats")),
}
"""What else can change, with the part of the verslag that shows it."""
_MANY = {"note": tr_later("notities"), "insight": tr_later("inzichten"), "recommendation": tr_later("aanbevelingen")}
"""Kinds of which there may be so many that only their number is known."""
EVERYBODY = ""
"""The choice of all owners together."""


@dataclass(frozen=True)
class Afterwards:
    """A panel as the dossier has it, with the setups of its verslag (JSON by form), the form on show, and what was
    made of it, newest first.
    """

    content: PanelContent
    setups: Mapping[str, str]
    form: Form = Form.EXTENDED
    made: Sequence[Issuance] = ()

    @cached_property
    def shown(self) -> PanelContent:
        """The panel without who does not take part."""
        return taking_part(self.content)

    def options(self, kind: Paper) -> ReportOptions:
        """Return how people are called in a paper, and which parts of the verslag it is about."""
        if kind is Paper.AGREED:
            # Who agreed to be named is named: a message about what to do has to reach somebody.
            return replace(options_of(self.setups, Form.MINUTES), naming=NameMode.FULL)
        if kind is Paper.ONE_PAGE:
            return options_of(self.setups, Form.SHORT)
        # The short form has hardly any words of members.
        return options_of(self.setups, Form.EXTENDED if self.form is Form.SHORT else self.form)

    def found(self, kind: Paper) -> tuple[Found, ...]:
        """Return the names in the texts of the panel, to look through before a paper leaves the program."""
        options = self.options(kind)
        return found_in(self.shown, Redactor(naming_of(self.shown, options.naming), options.decisions))

    def choices(self, kind: Paper) -> list[tuple[str, str]]:
        """Return for whom, or since when, there is a paper of a kind: pairs of an id and words."""
        if kind is Paper.CHECK:
            return [(member.id, _called(member)) for member in self.checked]
        if kind is Paper.AGREED:
            return _owners(self)
        return [(made.id, _said_version(made)) for made in self._versions] if kind is Paper.CHANGES else []

    @cached_property
    def _versions(self) -> list[Issuance]:
        """The verslagen that were made, one that went to somebody first."""
        made = [one for one in self.made if one.output is Output.REPORT and one.fingerprint]
        return sorted(made, key=lambda one: not one.recipient)

    @cached_property
    def checked(self) -> tuple[Panelist, ...]:
        """The members who have words of their own in the verslag, in order of seat."""
        known = (member for member in by_seat(self.shown.panelists) if _called(member))
        return tuple(member for member in known if own_words(self, member))

    @cached_property
    def verslag(self) -> tuple[ReportContext, str]:
        """The verslag that members check: its context and all of its words."""
        options = self.options(Paper.CHECK)
        texts = texts_of_document(panel_report(self.shown, options))
        return ReportContext.of(self.shown, options), "\n".join(texts)

    def document(self, kind: Paper, choice: str) -> Document:
        """Return a paper; `choice`: for whom, or since when, as `choices` has it."""
        if kind is Paper.ONE_PAGE:
            return _one_page(self)
        about = Occasion(self.redactor(kind, choice).panel_of(self.shown.panel), self.shown.guide)
        blocks = {Paper.AGREED: _agreed, Paper.CHECK: _check, Paper.CHANGES: _changes}[kind](self, about, choice)
        return Document(f"{tr(kind.value)}: {title_for(about.panel)}", tuple(blocks))

    def naming(self, kind: Paper, choice: str) -> Naming:
        """Return how people are called in a paper: in a member's own, nobody else by name."""
        mode, shown = self.options(kind).naming, self.shown
        naming = naming_of(shown, mode)
        if kind is not Paper.CHECK or mode is not NameMode.FULL:
            return naming
        # Whoever is named there reads their own name here too. Alone in a list, it would be hidden as the only one.
        hidden = (one for one in shown.panelists if one.id != choice or not naming.shows_name(one))
        elsewhere = tuple(map(unnamed, shown.elsewhere))
        return naming_of(replace(shown, panelists=tuple(map(unnamed, hidden)), elsewhere=elsewhere), mode)

    def redactor(self, kind: Paper, choice: str) -> Redactor:
        """Return what removes the names that a paper may not hold."""
        decisions = self.options(kind).decisions
        # Nobody was asked about names that the verslag may hold, and a letter to one member may not.
        return Redactor(self.naming(kind, choice), decisions, doubtful=kind is Paper.CHECK)

    def each(self, kind: Paper) -> list[str]:
        """Return for whom there is a paper of their own: members (id) or owners; none for other kinds."""
        return [choice for choice, _ in self.choices(kind) if choice != EVERYBODY] if kind in FOR_EACH else []

    def file_name(self, kind: Paper, choice: str) -> str:
        """Return the name of a paper's file: its kind, whom it is for, and which panel."""
        member = self.member(choice) if kind is Paper.CHECK else None
        whom = _called(member) if member else choice if kind is Paper.AGREED else ""
        return file_name(tr(kind.value), whom, self.redactor(kind, choice).panel_of(self.shown.panel).title)

    def member(self, panelist: str) -> Panelist | None:
        """Return who has a letter with this choice, or None."""
        return next((member for member in self.checked if member.id == panelist), None)


def _called(member: Panelist) -> str:
    return member.name.strip() or member.first_name.strip()


def _greeting(about: Occasion) -> Paragraph:
    return Paragraph(tr("Met vriendelijke groet,\n{moderator}", moderator=about.panel.moderator.strip() or OPEN))


def _held(about: Occasion) -> str:
    """Return which conversation, to follow "het panelgesprek"."""
    day = about.panel.date
    return tr("van {day} in {region}", day=long_date(day) if day else OPEN, region=about.region)


def _heading(text: str) -> Heading:
    return Heading(2, text, HeadingKind.UNNUMBERED)


# Who does what


def _tasks(after: Afterwards) -> tuple[ReportContext, dict[str, list[NoteContent]]]:
    """Return what is to be done, by owner as the document calls them; without an owner last."""
    context = ReportContext.of(after.shown, after.options(Paper.AGREED))
    by_owner: dict[str, list[NoteContent]] = {}
    for note in (*agreed_notes(context), *parked_notes(context)):
        by_owner.setdefault(capital(note.note.owner.strip()), []).append(note)
    return context, dict(sorted(by_owner.items(), key=lambda one: (not one[0], one[0].casefold())))


def _owners(after: Afterwards) -> list[tuple[str, str]]:
    _, tasks = _tasks(after)
    if not tasks:
        return []
    # Nobody can be written to who is only "een panellid".
    as_noted = {capital(note.note.owner.strip()) for note in after.shown.notes}
    # Who did all of it needs no message.
    open_with = [owner for owner, notes in tasks.items() if any(not note.note.answer.strip() for note in notes)]
    return [(EVERYBODY, tr("Iedereen")), *((owner, owner) for owner in open_with if owner and owner in as_noted)]


def _agreed(after: Afterwards, about: Occasion, owner: str) -> Iterator[Block]:
    context, tasks = _tasks(after)
    if owner == EVERYBODY:
        yield head(about, tr("Afspraken per eigenaar"))
        for name, notes in tasks.items():
            yield _heading(name or tr("Nog zonder eigenaar"))
            yield ItemList(tuple(_task(context, note, apart=True) for note in notes))
        return
    still = [note for note in tasks.get(owner, ()) if not note.note.answer.strip()]
    to_do, to_find = ([note for note in still if note.note.parked is parked] for parked in (False, True))
    yield head(about, tr("Afspraken met {owner}", owner=owner), details=False)
    if to_do:
        yield Paragraph(tr("In het panelgesprek {held} is afgesproken dat u dit doet:", held=_held(about)))
        yield ItemList(tuple(_task(context, note) for note in to_do))
    if to_find:
        ours = tr("Dit zou u uitzoeken:")
        alone = tr("In het panelgesprek {held} bleef dit open. U zou het uitzoeken:", held=_held(about))
        yield Paragraph(ours if to_do else alone)
        yield ItemList(tuple(_task(context, note) for note in to_find))
    yield Paragraph(tr("Klopt dit niet, of lukt het niet op tijd? Laat het me dan weten."))
    yield _greeting(about)


def _task(context: ReportContext, note: NoteContent, *, apart: bool = False) -> str:
    """Return what is to be done; `apart`: say of a question that it is one to find out."""
    words, answer = sentence(one_line(context.said.words(note))), note.note.answer.strip()
    words = tr("Uit te zoeken: {words}", words=words) if apart and note.note.parked else words
    due = tr("Vóór {day}.", day=long_date(note.note.due)) if note.note.due and not says_when(note) else ""
    label = tr("Antwoord: ") if note.note.parked else tr("Uitkomst: ")
    return " ".join(part for part in (words, due, f"{label}{closed(answer)}" if answer else "") if part)


# A member's own words


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a member said and stands in the verslag in these words: notes with their theme, choices of the end, and what
    was sent in. `together`: how many of their notes stand there in the words of another, who said the same.
    """

    notes: tuple[tuple[Theme | None, NoteContent], ...] = ()
    chosen: tuple[TopChoice, ...] = ()
    written: str = ""
    together: int = 0

    def __bool__(self) -> bool:
        return bool(self.notes or self.chosen or self.written or self.together)


def own_words(after: Afterwards, member: Panelist) -> OwnWords:
    """Return what stands in the verslag of one member's own words, as the dossier has them."""
    context, words = after.verslag
    printed = {note.id: note.text for note in context.content.typed_notes()}
    chosen = {choice.id: choice.text for choice in context.content.top_choices}
    sent = {one.id: one.written for one in context.content.panelists}

    def stands(text: str) -> bool:
        return bool(text.strip()) and (text.strip() in words or quoted(text) in words)

    notes, together = [], 0
    for note in after.shown.notes:
        theme = after.shown.guide.theme_of(note.question)
        represented = stands(printed.get(note.id, ""))
        for part in note.parts:
            if member.id not in part.speakers or not part.kind.is_panels:
                continue
            if stands(printed.get(part.id, "")):
                notes.append((theme.theme if theme else None, part))
            else:
                together += represented
    choices = (
        choice
        for choice in after.shown.top_choices
        if choice.panelist == member.id and stands(unclosed(one_line(chosen.get(choice.id, ""))))
    )
    return OwnWords(tuple(notes), tuple(choices), member.written if stands(sent.get(member.id, "")) else "", together)


def _check(after: Afterwards, about: Occasion, panelist: str) -> Iterator[Block]:
    member = after.member(panelist)
    if member is None:
        return
    context, _ = after.verslag
    own, redactor = own_words(after, member), after.redactor(Paper.CHECK, panelist)
    yield head(about, tr("Uw woorden in het verslag"), details=False)
    yield Paragraph(tr("Beste {name},", name=_called(member)))
    yield Paragraph(
        " ".join(
            (
                tr("Dank voor uw bijdrage aan het panelgesprek {held}", held=closed(_held(about))),
                tr("Hieronder leest u wat er van u in het verslag komt te staan, woord voor woord."),
                _named_as(context, member),
                _without_names(after),
            )
        ).strip()
    )
    yield from _said(context, own, redactor, panelist)
    if own.together:
        yield Paragraph(
            capital(
                in_words(
                    own.together,
                    "{n} keer zei u hetzelfde als een ander; het staat er één keer, in andermans woorden.",
                    "{n} keer zei u hetzelfde als een ander; dat staat er telkens één keer, in andermans woorden.",
                )
            )
        )
    day = about.panel.reaction_until
    until = tr(" uiterlijk op {day}", day=long_date(day)) if day else ""
    yield Paragraph(
        tr(
            "Bent u akkoord? Of moet er iets anders? Laat het me{until} weten. Hoor ik niets, dan blijft het zoals het "
            "hier staat. Wilt u toch niet geciteerd of genoemd worden, zeg dat dan ook; dat mag altijd.",
            until=until,
        )
    )
    yield _greeting(about)


def _said(context: ReportContext, own: OwnWords, redactor: Redactor, panelist: str) -> Iterator[Block]:
    by_theme: dict[Theme | None, list[Text]] = {}
    for theme, note in own.notes:
        text = redactor.redact(note.text, note.id, "text").strip()
        by_theme.setdefault(theme, []).append(quoted(text) if context.said.is_quotable(note) else text)
    for theme, texts in by_theme.items():
        title = redactor.redact(theme.title, theme.id, "title").strip() if theme else tr("Niet ingedeeld")
        yield _heading(title or tr("Thema"))
        yield ItemList(tuple(texts))
    if own.chosen:
        yield _heading(tr("Wat u het belangrijkst vond"))
        yield ItemList(tuple(sentence(redactor.redact(choice.text, choice.id, "text")) for choice in own.chosen))
    if own.written:
        yield _heading(tr("Wat u op schrift gaf"))
        yield Paragraph(redactor.redact(own.written, panelist, "written").strip())
    if any(context.said.is_quotable(note) for _, note in own.notes):
        yield Paragraph(tr("Wat tussen aanhalingstekens staat, komt er als citaat in."), ParagraphRole.REMARK)


def _named_as(context: ReportContext, member: Panelist) -> str:
    called = context.naming.of(member.id)
    if called == member.name:
        return tr("Uw naam staat erbij.")
    return tr("U heet daarin ‘{called}’.", called=called)


def _without_names(after: Afterwards) -> str:
    full = after.options(Paper.CHECK).naming is NameMode.FULL
    return tr("Namen van anderen zijn hier weggelaten.") if full else ""


# What changed, and all of it on one page


def _said_version(made: Issuance) -> str:
    parts = (said_made(made), said_recipient(made.recipient) if made.recipient else "", made.file_name)
    return " · ".join(part for part in parts if part)


def _version(made: Issuance) -> str:
    """Return which verslag it was, to follow "sinds"."""
    versions = {
        Form.SHORT.value: tr("het korte verslag"),
        Form.EXTENDED.value: tr("het uitgebreide verslag"),
        Form.MINUTES.value: tr("de notulen"),
    }
    return versions.get(made.form, tr("het verslag"))


def _changes(after: Afterwards, about: Occasion, issuance: str) -> Iterator[Block]:
    made = next((one for one in after.made if one.id == issuance), None)
    if made is None:
        return
    context = ReportContext.of(after.shown, after.options(Paper.CHANGES))
    yield head(about, tr("Wijzigingen in het verslag"), details=False)
    recipient = f", {said_recipient(made.recipient)}" if made.recipient else ""
    at = tr(" van {made} uur", made=said_made(made)) if made.made_at else ""
    since = f"{_version(made)}{at}{recipient}"
    change = differences(made.fingerprint, fingerprint(after.shown))
    if change is None:
        yield Paragraph(tr("Wat er veranderd is sinds {since}, is niet bekend.", since=since))
        return
    touched = touched_since(made.fingerprint, after.shown)
    told = [*_touched(context, touched), *_besides(after, change, touched)]
    if not told:
        yield Paragraph(tr("In wat het panel zei, is niets veranderd sinds {since}.", since=since))
        return
    yield Paragraph(tr("Dit is er veranderd sinds {since}.", since=since))
    yield from told


def _touched(context: ReportContext, touched: Touched) -> Iterator[Block]:
    """Yield what is new and what reads otherwise, by heading."""
    for title, texts in _texts_by_kind(context).items():
        items: list[Text] = [
            (TextSpan(label, Emphasis.STRONG), *_spans(texts[row]))
            for label, rows in ((tr("Nieuw: "), touched.added), (tr("Gewijzigd: "), touched.changed))
            for row in texts
            if row in rows
        ]
        if items:
            yield _heading(title)
            yield ItemList(tuple(items))


def _besides(after: Afterwards, change: Sequence[Difference], touched: Touched) -> Iterator[Block]:
    """Yield what is no longer there, and what else changed that the verslag shows.

    Not the members: who reads that somebody is no longer in it would look for whose words are gone.
    """
    aside = sum(note.note.set_aside and note.id in touched.changed for note in after.shown.typed_notes())
    removed = removed_text(change, aside)
    if removed:
        yield Paragraph(removed)
    options = after.options(Paper.CHANGES)
    shown = [tr(words) for kind, (part, words) in _OTHERS.items() if part is None or options.includes(part)
             if any(one.kind == kind for one in change)]  # fmt: skip
    shown += [tr(words) for kind, words in _MANY.items() if any(one.kind == kind and one.many for one in change)]
    if shown:
        yield Paragraph(tr("Ook zijn veranderd: {what}.", what=listed(shown)))


def _spans(text: Text) -> tuple[str | TextSpan, ...]:
    return (text,) if isinstance(text, str) else text


def _texts_by_kind(context: ReportContext) -> dict[str, dict[str, Text]]:
    """Return what the verslag can show, by heading and row (id): no observations, and nothing set aside."""
    notes = [note for note in context.typed if note.kind.is_panels and note.text.strip() and not note.note.set_aside]
    return {
        tr("Wat gezegd is"): {note.id: agreed_item(context, note) for note in notes},
        tr("Inzichten"): {insight.id: sentence(insight.insight.text) for insight in context.insights},
        tr("Aanbevelingen"): {one.id: sentence(one.recommendation.text) for one in context.recommendations},
    }


def _one_page(after: Afterwards) -> Document:
    """Return the foremost of the short form on one page, in the same letters."""
    options = replace(after.options(Paper.ONE_PAGE), room=Room(share=_ONE_PAGE))
    context = ReportContext.of(after.shown, options)
    makers = {
        Part.SUMMARY: short.essence_on_one_page,
        Part.RECOMMENDATIONS: short.recommendations,
        Part.ACTIONS: short.actions,
    }
    blocks = [*front.head(context)]
    for part in options.parts:
        inside = tuple(makers[part](context)) if part in makers and options.includes(part) else ()
        if inside:
            blocks += (Heading(1, options.title(part), HeadingKind.FLOWING), *inside)
    return Document(front.report_title(context), tuple(blocks))

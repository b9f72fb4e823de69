"""The papers around a panel as documents: guide, card, opening text, invitation, information letter, consent form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from sto_desktop.domain.dutch import clock, closed, long_date
from sto_desktop.domain.live.schedule import clock_after
from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.panel.consent import CONSENT_QUESTIONS
from sto_desktop.domain.panel.content import GuideContent, QuestionContent, ThemeContent
from sto_desktop.domain.panel.voices import by_seat
from sto_desktop.language import listed, tr, tr_later
from sto_desktop.report.blocks.blocks import (
    Block,
    Cover,
    Document,
    Emphasis,
    Heading,
    HeadingKind,
    ItemList,
    Paragraph,
    ParagraphRole,
    Table,
    Text,
    TextSpan,
)
from sto_desktop.report.papers.opening import OPEN, opening_paragraphs

PROGRAMME = "Sterk Techniekonderwijs Twente"
_GUESTS = 4
"""Empty lines at the end of the list of who is there."""
_LINES = 8
"""Minimum lines of space for notes beside a question."""


class Paper(Enum):
    """The papers that can be printed; the value is the title."""

    GUIDE = tr_later("Leidraad op papier")
    CARD = tr_later("Leidraad op één kaart")
    OPENING = tr_later("Openingstekst")
    INVITATION = tr_later("Uitnodiging")
    LETTER = tr_later("Informatiebrief")
    FORM = tr_later("Toestemmingsformulier")
    ATTENDANCE = tr_later("Presentielijst")


@dataclass(frozen=True, slots=True)
class Occasion:
    """A panel with its guide, including the panel's own decisions about it, and its members."""

    panel: Panel
    guide: GuideContent
    people: tuple[Panelist, ...] = ()

    @property
    def asked(self) -> tuple[ThemeContent, ...]:
        """Themes that take place, with the questions that are asked."""
        shown = []
        for theme in self.guide.themes:
            questions = tuple(question for question in theme.questions if not question.skipped)
            if questions or theme.theme.minutes or not theme.questions:
                shown.append(ThemeContent(theme.theme, questions))
        return tuple(shown)

    @property
    def region(self) -> str:
        """The subregion of the panel, to follow "in"."""
        return (
            tr("de subregio {subregion}", subregion=self.panel.subregion.strip())
            if self.panel.subregion.strip()
            else tr("uw subregio")
        )

    @property
    def until(self) -> str:
        """The end time: the panel's own, or else the start plus the minutes of the guide."""
        if self.panel.end is not None:
            return clock(self.panel.end)
        return clock_after(self.panel.start, self.guide.minutes) or ""

    def when(self) -> str:
        """Return date and time in words."""
        panel = self.panel
        day = long_date(panel.date) if panel.date else OPEN
        if panel.start is None:
            return day
        end = tr(" tot {until}", until=self.until) if self.until else ""
        return (
            tr("{day}, van {clock}{end} uur", day=day, clock=clock(panel.start), end=end)
            if end
            else tr("{day}, {clock} uur", day=day, clock=clock(panel.start))
        )


def paper(kind: Paper, panel: Panel, guide: GuideContent, people: Iterable[Panelist] = ()) -> Document:
    """Return a paper as a document."""
    occasion = Occasion(panel, guide, tuple(people))
    blocks = {
        Paper.GUIDE: _guide,
        Paper.CARD: _card,
        Paper.OPENING: _opening,
        Paper.INVITATION: _invitation,
        Paper.LETTER: _letter,
        Paper.FORM: _form,
        Paper.ATTENDANCE: _attendance,
    }[kind](occasion)
    return Document(f"{tr(kind.value)}: {_title(panel)}", tuple(blocks), table_label=tr("Deel"))


def invitation_text(panel: Panel, guide: GuideContent) -> str:
    """Return the invitation as plain text, for an e-mail."""
    occasion = Occasion(panel, guide)
    return "\n\n".join(
        passage if isinstance(passage, str) else "\n".join(f"- {bullet}" for bullet in passage)
        for passage in _invited(occasion)
    )


def _title(panel: Panel) -> str:
    return panel.title.strip() or (
        tr("Panel {subregion}", subregion=panel.subregion.strip()) if panel.subregion.strip() else tr("Panelgesprek")
    )


def _head(occasion: Occasion, title: str, *, details: bool = True) -> Cover:
    panel = occasion.panel
    lines = (
        (tr("Wanneer"), occasion.when() if panel.date else ""),
        (tr("Waar"), panel.place),
        (tr("Gespreksleider"), panel.moderator),
        (tr("Notulist"), panel.note_taker),
    )
    shown = tuple((label, text.strip()) for label, text in lines if text.strip()) if details else ()
    return Cover(title, f"{_title(panel)}, {PROGRAMME}", "", shown, page=False)


# The guide


def _guide(occasion: Occasion) -> Iterator[Block]:
    yield _head(occasion, occasion.guide.guide.name or tr("Gespreksleidraad"))
    elapsed = 0
    for theme in occasion.asked:
        start = clock_after(occasion.panel.start, elapsed) or tr("na {elapsed} minuten", elapsed=elapsed)
        elapsed += theme.minutes
        caption = tr("{title}: {begin}, {minutes} minuten", title=theme.title, begin=start, minutes=theme.minutes)
        script = theme.theme.script.strip()
        if not theme.questions:
            yield Heading(2, caption, HeadingKind.UNNUMBERED)
            if script:
                yield Paragraph(script, ParagraphRole.REMARK)
            continue
        yield Table(
            caption,
            (tr("Vraag"), tr("Aantekeningen")),
            tuple((_with_room(question), "") for question in theme.questions),
            (1.0, 1.15),
            tr("Een rij per vraag, met doorvragen en ruimte om te schrijven."),
        )


def _with_room(content: QuestionContent) -> Text:
    question = content.question
    about = ", ".join(
        part
        for part in (tr("{minutes} min", minutes=content.minutes), tr(question.type.word), _aspect(content))
        if part
    )
    lines = [
        about,
        *([question.script.strip()] if question.script.strip() else []),
        *(f"– {probe.text}" for probe in content.probes),
    ]
    # About 42 characters fit on a line of this column.
    used = sum(1 + len(line) // 42 for line in (content.text, *lines))
    # Word drops a trailing line break in a cell; a no-break space after it keeps it.
    room = "\n\u00a0" * max(_LINES - used, 1)
    return (TextSpan(content.text, Emphasis.STRONG), "\n" + "\n".join(lines) + room)


def _aspect(content: QuestionContent) -> str:
    return tr(content.aspect.word) if content.aspect else ""


def _card(occasion: Occasion) -> Iterator[Block]:
    yield _head(occasion, occasion.guide.guide.name or tr("Gespreksleidraad"), details=False)
    rows: list[tuple[Text, ...]] = []
    elapsed = 0
    for theme in occasion.asked:
        start = clock_after(occasion.panel.start, elapsed) or f"{elapsed // 60}:{elapsed % 60:02}"
        elapsed += theme.minutes
        rows.append((_strong(start), _strong(theme.title), "", _strong(f"{theme.minutes}")))
        for question in theme.questions:
            star = "★ " if question.question.essential else ""
            rows.append(("", star + question.text, _aspect(question), str(question.minutes)))
    end = clock_after(occasion.panel.start, elapsed)
    rows.append((_strong(end or ""), _strong(tr("Einde")), "", _strong(str(elapsed))))
    yield Table(
        tr("Tijden en vragen (★: houden als de tijd kort is)"),
        (tr("Tijd"), tr("Thema en vraag"), tr("Vraagt naar"), tr("Min")),
        tuple(rows),
        (0.7, 5.2, 1.4, 0.6),
        tr("Per thema de begintijd, daaronder de vragen met hun minuten."),
    )


def _strong(text: str) -> Text:
    return (TextSpan(text, Emphasis.STRONG),) if text else ""


def _opening(occasion: Occasion) -> Iterator[Block]:
    yield _head(occasion, tr("Openingstekst"))
    paragraphs = opening_paragraphs(occasion.guide, occasion.panel)
    if not paragraphs:
        yield Paragraph(tr("Deze leidraad heeft geen openingstekst."))
    for text in paragraphs:
        yield Paragraph(text)


# Letters


def _invited(occasion: Occasion) -> Iterator[str | tuple[str, ...]]:
    panel = occasion.panel
    yield tr("Beste panellid,")
    yield (
        tr(
            "Graag nodigen we u uit voor een panelgesprek over Sterk Techniekonderwijs (STO) in "
            "{region} We praten over wat STO oplevert, waardoor dat lukt en wat er beter kan. Uw "
            "ervaring en voorbeelden zijn daarbij wat telt; cijfers hoeft u niet mee te nemen.",
            region=closed(occasion.region),
        )
    )
    yield (
        tr("Wanneer: {when}", when=occasion.when()),
        tr("Waar: {place}", place=panel.place.strip() or OPEN),
        tr("Wie: mensen uit het basisonderwijs, vmbo, mbo, bedrijven, bedrijfsvakscholen en gemeenten"),
    )
    titles = [theme.title for theme in occasion.asked if theme.is_conversation]
    if titles:
        yield closed(tr("De thema’s zijn {titles}", titles=listed(titles)))
    if panel.selection.strip():
        yield tr("Waarom we u vragen: {selection}", selection=panel.selection.strip())
    yield (
        tr(
            "Van het gesprek maken we een verslag. Bij deze uitnodiging vindt u een brief waarin "
            "staat wat we met uw gegevens doen, en een formulier waarop u aangeeft wat u goed vindt."
        )
    )
    yield tr("Laat u weten of u erbij bent? Kunt u niet, wie zou dan namens uw organisatie kunnen komen?")
    yield tr("Met vriendelijke groet,\n{moderator}", moderator=panel.moderator.strip() or OPEN)


def _invitation(occasion: Occasion) -> Iterator[Block]:
    yield _head(occasion, tr("Uitnodiging voor een panelgesprek"), details=False)
    for passage in _invited(occasion):
        yield Paragraph(passage) if isinstance(passage, str) else ItemList(passage)


def _letter(occasion: Occasion) -> Iterator[Block]:
    panel = occasion.panel
    yield _head(occasion, tr("Wat we met uw gegevens doen"))
    yield Paragraph(
        tr(
            "U doet mee aan een panelgesprek over Sterk Techniekonderwijs in {region} Daarbij "
            "schrijven we op wat er gezegd wordt, en door wie. Deze brief zegt waarvoor, hoe lang en "
            "welke rechten u hebt.",
            region=closed(occasion.region),
        )
    )
    yield Heading(2, tr("Waarvoor"), HeadingKind.UNNUMBERED)
    yield Paragraph(
        tr(
            "Voor het verslag van dit gesprek, dat de subregio gebruikt om haar techniekonderwijs te "
            "verbeteren, en samen met de andere subregio’s voor het plan voor de volgende jaren. "
            "Voor niets anders."
        )
    )
    yield Heading(2, tr("Welke gegevens"), HeadingKind.UNNUMBERED)
    yield Paragraph(
        tr(
            "Uw naam, functie, organisatie en sector, uw antwoorden op het formulier, en notities "
            "van wat u in het gesprek zegt."
        )
        + (tr(" Over opname: {recording}", recording=panel.recording.strip()) if panel.recording.strip() else "")
    )
    yield Heading(2, tr("Wat u zelf kiest"), HeadingKind.UNNUMBERED)
    yield Paragraph(
        tr(
            "Op het formulier kiest u vier keer ja of nee. Vult u iets niet in, dan geldt het als "
            "nee. U mag van gedachten veranderen, vóór, tijdens en na het gesprek, zonder reden; wat "
            "al verspreid is, kan niet altijd terug."
        )
    )
    yield ItemList(
        tuple(
            (TextSpan(f"{tr(consent.asked)} ", Emphasis.STRONG), tr("Zegt u nee, {what}.", what=tr(consent.if_no)))
            for consent in CONSENT_QUESTIONS
        )
    )
    yield from _ground_and_rights(panel)


def _ground_and_rights(panel: Panel) -> Iterator[Block]:
    yield Heading(2, tr("Grondslag en bewaartermijn"), HeadingKind.UNNUMBERED)
    ground = panel.processing_ground.strip() or tr("uw toestemming (AVG, artikel 6, lid 1, onder a)")
    retain_until = long_date(panel.retain_until) if panel.retain_until else OPEN
    yield Paragraph(
        tr(
            "We verwerken uw gegevens op grond van {ground} Uiterlijk op {kept} worden ze gewist.",
            ground=closed(ground),
            kept=retain_until,
        )
    )
    yield Heading(2, tr("Uw rechten"), HeadingKind.UNNUMBERED)
    contact = panel.moderator.strip() or OPEN
    yield Paragraph(
        tr(
            "U kunt vragen wat we van u hebben, het laten verbeteren of laten wissen, en uw "
            "toestemming intrekken. Vraag het aan {contact} Bent u het er niet mee eens, dan kunt u "
            "een klacht indienen bij de Autoriteit Persoonsgegevens (autoriteitpersoonsgegevens.nl).",
            contact=closed(contact),
        )
    )


def _form(occasion: Occasion) -> Iterator[Block]:
    yield _head(occasion, tr("Toestemming"))
    yield Paragraph(
        tr("Ik heb de informatiebrief gelezen en kon vragen stellen. Kruis per regel aan wat u goed vindt.")
    )
    yield Table(
        tr("Wat ik goed vind (niet ingevuld geldt als nee)"),
        (tr("Vraag"), tr("Zegt u nee"), tr("Ja"), tr("Nee")),
        tuple((tr(consent.asked), f"{tr(consent.if_no).capitalize()}.", "☐", "☐") for consent in CONSENT_QUESTIONS),
        (3.2, 3.2, 0.6, 0.6),
        tr("Vier vragen om met ja of nee te beantwoorden."),
    )
    for label in (tr("Naam"), tr("Organisatie en functie"), tr("Datum"), tr("Handtekening")):
        yield Paragraph(f"{label}: " + "_" * (58 - len(label)))
    yield Paragraph(
        tr("Van gedachten veranderen mag altijd. De gespreksleider bewaart dit formulier."),
        ParagraphRole.REMARK,
    )


def _attendance(occasion: Occasion) -> Iterator[Block]:
    """Yield the list that is filled in as people come in; no answer is printed that somebody gave before."""
    yield _head(occasion, tr("Presentielijst"))
    answer = tr("☐ ja  ☐ nee")
    boxes = ("☐", "☐", answer, answer, "")
    rows: list[tuple[Text, ...]] = [
        (_present_member(member), *boxes) for member in by_seat(occasion.people) if member.name.strip()
    ]
    rows += [("\n\u00a0", *boxes)] * _GUESTS
    yield Table(
        tr("Wie er is (de lege regels zijn voor wie niet op de lijst staat)"),
        (tr("Panellid"), tr("Er"), tr("Formulier"), tr("Naam"), tr("Citaat"), tr("Weg om")),
        tuple(rows),
        (4.2, 0.7, 1.2, 1.5, 1.5, 1.1),
        tr("Een rij per panellid, met vakjes voor wie er is, het formulier, en de toestemming voor naam en citaat."),
    )
    yield Paragraph(
        tr("Naam en citaat: wat op het formulier staat. Zonder formulier geldt alles als nee."), ParagraphRole.REMARK
    )


def _present_member(member: Panelist) -> Text:
    about = ", ".join(part.strip() for part in (member.role, member.organisation) if part.strip())
    return (TextSpan(member.name.strip(), Emphasis.STRONG), f"\n{about or chr(0xA0)}")

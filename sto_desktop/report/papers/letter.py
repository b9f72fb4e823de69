"""The information letter and the form: what a member is told of the processing, and what is asked apart.

What a letter must say: AVG, articles 13 and 14. Why the ground is no consent of employees: EDPB, Guidelines 05/2020,
paragraph 21; consent is asked apart for a quote, a name and sound (article 7, paragraph 2).
"""

from __future__ import annotations

from collections.abc import Iterator

from sto_desktop.domain.dutch import closed, in_words, long_date
from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.consent import CONSENT_QUESTIONS, PARTICIPATION, ConsentQuestion
from sto_desktop.domain.panel.terms import FORMS, NAMES, NOTES, Term, chosen_on
from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import (
    Block,
    Emphasis,
    Heading,
    HeadingKind,
    ItemList,
    Paragraph,
    ParagraphRole,
    Table,
    TextSpan,
)
from sto_desktop.report.papers.occasion import Occasion, head
from sto_desktop.report.papers.opening import OPEN


def asked_apart(panel: Panel) -> tuple[ConsentQuestion, ...]:
    """Return the questions that ask for consent: sound only where a recording is planned."""
    return tuple(
        question
        for question in CONSENT_QUESTIONS
        if question is not PARTICIPATION and (question.field != "consent_recording" or panel.recording.strip())
    )


def responsible(panel: Panel) -> str:
    """Return who is responsible for the processing."""
    return panel.responsible.strip() or OPEN


def recipients(panel: Panel) -> str:
    """Return who gets the verslag."""
    return panel.recipients.strip() or tr(
        "de panelleden, en wie in de subregio en bij Sterk Techniekonderwijs Twente aan het plan werkt"
    )


def until(panel: Panel, term: Term) -> str:
    """Return until when something is kept: a day if it was chosen or follows from a verslag that is final, else the
    rule by which it follows.
    """
    chosen = chosen_on(panel, term)
    if chosen is not None:
        return tr("uiterlijk op {day}", day=long_date(chosen))
    return in_words(
        term.after_final,
        "uiterlijk {n} maand nadat het verslag is vastgesteld (zonder vaststellen: {held} na het gesprek)",
        "uiterlijk {n} maanden nadat het verslag is vastgesteld (zonder vaststellen: {held} na het gesprek)",
        held=in_words(term.after_held // 12, "{n} jaar", "{n} jaar"),
    )


def terms(panel: Panel) -> tuple[tuple[str, str], ...]:
    """Return what is kept, and until when; only what the program and the people who use it do."""
    sound = (tr("Opname"), tr("tot het verslag is nagekeken, en niet langer dan de naam")) if panel.recording else ()
    rows = (
        (
            tr("Naam, functie en organisatie"),
            tr("{until} gewist, de naam ook in de notities", until=until(panel, NAMES)),
        ),
        (tr("Formulier"), tr("{until} vernietigd", until=until(panel, FORMS))),
        sound,
        (tr("Notities"), tr("{until} gewist", until=until(panel, NOTES))),
        (tr("Verslag"), tr("blijft, met naam of citaat alleen van wie dat goed vond")),
    )
    return tuple(row for row in rows if row)


def letter(occasion: Occasion) -> Iterator[Block]:
    """Yield the information letter."""
    panel = occasion.panel
    yield head(occasion, tr("Wat we met uw gegevens doen"), details=False)
    yield Paragraph(
        tr(
            "U doet mee aan een panelgesprek over Sterk Techniekonderwijs in {region} We schrijven op wat er gezegd "
            "wordt, en door wie. Meedoen is vrijwillig; niet meedoen heeft geen gevolgen.",
            region=closed(occasion.region),
        )
    )
    yield _heading(tr("Wie verantwoordelijk is"))
    yield Paragraph(
        tr(
            "Verantwoordelijk voor uw gegevens is {responsible} Vragen stelt u aan {moderator}, of aan de functionaris "
            "gegevensbescherming: {contact}",
            responsible=closed(responsible(panel)),
            moderator=panel.moderator.strip() or OPEN,
            contact=closed(panel.privacy_contact.strip() or OPEN),
        )
    )
    yield from _purpose(panel)
    yield from _choices(panel)
    yield _heading(tr("Wie het krijgt en hoe lang we het bewaren"))
    yield Paragraph(
        tr(
            "Het verslag gaat naar {recipients} De notities blijven bij wie het gesprek leidt, opschrijft en uitwerkt. "
            "Er wordt niets automatisch over u besloten.",
            recipients=closed(recipients(panel)),
        )
    )
    yield ItemList(
        tuple((TextSpan(f"{what}: ", Emphasis.STRONG), closed(until)) for what, until in terms(panel)),
    )
    yield from _rights(panel)


def _purpose(panel: Panel) -> Iterator[Block]:
    yield _heading(tr("Waarvoor, en waarom dat mag"))
    ground = panel.processing_ground.strip() or OPEN
    interest = tr(" Dat belang is: het techniekonderwijs in de regio verbeteren.") if "onder f" in ground else ""
    yield Paragraph(
        tr(
            "Voor het verslag van dit gesprek, dat de subregio gebruikt om haar techniekonderwijs te verbeteren, en "
            "samen met de andere subregio’s voor het plan voor de volgende jaren. Voor niets anders. De grondslag is "
            "{ground}{interest}",
            ground=closed(ground),
            interest=interest,
        )
    )
    recording = tr(" Over opname: {recording}", recording=panel.recording.strip()) if panel.recording.strip() else ""
    yield Paragraph(
        tr(
            "We gebruiken uw naam, functie, organisatie en sector (van uzelf, of van wie u voorstelde), uw formulier, "
            "wat u zegt, en uw reactie op het concept. Noem leerlingen en anderen die er niet bij zijn "
            "niet bij naam."
        )
        + recording
    )


def _choices(panel: Panel) -> Iterator[Block]:
    yield _heading(tr("Waar u apart toestemming voor geeft"))
    yield Paragraph(
        tr(
            "Op het formulier kiest u per regel ja of nee; niet ingevuld geldt als nee. U mag van "
            "gedachten veranderen, ook na het gesprek, zonder reden; wat al verspreid is, vragen we terug, maar dat "
            "lukt niet altijd."
        )
    )
    yield ItemList(
        tuple(
            (TextSpan(f"{tr(question.asked)} ", Emphasis.STRONG), tr("Zegt u nee, {what}.", what=tr(question.if_no)))
            for question in asked_apart(panel)
        )
    )


def _rights(panel: Panel) -> Iterator[Block]:
    yield _heading(tr("Uw rechten"))
    objection = "" if "onder a" in panel.processing_ground else tr(" U mag bezwaar maken tegen het gebruik ervan.")
    yield Paragraph(
        tr(
            "U mag uw gegevens inzien en laten verbeteren, beperken of wissen, en een toestemming "
            "intrekken.{objection} Vraag het aan {contact} U hoort binnen een maand wat we doen. Klagen kan bij de "
            "Autoriteit Persoonsgegevens (autoriteitpersoonsgegevens.nl).",
            objection=objection,
            contact=closed(panel.moderator.strip() or OPEN),
        )
    )


def _heading(text: str) -> Heading:
    return Heading(2, text, HeadingKind.UNNUMBERED)


def form(occasion: Occasion) -> Iterator[Block]:
    """Yield the form: whether somebody takes part, and apart from that each consent."""
    panel = occasion.panel
    yield head(occasion, tr("Meedoen en toestemming"))
    yield Paragraph(tr("Ik heb de informatiebrief gelezen en kon vragen stellen."))
    yield _boxes(
        tr("Meedoen"),
        (PARTICIPATION,),
        tr("Een vraag om met ja of nee te beantwoorden: of u meedoet."),
    )
    yield Paragraph(
        tr("Zit u aan tafel zonder dit in te vullen, dan schrijven we op wat u zegt."), ParagraphRole.REMARK
    )
    yield _boxes(
        tr("Toestemming, per regel apart (niet ingevuld geldt als nee)"),
        asked_apart(panel),
        tr("Vragen om met ja of nee te beantwoorden: elke regel is een eigen toestemming."),
    )
    for label in (tr("Naam"), tr("Organisatie en functie"), tr("Datum"), tr("Handtekening")):
        yield Paragraph(f"{label}: " + "_" * (58 - len(label)))
    yield Paragraph(
        tr(
            "Een toestemming intrekken kan altijd: zeg of mail het aan {moderator} Dit formulier wordt {until} "
            "vernietigd.",
            moderator=closed(panel.moderator.strip() or OPEN),
            until=until(panel, FORMS),
        ),
        ParagraphRole.REMARK,
    )


def _boxes(caption: str, questions: tuple[ConsentQuestion, ...], description: str) -> Table:
    return Table(
        caption,
        (tr("Vraag"), tr("Zegt u nee"), tr("Ja"), tr("Nee")),
        tuple((tr(question.asked), f"{tr(question.if_no).capitalize()}.", "☐", "☐") for question in questions),
        (3.2, 3.2, 0.6, 0.6),
        description,
    )

"""The inzagepakket: what a dossier holds of one person, as a document for that person (AVG, article 15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sto_desktop.domain.dutch import long_date
from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import (
    Block,
    Cover,
    Document,
    Heading,
    HeadingKind,
    ItemList,
    Paragraph,
    ParagraphRole,
    Table,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in the dossier, and where they stand; `text` is without the names of others."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class InPanel:
    """What one panel holds of the person: pairs of a word and a value, and sentences on consent, ground and term."""

    title: str
    data: tuple[tuple[str, str], ...] = ()
    consent: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccessPackage:
    """All that a dossier holds of one person.

    `said`: their own words; `agreed`: what others said and they agreed or disagreed with; `mentions`: where they are
    named, `perhaps`: where it may be somebody else with that first name. `history`: changes of their data, by day.
    `recipients`: what was made of panels that they are in, and for whom: rows of a table. `to_check`: texts in it in
    which somebody may speak who does not take part.
    """

    name: str
    made_on: dt.date
    panels: tuple[InPanel, ...] = ()
    said: tuple[Passage, ...] = ()
    agreed: tuple[Passage, ...] = ()
    mentions: tuple[Passage, ...] = ()
    perhaps: tuple[Passage, ...] = ()
    history: tuple[str, ...] = ()
    recipients: tuple[tuple[str, str, str, str], ...] = ()
    to_check: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the dossier holds nothing of the person."""
        return not (self.panels or self.said or self.agreed or self.mentions or self.perhaps or self.history)


def said_perhaps_theirs(words: str) -> str:
    """Return a sentence on a text of a package in which somebody may speak who does not take part."""
    return tr("nakijken: «{words}» (wie niet meedoet, zegt dit misschien ook: haal het dan weg)", words=words)


def access_document(package: AccessPackage) -> Document:
    """Return the document, which names nobody else."""
    title = tr("Inzagepakket van {name}", name=package.name)
    return Document(title, tuple(_blocks(package, title)))


def _blocks(package: AccessPackage, title: str) -> Iterator[Block]:
    yield Cover(title, tr("Alles wat het dossier over u bevat, op {day}", day=long_date(package.made_on)), page=False)
    yield Paragraph(
        tr(
            "U hebt recht op inzage (AVG, artikel 15). Namen van anderen zijn weggelaten, want ook zij hebben recht op "
            "hun privacy. Klopt er iets niet, of wilt u dat er iets verdwijnt, dan kunt u dat vragen aan wie u dit gaf."
        ),
        ParagraphRole.LEAD,
    )
    if package.is_empty:
        yield Paragraph(tr("Het dossier bevat niets over u."))
        return
    for panel in package.panels:
        yield from _of_panel(panel)
    for heading, passages in (
        (tr("Wat u zei"), package.said),
        (tr("Waar u mee instemde of het oneens was"), package.agreed),
        (tr("Waar u genoemd wordt"), package.mentions),
        (tr("Waar misschien u genoemd wordt, misschien iemand met dezelfde voornaam"), package.perhaps),
    ):
        yield from _passages(heading, passages)
    if package.history:
        yield _heading(tr("Geschiedenis van uw gegevens"))
        yield ItemList(package.history)
    yield _heading(tr("Wie iets kreeg waar u in kunt staan"))
    if package.recipients:
        header = (tr("Wat"), tr("Gemaakt"), tr("Namen"), tr("Ontvanger"))
        widths = (3.0, 2.0, 1.0, 2.0)
        caption = tr("Verslagen, kopieën en exports")
        yield Table(caption, header, package.recipients, widths, tr("Wat er gemaakt is, en voor wie."))
    else:
        yield Paragraph(tr("Er is nog niets gemaakt."))
    yield _heading(tr("Waarvoor, en uw rechten"))
    yield ItemList(
        (
            tr(
                "Uw gegevens zijn er voor het verslag van het panelgesprek, en voor het plan van Sterk "
                "Techniekonderwijs voor de volgende jaren. Voor niets anders."
            ),
            tr(
                "Ze komen van uzelf, of van wie u voorstelde; wat iemand zei, is bij het gesprek genoteerd. Er wordt "
                "niets automatisch over u besloten."
            ),
            tr(
                "U mag ze laten verbeteren, beperken of wissen, een toestemming intrekken, en bezwaar maken tegen het "
                "gebruik ervan. U hoort binnen een maand wat ermee gebeurt."
            ),
            tr("Klagen kan bij de Autoriteit Persoonsgegevens (autoriteitpersoonsgegevens.nl)."),
        )
    )


def _heading(text: str) -> Heading:
    return Heading(1, text, HeadingKind.FLOWING)


def _of_panel(panel: InPanel) -> Iterator[Block]:
    yield _heading(tr("Uw gegevens: {panel}", panel=panel.title))
    if panel.data:
        header = (tr("Gegeven"), tr("Wat er staat"))
        yield Table(panel.title, header, panel.data, (1.0, 2.0), tr("De gegevens die van u bewaard worden."))
    if panel.consent:
        yield Heading(2, tr("Uw toestemming"), HeadingKind.FLOWING)
        yield ItemList(panel.consent)
    if panel.kept:
        yield Heading(2, tr("Waarom en hoe lang"), HeadingKind.FLOWING)
        yield ItemList(panel.kept)


def _passages(heading: str, passages: Sequence[Passage]) -> Iterator[Block]:
    if passages:
        yield _heading(heading)
        yield ItemList(tuple(f"{passage.text}\n{passage.place}" for passage in passages))

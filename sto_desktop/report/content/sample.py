"""A short document with one block of each kind, to preview a house style."""

from __future__ import annotations

from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import (
    Cover,
    Document,
    Emphasis,
    Figure,
    FigureKind,
    Heading,
    ItemList,
    Paragraph,
    ParagraphRole,
    Quote,
    Series,
    Table,
    TextSpan,
)


def sample_document() -> Document:
    """Return the sample: two pages, the first a cover."""
    return Document(
        tr("Verslag panelgesprek"),
        (
            Cover(
                tr("Verslag panelgesprek"),
                "Sterk Techniekonderwijs Twente",
                tr("Concept"),
                ((tr("Subregio"), tr("Oldenzaal")), (tr("Datum"), "14 februari 2023")),
            ),
            Heading(1, tr("Samenwerking met het Technolab")),
            Paragraph(tr("Zo ziet de inleiding van een hoofdstuk eruit."), ParagraphRole.LEAD),
            Heading(2, tr("Wat is de opbrengst?")),
            Paragraph(
                (TextSpan(tr("Leerlingen komen vaker en onthouden het. "), Emphasis.STRONG), tr("Breed gedragen.")),
                ParagraphRole.INSIGHT,
            ),
            Paragraph(tr("Dit is gewone tekst, met daaronder een opsomming.")),
            ItemList((tr("Vaste data, in juni al bekend"), tr("Een docent die meegaat"))),
            Quote(tr("Ik hoor ze er op het plein nog over."), tr("een docent vmbo")),
            Figure(
                FigureKind.BARS,
                tr("Wie zich liet horen"),
                tr("Sector"),
                ("po", "vmbo", "bedrijf"),
                (Series(tr("panelleden"), (2, 3, 1)),),
                tr("panelleden"),
                tr("Het vmbo liet zich het meest horen."),
            ),
            Table(
                tr("Aanbevelingen"),
                (tr("Aanbeveling"), tr("Niveau")),
                (
                    (tr("Neem het bezoek op in het schoolplan"), "subregio"),
                    (tr("Regel het vervoer samen"), "programma"),
                ),
                (3, 1),
                tr("Twee aanbevelingen met hun niveau."),
            ),
        ),
    )

"""The wisbewijs: what was erased of a person, where and when, and what could not be reached (AVG, article 17)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sto_desktop.domain.dutch import clock_time, long_date
from sto_desktop.language import counted, tr
from sto_desktop.report.blocks.blocks import Block, Cover, Document, Heading, HeadingKind, ItemList, Paragraph


@dataclass(frozen=True, slots=True)
class ErasureProof:
    """One erasure, of a person or of several (`people`). `what`: sentences on what was chosen; `outputs`: what was made
    before, and for whom.

    `backups` were searched, of which `removed` could not be opened and were deleted; `unread` are of other dossiers,
    with another password. `unpublished` says why the file at the path is not replaced yet; empty if it is. `in_log`:
    changes that this person made, which carry their name. `elsewhere`: names of other dossiers on this computer with
    the same content.
    """

    name: str
    at: dt.datetime
    by: str
    dossier: str
    what: tuple[str, ...]
    outputs: tuple[str, ...] = ()
    backups: int = 0
    removed: int = 0
    unread: int = 0
    unpublished: str = ""
    in_log: int = 0
    elsewhere: tuple[str, ...] = ()
    people: int = 1


def said_people(people: int) -> str:
    """Return how one or more persons are called in a proof."""
    return tr("deze persoon") if people == 1 else tr("deze personen")


def proof_document(proof: ErasureProof) -> Document:
    """Return the document, for the person and for the records of the school."""
    title = tr("Wisbewijs")
    return Document(title, tuple(_blocks(proof, title)))


def _blocks(proof: ErasureProof, title: str) -> Iterator[Block]:
    local = proof.at.astimezone()
    when = f"{long_date(local.date())}, {clock_time(local)}"
    details = (
        (tr("Van wie"), proof.name),
        (tr("Wanneer"), when),
        (tr("Door wie"), proof.by or tr("onbekend")),
        (tr("Dossier"), proof.dossier),
    )
    yield Cover(title, details=details, page=False)
    yield Heading(1, tr("Wat gewist is"), HeadingKind.FLOWING)
    yield ItemList(proof.what)
    yield Heading(1, tr("Waar"), HeadingKind.FLOWING)
    yield ItemList(tuple(_where(proof)))
    yield Heading(1, tr("Wat niet bereikt kon worden"), HeadingKind.FLOWING)
    yield ItemList(tuple(_out_of_reach(proof)))
    if proof.outputs:
        yield Heading(1, tr("Terug te vragen"), HeadingKind.FLOWING)
        who = said_people(proof.people)
        yield Paragraph(tr("Deze stukken zijn eerder gemaakt en kunnen nog iets van {who} bevatten.", who=who))
        yield ItemList(proof.outputs)


def _where(proof: ErasureProof) -> Iterator[str]:
    yield tr("Het dossier op deze computer, met zijn geschiedenis, zoekindex en concepten.")
    if not proof.unpublished:
        yield tr("Het bestand «{file}».", file=proof.dossier)
    yield counted(
        proof.backups,
        "{n} reservekopie op deze computer is doorzocht.",
        "{n} reservekopieën op deze computer zijn doorzocht.",
    )
    if proof.removed:
        yield counted(
            proof.removed,
            "{n} reservekopie was niet meer te openen en is weggegooid.",
            "{n} reservekopieën waren niet meer te openen en zijn weggegooid.",
        )


def _out_of_reach(proof: ErasureProof) -> Iterator[str]:
    if proof.unpublished:
        yield tr("Het bestand «{file}» volgt zodra het weer geschreven kan worden: {reason}", file=proof.dossier,
                 reason=proof.unpublished)  # fmt: skip
    if proof.unread:
        yield counted(
            proof.unread,
            "{n} reservekopie van een ander dossier heeft een ander wachtwoord en is niet doorzocht.",
            "{n} reservekopieën van andere dossiers hebben een ander wachtwoord en zijn niet doorzocht.",
        )
    for other in proof.elsewhere:
        yield tr("«{file}» op deze computer, een ander dossier met dezelfde inhoud: wis het daar ook.", file=other)
    if proof.in_log:
        yield counted(
            proof.in_log,
            "Bij {n} wijziging in dit dossier blijft staan wie die deed.",
            "Bij {n} wijzigingen in dit dossier blijft staan wie ze deed.",
        )
    yield tr("Dossiers van collega's: daar verdwijnt het zodra zij met dit dossier samenvoegen.")
    yield tr("Wat al gemaild, gedeeld, afgedrukt of op een andere plaats opgeslagen is.")

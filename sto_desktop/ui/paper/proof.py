"""Offers to save the wisbewijs of an erasure that was just done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sto_desktop.domain.errors import StoError
from sto_desktop.language import tr
from sto_desktop.report.rights.erasure_proof import ErasureProof, proof_document
from sto_desktop.report.writers.formats import write
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.base.stage import Notify

PROOF = "proof"
"""The topic of the message, which stays until it is answered: the proof can be made only now."""


def offer_proof(proof: ErasureProof, notify: Notify, ask: Callable[[Path], Path | None], folder: Path) -> None:
    """Tell that the erasure is done, with a button that saves the wisbewijs as Word where `ask` says."""

    def tell(error: StoError) -> None:
        notify(str(error), tone="late")

    def save() -> None:
        target = ask(folder / f"{tr('Wisbewijs')} {proof.at:%Y-%m-%d}.docx")
        if target is not None and attempt(tell, write, proof_document(proof), target.with_suffix(".docx")):
            notify(tr("Opgeslagen: {name}.", name=target.with_suffix(".docx").name), tone="good")

    text = tr("Gewist. Er is een wisbewijs: wat, waar, wanneer, en wat niet bereikt kon worden.")
    notify(text, action=tr("Wisbewijs opslaan…"), on_action=save, topic=PROOF)

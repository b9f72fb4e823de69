"""The papers that there are, by themselves: commands name them, and making one needs all of the documents."""

from __future__ import annotations

import re
from enum import Enum

from sto_desktop.language import tr_later


class Paper(Enum):
    """The papers that can be printed; the value is the title."""

    GUIDE = tr_later("Leidraad op papier")
    CARD = tr_later("Leidraad op één kaart")
    OPENING = tr_later("Openingstekst")
    INVITATION = tr_later("Uitnodiging")
    LETTER = tr_later("Informatiebrief")
    FORM = tr_later("Toestemmingsformulier")
    ATTENDANCE = tr_later("Presentielijst")
    THANKS = tr_later("Bedankbericht")
    AGREED = tr_later("Afspraken per eigenaar")
    CHECK = tr_later("Panelcheck per panellid")
    CHANGES = tr_later("Wijzigingen in het verslag")
    ONE_PAGE = tr_later("Eén A4")
    REGISTER = tr_later("Register van verwerkingen")
    PRETEST = tr_later("Pre-toets DPIA")
    AGREEMENT = tr_later("Verwerkersovereenkomst")
    IT_PAGE = tr_later("Voor IT en FG")


AFTERWARDS = frozenset({Paper.AGREED, Paper.CHECK, Paper.CHANGES, Paper.ONE_PAGE})
"""The papers that hold what the panel said."""
FOR_SOMEBODY = frozenset({Paper.AGREED, Paper.CHECK, Paper.CHANGES})
"""Those of which there is one for each owner or member, or since each verslag that was made."""
FOR_EACH = frozenset({Paper.AGREED, Paper.CHECK})
"""Those of which there is one for each owner or member, that others have no need of."""
NOTHING = {
    Paper.AGREED: tr_later("Er zijn nog geen afspraken of open vragen."),
    Paper.CHECK: tr_later("Van geen panellid met een naam staan er eigen woorden in het verslag."),
    Paper.CHANGES: tr_later("Er is nog geen verslag gemaakt om mee te vergelijken."),
    Paper.ONE_PAGE: tr_later("Er zijn nog geen notities of inzichten."),
}
"""Why there is no paper of a kind."""


def file_name(*words: str) -> str:
    """Return the name of a paper's file, without its extension: "bedankbericht-panel-oldenzaal"."""
    return re.sub(r"\W+", "-", " ".join(words).lower()).strip("-")

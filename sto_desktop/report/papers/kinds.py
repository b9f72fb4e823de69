"""The papers that there are, by themselves: commands name them, and making one needs all of the documents."""

from __future__ import annotations

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
    REGISTER = tr_later("Register van verwerkingen")
    PRETEST = tr_later("Pre-toets DPIA")
    AGREEMENT = tr_later("Verwerkersovereenkomst")
    IT_PAGE = tr_later("Voor IT en FG")

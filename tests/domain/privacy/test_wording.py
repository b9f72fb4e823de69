"""What replaces a name stands in its sentence as Dutch wants it, and the meaning stays."""

from __future__ import annotations

import pytest

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.privacy.naming.naming import NameMode, Naming
from sto_desktop.domain.privacy.naming.wording import article_of
from sto_desktop.domain.privacy.redaction import Redactor

MEMBERS = (
    Panelist("s", name="Sjoerd Hoekstra", first_name="Sjoerd"),
    Panelist("m", name="Mirjam Lansink", first_name="Mirjam"),
    Panelist("r", name="Roos de Wit", first_name="Roos"),
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Het plan van Sjoerd's school is goed", "Het plan van de school van een panellid is goed"),
        ("Sjoerds idee was beter", "Het idee van een panellid was beter"),
        ("toen Sjoerds nieuwe lokaal klaar was", "toen het nieuwe lokaal van een panellid klaar was"),
        ("Roos' school doet mee", "De school van een panellid doet mee"),
        ("dat busje is Sjoerds.", "dat busje is van een panellid."),
        ("Sjoerds, Mirjams en Roos' school doen mee", "De school van enkele panelleden doen mee"),
        ("Sjoerd (Hoekstra) had gelijk", "Een panellid had gelijk"),
        ("De opa van Hoekstra werkte bij ons", "De opa van een panellid werkte bij ons"),
        ("Sjoerd en Mirjam komen ook", "Twee panelleden komen ook"),
        ("gebeld met Sjoerd, Mirjam en Roos over de bus", "gebeld met drie panelleden over de bus"),
        ("ik bel Sjoerd, Mirjam komt ook", "ik bel een panellid, een panellid komt ook"),
        ("ik bel Sjoerd en Mirjam komt ook", "ik bel een panellid en een panellid komt ook"),
        ("Sjoerd en Hoekstra is dezelfde", "Een panellid en een panellid is dezelfde"),
        ("Sjoerd/Mirjam regelen dat", "Twee panelleden regelen dat"),
        ("onze Sjoerd weet het", "ons panellid weet het"),
        ("Die Sjoerd weet het", "Dat panellid weet het"),
        ("dan weet de Sjoerd het", "dan weet een panellid het"),
        ("Sjoerds is beter", "Die van een panellid is beter"),
        ("Sjoerd weet het, de juf niet", "Een panellid weet het, de juf niet"),
    ],
)
def test_a_replaced_name_leaves_a_dutch_sentence(typed: str, shown: str) -> None:
    assert Redactor(Naming(MEMBERS, NameMode.ROLE)).redact(typed) == shown


def test_a_text_of_ones_own_replaces_what_the_name_owns_too() -> None:
    redactor = Redactor(Naming(MEMBERS, NameMode.ROLE))
    (name,) = redactor.find("Sjoerds school doet mee", "n", "text")
    assert (name.words, name.becomes) == ("Sjoerds school", "De school van een panellid")
    decided = Redactor(Naming(MEMBERS, NameMode.ROLE), {name.key: "Een school in Oost"})
    assert decided.redact("Sjoerds school doet mee", "n", "text") == "Een school in Oost doet mee"


def test_a_noun_has_the_article_of_its_last_word() -> None:
    assert [article_of(noun) for noun in ("school", "techniekplan", "lesrooster", "klas", "busje", "vriend")] == [
        *("de", "het", "het", "de", "het", "de"),
    ]

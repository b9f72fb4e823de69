"""Full-text search: by words or word prefixes, ignoring accents and case; the query has no syntax."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sto_desktop.domain.log.change import action, create
from sto_desktop.storage.read.search import match_expression
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import PANEL, deleted, edited, note


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("technolab", True),
        ("TECHN", True),
        ("t", True),
        ("cooperatie", True),
        ("coöp", True),
        ("coo\u0308peratie", True),
        ("reünie", True),
        ("vmbo techniek", True),
        ("vmbo-techniek", True),
        ("'s", True),
        ("hnolab", False),
        ("technolab wethouder", False),
        ("2023", True),
        ("", False),
        ('- * " ( )', False),
    ],
)
def test_what_is_typed_finds_words_and_their_beginnings(copy: WorkingCopy, query: str, found: bool) -> None:
    text = "De coöperatie bezoekt 's avonds het Technolab: vmbo-techniek, reünie 2023"
    copy.dossier.apply(note(text, "N"))
    assert [hit.row for hit in copy.dossier.search(query)] == (["N"] if found else [])


def test_the_best_match_comes_first_and_tables_can_be_chosen(copy: WorkingCopy) -> None:
    copy.dossier.apply(note("een heel lang verhaal waarin ook het Technolab even genoemd wordt " * 5, "lang"))
    copy.dossier.apply(note("Technolab, Technolab en nog eens Technolab", "kort"))
    copy.dossier.apply(action("inzicht", create("insight", "I", panel=PANEL, text="Technolab werkt")))
    hits = copy.dossier.search("technolab", tables=("note",))
    assert [hit.row for hit in hits] == ["kort", "lang"]
    assert hits[0].rank < hits[1].rank
    assert {hit.table for hit in copy.dossier.search("technolab")} == {"note", "insight"}
    assert len(copy.dossier.search("technolab", limit=1)) == 1


def test_search_follows_every_change(copy: WorkingCopy) -> None:
    copy.dossier.apply(note("eerst", "N"))
    copy.dossier.apply(edited("N", text="daarna"))
    assert copy.dossier.search("eerst") == []
    assert [hit.row for hit in copy.dossier.search("daarna")] == ["N"]
    copy.dossier.apply(deleted("N"))
    assert copy.dossier.search("daarna") == []
    copy.dossier.undo()
    assert [hit.row for hit in copy.dossier.search("daarna")] == ["N"]
    copy.dossier.apply(edited("N", text=""))
    assert copy.dossier.search("daarna") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=30))
def test_nothing_that_can_be_typed_is_an_error(copy: WorkingCopy, query: str) -> None:
    copy.dossier.search(query)
    assert '""' not in match_expression(query)

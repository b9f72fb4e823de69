"""A field declares what it means everywhere; without a declaration it is private, and shown by its name in the code."""

from __future__ import annotations

from sto_desktop.domain import record as field
from sto_desktop.domain.model import Note, Panelist
from sto_desktop.domain.record import FieldType, Unnamed, spec_of
from sto_desktop.domain.tables import tables


@field.table("made_up")
class MadeUp:
    """A table with the minimum of declarations."""

    id: str
    home_address: str = field.text(default="")
    panel: str | None = field.reference("panel", default=None)


def test_every_table_and_field_says_its_dutch_word() -> None:
    silent = [name for name, spec in tables().items() if not spec.word]
    silent += [
        f"{name}.{item.name}" for name, spec in tables().items() for item in spec.fields.values() if not item.word
    ]
    assert silent == []


def test_a_field_that_declares_nothing_is_private_wiped_and_shown_by_its_name() -> None:
    address = spec_of(MadeUp).fields["home_address"]
    assert (address.unnamed, address.erases, address.running) == (Unnamed.GONE, True, False)
    assert (address.label, address.heading, address.headings) == ("home address", "Home address", ("Home address",))


def test_a_reference_says_nothing_of_a_person_by_itself() -> None:
    panel = spec_of(MadeUp).fields["panel"]
    assert (panel.unnamed, panel.erases, panel.heading) == (Unnamed.SAME, False, "")


def test_words_that_a_person_typed_are_never_open_by_mistake() -> None:
    open_texts = {
        f"{name}.{item.name}"
        for name, spec in tables().items()
        for item in spec.fields.values()
        if item.kind is FieldType.TEXT and item.unnamed is Unnamed.SAME
    }
    assert open_texts == {
        *("guide.origin", "theme.origin", "question.origin", "probe.origin"),
        *("tag.colour", "panel_check.item", "report_setup.form", "report_made.form", "report_made.fingerprint"),
        "report_made.answers_known",
        *("same_as.of", "same_as.one", "same_as.other"),
    }


def test_what_goes_with_a_member_and_with_a_remark() -> None:
    # Fields without a declaration are left out; the others declared to stay.
    kept = {table: set(spec_of(table).fields) - set(spec_of(table).erased) for table in (Panelist, Note)}
    assert kept[Panelist] == {
        *("panel", "seat", "sector", "present", "arrived_at", "left_at", "form_in", "leaves_at"),
        *("consent_participation", "consent_name", "consent_quote", "consent_recording"),
    }
    assert kept[Note] == {
        *("panel", "position", "kind", "star", "parked", "set_aside", "captured_at", "mark", "due", "late"),
        *("bundled_in", "split_from", "amends", "under", "withheld"),
    }


def test_people_know_a_row_by_its_own_words_where_it_has_any() -> None:
    nameless = {name for name, spec in tables().items() if not spec.known_by}
    assert nameless == {
        *(
            "consent_given",
            "voice",
            "note_tag",
            "insight_note",
            "insight_insight",
            "recommendation_note",
            "recommendation_insight",
        ),
        *("recommendation_theme", "debrief", "time_span", "panel_check", "report_setup", "same_as"),
    }

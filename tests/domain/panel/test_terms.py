"""Until when names, forms and notes are kept."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.terms import FORMS, NAMES, NOTES, TERMS, after_final, ends_on, is_over

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))


def test_terms_follow_from_the_day_on_which_the_verslag_is_final() -> None:
    for final, names, notes in (
        (dt.date(2023, 2, 15), dt.date(2023, 5, 15), dt.date(2024, 2, 15)),
        (dt.date(2023, 11, 30), dt.date(2024, 2, 29), dt.date(2024, 11, 30)),
        (dt.date(2024, 2, 29), dt.date(2024, 5, 29), dt.date(2025, 2, 28)),
    ):
        terms = after_final(Panel("p"), final)
        assert terms == {"retain_until": names, "forms_until": names, "notes_until": notes}


@given(DAYS, DAYS, DAYS)
def test_a_chosen_day_wins_and_without_one_every_panel_with_a_date_has_terms(
    held: dt.date, chosen: dt.date, today: dt.date
) -> None:
    panel = Panel("p", date=held, forms_until=chosen)
    assert after_final(panel, today).keys() == {"retain_until", "notes_until"}
    assert ends_on(panel, FORMS) == chosen
    names, notes = ends_on(panel, NAMES), ends_on(panel, NOTES)
    assert names is not None
    assert notes is not None
    assert 365 <= (names - held).days <= 366
    assert 730 <= (notes - held).days <= 731
    for term in TERMS:
        end = ends_on(panel, term)
        assert end is not None
        # The last day itself is still within the term.
        assert is_over(panel, term, today) == (today > end)
    # A letter that named one day promised it for the forms too.
    assert ends_on(Panel("p", date=held, retain_until=chosen), FORMS) == chosen
    assert after_final(Panel("p", retain_until=chosen), today).keys() == {"notes_until"}
    assert ends_on(Panel("p"), NAMES) is None
    assert not is_over(Panel("p"), NAMES, today)

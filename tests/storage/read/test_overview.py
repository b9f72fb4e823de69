"""All panels side by side: the content of each crossing, what recurs, and what counts once."""

import datetime as dt
from pathlib import Path

import pytest

from sto_desktop.domain.actions.merging import say_same
from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import Action, action, change, create, delete, put
from sto_desktop.domain.panel.overview import Axis, Overview, year_of
from sto_desktop.domain.panel.voices import Support
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.participation import taking_part
from sto_desktop.domain.vocabulary import Aspect, Consent, Evidence, Priority
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.overview_read import overview_content
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.workplace import Workplace
from sto_desktop.workplace.example import make_example
from tests.work import counted

THEME, REGION = "theme-G", "Hengelo"


def _guide(name: str = "G") -> Action:
    theme = f"theme-{name}"
    return action(
        "leidraad",
        create("guide", name, name=f"Leidraad {name}"),
        create("theme", theme, title="Beeldvorming", position=Position(name, "a0")),
        create("question", f"q-{name}", text="?", aspect=Aspect.YIELD, position=Position(theme, "a0")),
    )


def _panel(name: str, subregion: str, year: int, guide: str, speakers: int) -> Action:
    """Return a panel with one insight that this many members support, each of a sector of their own."""
    people = [f"{name}-p{at}" for at in range(speakers)]
    note = f"{name}-n"
    return action(
        "panel",
        create("panel", name, title=name, subregion=subregion, date=dt.date(year, 2, 14), guide=guide),
        [create("panelist", item, panel=name, name=item, sector=f"sector {at}") for at, item in enumerate(people)],
        create("note", note, panel=name, text="gezegd", position=Position(f"q-{guide}", "a0")),
        create("note", f"{note}2", panel=name, text="ook gezegd", position=Position(f"q-{guide}", "a1")),
        [put("voice", derived_id("voice", note, person), note=note, panelist=person) for person in people],
        create("insight", f"{name}-i", panel=name, text=f"Uit {name}", position=Position(f"q-{guide}", "a0")),
        create("insight_note", f"{name}-l", insight=f"{name}-i", note=note),
        create("recommendation", f"{name}-r", text=f"Doe iets ({name})", position=Position(name, "a0")),
    )


@pytest.fixture
def office(copy: WorkingCopy) -> Dossier:
    """Three panels: two in one subregion, in two years, and one elsewhere."""
    for made in (
        _guide(),
        _panel("A", REGION, 2023, "G", 3),
        _panel("B", REGION, 2025, "G", 1),
        _panel("C", "Almelo e.o.", 2023, "G", 2),
    ):
        copy.dossier.apply(made)
    return copy.dossier


def _seen(dossier: Dossier, *years: str) -> Overview:
    return Overview(overview_content(dossier), years)


def test_the_foremost_insight_stands_at_its_crossing(office: Dossier) -> None:
    crossing = _seen(office).crossing((Axis.THEME, THEME), (Axis.SUBREGION, REGION))
    assert [finding.text for finding in crossing.findings] == ["Uit A", "Uit B"]
    assert crossing.foremost is not None
    assert crossing.foremost.backing.support is Support.BROAD
    assert (crossing.notes, crossing.panels) == (4, 2)


def test_two_years_can_be_compared(office: Dossier) -> None:
    both = _seen(office)
    assert [head.id for head in both.heads(Axis.YEAR) if head.id] == ["2023", "2025"]
    late = both.crossing((Axis.THEME, THEME), (Axis.YEAR, "2025"))
    assert [finding.text for finding in late.findings] == ["Uit B"]
    assert [finding.text for finding in _seen(office, "2025").findings] == ["Uit B"]


def test_sectors_and_aspects_are_axes_too(office: Dossier) -> None:
    seen = _seen(office)
    assert [head.id for head in seen.heads(Axis.SECTOR)] == ["sector 0", "sector 1", "sector 2"]
    third = seen.crossing((Axis.THEME, THEME), (Axis.SECTOR, "sector 2"))
    assert [finding.text for finding in third.findings] == ["Uit A"]
    yields = seen.crossing((Axis.ASPECT, Aspect.YIELD.value), (Axis.SUBREGION, "Almelo e.o."))
    assert [finding.text for finding in yields.findings] == ["Uit C"]


def test_a_theme_of_another_guide_that_was_said_to_be_the_same_is_one_row(office: Dossier) -> None:
    office.apply(_guide("H"))
    office.apply(_panel("D", "Enschede", 2023, "H", 2))
    assert len(_seen(office).themes) == 2
    office.apply(say_same("theme", ["theme-G", "theme-H"]))
    seen = _seen(office)
    assert [theme.label for theme in seen.themes] == ["Beeldvorming"]
    assert len(seen.of_theme(seen.themes[0].id)) == 4


def test_one_conversation_on_two_laptops_counts_once(office: Dossier) -> None:
    office.apply(_guide("H"))
    office.apply(_panel("E", REGION, 2023, "H", 2))
    office.apply(say_same("theme", ["theme-G", "theme-H"]))
    office.apply(say_same("panel", ["A", "E"]))
    office.apply(say_same("panelist", ["A-p0", "E-p0"]))
    seen = _seen(office)
    assert [panel.panel.id for panel in seen.panels if panel.panel.subregion == REGION] == ["A", "B"]
    crossing = seen.crossing((Axis.THEME, THEME), (Axis.SUBREGION, REGION))
    assert (crossing.notes, crossing.panels) == (6, 2)
    joined = next(panel for panel in seen.panels if panel.panel.id == "A")
    assert len(joined.panelists) == 4
    assert [finding.text for finding in crossing.findings] == ["Uit A", "Uit E", "Uit B"]


def test_an_insight_of_the_programme_says_in_which_panels_it_comes_back(office: Dossier) -> None:
    office.apply(
        action(
            "inzicht",
            create("insight", "ALL", text="Overal hetzelfde", theme=THEME),
            create("insight_insight", "l1", insight="ALL", rests_on="A-i"),
            create("insight_insight", "l2", insight="ALL", rests_on="C-i"),
            create("insight_insight", "l3", insight="ALL", rests_on="B-i", evidence=Evidence.CONTRADICTS),
        )
    )
    seen = _seen(office)
    (overall,) = seen.overall(THEME)
    assert [panel.id for panel in seen.panels_behind(overall)] == ["A", "C"]
    behind, against = seen.evidence(overall)
    assert ([item.text for item in behind], [item.text for item in against]) == (["Uit A", "Uit C"], ["Uit B"])
    assert seen.overall(None) == ()


def test_recommendations_that_say_the_same_are_one_line_of_the_plan(office: Dossier) -> None:
    office.apply(
        action(
            "aanbeveling",
            create(
                "recommendation", "OWN", text="Maak er werk van", priority=Priority.HIGH, position=Position(None, "a0")
            ),
        )
    )
    office.apply(say_same("recommendation", ["A-r", "C-r", "OWN"]))
    lines = _seen(office).plan
    assert [line.main.id for line in lines] == ["OWN", "B-r"]
    assert [panel.id for panel in lines[0].panels] == ["A", "C"]
    assert len(lines[0].all) == 3


def test_the_example_has_something_to_say_of_every_theme_in_every_subregion(tmp_path: Path) -> None:
    made = make_example(Workplace.here("Marieke"), tmp_path / "voorbeeld.sto")
    seen = _seen(made.dossier)
    regions = [head.id for head in seen.heads(Axis.SUBREGION)]
    assert regions == ["Almelo e.o.", "Enschede", "Hengelo", "Oldenzaal", "Rijssen-Holten"]
    for theme in seen.themes:
        assert all(seen.crossing((Axis.THEME, theme.id), (Axis.SUBREGION, region)).foremost for region in regions)
    assert {year_of(panel.panel) for panel in seen.panels} == {"2023"}
    assert len(seen.plan) == sum(len(panel.recommendations) for panel in seen.panels)
    made.close()


def test_who_does_not_take_part_is_nowhere_in_it_not_in_a_number_either(office: Dossier) -> None:
    refuses = {"consent_participation": Consent.NO}
    office.apply(action("nee", *(change("panelist", row, **refuses) for row in ("A-p0", "B-p0"))))
    office.apply(action("stem", put("voice", derived_id("voice", "A-n2", "A-p1"), note="A-n2", panelist="A-p1")))
    seen = _seen(office)
    # Both panels had an insight on a note that these members said, alone or with others.
    assert [finding.text for finding in seen.findings] == ["Uit C"]
    crossing = seen.crossing((Axis.THEME, THEME), (Axis.SUBREGION, REGION))
    assert (crossing.findings, crossing.notes) == ((), 2)
    told = {panel.panel.id: (len(panel.panelists), panel.left_out) for panel in seen.panels}
    assert (told["A"], told["B"], told["C"]) == ((2, 1), (0, 1), (2, 0))
    office.apply(action("weg", delete("note", "B-n2")))
    office.apply(action("weg", delete("note", "A-n2")))
    assert not _seen(office).was_discussed(THEME, REGION)


def test_a_no_on_one_of_two_laptops_holds_for_what_was_said_on_the_other(office: Dossier) -> None:
    office.apply(_panel("E", REGION, 2023, "G", 1))
    office.apply(say_same("panel", ["A", "E"]))
    office.apply(say_same("panelist", ["A-p0", "E-p0"]))
    assert {finding.text for finding in _seen(office).findings} == {"Uit A", "Uit B", "Uit C", "Uit E"}
    office.apply(action("nee", change("panelist", "E-p0", consent_participation=Consent.NO)))
    assert {finding.text for finding in _seen(office).findings} == {"Uit B", "Uit C"}
    content = office.read.panel_content("A")
    assert content is not None
    assert {member.id for member in taking_part(content).panelists} == {"A-p1", "A-p2"}
    # Where consent is asked and answered, each row has the answer that was given there.
    assert {member.consent_participation for member in office.read.members.of_panel("A")} == {Consent.UNKNOWN}


def test_more_panels_take_no_more_statements(office: Dossier) -> None:
    def statements() -> int:
        with counted(office.raw) as work:
            overview_content(office)
        return len(work.statements)

    panels, before = len(overview_content(office).panels), statements()
    for number in range(8):
        office.apply(_panel(f"M{number}", REGION, 2026, "G", 2))
    assert len(overview_content(office).panels) == panels + 8
    assert statements() == before

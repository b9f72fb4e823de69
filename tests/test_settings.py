import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.settings import (
    RECENT_LIMIT,
    AppearanceChoice,
    RecentDossier,
    Settings,
    SettingsError,
    SettingsStore,
    default_path,
)

WHEN = dt.datetime(2023, 2, 14, 16, 58)


def recent(name: str, when: dt.datetime = WHEN) -> RecentDossier:
    return RecentDossier(Path("/dossiers") / f"{name}.sto", name, when, "Ga verder bij: Uitwerken", "elaborate")


def test_without_a_file_there_are_defaults_and_nothing_is_written(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "settings.json")
    assert store.current == Settings()
    assert list(tmp_path.iterdir()) == []


def test_what_is_changed_is_there_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    store = SettingsStore(path)
    store.change(theme=AppearanceChoice.DARK, user_name="Zoë Nijhuis")
    store.remember(recent("Oldenzaal"))
    assert SettingsStore(path).current == store.current
    assert SettingsStore(path).current.recent == (recent("Oldenzaal"),)
    assert [one.name for one in path.parent.iterdir()] == ["settings.json"]


@given(st.text() | st.binary())
def test_any_file_gives_settings(tmp_path_factory: pytest.TempPathFactory, content: str | bytes) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    assert SettingsStore(path).current.theme in AppearanceChoice


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["theme", "language", "recent", "user_name", "window_geometry"]), JSON))
def test_values_of_a_wrong_kind_become_the_default(
    tmp_path_factory: pytest.TempPathFactory, raw: dict[str, object]
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    current = SettingsStore(path).current
    assert isinstance(current.language, str)
    assert isinstance(current.user_name, str)
    assert current.recent == ()


def test_a_setting_of_a_newer_program_stays(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"voice": "on", "user_name": "A"}), encoding="utf-8")
    SettingsStore(path).change(user_name="B")
    assert json.loads(path.read_text(encoding="utf-8")) == {"voice": "on", "user_name": "B"}


def test_the_newest_dossier_is_on_top_once_and_the_oldest_fall_off(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "settings.json")
    for number in range(RECENT_LIMIT + 3):
        store.remember(recent(f"d{number}"))
    store.remember(recent("d5", WHEN + dt.timedelta(days=1)))
    titles = [dossier.title for dossier in store.current.recent]
    assert titles[0] == "d5"
    assert len(titles) == len(set(titles)) == RECENT_LIMIT


def test_two_windows_do_not_lose_each_others_recent_dossiers(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    one, other = SettingsStore(path), SettingsStore(path)
    one.remember(recent("Hengelo"))
    other.remember(recent("Enschede"))
    one.change(user_name="Kim")
    assert [dossier.title for dossier in SettingsStore(path).current.recent] == ["Enschede", "Hengelo"]
    other.forget(recent("Hengelo").path)
    assert [dossier.title for dossier in SettingsStore(path).current.recent] == ["Enschede"]


def test_settings_that_cannot_be_written_still_hold_in_this_session(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    store = SettingsStore(tmp_path / "file" / "settings.json")
    with pytest.raises(SettingsError, match="De instellingen konden niet worden bewaard"):
        store.change(user_name="Kim")
    assert store.current.user_name == "Kim"


def test_settings_live_in_the_users_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert default_path().name == "settings.json"
    assert "STO Desktop" in default_path().parts

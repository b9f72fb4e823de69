"""Names that sync clients give to conflict copies of «Hengelo.sto», in Dutch and English, and those of people."""

from __future__ import annotations

LEFT_BY_CLIENTS: dict[str, tuple[str, ...]] = {
    "OneDrive": ("Hengelo-LAPTOP-2", "Hengelo-DESKTOP-7Q2LK1P", "Hengelo-PC-012", "Hengelo-LAPTOP-7GH2-2"),
    "iCloud": ("Hengelo 2", "Hengelo 3", "Hengelo (conflict)", "Hengelo kopie 2", "Hengelo copy"),
    "Dropbox": (
        "Hengelo (LAPTOP-2's conflicted copy 2023-02-14)",
        "Hengelo (Kopie met conflict van Jan 2023-02-14)",
        "Hengelo (conflicterende kopie van Piet 2023-02-14)",
        "Hengelo (Case Conflict)",
    ),
    "Google Drive": ("Hengelo (1)", "Hengelo (12)", "Hengelo [Conflict]", "Kopie van Hengelo", "Copy of Hengelo"),
    "Nextcloud": (
        "Hengelo (conflicted copy 2023-02-14 162241)",
        "Hengelo (conflicted copy Piet Bos 2023-02-14 162241)",
        "Hengelo (Kopie met conflict 2023-02-14 162241)",
        "Hengelo_conflict-20230214-162241",
    ),
    "Syncthing": ("Hengelo.sync-conflict-20230214-162241-ABCDEFG", "Hengelo.sync-conflict-20230214-162241"),
    "Windows and macOS": ("Hengelo - kopie", "Hengelo - Kopie (2)", "Hengelo - Copy", "Hengelo (kopie van LAPTOP-2)"),
}

GIVEN_BY_PEOPLE = (
    "Hengelo",
    "Hengelo-archief",
    "Hengelo-voor-de-directie",
    "Hengelo-2024",
    "Hengelo-ARCHIEF",
    "Hengelo-V2",
    "Hengelo-def",
    "Hengelo 2024",
    "Hengelo 2023-2024",
    "Hengelo en Enschede",
    "Hengelo (2024)",
    "Hengelo (versie voor de directie)",
    "Hengelo (vmbo)",
    "Hengelo-conflictbemiddeling",
    "Hengelo over conflicten",
    "Hengelo oud",
    "Almelo (1)",
    "Hengelosestraat",
    "Kopie van Almelo",
)

"""Makes the example dossier: five panels, held and worked out, from the files in resources/example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from sto_desktop.domain.actions import conversation, elaborate, panels
from sto_desktop.domain.capture.agreed import offered
from sto_desktop.domain.capture.language import NOTHING_AGREED, Captured
from sto_desktop.domain.identity import derived_id, new_id
from sto_desktop.domain.log.change import Action, action, change, create
from sto_desktop.domain.panel.content import GuideContent, NoteContent, ThemeContent
from sto_desktop.domain.vocabulary import Agreement, Aspect, DebriefAuthor, Level, PanelStatus, Priority, ThemeKind
from sto_desktop.exchange.guides import BUILTIN, builtin_guide_id
from sto_desktop.json_text import read_json
from sto_desktop.own_files import make_folder
from sto_desktop.resources import resource
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.workplace.importing import Sources, import_sources
from sto_desktop.workplace.place import Workplace

EXAMPLES = ("almelo-eo", "enschede", "hengelo", "oldenzaal", "rijssen-holten")


def make_example(workplace: Workplace, path: Path) -> WorkingCopy:
    """Make the example dossier at `path`, and open it."""
    make_folder(path.parent)
    with workplace.making(path) as copy:
        for slug in EXAMPLES:
            add_example_panel(copy.dossier, slug)
    return workplace.open(path)


def add_example_panel(dossier: Dossier, slug: str) -> str:
    """Add one panel of the example, with members, notes, insights and recommendations; return its id."""
    folder = resource("example")
    data: Mapping[str, Any] = read_json((folder / f"{slug}.json").read_text(encoding="utf-8"))
    about = data["panel"]
    panel = new_id()
    day, start = date.fromisoformat(about["date"]), time.fromisoformat(about["start"])
    dossier.apply(
        panels.add_panel(
            builtin_guide_id(),
            title=about["title"],
            subregion=about["subregion"],
            day=day,
            start=start,
            place=about["place"],
            moderator=about["moderator"],
            note_taker=about["note_taker"],
            panel=panel,
        )
    )
    import_sources(dossier, panel, Sources.read(folder / f"{slug}-panelleden.csv", folder / f"{slug}.md"))
    dossier.apply(panels.set_status(panel, PanelStatus(about["status"])))
    guide = dossier.read.guides.of_panel(panel)
    _add_time(dossier, panel, guide, data["minutes_used"], datetime.combine(day, start).astimezone())
    _add_agreed(dossier, panel, day)
    _add_conclusions(dossier, panel, guide, data)
    return panel


def _add_time(dossier: Dossier, panel: str, guide: GuideContent, used: Mapping[str, float], start: datetime) -> None:
    """Add a time span for each question, and spread the notes of each question evenly over its span."""
    minutes = {derived_id("question", BUILTIN, question): spent for question, spent in used.items()}
    notes = dossier.read.notes.of_panel(panel)
    now = start
    edits = list(conversation.kept_plan(panel, guide, start))
    # A break has no questions: its minutes pass before the first question after it.
    breaks = dict(_before_questions(guide))
    for _, question in guide.questions():
        now += timedelta(minutes=breaks.get(question.id, 0))
        spent = minutes.get(question.id, 0)
        if not spent:
            continue
        end = now + timedelta(minutes=spent)
        span = create(
            "time_span",
            new_id(),
            panel=panel,
            question=question.id,
            started_at=now,
            stopped_at=end,
            seconds=round(spent * 60),
        )
        edits.append(span)
        notes_here = [note for note in notes if note.question == question.id]
        for number, note in enumerate(notes_here):
            captured_at = now + (end - now) * (number + 1) / (len(notes_here) + 1)
            edits.append(change("note", note.id, captured_at=captured_at.replace(microsecond=0)))
        now = end
    dossier.apply(action("", edits))


def _add_agreed(dossier: Dossier, panel: str, day: date) -> None:
    """Add to each agreement who does it and when, as its words say and the line offers them."""
    members = dossier.read.members.of_panel(panel)
    edits = []
    for note in dossier.read.notes.of_panel(panel):
        agreed = offered(Captured(note.text, note.note.kind), members, day)
        if agreed != NOTHING_AGREED:
            edits.append(change("note", note.id, owner=agreed.owner, due=agreed.due))
    dossier.apply(action("", edits))


def _before_questions(guide: GuideContent) -> Iterator[tuple[str, int]]:
    """Yield the minutes of break before a question, by its id."""
    for theme, after in pairwise(guide.themes):
        if theme.theme.kind is ThemeKind.BREAK and after.questions:
            yield after.questions[0].id, theme.minutes


def _note_ids(notes: Sequence[NoteContent], beginnings: Sequence[str]) -> list[str]:
    return [next(note.id for note in notes if note.text.startswith(beginning)) for beginning in beginnings]


def _theme(guide: GuideContent, title: str) -> ThemeContent:
    return next(theme for theme in guide.themes if theme.title == title)


def _add_conclusions(dossier: Dossier, panel: str, guide: GuideContent, data: Mapping[str, Any]) -> None:
    notes = dossier.read.notes.of_panel(panel)
    keys: list[str] = []
    insights: list[str] = []
    for entry in data["insights"]:
        theme = _theme(guide, entry["theme"])
        aspect = Aspect(entry["question"]) if entry["question"] else None
        question = next((candidate.id for candidate in theme.questions if aspect and candidate.aspect is aspect), None)
        made_action = elaborate.add_insight(
            panel,
            entry["text"],
            question=question,
            theme=theme.id,
            aspect=aspect,
            supports=_note_ids(notes, entry["supports"]),
            contradicts=_note_ids(notes, entry["contradicts"]),
            keys=keys,
        )
        keys.append(_key_of(made_action))
        insights.append(made_action.edits[0].row)
        dossier.apply(made_action)
    for entry in data.get("conclusions", ()):
        under = [insights[number] for number in entry["insights"]]
        made_action = elaborate.add_insight(
            panel, entry["text"], aspect=Aspect(entry["aspect"]), insights=under, keys=keys
        )
        keys.append(_key_of(made_action))
        dossier.apply(made_action)
    keys = []
    for entry in data["recommendations"]:
        made_action = elaborate.add_recommendation(
            panel,
            entry["text"],
            supports=_note_ids(notes, entry["supports"]),
            contradicts=_note_ids(notes, entry["contradicts"]),
            themes=[_theme(guide, title).id for title in entry["themes"]],
            keys=keys,
            school_years=entry["school_years"],
            level=Level(entry["level"]),
            owner=entry["owner"],
            priority=Priority(entry["priority"]),
            first_step=entry["first_step"],
            securing=entry["securing"],
        )
        keys.append(_key_of(made_action))
        dossier.apply(made_action)
    for entry in data["playbacks"]:
        theme = _theme(guide, entry["theme"])
        dossier.apply(conversation.set_playback(panel, theme.id, entry["text"], Agreement(entry["agreed"])))
    for author in DebriefAuthor:
        dossier.apply(elaborate.set_debrief(panel, author, **data["debrief"][author.value.lower()]))


def _key_of(made_action: Action) -> str:
    return str(made_action.edits[0].values["position"].key)

"""The place of a conversation in its guide: steps, the current question, open questions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sto_desktop.domain.live.schedule import running_span
from sto_desktop.domain.model import TimeSpan
from sto_desktop.domain.panel.content import GuideContent, NoteContent, QuestionContent, ThemeContent


@dataclass(frozen=True, slots=True)
class Step:
    """A question that will be asked: `number` within its theme, out of `of`."""

    theme: ThemeContent
    question: QuestionContent
    number: int
    of: int

    @property
    def id(self) -> str:
        """Id of the question."""
        return self.question.id


def steps(guide: GuideContent) -> tuple[Step, ...]:
    """Return the questions in the order in which they are asked, without those the panel skips."""
    asked_steps = []
    for theme in guide.themes:
        asked = [question for question in theme.questions if not question.skipped]
        asked_steps += [
            Step(theme, asked_question, number, len(asked)) for number, asked_question in enumerate(asked, 1)
        ]
    return tuple(asked_steps)


def step_of(guide: GuideContent, question: str | None) -> Step | None:
    """Return a question as a step, also a skipped one (number 0); None if it is not in the guide."""
    for step in steps(guide):
        if step.id == question:
            return step
    theme, content = guide.theme_of(question), guide.question(question)
    return (
        Step(theme, content, 0, sum(not question.skipped for question in theme.questions))
        if theme and content
        else None
    )


def same_question(guide: GuideContent, question: QuestionContent) -> QuestionContent | None:
    """Return the question in this state of a guide that a question of another state has become: itself, or its copy;
    None if it was deleted.
    """
    source = question.question.origin or question.id
    copies = (asked for _, asked in guide.questions() if (asked.question.origin or asked.id) == source)
    return guide.question(question.id) or next(copies, None)


def nearest_question(before: GuideContent, guide: GuideContent, question: str | None) -> str | None:
    """Return the question nearest to one that was deleted from a guide: the next one asked, or else the
    previous one.
    """
    order = [asked for _, asked in before.questions()]
    place = next((number for number, asked in enumerate(order) if asked.id == question), 0)
    near = (same_question(guide, other) for other in (*order[place + 1 :], *reversed(order[:place])))
    return next((other.id for other in near if other is not None and not other.skipped), None)


def questions_left(step: Step | None) -> int:
    """Return how many questions of a step's theme remain, including the step itself."""
    if step is None:
        return 0
    return step.of - step.number + 1 if step.number else step.of


def neighbour(guide: GuideContent, question: str | None, direction: int) -> Step | None:
    """Return the step after (+1) or before (-1) a question; None at an end."""
    asked = steps(guide)
    # Skipped questions stay in the order, so that there is a next step from a question that is skipped while it is
    # current.
    order = [asked.id for _, asked in guide.questions()]
    if question not in order:
        return asked[0] if asked and direction > 0 else None
    at = order.index(question)
    if direction > 0:
        return next((step for step in asked if order.index(step.id) > at), None)
    return next((step for step in reversed(asked) if order.index(step.id) < at), None)


def place_in(guide: GuideContent, spans: Sequence[TimeSpan], kept: str | None = None) -> str | None:
    """Return the current question of a conversation.

    This is the question of the running span; while the clock is stopped, the last current one (`kept`), else the last
    one started, else the first.
    """
    known = {question.id for _, question in guide.questions()}
    running = running_span(spans)
    if running is not None and running.question in known:
        return running.question
    if kept in known:
        return kept
    begun = [span for span in spans if span.question in known and span.started_at is not None]
    if begun:
        return max(begun, key=lambda span: (span.started_at, span.id)).question
    asked = steps(guide)
    return asked[0].id if asked else None


def open_questions(
    guide: GuideContent, counts: Mapping[str, int], begun: Collection[str], current: str | None, *, held: bool = False
) -> frozenset[str]:
    """Return the questions that were passed without a note; for a panel that was `held`, all without notes."""
    order = [step.id for step in steps(guide)]
    at = order.index(current) if current in order else -1
    return frozenset(
        question
        for number, question in enumerate(order)
        if not counts.get(question) and (held or (question != current and (number < at or question in begun)))
    )


def note_counts(notes: Iterable[NoteContent]) -> dict[str, int]:
    """Return the number of notes per question id."""
    counts: dict[str, int] = {}
    for note in notes:
        if note.question is not None:
            counts[note.question] = counts.get(note.question, 0) + 1
    return counts

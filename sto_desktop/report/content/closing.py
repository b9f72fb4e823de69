"""The closing parts of an extended report: conclusions, recommendations, actions, open questions and debriefs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sto_desktop.domain.dutch import (
    ASIDE,
    capital,
    closed,
    day_and_month,
    long_date,
    one_line,
    quoted,
    school_years,
    sentence,
    unclosed,
)
from sto_desktop.domain.model import Debrief, Recommendation, TopChoice
from sto_desktop.domain.panel.content import NoteContent, QuestionContent, RecommendationContent
from sto_desktop.domain.people import fold
from sto_desktop.domain.privacy.naming.company import no_order
from sto_desktop.domain.privacy.naming.crowd import may_be_quoted
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.naming.roles import MEMBER
from sto_desktop.domain.vocabulary import Aspect, NoteKind, ThemeKind
from sto_desktop.language import counted, tr, tr_later
from sto_desktop.report.blocks.blocks import (
    Block,
    Emphasis,
    Heading,
    ItemList,
    Paragraph,
    ParagraphRole,
    Quote,
    Table,
    Text,
    TextSpan,
)
from sto_desktop.report.blocks.options import Part
from sto_desktop.report.content.chapters import has_section, question_bookmark, theme_bookmark
from sto_desktop.report.content.context import ReportContext

MOST_IMPORTANT = tr_later("Wat panelleden het belangrijkst vonden")


def _references(targets: list[str]) -> tuple[str | TextSpan, ...]:
    """Return "1.1, 2.1 en 3.1" as links."""
    spans: list[str | TextSpan] = []
    for at, target in enumerate(targets):
        if at:
            spans.append(tr(" en ") if at == len(targets) - 1 else ", ")
        spans.append(TextSpan("", target=target))
    return tuple(spans)


def conclusions(context: ReportContext) -> Iterator[Block]:
    """Yield the chapter that answers the three central questions over all themes."""
    answers = {aspect: tuple(_answer(context, aspect)) for aspect in Aspect}
    whole = [insight for insight in context.insights_of_panel() if context.insight_aspect(insight) is None]
    last_words = tuple(_last_words(context))
    # A chapter that only refers to other chapters says nothing.
    if not (any(answers.values()) or whole or last_words):
        return
    for aspect, answer in answers.items():
        under = answer or tuple(_refers(context, aspect))
        if under:
            yield Heading(2, tr(aspect.meaning.question))
            yield from under
    if whole:
        yield Heading(2, tr("Over het geheel"))
        for insight in context.foremost(whole):
            yield Paragraph(context.insight_text(insight), ParagraphRole.INSIGHT)
    yield from last_words


def _answer(context: ReportContext, aspect: Aspect) -> Iterator[Block]:
    """Yield the insights over all themes, then those of each theme; without any, starred notes."""
    whole = [insight for insight in context.insights_of_panel() if context.insight_aspect(insight) is aspect]
    of_themes = _insights_of_themes(context, aspect)
    if whole or of_themes:
        yield from (
            Paragraph(context.insight_text(insight), ParagraphRole.INSIGHT) for insight in context.foremost(whole)
        )
        if of_themes:
            yield ItemList(tuple(of_themes))
        return
    sections = _sections(context, aspect)
    starred = [note for question in sections for note in context.body_notes(question) if note.note.star]
    if starred:
        yield ItemList(tuple(context.said.list_item(note) for note in starred))


def _refers(context: ReportContext, aspect: Aspect) -> Iterator[Block]:
    """Yield where the chapters answer a question."""
    sections = _sections(context, aspect)
    if not sections or not context.options.includes(Part.THEMES):
        return
    references = _references([question_bookmark(question.id) for question in sections])
    where = (
        tr("Wat het panel hierover zei, staat in paragraaf ")
        if len(sections) == 1
        else tr("Wat het panel hierover zei, staat in de paragrafen ")
    )
    yield Paragraph((where, *references, "."))


def _sections(context: ReportContext, aspect: Aspect) -> list[QuestionContent]:
    """Return the questions of an aspect that have a section in a chapter."""
    return [
        question
        for theme in context.themes
        for question in theme.questions
        if question.aspect is aspect and has_section(context, question)
    ]


def _insights_of_themes(context: ReportContext, aspect: Aspect) -> list[Text]:
    chapters = {theme.id: theme.title.strip() for theme in context.themes}
    items: list[Text] = []
    for insight in context.foremost(context.insights):
        theme = context.insight_theme(insight) or ""
        if context.insight_aspect(insight) is aspect and theme in chapters:
            target = theme_bookmark(theme) if context.options.includes(Part.THEMES) else ""
            support = context.support_in_short(insight)
            where = (TextSpan(ASIDE, Emphasis.SOFT), TextSpan(chapters[theme], Emphasis.SOFT, target))
            how = (TextSpan(f"; {support}", Emphasis.SOFT),) if support else ()
            items.append((sentence(insight.insight.text), *where, *how))
    return items


def _last_words(context: ReportContext) -> Iterator[Block]:
    questions = [
        question
        for theme in context.content.guide.themes
        if theme.theme.kind is ThemeKind.CLOSING
        for question in theme.questions
        if context.body_notes(question)
    ]
    chosen = most_important(context)
    if not questions and not chosen:
        return
    yield Heading(2, tr("Wat het panel tot slot meegaf"))
    if chosen:
        yield Heading(3, tr(MOST_IMPORTANT))
        yield chosen
    for question in questions:
        yield Heading(3, question.text.strip() or capital(question.short_text.strip()) or tr("Tot slot"))
        yield ItemList(tuple(context.said.list_item(note) for note in context.body_notes(question)))


def most_important(context: ReportContext) -> ItemList | None:
    """Return what each member found most important, their first choice first; None if nobody chose."""
    chosen = [
        (
            member,
            [choice for choice in context.content.top_choices if choice.panelist == member and choice.text.strip()],
        )
        for member in context.naming.in_order(panelist.id for panelist in context.present)
    ]
    items = tuple(_choices(context, member, choices) for member, choices in chosen if choices)
    return ItemList(items) if items else None


def _choices(context: ReportContext, member: str, choices: Sequence[TopChoice]) -> Text:
    first, *later_choices = (
        unclosed(one_line(choice.text)) for choice in sorted(choices, key=lambda choice: choice.rank)
    )
    words = closed(tr("; daarna: ").join(part for part in (first, "; ".join(later_choices)) if part))
    return (TextSpan(f"{capital(context.naming.of(member))}: ", Emphasis.STRONG), words)


def written(context: ReportContext) -> Iterator[Block]:
    """Yield what members sent in: as a quote if they may be quoted, and by name if all of these members may be named.

    Not whether the writer was absent, or has no name in the document: that could identify one member.
    """
    sent = sorted((member for member in context.content.panelists if member.written.strip()), key=no_order)
    if not sent:
        return
    yield Paragraph(
        tr("Op schrift gegeven. Dit is in het gesprek niet besproken, en telt niet mee bij het draagvlak."),
        ParagraphRole.REMARK,
    )
    by_name = all(context.naming.shows_name(member) and context.naming.of(member.id) == member.name for member in sent)
    for member in sent:
        writer = member.name if by_name else capital(MEMBER.singular)
        # Among named members, a quote without a name could only be that of the one who is not named.
        if may_be_quoted(member) and (by_name or context.options.naming is not NameMode.FULL):
            yield Quote(quoted(member.written), writer)
        else:
            yield Paragraph(
                (member.written.strip(), TextSpan(f"{ASIDE}{writer[:1].lower()}{writer[1:]}", Emphasis.SOFT))
            )


def recommended_notes(context: ReportContext) -> list[NoteContent]:
    """Return the notes that recommend something, and were neither parked nor set aside."""
    return [note for note in _standing(context) if note.kind is NoteKind.RECOMMENDATION]


def agreed_notes(context: ReportContext) -> list[NoteContent]:
    """Return the notes of agreements, of every kind that is shown so, except parked ones and those set aside."""
    return [note for note in _standing(context) if note.kind.is_agreed]


def _standing(context: ReportContext) -> Iterator[NoteContent]:
    notes = (note for note in context.content.notes if note.text.strip())
    return (note for note in notes if not note.note.set_aside and not note.note.parked)


def recommendations(context: ReportContext) -> Iterator[Block]:
    """Yield the recommendations as a table; if none was worked out, the notes that recommend something as a list."""
    if context.recommendations:
        yield _recommendation_table(context)
        return
    notes = recommended_notes(context)
    if notes:
        yield Paragraph(tr("Deze aanbevelingen werden in het gesprek gedaan. Ze zijn nog niet uitgewerkt."))
        yield ItemList(tuple(context.said.list_item(note) for note in notes))


def _recommendation_table(context: ReportContext) -> Table:
    given = context.recommendations
    return Table.of_columns(
        tr("Aanbevelingen van het panel"),
        [
            (tr("Nr."), 0.55, [str(at) for at in range(1, len(given) + 1)]),
            (tr("Aanbeveling"), 5.6, [_recommendation_cell(context, recommendation) for recommendation in given]),
        ],
        [
            *agreed_columns([one.recommendation for one in given], (1.9, 1.75)),
            (tr("Berust op"), 1.15, [_rests_on(context, recommendation) for recommendation in given]),
        ],
        tr("Een rij per aanbeveling, met wat erover is afgesproken en de paragrafen waarop zij berust."),
    )


def agreed_columns(
    records: Sequence[Recommendation], widths: tuple[float, float]
) -> list[tuple[str, float, list[str]]]:
    """Return the columns of a table of recommendations with what was agreed about them.

    Year, level and priority are a word each: in a column of their own they would leave the recommendation little room.
    """
    owners = [record.owner.strip() for record in records]
    return [(tr("Eigenaar"), widths[0], owners), (tr("Planning"), widths[1], [_planned(record) for record in records])]


def _planned(record: Recommendation) -> str:
    lines = (
        school_years(record.school_years),
        tr("niveau: {level}", level=tr(record.level.word)) if record.level else "",
        tr("prioriteit: {priority}", priority=tr(record.priority.word)) if record.priority else "",
    )
    return "\n".join(line for line in lines if line)


def _themes(context: ReportContext, recommendation: RecommendationContent) -> str:
    # Titles have an "en" of their own.
    return "; ".join(theme.short_title.strip() for theme in context.themes if theme.id in recommendation.themes)


def _recommendation_cell(context: ReportContext, recommendation: RecommendationContent) -> Text:
    record = recommendation.recommendation
    lines: list[str | TextSpan] = [TextSpan(sentence(record.text), Emphasis.STRONG)]
    themes = _themes(context, recommendation)
    for label, text in (
        (tr("Eerste stap"), closed(record.first_step.strip())),
        (tr("Borging"), closed(record.securing.strip())),
        (counted(len(recommendation.themes), "Thema", "Thema’s"), themes),
    ):
        if text.strip():
            lines.append(f"\n{label}: {text.strip()}")
    against = [context.notes_by_id[note] for note in recommendation.contradicts if note in context.notes_by_id]
    texts = [sentence(context.said.words(note)) for note in against if note.kind.is_panels and note.text.strip()]
    if texts:
        lines.append(tr("\nTegengeluid: {texts}", texts=" ".join(texts)))
    return tuple(lines)


def _rests_on(context: ReportContext, recommendation: RecommendationContent) -> Text:
    if not context.options.includes(Part.THEMES):
        return ""
    insights = [
        context.insights_by_id[insight] for insight in recommendation.insights if insight in context.insights_by_id
    ]
    # Notes count too, since a recommendation may rest on notes that no insight uses.
    notes = [note for insight in insights for note in insight.supports] + list(recommendation.supports)
    under = {insight.insight.position.parent for insight in insights}
    under |= {context.notes_by_id[note].question for note in notes if note in context.notes_by_id}
    targets = [
        question_bookmark(question.id)
        for theme in context.themes
        for question in theme.questions
        if question.id in under and has_section(context, question)
    ]
    return _references(targets) if targets else ""


def actions(context: ReportContext) -> Iterator[Block]:
    """Yield what was agreed, and what came of it."""
    notes = agreed_notes(context)
    if notes:
        yield ItemList(tuple(_settled(context, note, tr("Uitkomst: ")) for note in notes), ordered=True)


def _settled(context: ReportContext, note: NoteContent, label: str) -> Text:
    """Return a note with who does it, by when, and on a line of its own what came of it."""
    text, answer = agreed_item(context, note), note.note.answer.strip()
    if not answer:
        return text
    parts = (text,) if isinstance(text, str) else text
    return (*parts, "\n", TextSpan(label, Emphasis.STRONG), closed(answer))


def agreed_item(context: ReportContext, note: NoteContent) -> Text:
    """Return a note with who does it and by when; without those, with who said it."""
    marks = (*agreed_kind(note), *agreed(context, note))
    # Beside who does it, who said it would be taken for that.
    return context.said.marked(note, *marks) if marks else context.said.list_item(note)


def agreed_kind(note: NoteContent) -> Iterator[str]:
    """Yield the kind of an agreement, unless it is the ordinary one: an action."""
    if note.kind.is_agreed and note.kind is not NoteKind.ACTION:
        yield tr(note.kind.word)


def agreed(context: ReportContext, note: NoteContent) -> Iterator[str]:
    """Yield who does an action, and by when, if that was agreed and is not in its words."""
    owner = doer(context, note)
    if owner and fold(owner) not in fold(note.text):
        # A role that replaces a name gets a capital, as at the start of a text.
        who = tr("zoekt uit: {name}") if note.note.parked else tr("wie: {name}")
        yield who.format(name=owner[:1].lower() + owner[1:] if owner.startswith(("Een ", "Iemand")) else owner)
    if note.note.due and not says_when(note):
        yield tr("vóór {day}", day=long_date(note.note.due))


def doer(context: ReportContext, note: NoteContent) -> str:
    """Return who does an action; where its words count people who are called alike, these: "twee panelleden"."""
    owner = note.note.owner.strip()
    labels = (context.naming.label(member.id) for member in context.present)
    alike = next((label.plural for label in labels if fold(label.singular) == fold(owner)), "")
    counted_together = re.search(rf"\w+ {re.escape(alike)}\b", note.text) if alike else None
    return counted_together[0] if counted_together else owner


def says_when(note: NoteContent) -> bool:
    """Return whether the words of an action say the day before which it is done."""
    due = note.note.due
    return due is not None and re.search(rf"\b{day_and_month(due)}\b", fold(note.text)) is not None


def open_questions(context: ReportContext) -> Iterator[Block]:
    """Yield the notes that are still parked, with who finds out, by when, and the answer."""
    parked = parked_notes(context)
    if parked:
        yield Paragraph(tr("Deze punten zijn tijdens het gesprek geparkeerd."))
        yield ItemList(tuple(_settled(context, note, tr("Antwoord: ")) for note in parked))


def parked_notes(context: ReportContext) -> list[NoteContent]:
    """Return the notes that are still parked and were not set aside."""
    notes = (note for note in context.content.notes if note.note.parked and note.text.strip())
    return [note for note in notes if note.kind.is_panels and not note.note.set_aside]


def debrief(context: ReportContext) -> Iterator[Block]:
    """Yield the debriefs whose authors allow them in the verslag."""
    answered = [(record, tuple(_answers(record))) for record in context.content.debriefs if record.in_report]
    for record, answers in answered:
        if answers:
            yield Heading(2, tr("Van de {author}", author=tr(record.author.word)))
            yield ItemList(answers)


def _answers(record: Debrief) -> Iterator[Text]:
    answers = (
        (tr("Wat viel op"), record.stood_out),
        (tr("Wat anders was dan verwacht"), record.different),
        (tr("Wat goed ging"), record.went_well),
        (tr("Wat een volgende keer anders kan"), record.do_differently),
        (tr("Vervolg"), record.follow_up),
    )
    for label, answer in answers:
        if answer.strip():
            yield (TextSpan(f"{label}: ", Emphasis.STRONG), answer.strip())

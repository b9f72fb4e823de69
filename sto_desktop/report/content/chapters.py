"""The chapters of a panel's report: one for each theme, with insights, notes and quotes by question."""

from __future__ import annotations

from collections.abc import Iterator

from sto_desktop.domain.dutch import capital, number, sentence
from sto_desktop.domain.model import Playback
from sto_desktop.domain.panel.content import NoteContent, QuestionContent, ThemeContent
from sto_desktop.domain.vocabulary import Agreement, NoteKind
from sto_desktop.language import tr, tr_later
from sto_desktop.report.blocks.blocks import Block, Heading, ItemList, Paragraph, ParagraphRole, TextSpan
from sto_desktop.report.content.context import ReportContext
from sto_desktop.report.content.figures import support

_AGREEMENT = {
    Agreement.YES: tr_later("Het panel herkende deze samenvatting."),
    Agreement.PARTLY: tr_later("Het panel herkende deze samenvatting deels."),
    Agreement.NO: tr_later("Het panel herkende deze samenvatting niet."),
}


def question_bookmark(question: str) -> str:
    """Return the bookmark of a question's section."""
    return f"vraag-{question}"


def theme_bookmark(theme: str) -> str:
    """Return the bookmark of a theme's chapter."""
    return f"thema-{theme}"


def question_title(question: QuestionContent) -> str:
    """Return a short title of a question: the central question that it asks, else its own short text."""
    return tr(question.aspect.meaning.title) if question.aspect else capital(question.short_text.strip())


def has_section(context: ReportContext, question: QuestionContent) -> bool:
    """Return whether a question has anything to show in its chapter."""
    return bool(context.body_notes(question) or context.insights_under(question.id))


def theme_chapters(context: ReportContext) -> Iterator[Block]:
    """Yield a chapter for every conversation theme that has content."""
    for theme in context.chapters:
        yield Heading(1, theme.title.strip() or tr("Thema"), bookmark=theme_bookmark(theme.id))
        yield from _theme(context, theme)


def _theme(context: ReportContext, theme: ThemeContent) -> Iterator[Block]:
    questions = [question for question in theme.questions if has_section(context, question)]
    insights = context.insights_of_theme(theme.id)
    playbacks = context.playbacks(theme)
    heard = _who_was_heard(context, theme)
    figure = support(context, theme) if context.options.figures else None
    shows = (
        (TextSpan("", target=figure.bookmark), tr(" laat zien uit welke sectoren de inzichten steun kregen."))
        if figure
        else ()
    )
    if heard or shows:
        yield Paragraph((f"{heard} " if heard and shows else heard, *shows) if shows else heard, ParagraphRole.LEAD)
    for insight in insights:
        yield Paragraph(context.insight_text(insight), ParagraphRole.INSIGHT)
    if figure:
        yield figure
    for question in questions:
        yield Heading(2, question_title(question), bookmark=question_bookmark(question.id))
        yield from _question(context, question)
    if playbacks:
        yield Heading(2, tr("Samenvatting voor het panel"))
        for playback in playbacks:
            agreed = tr(_AGREEMENT.get(playback.agreed, ""))
            said = (sentence(playback.text), agreed, _hands(playback))
            yield Paragraph(" ".join(part for part in said if part))
            added = context.amendments(playback)
            if added:
                yield Paragraph(tr("Het panel vulde daarbij aan:"))
                yield ItemList(tuple(context.said.list_item(note) for note in added))


def _hands(playback: Playback) -> str:
    hands, of = playback.hands, playback.hands_of
    if hands is None or of is None:
        return ""
    if hands == of:
        return tr("Bij handopsteken herkenden alle {of} aanwezigen zich erin.", of=number(of))
    # "Geen" takes the singular verb too.
    few = tr_later("Bij handopsteken herkende {hands} van de {of} aanwezigen zich erin.")
    many = tr_later("Bij handopsteken herkenden {hands} van de {of} aanwezigen zich erin.")
    return tr(few if hands < 2 else many, hands=number(hands), of=number(of))


def _who_was_heard(context: ReportContext, theme: ThemeContent) -> str:
    heard = context.heard(theme)
    everybody = len(context.present)
    if not heard or everybody < 2:
        return ""
    if len(heard) == everybody:
        return tr("Van alle {everybody} panelleden is hierover iets genoteerd.", everybody=number(everybody))
    return tr(
        "Van {heard} van de {everybody} panelleden is hierover iets genoteerd.",
        heard=number(len(heard)),
        everybody=number(everybody),
    )


def _question(context: ReportContext, question: QuestionContent) -> Iterator[Block]:
    question_text = question.text.strip()
    if question_text and question_text != question_title(question):
        yield Paragraph(question_text, ParagraphRole.QUESTION)
    for insight in context.insights_under(question.id):
        yield Paragraph(context.insight_text(insight), ParagraphRole.INSIGHT)
    groups: dict[NoteKind, list[NoteContent]] = {}
    quotes = []
    for note in context.body_notes(question):
        if context.said.is_quotable(note):
            quotes.append(note)
        else:
            # A quote without consent to quote it is shown as an ordinary note.
            kind = question.inherited_kind if note.kind.is_quote else note.kind
            groups.setdefault(kind, []).append(note)
    of_inherited_kind = groups.pop(question.inherited_kind, [])
    if of_inherited_kind:
        yield ItemList(tuple(context.said.list_item(note) for note in of_inherited_kind))
    for note in quotes:
        yield context.said.quote(note)
    for kind in NoteKind:
        notes = groups.get(kind)
        if notes:
            yield Heading(3, capital(tr(kind.headings[len(notes) > 1])))
            yield ItemList(tuple(context.said.list_item(note) for note in notes))

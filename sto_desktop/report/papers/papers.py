"""The papers around a panel as documents: what is printed for the table, what members get, and what an FG asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.dutch import closed, long_date
from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.panel.content import GuideContent, QuestionContent
from sto_desktop.domain.panel.voices import by_seat
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.titles import title_without_names
from sto_desktop.language import listed, tr, tr_later
from sto_desktop.report.blocks.blocks import (
    Block,
    Document,
    Emphasis,
    Heading,
    HeadingKind,
    ItemList,
    Paragraph,
    ParagraphRole,
    Table,
    Text,
    TextSpan,
)
from sto_desktop.report.papers.kinds import Paper
from sto_desktop.report.papers.letter import form, letter, recipients
from sto_desktop.report.papers.occasion import Occasion, head
from sto_desktop.report.papers.opening import OPEN, opening_paragraphs
from sto_desktop.report.papers.organisation import agreement, it_page, pretest, register

_GUESTS = 4
"""Empty lines at the end of the list of who is there."""
_LINES = 8
"""Minimum lines of space for notes beside a question."""


def paper(
    kind: Paper,
    panel: Panel,
    guide: GuideContent,
    people: Iterable[Panelist] = (),
    *,
    encrypted: bool = False,
    special: int = 0,
) -> Document:
    """Return a paper as a document; `encrypted` and `special`: as of an `Occasion`."""
    people = tuple(people)
    if kind in _MESSAGES:
        panel = replace(panel, title=title_without_names(panel.title, people, NameMode.ROLE))
    occasion = Occasion(panel, guide, people, encrypted, special)
    makers: dict[Paper, Callable[[Occasion], Iterator[Block]]] = {
        Paper.GUIDE: _guide,
        Paper.CARD: _card,
        Paper.OPENING: _opening,
        Paper.INVITATION: partial(_message, Paper.INVITATION),
        Paper.THANKS: partial(_message, Paper.THANKS),
        Paper.LETTER: letter,
        Paper.FORM: form,
        Paper.ATTENDANCE: _attendance,
        Paper.REGISTER: register,
        Paper.PRETEST: pretest,
        Paper.AGREEMENT: agreement,
        Paper.IT_PAGE: it_page,
    }
    blocks = makers[kind](occasion)
    return Document(f"{tr(kind.value)}: {title_for(panel)}", tuple(blocks), table_label=tr("Deel"))


def mail_text(kind: Paper, panel: Panel, guide: GuideContent) -> str | None:
    """Return a paper that is a message as plain text, for an e-mail; None for one that is not."""
    if kind not in _MESSAGES:
        return None
    return "\n\n".join(
        passage if isinstance(passage, str) else "\n".join(f"- {bullet}" for bullet in passage)
        for passage in _MESSAGES[kind][1](Occasion(panel, guide))
    )


# The guide


def _guide(occasion: Occasion) -> Iterator[Block]:
    yield head(occasion, occasion.guide.guide.name or tr("Gespreksleidraad"))
    elapsed = 0
    for theme in occasion.asked:
        start = occasion.after(elapsed) or tr("na {elapsed} minuten", elapsed=elapsed)
        elapsed += theme.minutes
        caption = tr("{title}: {begin}, {minutes} minuten", title=theme.title, begin=start, minutes=theme.minutes)
        script = theme.theme.script.strip()
        if not theme.questions:
            yield Heading(2, caption, HeadingKind.UNNUMBERED)
            if script:
                yield Paragraph(script, ParagraphRole.REMARK)
            continue
        yield Table(
            caption,
            (tr("Vraag"), tr("Aantekeningen")),
            tuple((_with_room(question), "") for question in theme.questions),
            (1.0, 1.15),
            tr("Een rij per vraag, met doorvragen en ruimte om te schrijven."),
        )


def _with_room(content: QuestionContent) -> Text:
    question = content.question
    about = ", ".join(
        part
        for part in (tr("{minutes} min", minutes=content.minutes), tr(question.type.word), _aspect(content))
        if part
    )
    lines = [
        about,
        *([question.script.strip()] if question.script.strip() else []),
        *(f"– {probe.text}" for probe in content.probes),
    ]
    # About 42 characters fit on a line of this column.
    used = sum(1 + len(line) // 42 for line in (content.text, *lines))
    # Word drops a trailing line break in a cell; a no-break space after it keeps it.
    room = "\n\u00a0" * max(_LINES - used, 1)
    return (TextSpan(content.text, Emphasis.STRONG), "\n" + "\n".join(lines) + room)


def _aspect(content: QuestionContent) -> str:
    return tr(content.aspect.word) if content.aspect else ""


def _card(occasion: Occasion) -> Iterator[Block]:
    yield head(occasion, occasion.guide.guide.name or tr("Gespreksleidraad"), details=False)
    rows: list[tuple[Text, ...]] = []
    elapsed = 0
    for theme in occasion.asked:
        start = occasion.after(elapsed) or f"{elapsed // 60}:{elapsed % 60:02}"
        elapsed += theme.minutes
        rows.append((_strong(start), _strong(theme.title), "", _strong(f"{theme.minutes}")))
        for question in theme.questions:
            star = "★ " if question.question.essential else ""
            rows.append(("", star + question.text, _aspect(question), str(question.minutes)))
    end = occasion.after(elapsed)
    rows.append((_strong(end or ""), _strong(tr("Einde")), "", _strong(str(elapsed))))
    yield Table(
        tr("Tijden en vragen (★: houden als de tijd kort is)"),
        (tr("Tijd"), tr("Thema en vraag"), tr("Vraagt naar"), tr("Min")),
        tuple(rows),
        (0.7, 5.2, 1.4, 0.6),
        tr("Per thema de begintijd, daaronder de vragen met hun minuten."),
    )


def _strong(text: str) -> Text:
    return (TextSpan(text, Emphasis.STRONG),) if text else ""


def _opening(occasion: Occasion) -> Iterator[Block]:
    yield head(occasion, tr("Openingstekst"))
    paragraphs = opening_paragraphs(occasion.guide, occasion.panel)
    if not paragraphs:
        yield Paragraph(tr("Deze leidraad heeft geen openingstekst."))
    for text in paragraphs:
        yield Paragraph(text)


# Letters


def _invited(occasion: Occasion) -> Iterator[str | tuple[str, ...]]:
    panel = occasion.panel
    yield tr("Beste panellid,")
    yield (
        tr(
            "Graag nodigen we u uit voor een panelgesprek over Sterk Techniekonderwijs (STO) in "
            "{region} We praten over wat STO oplevert, waardoor dat lukt en wat er beter kan. Uw "
            "ervaring en voorbeelden zijn daarbij wat telt; cijfers hoeft u niet mee te nemen.",
            region=closed(occasion.region),
        )
    )
    yield (
        tr("Wanneer: {when}", when=occasion.when()),
        tr("Waar: {place}", place=panel.place.strip() or OPEN),
        tr("Wie: mensen uit het basisonderwijs, vmbo, mbo, bedrijven, bedrijfsvakscholen en gemeenten"),
    )
    titles = [theme.title for theme in occasion.asked if theme.is_conversation]
    if titles:
        yield closed(tr("De thema’s zijn {titles}", titles=listed(titles)))
    if panel.selection.strip():
        yield tr("Waarom we u vragen: {selection}", selection=panel.selection.strip())
    yield (
        tr(
            "Van het gesprek maken we een verslag. Bij deze uitnodiging vindt u een brief waarin "
            "staat wat we met uw gegevens doen, en een formulier waarop u aangeeft wat u goed vindt."
        )
    )
    yield tr("Laat u weten of u erbij bent? Kunt u niet, wie zou dan namens uw organisatie kunnen komen?")
    yield tr("Met vriendelijke groet,\n{moderator}", moderator=panel.moderator.strip() or OPEN)


def _thanked(occasion: Occasion) -> Iterator[str | tuple[str, ...]]:
    panel = occasion.panel
    yield tr("Beste panellid,")
    yield tr(
        "Dank u wel voor uw bijdrage aan het panelgesprek van {day} over Sterk Techniekonderwijs (STO) in {region} Met "
        "uw ervaring en voorbeelden kunnen we verder.",
        day=long_date(panel.date) if panel.date else OPEN,
        region=closed(occasion.region),
    )
    yield tr("Zo gaat het verder:")
    until = (
        tr(" Tot en met {day} kunt u erop reageren.", day=long_date(panel.reaction_until))
        if panel.reaction_until
        else ""
    )
    yield (
        tr(
            "Op {day} krijgt u het concept van het verslag, met apart wat er van uw eigen woorden in staat.{until}",
            day=long_date(panel.draft_on) if panel.draft_on else OPEN,
            until=until,
        ),
        tr("Daarna stellen we het verslag vast. Het gaat naar {recipients}", recipients=closed(recipients(panel))),
    )
    yield tr(
        "Wilt u bij nader inzien toch niet geciteerd of genoemd worden, of moet iets dat u zei eruit? Laat het me "
        "weten; u hoeft niet te zeggen waarom. Dat kan ook later nog. Wat al verspreid is, vragen we dan terug, maar "
        "dat lukt niet altijd."
    )
    yield tr("Met vriendelijke groet,\n{moderator}", moderator=panel.moderator.strip() or OPEN)


_Passages = Callable[[Occasion], Iterator[str | tuple[str, ...]]]
_MESSAGES: Mapping[Paper, tuple[str, _Passages]] = {
    Paper.INVITATION: (tr_later("Uitnodiging voor een panelgesprek"), _invited),
    Paper.THANKS: (tr_later("Dank voor uw bijdrage"), _thanked),
}
"""The papers that are a message to all members: title and passages, a tuple being a list."""


def _message(kind: Paper, occasion: Occasion) -> Iterator[Block]:
    title, passages = _MESSAGES[kind]
    yield head(occasion, tr(title), details=False)
    for passage in passages(occasion):
        yield Paragraph(passage) if isinstance(passage, str) else ItemList(passage)


def _attendance(occasion: Occasion) -> Iterator[Block]:
    """Yield the list that is filled in as people come in; no answer is printed that somebody gave before."""
    yield head(occasion, tr("Presentielijst"))
    answer = tr("☐ ja  ☐ nee")
    boxes = ("☐", "☐", answer, answer, answer, "")
    rows: list[tuple[Text, ...]] = [
        (_present_member(member), *boxes) for member in by_seat(occasion.people) if member.name.strip()
    ]
    rows += [("\n\u00a0", *boxes)] * _GUESTS
    yield Table(
        tr("Wie er is (de lege regels zijn voor wie niet op de lijst staat)"),
        (tr("Panellid"), tr("Er"), tr("Formulier"), tr("Doet mee"), tr("Naam"), tr("Citaat"), tr("Weg om")),
        tuple(rows),
        (3.4, 0.6, 1.2, 1.5, 1.5, 1.5, 1.0),
        tr("Een rij per panellid, met vakjes voor wie er is, het formulier, of die meedoet, naam en citaat."),
    )
    yield Paragraph(
        tr("Zoals het op het formulier staat. Zonder formulier: naam en citaat nee; of iemand meedoet, vraagt u."),
        ParagraphRole.REMARK,
    )


def _present_member(member: Panelist) -> Text:
    about = ", ".join(part.strip() for part in (member.role, member.organisation) if part.strip())
    return (TextSpan(member.name.strip(), Emphasis.STRONG), f"\n{about or chr(0xA0)}")

"""Writes a document as one self-contained HTML page, with its style sheet and drawings embedded.

HTML 5, with the elements that screen readers use: one h1, headings in order, captions, header cells, figures with a
description. The page can be printed and mailed.
"""

from __future__ import annotations

from collections.abc import Iterator

from sto_desktop.report.blocks.blocks import (
    Block,
    Contents,
    Cover,
    Document,
    Emphasis,
    Figure,
    Heading,
    ItemList,
    Paragraph,
    ParagraphRole,
    Quote,
    Table,
    Text,
    plain,
)
from sto_desktop.report.blocks.numbering import label
from sto_desktop.report.look.figure_art import figure_svg
from sto_desktop.report.look.look import STO_TWENTE, Look
from sto_desktop.report.look.markup import clean, escape

_ROLES = {
    ParagraphRole.LEAD: "inleiding",
    ParagraphRole.QUESTION: "vraag",
    ParagraphRole.INSIGHT: "inzicht",
    ParagraphRole.REMARK: "toelichting",
}


def html_bytes(document: Document, look: Look = STO_TWENTE) -> bytes:
    """Return the document as a page in UTF-8; the same document and look give the same bytes."""
    return _HtmlWriter(document, look).page().encode()


def _style_sheet(look: Look) -> str:
    return f"""
:root {{ color-scheme: light; }}
body {{ font: {look.size + 1:g}pt/{look.lines / 240 * 1.22:.2f} "{look.font}", Carlito, system-ui, sans-serif;
  color: #{look.ink}; background: #fff; max-width: 42rem; margin: 0 auto; padding: 2rem 1.25rem 4rem;
  overflow-wrap: break-word; }}
h1, h2, h3, h4 {{ color: #{look.primary}; line-height: 1.2; margin: 2.2em 0 .5em; break-after: avoid; }}
h1 {{ font-size: 2.3em; margin: .4em 0 0; }} h2 {{ font-size: 1.7em; }} h3 {{ font-size: 1.25em; margin-top: 1.6em; }}
h4 {{ font-size: 1em; color: #{look.ink}; margin-top: 1.2em; }}
header {{ border-bottom: 6px solid #{look.primary}; padding-bottom: 1.5rem; margin-bottom: 2rem; }}
header p {{ margin: .3em 0; color: #{look.muted}; font-size: 1.15em; }}
header dl {{ display: grid; grid-template-columns: max-content 1fr; gap: .2em 1.5em; margin: 1.5em 0 0; }}
dt {{ color: #{look.muted}; }} dd {{ margin: 0; }}
nav ol {{ list-style: none; padding: 0; }} nav ol ol {{ padding-left: 1.6em; }}
a {{ color: #{look.primary}; }} .zacht {{ color: #{look.muted}; }}
.inleiding {{ font-size: 1.1em; color: #{look.muted}; }} .vraag {{ font-style: italic; color: #{look.muted}; }}
.inzicht {{ background: #{look.soft}; padding: .7em .9em; break-inside: avoid; }}
.toelichting, caption, figcaption {{ font-size: .88em; color: #{look.muted}; }}
blockquote {{ margin: 1.2em 0; padding: .1em 0 .1em 1em; border-left: 3px solid #{look.accent}; font-style: italic;
  break-inside: avoid; }}
blockquote footer {{ font-style: normal; color: #{look.muted}; }}
table {{ border-collapse: collapse; width: 100%; margin: 1.2em 0; font-size: .9em; }}
caption {{ text-align: left; font-weight: 600; padding-bottom: .4em; }}
th {{ background: #{look.primary}; color: #{look.on_primary}; text-align: left; }}
th, td {{ padding: .4em .5em; vertical-align: top; border-bottom: 1px solid #{look.line}; }}
tr {{ break-inside: avoid; }}
figure {{ margin: 1.6em 0; break-inside: avoid; }} figure svg {{ max-width: 100%; height: auto; }}
figcaption {{ font-weight: 600; }} .regels {{ white-space: pre-line; }}
""".strip()


class _HtmlWriter:
    """Writes one document."""

    def __init__(self, document: Document, look: Look) -> None:
        self._document = document
        self._look = look
        self._labels = label(document)
        self._titled = False

    def page(self) -> str:
        """Return the page as HTML."""
        document = self._document
        pieces = [piece for at, block in enumerate(document.blocks) for piece in self._block(at, block)]
        # Without a cover no block shows the title.
        if not self._titled:
            pieces.insert(0, f"<h1>{_line(document.title)}</h1>")
        about = document.properties
        author = f'<meta name="author" content="{_line(about.author)}">\n' if about.author else ""
        return (
            f'<!DOCTYPE html>\n<html lang="{_line(document.language)}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"{author}<title>{_line(document.title)}</title>\n<style>\n{_style_sheet(self._look)}\n</style>\n</head>\n"
            f"<body>\n<main>\n{chr(10).join(pieces)}\n</main>\n</body>\n</html>\n"
        )

    def _block(self, at: int, block: Block) -> Iterator[str]:
        match block:
            case Paragraph():
                words = self._text(block.text)
                if plain(block.text).strip() or words.strip():
                    name = _ROLES.get(block.role, "")
                    yield f'<p class="{name} regels">{words}</p>' if name else f'<p class="regels">{words}</p>'
            case ItemList():
                yield from self._items(block)
            case Heading():
                yield from self._heading(at, block)
            case Quote():
                yield from self._quote(block)
            case Table():
                yield from self._table(at, block)
            case Figure():
                yield from self._figure(at, block)
            case Cover():
                yield self._cover(block)
            case Contents():
                yield from self._contents(block)

    def _text(self, text: Text) -> str:
        pieces = []
        for piece, emphasis, block in self._labels.pieces(text):
            words = escape(piece)
            if emphasis is Emphasis.STRONG:
                words = f"<strong>{words}</strong>"
            elif emphasis is Emphasis.SOFT:
                words = f'<span class="zacht">{words}</span>'
            pieces.append(f'<a href="#{_line(block.anchor)}">{words}</a>' if block and words else words)
        return "".join(pieces)

    def _items(self, block: ItemList) -> Iterator[str]:
        items = [f'<li class="regels">{self._text(text)}</li>' for text in block.items if plain(text).strip()]
        if items:
            tag = "ol" if block.ordered else "ul"
            yield f"<{tag}>{''.join(items)}</{tag}>"

    def _heading(self, at: int, block: Heading) -> Iterator[str]:
        heading_label = self._labels.blocks.get(at)
        if heading_label is not None:
            # Only the title of the document is an h1.
            tag = f"h{min(block.level + 1, 6)}"
            number = f"{_line(heading_label.number)} " if heading_label.number else ""
            yield f'<{tag} id="{_line(heading_label.anchor)}">{number}{_line(heading_label.text)}</{tag}>'

    def _quote(self, block: Quote) -> Iterator[str]:
        if block.text.strip():
            source = f"<footer>{escape(block.attribution)}</footer>" if block.attribution.strip() else ""
            yield f'<blockquote><p class="regels">{escape(block.text)}</p>{source}</blockquote>'

    def _table(self, at: int, block: Table) -> Iterator[str]:
        caption = self._labels.blocks.get(at)
        if caption is None:
            return
        head = "".join(f'<th scope="col">{_line(cell)}</th>' for cell in block.header)
        rows = "".join(f"<tr>{''.join(self._cell(cell) for cell in row)}</tr>\n" for row in block.rows)
        yield (
            f'<table id="{_line(caption.anchor)}"><caption>{_line(caption.number)}. {_line(caption.text)}</caption>\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>"
        )

    def _cell(self, text: Text) -> str:
        return f'<td class="regels">{self._text(text)}</td>'

    def _figure(self, at: int, block: Figure) -> Iterator[str]:
        figure_label = self._labels.blocks.get(at)
        if figure_label is not None:
            yield (
                f'<figure id="{_line(figure_label.anchor)}">{figure_svg(block, self._look)}'
                f"<figcaption>{_line(figure_label.number)}. {_line(figure_label.text)}</figcaption></figure>"
            )

    def _cover(self, block: Cover) -> str:
        self._titled = True
        lines = "".join(f"<p>{_line(text)}</p>" for text in (block.subtitle, block.status) if text.strip())
        details = "".join(
            f"<dt>{_line(name)}</dt><dd>{_line(words)}</dd>" for name, words in block.details if words.strip()
        )
        about = f"<dl>{details}</dl>" if details else ""
        return f"<header><h1>{_line(block.title or self._document.title)}</h1>{lines}{about}</header>"

    def _contents(self, block: Contents) -> Iterator[str]:
        entries = self._labels.headings(self._document.blocks, block.depth)
        if not entries:
            return
        pieces: list[str] = []
        depth = 0
        for heading, heading_label in entries:
            # A heading that skips levels is nested one level below the previous one.
            level = min(heading.level, depth + 1)
            if level > depth:
                pieces.append("<ol><li>")
            else:
                pieces.append("</li></ol>" * (depth - level) + "</li><li>")
            depth = level
            number = f"{_line(heading_label.number)} " if heading_label.number else ""
            pieces.append(f'<a href="#{_line(heading_label.anchor)}">{number}{_line(heading_label.text)}</a>')
        pieces.append("</li></ol>" * depth)
        yield f'<nav aria-label="{_line(block.title)}"><h2>{_line(block.title)}</h2>{"".join(pieces)}</nav>'


def _line(text: str) -> str:
    return escape(" ".join(clean(text).split()))

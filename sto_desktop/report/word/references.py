"""Numbers the headings, tables and figures of a document as Word will, and writes references to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sto_desktop.domain.dutch import one_line
from sto_desktop.report.blocks.blocks import Block, Document, Figure, Heading, HeadingKind, Table
from sto_desktop.report.blocks.counting import shown
from sto_desktop.report.look.markup import clean, run
from sto_desktop.report.word.style_book import StyleBook

_HEADING_STYLES = {
    (HeadingKind.CHAPTER, 1): "heading 1",
    (HeadingKind.CHAPTER, 2): "heading 2",
    (HeadingKind.UNNUMBERED, 1): "STO Kop 1 zonder nummer",
    (HeadingKind.UNNUMBERED, 2): "STO Kop 2 zonder nummer",
    (HeadingKind.ANNEX, 1): "STO Bijlage",
    (HeadingKind.FLOWING, 1): "STO Kop 1 doorlopend",
    (HeadingKind.FLOWING, 2): "STO Kop 2 zonder nummer",
    (HeadingKind.ANNEX, 2): "STO Kop 2 zonder nummer",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading as the contents show it; `number` includes the gap after it, `name` is the document's bookmark."""

    level: int
    number: str
    text: str
    bookmark: str
    name: str

    @property
    def reference(self) -> str:
        """The text of a reference to the heading."""
        return self._called or self.text

    @property
    def switches(self) -> str:
        """The switches of Word's field REF that give that text: \\w is the number of the heading in full."""
        return "\\w \\h" if self._called else "\\h"

    @property
    def _called(self) -> str:
        return self.number.strip(" \t:.")


@dataclass(frozen=True, slots=True)
class Caption:
    """The label of a table or figure: "Tabel" and 2; `name` is the document's bookmark."""

    label: str
    number: int
    bookmark: str
    name: str

    @property
    def reference(self) -> str:
        """The text of a reference to the table or figure."""
        return f"{self.label} {self.number}"

    @property
    def switches(self) -> str:
        """The switches of Word's field REF that give that text."""
        return "\\h"


def number_captions(document: Document) -> list[Caption]:
    """Return the captions of tables and figures that are not empty, in order."""
    captions: list[Caption] = []
    counts = {document.table_label: 0, document.figure_label: 0}
    for block in document.blocks:
        if isinstance(block, Table) and block.rows:
            label = document.table_label
        elif isinstance(block, Figure) and block.categories and block.series:
            label = document.figure_label
        else:
            continue
        counts[label] += 1
        captions.append(Caption(label, counts[label], f"_Ref{len(captions) + 1:08}", block.bookmark))
    return captions


def heading_style(heading: Heading) -> str:
    """Return the name of the style of a heading."""
    return _HEADING_STYLES.get((heading.kind, heading.level), f"heading {heading.level}")


def number_headings(blocks: Sequence[Block], styles: StyleBook) -> list[Entry]:
    """Return the headings with the numbers that Word will show before them."""
    counters: dict[tuple[str, int], int] = {}
    entries: list[Entry] = []
    for heading in blocks:
        if not isinstance(heading, Heading) or not heading.text.strip():
            continue
        numbering = styles.heading_number(heading_style(heading))
        number = ""
        if numbering is not None:
            counters[numbering.number, numbering.level] = counters.get((numbering.number, numbering.level), 0) + 1
            # As in Word, a heading restarts the deeper levels of its list.
            for deeper in [key for key in counters if key[0] == numbering.number and key[1] > numbering.level]:
                del counters[deeper]
            number = numbering.text + numbering.gap
            for level, form in enumerate(numbering.forms):
                number = number.replace(f"%{level + 1}", shown(form, counters.get((numbering.number, level), 1)))
        # Generated, since a bookmark in Word has at most 40 letters, digits and underscores.
        bookmark = f"_Toc{len(entries) + 1:08}"
        entries.append(Entry(heading.level, number, clean_line(heading.text), bookmark, heading.bookmark))
    return entries


def linked(bookmark: str, content: str) -> str:
    """Return runs as a link to a bookmark."""
    return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{content}</w:hyperlink>'


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def field_start(code: str) -> str:
    """Return the runs before the result of a field of Word: with a result it is right at once, and updated by edits."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def reference(target: Entry | Caption, style: str) -> str:
    """Return a cross reference in a character style: Word's field REF, so that it follows when chapters move."""
    return field_start(f"REF {target.bookmark} {target.switches}") + run(target.reference, style) + FIELD_END


def clean_line(text: str) -> str:
    """Return a text in one line, without characters that XML can't hold."""
    return one_line(clean(text))

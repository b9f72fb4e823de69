"""Text as WordprocessingML (ECMA-376 part 1, section 17): without invalid XML characters, escaped, split into runs."""

from __future__ import annotations

import re

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# The characters outside production 2 of XML 1.0, which are invalid even as character references, and C1 controls.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NEW_LINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BREAK = re.compile("([\n\t])")
# Fast path: few texts need cleaning or escaping.
_RARE = re.compile('[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff&<>"]')


def clean(text: str) -> str:
    """Return text without invalid characters: control characters are removed, a lone surrogate becomes U+FFFD.

    Every kind of line end becomes one newline.
    """
    if not _RARE.search(text):
        return text
    # Two adjacent surrogates form one character, as in text that came from UTF-16.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _SURROGATE.search(text) else text
    return _FORBIDDEN.sub("", _NEW_LINE.sub("\n", text))


# At most nine digits, so that the number fits in 32 bits wherever Word expects one.


def escape(text: str) -> str:
    """Return clean text for element content or for an attribute in double quotes."""
    if not _RARE.search(text):
        return text
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def attribute(text: str) -> str:
    """Return text on one line for an attribute."""
    return escape(" ".join(clean(text).split()))


def run(text: str, style: str = "") -> str:
    """Return runs of a text in a character style (its id); newlines and tabs become Word's breaks and tabs."""
    properties = f'<w:rPr><w:rStyle w:val="{escape(style)}"/></w:rPr>' if style else ""
    if not _RARE.search(text):
        return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    pieces = []
    for piece in _BREAK.split(clean(text)):
        if piece == "\n":
            pieces.append("<w:br/>")
        elif piece == "\t":
            pieces.append("<w:tab/>")
        elif piece:
            pieces.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return f"<w:r>{properties}{''.join(pieces)}</w:r>" if pieces else ""


def paragraph(style: str, content: str, more: str = "") -> str:
    """Return a paragraph in a paragraph style (its id); `more` are further properties, in the schema's order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{escape(style)}"/>{more}</w:pPr>{content}</w:p>'

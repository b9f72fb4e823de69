"""Reads captions (WebVTT, SubRip) as a document: what is said, by whom where it is marked, and when."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from sto_desktop.archive import damaged
from sto_desktop.exchange.files.document import FileText, TextBlock

_SRT = re.compile(r"\s*[0-9]+\s*\n\s*[0-9]{1,2}:[0-9]{2}:[0-9]{2}[,.][0-9]{1,3}\s*-->")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+([^>]+)>(.*?)(?=</v>|<v[ .]|$)", re.DOTALL)
_MARK = re.compile(r"<[^>]*>")


def caption_format(text: str) -> str:
    """Return the format of captions in a text, "vtt" or "srt"; empty if it holds none."""
    if text.lstrip("\ufeff").startswith("WEBVTT"):
        return "vtt"
    return "srt" if _SRT.match(text.lstrip("\ufeff")) else ""


def read_captions(text: str, form: str, name: str) -> FileText:
    """Return the captions, one paragraph for what one person says without a break of another."""
    import webvtt

    source = text.lstrip("\ufeff").replace("\r\n", "\n")
    try:
        found = webvtt.from_buffer(io.StringIO(source), format=form)
        said = list(_said(found))
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError, ValueError) as error:
        raise damaged(name) from error
    return FileText(tuple(said))


def _said(captions: object) -> Iterator[TextBlock]:
    import datetime as dt

    for caption in captions:  # type: ignore[attr-defined]
        start = caption.start_time
        at = dt.timedelta(hours=start.hours, minutes=start.minutes, seconds=start.seconds)
        raw = caption.raw_text
        voices = [(match[1].strip(), _bare(match[2])) for match in _VOICE.finditer(raw)]
        for speaker, words in voices or [("", _bare(raw))]:
            if words:
                yield TextBlock(words, speaker=speaker, at=at)


def _bare(text: str) -> str:
    return " ".join(_MARK.sub("", text).split())

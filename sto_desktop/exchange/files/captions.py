"""Reads captions (WebVTT, SubRip) as a document: what is said, by whom where it is marked, and when."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape

from sto_desktop.archive import damaged
from sto_desktop.exchange.files.document import FileText, Grid, TextBlock
from sto_desktop.exchange.files.form import is_full_name

_TIMED = re.compile(r"\s*(?:[0-9]{1,2}:)?[0-9]{1,2}:[0-9]{2}\.[0-9]{3}\s*-->")
_SRT = re.compile(r"\s*[0-9]+\s*\n\s*[0-9]{1,2}:[0-9]{2}:[0-9]{2}[,.][0-9]{1,3}\s*-->")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+([^>]+)>(.*?)(?=</v>|<v[ .]|$)", re.DOTALL)
_DASH = re.compile(r"[-–—]\s*(?=\S)")
_ENDS = ".!?…"
# Other words in such brackets are a name: "<Anna> ja".
_MARK = re.compile(r"</?(?:[biucv]|ruby|rt|lang|font)(?=[\s.>])[^>]*>|<[0-9:.]+>", re.IGNORECASE)


def caption_format(text: str) -> str:
    """Return the format of captions in a text, "vtt" or "srt"; empty if it holds none."""
    if text.lstrip("\ufeff").startswith("WEBVTT") or _TIMED.match(text.lstrip("\ufeff")):
        return "vtt"
    return "srt" if _SRT.match(text.lstrip("\ufeff")) else ""


def read_captions(text: str, form: str, name: str) -> FileText:
    """Return the captions, one paragraph for what one person says without a break of another."""
    import webvtt

    source = text.lstrip("\ufeff").replace("\r\n", "\n")
    if form == "vtt" and not source.startswith("WEBVTT"):
        # The first line of a file that was copied by hand is often lost.
        source = f"WEBVTT\n\n{source.lstrip()}"
    try:
        found = webvtt.from_buffer(io.StringIO(source), format=form)
        said = list(_said(found))
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError, ValueError) as error:
        raise damaged(name) from error
    return FileText(tuple(_whole(said)))


def _whole(said: list[TextBlock]) -> Iterator[TextBlock]:
    """Yield the captions, with those in one that part a sentence of one person."""
    open_one: TextBlock | None = None
    for block in said:
        goes_on = open_one is not None and open_one.speaker == block.speaker and open_one.text[-1] not in _ENDS
        if open_one is not None and goes_on and block.speaker:
            open_one = replace(open_one, text=f"{open_one.text} {block.text}")
            continue
        if open_one is not None:
            yield open_one
        open_one = block
    if open_one is not None:
        yield open_one


def _said(captions: object) -> Iterator[TextBlock]:
    import datetime as dt

    for caption in captions:  # type: ignore[attr-defined]
        start = caption.start_time
        at = dt.timedelta(hours=start.hours, minutes=start.minutes, seconds=start.seconds)
        raw = caption.raw_text
        voices = [(unescape(match[1].strip()), _bare(match[2])) for match in _VOICE.finditer(raw)]
        for speaker, words in voices or [("", words) for words in _turns(raw)]:
            if words:
                another = not speaker and _DASH.match(raw.lstrip()) is not None
                yield TextBlock(words, speaker=speaker, at=at, another=another)


def _turns(raw: str) -> list[str]:
    """Return the words of a caption; each line that begins with a dash is of somebody else."""
    lines = [line.strip() for line in raw.splitlines() if line.strip()]
    if len(lines) > 1 and all(_DASH.match(line) for line in lines):
        return [_bare(_DASH.sub("", line)) for line in lines]
    return [_bare(raw)]


def _bare(text: str) -> str:
    return " ".join(unescape(_MARK.sub("", text)).split())


_TIME = r"\[?((?:[0-9]{1,2}:){1,2}[0-9]{1,2})(?:[.,][0-9]+)?\]?"
_STAMP = re.compile(rf"{_TIME}(?:\s*(?:-->|[-–—])\s*{_TIME})?")
_NUMBERED = re.compile(r"(?:spreker|speaker|deelnemer|sprecher|persoon)\s*[0-9]{1,2}", re.IGNORECASE)
_LEAST_STAMPS = 2


def with_stamps_beside(blocks: Sequence[TextBlock | Grid]) -> Iterator[TextBlock | Grid]:
    """Yield the blocks, in which a time on a line of its own stands behind the name on the line below or above it.

    So Teams and other programs write a conversation: "0:00:03 --> 0:00:06", "Anna Vos" and what she says, or the name
    first. Times of an agenda have no names beside them.
    """
    stamps = {at: stamp for at, block in enumerate(blocks) if (stamp := _stamp_in(block))}
    for step in (1, -1):
        names = {at + step: stamp for at, stamp in stamps.items() if _is_voice(blocks, at + step)}
        others = [at for at in stamps if at + step not in names]
        if len(names) >= _LEAST_STAMPS and len(others) * 4 <= len(stamps):
            joined = {at - step for at in names}
            for at, block in enumerate(blocks):
                if at in names and isinstance(block, TextBlock):
                    yield replace(block, text=f"{block.text.strip()} {names[at]}")
                elif at not in joined:
                    yield block
            return
    yield from blocks


def _stamp_in(block: TextBlock | Grid) -> str:
    """Return the (first) time in a line of nothing else, in two digits each; empty for any other block."""
    if isinstance(block, Grid) or block.left_out or block.level:
        return ""
    match = _STAMP.fullmatch(block.text.strip())
    return ":".join(part.zfill(2) for part in match[1].split(":")) if match else ""


def _is_voice(blocks: Sequence[TextBlock | Grid], at: int) -> bool:
    """Return whether a line is a name alone, with something below it."""
    block = blocks[at] if 0 <= at < len(blocks) - 1 else None
    text = block.text.strip() if isinstance(block, TextBlock) else ""
    return bool(text) and (is_full_name(text) or _NUMBERED.fullmatch(text) is not None)

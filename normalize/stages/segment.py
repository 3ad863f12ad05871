"""Parts to one fixed text, with blocks and sentences as spans.

A line is a block: `extract` gives one part a block of the markup, `repair` has joined the lines
that were only wrapped. What is a heading or a list item in running text is told by its look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from normalize import posting as model
from normalize.config import Settings
from normalize.errors import PostingError
from normalize.pipeline import Outcome, each
from normalize.posting import Kind, Part, Posting, Span
from normalize.sentences import split_sentences

BULLET = re.compile(r"^([ \t]*)(?:[-*•·–▪●◦‣○■□➢►✓✔]|\uf0b7)[ \t]+(?=\S)")
NUMBERED = re.compile(r"^[ \t]*(?:\d{1,2}[.)]|[a-z]\)|\(\d{1,2}\)|[ivx]{1,4}\))[ \t]+(?=\S)")
MARKED_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*$")
TABLE_ROW = re.compile(r"^\|.*\|$|\S\t+\S.*\t+\S")
# A heading in running text is short, ends without a full stop, and has something under it.
MAX_HEADING = 90
MAX_HEADING_WORDS = 12
NO_HEADING = re.compile(r"[@|]|https?:|www\.|<[A-Z]|\d{4,}|[.,;!]$|^[a-zæøåäöü(]|\d\)?$")
MAX_TITLE = 200


class Line(NamedTuple):
    """One block before it has a place in the text."""

    text: str
    kind: Kind
    level: int
    part: Part


class Segment:
    """Find blocks and sentences."""

    name = "segment"
    version = 1

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __call__(self, batch: Sequence[Posting]) -> list[Outcome]:
        """Set `body` and `segments` of each posting."""
        return each(self.name, segment, batch)


def segment(posting: Posting) -> Posting:
    """Set body, segments and, where the format named none, the title.

    Raises:
        PostingError: `no_text`, if no part has a letter or digit.
    """
    lines = [line for part in posting.parts for line in lines_of(part)]
    if not any(character.isalnum() for line in lines for character in line.text):
        raise PostingError("no_text", "no letter or digit after repair")
    lines = _with_title(lines)
    segments = []
    position = 0
    for number, line in enumerate(lines):
        end = position + len(line.text)
        spans = (
            split_sentences(line.text, None) if len(line.text) > 1 else [Span(0, len(line.text))]
        )
        segments.append(
            model.Segment(
                position,
                end,
                block=number,
                kind=line.kind,
                level=line.level,
                sentences=tuple(Span(position + a, position + b) for a, b in spans),
                region=line.part.region,
                link_share=line.part.link_share,
                declared=line.part.language,
            )
        )
        position = end + 1
    body = "\n".join(line.text for line in lines)
    title = posting.title or _title(lines)
    return replace(posting, body=body, segments=tuple(segments), title=title)


def lines_of(part: Part) -> Iterator[Line]:
    """The blocks of a part."""
    texts = [line.rstrip() for line in part.text.split("\n")]
    if part.kind is None:
        yield from _running(texts, part)
        return
    filled = [text.strip() for text in texts if text.strip()]
    for number, text in enumerate(filled):
        kind, level = part.kind, part.level
        if kind is not Kind.TABLE_ROW and (bullet := BULLET.match(text)):
            text, kind, level = text[bullet.end() :], Kind.LIST_ITEM, part.level
        elif number and kind in {Kind.HEADING, Kind.LIST_ITEM}:
            kind, level = Kind.PARAGRAPH, 0
        elif (
            kind is Kind.PARAGRAPH
            and number + 1 < len(filled)
            and _is_heading(text, filled[number + 1])
        ):
            kind, level = Kind.HEADING, 3
        yield Line(text, kind, level, part)


def _running(texts: list[str], part: Part) -> Iterator[Line]:
    filled = [(number, text) for number, text in enumerate(texts) if text.strip()]
    for place, (_, text) in enumerate(filled):
        after = filled[place + 1] if place + 1 < len(filled) else None
        bare = text.strip()
        if found := MARKED_HEADING.match(bare):
            yield Line(found[2], Kind.HEADING, len(found[1]), part)
        elif bullet := BULLET.match(text):
            depth = len(bullet[1].expandtabs(4)) // 2
            yield Line(text[bullet.end() :].strip(), Kind.LIST_ITEM, min(depth, 5), part)
        elif NUMBERED.match(text):
            yield Line(bare, Kind.LIST_ITEM, 0, part)
        elif TABLE_ROW.search(text):
            cells = (cell.strip() for cell in re.split(r"\t+|\s*\|\s*", bare.strip("|")))
            yield Line(" | ".join(filter(None, cells)), Kind.TABLE_ROW, 0, part)
        elif after and _is_heading(bare, after[1].strip()):
            yield Line(bare, Kind.HEADING, 2, part)
        else:
            yield Line(bare, Kind.PARAGRAPH, 0, part)


def _is_heading(text: str, following: str) -> bool:
    """Whether a line of running text heads what follows it.

    Short and without a full stop is not enough: addresses and name lists are that too. What
    follows must be prose or a list, or the line must be set apart by capitals or a colon.
    """
    words = text.split()
    if len(text) > MAX_HEADING or len(words) > MAX_HEADING_WORDS or NO_HEADING.search(text):
        return False
    letters = [character for character in text if character.isalpha()]
    if len(letters) < 3:
        return False
    if BULLET.match(following) or NUMBERED.match(following):
        return True
    if text.isupper() and len(letters) > 4:
        return True
    prose = len(following) > 80 and len(following) > 1.5 * len(text)
    return prose or (text.endswith((":", "?")) and len(following) > len(text))


def _with_title(lines: list[Line]) -> list[Line]:
    """The first line of running text is its title, if it looks like one."""
    first = lines[0]
    if first.part.kind is None and first.kind is Kind.PARAGRAPH and len(lines) > 2:
        apart = len(first.text) <= MAX_TITLE and not re.search(r"[.;!]$|[@|]|https?:", first.text)
        if apart and len(first.text.split()) > 1:
            return [first._replace(kind=Kind.HEADING, level=1), *lines[1:]]
    return lines


def _title(lines: list[Line]) -> str | None:
    """The first heading near the top, without emphasis marks."""
    for line in lines[:12]:
        if line.kind is Kind.HEADING and len(line.text) <= MAX_TITLE:
            return line.text.replace("*", "").strip() or None
    return None

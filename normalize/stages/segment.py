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
from normalize.formats.running import (
    BULLET,
    GENDERS,
    OPEN_END,
    Line,
    find_headings,
    find_lists,
    heading_score,
    read_lines,
)
from normalize.formats.writers import plain
from normalize.pipeline import Outcome, each
from normalize.posting import Kind, Part, Posting, Region, Span
from normalize.sentences import split_sentences

MAX_TITLE = 120
MAX_TITLE_WORDS = 15
# Lines among which a title is looked for.
TOP = 8
# Lines here have no sections under them.
MENUS = {Region.NAV, Region.FOOTER, Region.COOKIE, Region.HIDDEN, Region.FORM}
# What stands between the cells of a table row.
CELLS = " | "
# From this score on a heading names a section ("Your tasks"), not the job.
SECTION = 1.5


class Block(NamedTuple):
    """A block before it has a place in the text, and the part it came from."""

    line: Line
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
    blocks = blocks_of(posting.parts)
    if not any(character.isalnum() for block in blocks for character in block.line.text):
        raise PostingError("no_text", "no letter or digit after repair")
    segments = []
    position = 0
    for number, (line, part) in enumerate(blocks):
        end = position + len(line.text)
        segments.append(
            model.Segment(
                position,
                end,
                block=number,
                kind=line.kind,
                level=line.level,
                sentences=tuple(Span(position + a, position + b) for a, b in _sentences(line)),
                region=part.region,
                link_share=part.link_share,
                declared=part.language,
            )
        )
        position = end + 1
    body = "\n".join(block.line.text for block in blocks)
    title = posting.title or _title([block.line for block in blocks])
    return replace(posting, body=body, segments=tuple(segments), title=title)


def blocks_of(parts: Sequence[Part]) -> list[Block]:
    """The blocks of all parts, in order; what is a heading is decided over all of them."""
    lines, origins = [], []
    for part in parts:
        found = list(_lines(part))
        lines += found
        origins += [part] * len(found)
    lines = _with_title(find_lists(find_headings(lines)))
    return [Block(line, part) for line, part in zip(lines, origins, strict=True)]


def _lines(part: Part) -> Iterator[Line]:
    if part.kind is None:
        yield from read_lines(part.text)
        return
    fixed = part.region in MENUS or part.link_share == 1.0
    filled = [text.strip() for text in part.text.split("\n") if text.strip()]
    for number, text in enumerate(filled):
        kind, level = part.kind, part.level
        if kind is not Kind.TABLE_ROW and (bullet := BULLET.match(text)):
            text, kind = text[bullet.end() :], Kind.LIST_ITEM
        elif number and kind in {Kind.HEADING, Kind.LIST_ITEM}:
            kind, level = Kind.PARAGRAPH, 0
        yield Line(text, kind, level, apart=True, loose=False, fixed=fixed)


def _sentences(line: Line) -> list[Span]:
    """Spans of the sentences of a block; of a table row, the cells."""
    if line.kind is not Kind.TABLE_ROW:
        return split_sentences(line.text) if len(line.text) > 1 else [Span(0, len(line.text))]
    spans, position = [], 0
    for cell in line.text.split(CELLS):
        spans.append(Span(position, position + len(cell)))
        position += len(cell) + len(CELLS)
    return [span for span in spans if span.start < span.end]


def _with_title(lines: list[Line]) -> list[Line]:
    """The line of running text that names the job is the title, if there is one at its top."""
    if not lines or any(not line.loose or line.level == 1 for line in lines[:TOP]):
        return lines
    place = next((i for i, line in enumerate(lines[:TOP]) if GENDERS.search(line.text)), 0)
    found = lines[place]
    if len(lines) < 3 or found.kind is Kind.LIST_ITEM or not _may_be_title(found.text):
        return lines
    goes_on = place + 1 < len(lines) and lines[place + 1].text[0].islower()
    if goes_on and not GENDERS.search(found.text):
        return lines
    return [*lines[:place], found._replace(kind=Kind.HEADING, level=1), *lines[place + 1 :]]


def _may_be_title(text: str) -> bool:
    return (
        len(text) <= MAX_TITLE
        and len(text.split()) <= MAX_TITLE_WORDS
        and not re.search(r"[.;!:?]$|@|https?:|[.!?] [A-ZÆØÅÄÖÜ]|^\W*\d[\d\W]*$|\S\s{3,}\S", text)
        and heading_score(text) < SECTION
        and not OPEN_END.search(text)
        and not re.match(r"[^:]{2,40}: +\S+$", text)
    )


def _title(lines: list[Line]) -> str | None:
    """The first heading at the top that is more than the name of a section."""
    for line in sorted(lines[:TOP], key=lambda line: line.level != 1):
        if line.kind is Kind.HEADING and _may_be_title(line.text):
            return plain(line.text) or None
        if line.kind is Kind.PARAGRAPH and len(line.text) > MAX_TITLE:
            return None
    return None

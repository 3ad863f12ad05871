"""A finished posting as text, Markdown and a record (one line of documents.jsonl)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from normalize.posting import Kind, Posting, Segment

# A star inside a word is none of them: Mitarbeiter*in, Kolleg*innen.
# The length is limited, as a text full of stars would else take for ever.
EMPHASIS = re.compile(
    r"(?<![\w*])(\*\*\*|\*\*|\*|__)(?=[^\s*])(.{1,500}?)(?<=\S)\1(?![\w*])", re.DOTALL
)
MAX_NESTED = 4
# What Markdown would take for markup of its own. Links to the web and mail addresses stand as
# `<url>` and stay; Markdown takes any scheme for one, `<javascript:…>` too.
ACTIVE = re.compile(
    r"<(?!https?://[^\s<>]+>|[\w.+-]+@[\w-]+(?:\.[\w-]+)+>)|&(?=#?\w+;)|[\\`\[\]*]|~(?=~)"
    r"|(?<!\w)_|_(?!\w)"
)
ENTITIES = {"<": "&lt;", "&": "&amp;"}
# What is markup at the beginning of a block only.
LEADING = re.compile(r"^(?:(#{1,6}(?=\s|$)|[-+](?=\s)|>|[=-]{2,}\s*$)|(\d{1,9})([.)](?=\s)))")
NUMBER = re.compile(r"^(?:\d{1,3}[.)]|[a-zA-Z]\)|\(\w{1,3}\)|[ivx]{1,4}\))\s")
ORDERED = re.compile(r"\d{1,3}[.)]\s")
CELLS = " | "


class Block(NamedTuple):
    """What is kept of one block, in English."""

    kind: Kind
    level: int
    words: str


def english_of(posting: Posting, segment: Segment) -> str:
    """The English of a segment, or its own words where they needed or got no translation."""
    return segment.translation.text if segment.translation else posting.words_of(segment)


def as_text(posting: Posting, ascii_only: bool = False) -> str:
    """The clean text: a blank line between paragraphs and round headings, lists with `- `.

    Emphasis marks are dropped. With `ascii_only` letters become their nearest ASCII.
    """
    lines = []
    for kind, level, words in _blocks(posting):
        words = plain(words)
        if kind is Kind.LIST_ITEM:
            words = "  " * level + ("" if NUMBER.match(words) else "- ") + words
        lines.append((kind, words))
    text = _spaced(lines)
    if ascii_only:
        from unidecode import unidecode

        text = unidecode(text)
    return text


def as_markdown(posting: Posting) -> str:
    """The clean text as Markdown: title, headings, lists and tables.

    Nothing in it becomes raw HTML when it is rendered, nor a link that was none.
    """
    blocks = list(_blocks(posting))
    headings = [block for block in blocks if block.kind is Kind.HEADING]
    title = next((block for block in headings if plain(block.words) == posting.title), None)
    ranks = _ranks(headings, title)
    lines: list[tuple[Kind, str]] = []
    if posting.title and title is None and all(block.level != 1 for block in headings):
        lines.append((Kind.HEADING, f"# {escape(plain(posting.title))}"))
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        if kind is Kind.TABLE_ROW:
            lines += ((kind, row) for row in _table([block.words for block in group]))
        else:
            lines += ((kind, _line(block, ranks, block is title)) for block in group)
    return _spaced(lines)


def _ranks(headings: list[Block], title: Block | None) -> dict[int, int]:
    """Levels of headings as Markdown should have them: none left out below the title."""
    lower = sorted({block.level for block in headings if block is not title and block.level != 1})
    return {1: 1, **{level: min(rank, 6) for rank, level in enumerate(lower, start=2)}}


def _line(block: Block, ranks: dict[int, int], is_title: bool) -> str:
    """A heading, list item or paragraph in Markdown."""
    if block.kind is Kind.HEADING:
        level = 1 if is_title else ranks[block.level]
        return f"{'#' * level} {escape(plain(block.words))}"
    if block.kind is Kind.LIST_ITEM:
        mark = "" if ORDERED.match(block.words) else "- "
        return "    " * block.level + mark + escape(block.words, leading=bool(mark))
    return escape(block.words)


def plain(words: str) -> str:
    """Words without emphasis marks.

    >>> plain("The **Remote Sensing Centre** (5 * 3 *or* 2), Kolleg*innen und Partner*innen")
    'The Remote Sensing Centre (5 * 3 or 2), Kolleg*innen und Partner*innen'
    """
    for _ in range(MAX_NESTED):
        without = EMPHASIS.sub(r"\2", words) if "*" in words or "__" in words else words
        if without == words:
            break
        words = without
    return words


def escape(words: str, leading: bool = True) -> str:
    r"""Words that Markdown shows as they are; emphasis and `<url>` stay markup.

    >>> escape("<b>1 < 2</b> **bold** Kolleg*in [x](y) <https://example.org>")
    '&lt;b>1 &lt; 2&lt;/b> **bold** Kolleg\\*in \\[x\\](y) <https://example.org>'
    >>> escape("1. Januar")
    '1\\. Januar'
    """
    pieces = []
    position = 0
    for found in EMPHASIS.finditer(words):
        pieces.append(ACTIVE.sub(_escaped, words[position : found.start()]))
        pieces.append(f"{found[1]}{escape(found[2], leading=False)}{found[1]}")
        position = found.end()
    pieces.append(ACTIVE.sub(_escaped, words[position:]))
    text = "".join(pieces)
    return LEADING.sub(_unmarked, text) if leading else text


def _escaped(found: re.Match[str]) -> str:
    return ENTITIES.get(found[0], "\\" + found[0])


def _unmarked(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}"


def _table(rows: list[str]) -> Iterator[str]:
    """Rows of a Markdown table; it needs a head to be one, and its first row is taken for it."""
    cells = [[escape(cell).replace("|", "\\|") for cell in row.split(CELLS)] for row in rows]
    width = max(map(len, cells))
    for number, row in enumerate(cells):
        yield f"| {CELLS.join(row + [''] * (width - len(row)))} |"
        if not number:
            yield "|" + " --- |" * width


def _blocks(posting: Posting) -> Iterator[Block]:
    """Every block that is kept, its kept segments joined; no list begins or goes on too deep."""
    depth = -1
    for _, group in groupby(posting.segments, key=lambda segment: segment.block):
        run = [segment for segment in group if segment.category is None]
        words = ""
        for before, segment in zip([None, *run], run, strict=False):
            if before is not None:
                words += CELLS if segment.kind is Kind.TABLE_ROW else " "
            words += " ".join(english_of(posting, segment).split())
        if words.strip():
            kind, level = run[0].kind, run[0].level
            if kind is Kind.LIST_ITEM:
                depth = level = min(level, depth + 1)
            else:
                depth = -1
            yield Block(kind, level, words.strip())


def _spaced(lines: list[tuple[Kind, str]]) -> str:
    """Lines with a blank one between them, but not inside a list or a table."""
    pieces = []
    for number, (kind, words) in enumerate(lines):
        if number:
            tight = kind is lines[number - 1][0] and kind in {Kind.LIST_ITEM, Kind.TABLE_ROW}
            pieces.append("\n" if tight else "\n\n")
        pieces.append(words)
    return "".join(pieces) + "\n" if pieces else ""


def record(posting: Posting, signature: str) -> dict[str, Any]:
    """What documents.jsonl holds for a posting: see `document.schema.json` beside this file."""
    changes: Counter[tuple[str, str]] = Counter()
    for change in posting.changes:
        changes[change.stage, change.action] += change.count
    blocks = []
    before = None
    for segment in posting.segments:
        blocks.append(_entry(posting, segment, segment.block == before))
        before = segment.block
    return {
        "id": posting.source.id,
        "path": posting.source.path,
        "status": "done",
        "title": posting.title,
        "language": posting.language,
        "languages": dict(posting.languages),
        "metadata": dict(posting.metadata),
        "text": posting.text,
        "blocks": blocks,
        "changes": [
            {"stage": stage, "action": action, "count": count}
            for (stage, action), count in changes.items()
        ],
        "warnings": list(posting.warnings),
        "signature": signature,
    }


def _entry(posting: Posting, segment: Segment, continues: bool) -> dict[str, Any]:
    translation = segment.translation
    entry: dict[str, Any] = {
        "kind": segment.kind.value,
        "level": segment.level,
        "source": posting.words_of(segment),
        "text": None if segment.category else english_of(posting, segment),
        "language": segment.language,
        "score": segment.score,
        "label": segment.label,
        "category": segment.category,
        "rule": segment.rule,
        "translation": None
        if translation is None
        else {
            "origin": translation.origin,
            "model": translation.model,
            "flags": list(translation.flags),
        },
    }
    if continues:
        entry["continues"] = True
    return entry

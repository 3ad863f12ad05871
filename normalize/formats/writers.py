"""A finished posting as text, Markdown and a record (one line of documents.jsonl)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from normalize.posting import Kind, Posting, Segment

EMPHASIS = re.compile(r"(\*\*\*|\*\*|\*|__)(?=\S)(.+?)(?<=\S)\1(?!\w)")
# What Markdown would take for markup of its own. Links stand as `<url>` and stay.
ACTIVE = re.compile(
    r"<(?!https?://[^\s<>]+>|[^\s<>@]+@[^\s<>@]+>)|&(?=#?\w+;)|^(?=#{1,6}\s|[-+>]\s|\d+[.)]\s)|[\\`\[\]]"
)
BREAKS = {Kind.HEADING: 2, Kind.PARAGRAPH: 2, Kind.LIST_ITEM: 1, Kind.TABLE_ROW: 1}


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
        mark = "  " * level + "- " if kind is Kind.LIST_ITEM else ""
        lines.append((kind, mark + words))
    text = _spaced(lines)
    if ascii_only:
        from unidecode import unidecode

        text = unidecode(text)
    return text


def as_markdown(posting: Posting) -> str:
    """The clean text as Markdown: headings, lists and tables; nothing in it becomes raw HTML."""
    lines = []
    for kind, level, words in _blocks(posting):
        words = ACTIVE.sub(_escape, words)
        if kind is Kind.HEADING:
            words = f"{'#' * (level or 2)} {words}"
        elif kind is Kind.LIST_ITEM:
            words = "  " * level + "- " + words
        elif kind is Kind.TABLE_ROW:
            words = f"| {words} |"
        lines.append((kind, words))
    return _spaced(_with_table_heads(lines))


def plain(words: str) -> str:
    """Words without emphasis marks.

    >>> plain("The **Remote Sensing Centre** (5 * 3 *or* 2)")
    'The Remote Sensing Centre (5 * 3 or 2)'
    """
    while "*" in words or "__" in words:
        without = EMPHASIS.sub(r"\2", words)
        if without == words:
            break
        words = without
    return words


def record(posting: Posting, signature: str) -> dict[str, Any]:
    """What documents.jsonl holds for a posting: see `document.schema.json`."""
    changes: Counter[tuple[str, str]] = Counter()
    for change in posting.changes:
        changes[change.stage, change.action] += change.count
    blocks = []
    before = None
    for segment in posting.segments:
        blocks.append(_block(posting, segment, segment.block == before))
        before = segment.block
    return {
        "id": posting.source.id,
        "path": posting.source.path,
        "status": "done",
        "title": posting.title,
        "language": posting.language,
        "languages": dict(posting.languages),
        "metadata": dict(posting.metadata),
        "text": posting.english,
        "blocks": blocks,
        "changes": [
            {"stage": stage, "action": action, "count": count}
            for (stage, action), count in changes.items()
        ],
        "warnings": list(posting.warnings),
        "signature": signature,
    }


def _block(posting: Posting, segment: Segment, continues: bool) -> dict[str, Any]:
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


def _blocks(posting: Posting) -> Iterator[tuple[Kind, int, str]]:
    """Kind, level and English of every block that is kept, its kept segments joined."""
    for _, group in groupby(posting.segments, key=lambda segment: segment.block):
        run = [segment for segment in group if segment.category is None]
        if run:
            words = " ".join(english_of(posting, segment) for segment in run)
            yield run[0].kind, run[0].level, words


def _spaced(lines: list[tuple[Kind, str]]) -> str:
    """Lines with as much space between them as their kinds ask for."""
    pieces = []
    for number, (kind, words) in enumerate(lines):
        if number:
            tight = kind is lines[number - 1][0] and BREAKS[kind] == 1
            pieces.append("\n" if tight else "\n\n")
        pieces.append(words)
    return "".join(pieces) + "\n" if pieces else ""


def _with_table_heads(lines: list[tuple[Kind, str]]) -> list[tuple[Kind, str]]:
    """A table needs a head to be one: its first row is taken for it."""
    rows: list[tuple[Kind, str]] = []
    for number, (kind, words) in enumerate(lines):
        rows.append((kind, words))
        if kind is Kind.TABLE_ROW and (not number or lines[number - 1][0] is not Kind.TABLE_ROW):
            rows.append((kind, "|" + " --- |" * (words.count(" | ") + 1)))
    return rows


def _escape(match: re.Match[str]) -> str:
    return {"<": "&lt;", "&": "&amp;"}.get(match[0], "\\" + match[0])

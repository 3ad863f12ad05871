"""A finished posting as text, Markdown and a record (one line of documents.jsonl)."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from normalize.posting import Kind, Posting, Segment


def english(posting: Posting, segment: Segment, stripped: frozenset[str]) -> str | None:
    """The English of a segment; None where it is stripped."""
    if segment.category in stripped:
        return None
    return segment.translation.text if segment.translation else posting.words_of(segment)


def as_text(posting: Posting) -> str:
    """The clean English text: one block a line, a blank line between paragraphs."""
    lines = []
    for _, group in groupby(posting.segments, key=lambda segment: segment.block):
        run = [segment for segment in group if segment.category is None]
        if not run:
            continue
        words = " ".join(english(posting, segment, frozenset()) or "" for segment in run)
        lines.append("- " + words if run[0].kind is Kind.LIST_ITEM else words)
    return "\n".join(lines) + "\n"


def record(posting: Posting, signature: str) -> dict[str, Any]:
    """What documents.jsonl holds for a posting."""
    return {
        "id": posting.source.id,
        "path": posting.source.path,
        "status": "done",
        "title": posting.title,
        "language": posting.language,
        "languages": dict(posting.languages),
        "metadata": dict(posting.metadata),
        "text": posting.english,
        "blocks": [
            {
                "kind": segment.kind.value,
                "level": segment.level,
                "source": posting.words_of(segment),
                "text": english(posting, segment, frozenset()) if not segment.category else None,
                "language": segment.language,
                "score": segment.score,
                "label": segment.label,
                "category": segment.category,
                "rule": segment.rule,
            }
            for segment in posting.segments
        ],
        "changes": [
            {"stage": c.stage, "action": c.action, "count": c.count} for c in posting.changes
        ],
        "warnings": list(posting.warnings),
        "signature": signature,
    }

"""Parts to one fixed text, with blocks and sentences as spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sentencex

from normalize import posting as model
from normalize.config import Settings
from normalize.errors import PostingError
from normalize.pipeline import Outcome, each
from normalize.posting import Kind, Posting, Span


class Segment:
    """Find blocks and sentences."""

    name = "segment"
    version = 1

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __call__(self, batch: Sequence[Posting]) -> list[Outcome]:
        """Set each posting's text and segments."""
        return each(self.name, self._segment, batch)

    def _segment(self, posting: Posting) -> Posting:
        lines: list[str] = []
        segments: list[model.Segment] = []
        position = 0
        for part in posting.parts:
            for line in part.text.split("\n"):
                line = line.strip()
                if not line:
                    continue
                kind = part.kind or Kind.PARAGRAPH
                if line[:2] in {"- ", "* ", "• "}:
                    line, kind = line[2:].strip(), Kind.LIST_ITEM
                spans, offset = [], 0
                for sentence in sentencex.segment("en", line):
                    start = line.index(sentence.strip(), offset)
                    offset = start + len(sentence.strip())
                    spans.append(Span(position + start, position + offset))
                end = position + len(line)
                segments.append(
                    model.Segment(
                        position,
                        end,
                        block=len(segments),
                        kind=kind,
                        level=part.level,
                        sentences=tuple(spans),
                        region=part.region,
                        link_share=part.link_share,
                        declared=part.language,
                    )
                )
                lines.append(line)
                position = end + 1
        if not segments:
            raise PostingError("no_text", "nothing to read after extraction")
        return replace(posting, body="\n".join(lines), segments=tuple(segments))

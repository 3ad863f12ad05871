"""Cutting a segment in two or more at sentence ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from normalize.posting import Segment


def split(segment: Segment, cuts: Iterable[int]) -> tuple[Segment, ...]:
    """Cut before the sentences with these numbers; the pieces keep the block and all else.

    The pieces begin and end with their sentences, except that the first begins and the last ends
    where the segment does. Numbers outside `1 … len(sentences) - 1` cut nothing.
    """
    count = len(segment.sentences)
    places = sorted({cut for cut in cuts if 0 < cut < count})
    if not places:
        return (segment,)
    pieces = []
    for first, last in zip([0, *places], [*places, count], strict=True):
        sentences = segment.sentences[first:last]
        pieces.append(
            replace(
                segment,
                start=segment.start if first == 0 else sentences[0].start,
                end=segment.end if last == count else sentences[-1].end,
                sentences=sentences,
            )
        )
    return tuple(pieces)

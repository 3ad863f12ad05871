"""Segments cut and joined at sentence boundaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalize.posting import Segment


def split(segment: Segment, cuts: Sequence[int]) -> tuple[Segment, ...]:
    """Cut a segment before the sentences with the given numbers.

    Args:
        segment: a segment whose `sentences` are set.
        cuts: numbers of sentences that begin a new piece; 0 and doubles do not count.

    Returns:
        One or more segments of the same block that cover the same words, in order.
    """
    places = sorted({cut for cut in cuts if 0 < cut < len(segment.sentences)})
    if not places:
        return (segment,)
    pieces = []
    for first, last in zip([0, *places], [*places, len(segment.sentences)], strict=True):
        sentences = segment.sentences[first:last]
        pieces.append(
            replace(segment, start=sentences[0].start, end=sentences[-1].end, sentences=sentences)
        )
    # The outer ends keep what stood before the first sentence and after the last.
    pieces[0] = replace(pieces[0], start=segment.start)
    pieces[-1] = replace(pieces[-1], end=segment.end)
    return tuple(pieces)

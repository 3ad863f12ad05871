"""Label what of a posting is not the posting: categories on segments, each with its evidence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from normalize.boilerplate.layout import by_edges, by_end, by_entries, by_menu, by_region, by_signs
from normalize.boilerplate.reading import Block, Line, read
from normalize.boilerplate.rulebook import Rulebook
from normalize.boilerplate.sections import by_section, headings_follow
from normalize.boilerplate.sentences import by_cohesion, by_neighbours, by_repetition, by_words
from normalize.posting import Posting, Segment
from normalize.segments import split


def label(
    posting: Posting,
    rules: Rulebook,
    stripped: Collection[str],
    frequent: frozenset[bytes] = frozenset(),
) -> Posting:
    """Set label, rule and evidence of every segment that is recognised as something.

    Segments are cut where the label changes. `category` is set only for labels in `stripped`.
    `frequent` are passages known from many documents (see `repeated`).
    """
    blocks = read(posting, rules)
    by_signs(blocks)
    by_words(blocks)
    by_region(blocks)
    by_entries(blocks, rules)
    by_menu(blocks)
    by_section(blocks, rules)
    by_edges(blocks)
    by_end(blocks)
    if frequent:
        by_repetition(blocks, frequent)
    by_neighbours(blocks)
    by_cohesion(blocks)
    headings_follow(blocks)
    pieces = [piece for block in blocks for piece in _pieces(block, stripped)]
    return replace(posting, segments=tuple(pieces))


def _pieces(block: Block, stripped: Collection[str]) -> list[Segment]:
    """The segment of a block, cut where the label changes."""
    lines = block.lines
    cuts = [i for i in range(1, len(lines)) if lines[i].category != lines[i - 1].category]
    starts = [0, *cuts]
    return [
        _labelled(piece, lines[start], stripped)
        for piece, start in zip(split(block.segment, cuts), starts, strict=True)
    ]


def _labelled(segment: Segment, line: Line, stripped: Collection[str]) -> Segment:
    if line.category is None:
        return segment
    return replace(
        segment,
        label=line.category,
        category=line.category if line.category in stripped else None,
        rule=line.rule,
        evidence=tuple(dict.fromkeys([*segment.evidence, *line.evidence])),
    )

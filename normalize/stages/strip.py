"""Boilerplate labelled with its category and the rule that saw it; never deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalize.boilerplate.label import Block, label
from normalize.boilerplate.packs import Pack, packs
from normalize.config import Settings
from normalize.pipeline import Outcome, each
from normalize.posting import Posting, Segment
from normalize.segments import split


class Strip:
    """Label what is not the posting, and mark for stripping what the settings name."""

    name = "strip"
    version = 1

    def __init__(self, settings: Settings) -> None:
        self.settings = settings.strip
        self._packs: dict[str, Pack] | None = None

    def __call__(self, batch: Sequence[Posting]) -> list[Outcome]:
        """Set label, category, rule and evidence of each segment that is boilerplate."""
        return each(self.name, self._strip, batch)

    @property
    def packs(self) -> dict[str, Pack]:
        """The compiled rules, made when first asked for."""
        if self._packs is None:
            self._packs = packs(self.settings.disable)
        return self._packs

    def _strip(self, posting: Posting) -> Posting:
        blocks = label(posting, self.packs)
        segments = [piece for block in blocks for piece in self._marked(block)]
        return replace(posting, segments=tuple(segments))

    def _marked(self, block: Block) -> list[Segment]:
        """The segments of a block, cut where labels change."""
        marked: list[Segment] = []
        sentences = iter(block.sentences)
        for segment in block.segments:
            own = [next(sentences) for _ in segment.sentences]
            cuts = [n for n in range(1, len(own)) if own[n].label is not own[n - 1].label]
            starts = [0, *cuts]
            for piece, start in zip(split(segment, cuts), starts, strict=True):
                first = own[start]
                if first.label is None:
                    marked.append(piece)
                    continue
                stripped = first.label.value in self.settings.categories
                note = f"strip: {first.label} by {first.rule}"
                marked.append(
                    replace(
                        piece,
                        label=first.label.value,
                        category=first.label.value if stripped else None,
                        rule=first.rule,
                        evidence=(*piece.evidence, note),
                    )
                )
        return marked

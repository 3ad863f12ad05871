"""The language of every block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from normalize import language
from normalize.config import Settings
from normalize.pipeline import Outcome, each
from normalize.posting import Posting


class Detect:
    """Name each segment's language, or None."""

    name = "detect"
    version = 1

    def __init__(self, settings: Settings) -> None:
        self.settings = settings.detect

    def __call__(self, batch: Sequence[Posting]) -> list[Outcome]:
        """Set language and score of each segment, and the shares of the posting."""
        return each(self.name, self._detect, batch)

    def _detect(self, posting: Posting) -> Posting:
        segments, words = [], Counter[str]()
        for segment in posting.segments:
            text = posting.words_of(segment)
            name, score = language.detect(text)
            segments.append(replace(segment, language=name, score=round(score, 4)))
            if name:
                words[name] += len(text.split())
        total = sum(words.values()) or 1
        shares = {name: round(count / total, 4) for name, count in words.most_common()}
        main = next(iter(shares), None)
        return replace(posting, segments=tuple(segments), language=main, languages=shares)

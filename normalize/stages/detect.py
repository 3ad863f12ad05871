"""The language of every block, with the document as context.

1. langdetect (seeded, even priors over the configured languages) and the words of all blocks give
   the document's shares: the prior of each block.
2. A block's own evidence is how well its words fit each language, and lingua's opinion where it
   has few words or they leave it open (`normalize/language/evidence.py`).
3. Both are added as log odds. The prior is bounded: it decides short headings, and cannot
   outvote a sentence. The language that the markup declares and that of the two neighbours count
   a little, since boards declare their own language around any posting.
4. Names, addresses, codes and product lists have no language (`none.py`); passages in other
   languages are named as such or `und` (`foreign.py`).
5. A block of several sentences whose languages differ clearly is cut where they change.

`Segment.evidence` holds what was added up; `normalize explain` shows it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from normalize.config import Settings
from normalize.language.document import langdetect_shares
from normalize.language.evidence import Scores, probabilities, scores_of, word_scores, words_in
from normalize.language.foreign import foreign_language
from normalize.language.none import has_no_language
from normalize.pipeline import Outcome, each
from normalize.posting import Posting, Segment
from normalize.segments import split

# Bounds of what is not the block's own evidence, in nats.
MAX_PRIOR = 2.5
NEIGHBOUR = 0.8
DECLARED = 0.5
# A document with a language in next to no block still may have one heading in it.
MIN_SHARE = 0.02
# Sentences that decide for themselves have so many words, and so many nats between languages.
OWN_WORDS = 5
OWN_MARGIN = 9.0


@dataclass(slots=True)
class _Block:
    """A segment while its language is being decided."""

    segment: Segment
    words: list[str]
    scores: Scores
    none: bool


class Detect:
    """Name each segment's language, or None."""

    name = "detect"
    version = 1

    def __init__(self, settings: Settings) -> None:
        self.languages = settings.detect.languages

    def __call__(self, batch: Sequence[Posting]) -> list[Outcome]:
        """Set language and score of each segment, main language and shares of each posting."""
        return each(self.name, self._detect, batch)

    def _detect(self, posting: Posting) -> Posting:
        pieces = [
            piece for segment in posting.segments for piece in self._divided(posting, segment)
        ]
        blocks = [self._evidence(posting, piece) for piece in pieces]
        prior = self._prior(posting, blocks)
        segments = [self._decide(posting, blocks, place, prior) for place in range(len(blocks))]
        shares = _shares(posting, segments)
        return replace(
            posting,
            segments=tuple(segments),
            language=next(iter(shares), None),
            languages=shares,
        )

    def _divided(self, posting: Posting, segment: Segment) -> tuple[Segment, ...]:
        """Cut a block between sentences of clearly different languages."""
        if len(segment.sentences) < 2:
            return (segment,)
        languages: list[str | None] = []
        for sentence in segment.sentences:
            words = words_in(posting.words_of(sentence))
            scores = word_scores(words, self.languages)
            ranked = sorted(scores, key=lambda name: -scores[name])
            margin = scores[ranked[0]] - scores[ranked[1]] if len(ranked) > 1 else 0.0
            sure = len(words) >= OWN_WORDS and margin >= OWN_MARGIN
            languages.append(ranked[0] if sure else None)
        cuts, current = [], None
        for number, language in enumerate(languages):
            if language and current and language != current:
                cuts.append(number)
            current = language or current
        return split(segment, cuts)

    def _evidence(self, posting: Posting, segment: Segment) -> _Block:
        text = posting.words_of(segment)
        none = not any(c.isalpha() for c in text) or has_no_language(text)
        scores = dict.fromkeys(self.languages, 0.0) if none else scores_of(text, self.languages)
        return _Block(segment, words_in(text), scores, none)

    def _prior(self, posting: Posting, blocks: list[_Block]) -> Scores:
        """Log prior of each language: its share of the words, by our words and by langdetect."""
        counts = dict.fromkeys(self.languages, 0.0)
        for block in blocks:
            if not block.none and len(block.words) >= 3:
                for language, chance in probabilities(block.scores).items():
                    counts[language] += chance * len(block.words)
        total = sum(counts.values())
        by_words = {name: count / total for name, count in counts.items()} if total else {}
        by_langdetect = langdetect_shares(posting.body, self.languages)
        shares = {
            name: max(MIN_SHARE, (by_words.get(name, 0.0) + by_langdetect.get(name, 0.0)) / 2)
            for name in self.languages
        }
        top = max(shares.values())
        return {n: max(-MAX_PRIOR, math.log(share / top)) for n, share in shares.items()}

    def _decide(self, posting: Posting, blocks: list[_Block], place: int, prior: Scores) -> Segment:
        block = blocks[place]
        if block.none:
            return replace(
                block.segment, language=None, score=0.0, evidence=("detect: no language",)
            )
        total = {name: block.scores[name] + prior[name] for name in self.languages}
        for other in (place - 1, place + 1):
            if 0 <= other < len(blocks) and not blocks[other].none:
                near = blocks[other].scores
                total[max(near, key=lambda name: near[name])] += NEIGHBOUR
        if block.segment.declared in total:
            total[block.segment.declared] += DECLARED
        chances = probabilities(total)
        best = max(chances, key=lambda name: chances[name])
        text = posting.words_of(block.segment)
        other_language = foreign_language(text, best, self.languages)
        notes = (
            "detect: own " + _list(block.scores) + "; document " + _list(prior),
            *([f"detect: few words are {best}: {other_language}"] if other_language else []),
        )
        return replace(
            block.segment,
            language=other_language or best,
            score=0.5 if other_language else round(chances[best], 4),
            evidence=(*block.segment.evidence, *notes),
        )


def _list(scores: Scores) -> str:
    top = max(scores.values())
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    return ", ".join(f"{name} {score - top:+.1f}" for name, score in ranked)


def _shares(posting: Posting, segments: Sequence[Segment]) -> dict[str, float]:
    """Share of the words that have a language, for each language, largest first."""
    words: Counter[str] = Counter()
    for segment in segments:
        if segment.language:
            words[segment.language] += len(words_in(posting.words_of(segment)))
    total = sum(words.values())
    return {
        name: round(count / total, 4)
        for name, count in sorted(words.items(), key=lambda item: (-item[1], item[0]))
        if count
    }

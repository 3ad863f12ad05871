"""The second look: English translations that say what the source did not."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from normalize.boilerplate.folding import words
from normalize.boilerplate.guards import guards
from normalize.boilerplate.reading import SOFT
from normalize.boilerplate.rulebook import STRONG, Rulebook
from normalize.posting import Kind, Posting, Segment

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
MIN_WORDS = 6  # a shorter translation is too little to go by


def label_english(posting: Posting, rules: Rulebook, stripped: Collection[str]) -> Posting:
    """Label segments that are kept so far and whose English is boilerplate throughout.

    Only whole phrases count here, every sentence must name the same category, and a contact, date
    or figure in source or translation keeps the segment.
    """
    segments = [_second_look(posting, segment, rules, stripped) for segment in posting.segments]
    return replace(posting, segments=tuple(segments))


def _second_look(
    posting: Posting, segment: Segment, rules: Rulebook, stripped: Collection[str]
) -> Segment:
    english = segment.translation
    if (
        segment.label is not None
        or english is None
        or english.origin == "none"
        or segment.kind in (Kind.HEADING, Kind.LIST_ITEM)
        or guards(posting.words_of(segment))
        or guards(english.text)
    ):
        return segment
    found = _agreed(english.text, rules)
    if found is None or found[0] not in stripped:
        return segment
    category, rule, said = found
    evidence = (f"words of the English: {said}",)
    return replace(segment, label=category, category=category, rule=rule, evidence=evidence)


def _agreed(text: str, rules: Rulebook) -> tuple[str, str, str] | None:
    """Category, rule and words that every sentence of the text agrees on."""
    agreed: tuple[str, str, str] | None = None
    for sentence in _SENTENCE.split(text):
        folded = words(sentence)
        reading = rules.read(folded)
        strong = {
            name: hit
            for name, hit in reading.hits.items()
            if hit.phrases and hit.score >= STRONG and name not in SOFT
        }
        if len(folded) < MIN_WORDS or reading.kept or len(strong) != 1:
            return None
        ((category, hit),) = strong.items()
        if agreed is not None and agreed[0] != category:
            return None
        agreed = agreed or (category, hit.rule, hit.words[0])
    return agreed

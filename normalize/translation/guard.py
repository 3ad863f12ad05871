"""Translations that cannot be right: repetition, length, numbers, language, probability.

Thresholds are by judgement, from reading translations of the bundled models; they are not measured yet.
"""

from __future__ import annotations

import re
from collections import Counter

from normalize.language import fits

NUMBER = re.compile(r"\d+")
# Mean log probability of a piece below which a translation is seldom usable.
MIN_SCORE = -1.6
# Length of the translation over that of the source, in characters.
MIN_RATIO, MAX_RATIO = 0.4, 2.6


def faults(source: str, english: str, score: float) -> tuple[str, ...]:
    """What speaks against a translation, as flags; empty if nothing does.

    >>> faults("Om stillingen", "salad salad salad salad", -0.5)
    ('repetition',)
    """
    found = []
    if not english.strip():
        return ("empty",)
    if _repeats(english, source):
        found.append("repetition")
    if Counter(NUMBER.findall(source)) != Counter(NUMBER.findall(english)):
        found.append("numbers_differ")
    ratio = len(english) / max(1, len(source))
    if (len(source) > 20 and not MIN_RATIO <= ratio <= MAX_RATIO) or len(english) > 60 + 4 * len(
        source
    ):
        found.append("length")
    if score < MIN_SCORE:
        found.append("low_confidence")
    words = len(english.split())
    if (words >= 3 and english.casefold() == source.casefold()) or (
        words >= 5 and not fits(english, "en")
    ):
        found.append("not_english")
    return tuple(found)


# A word the model stammers: "dydydylele".
STAMMER = re.compile(r"([^\W\d_]{2,4})\1\1")


def _repeats(english: str, source: str) -> bool:
    if STAMMER.search(english.lower()) and not STAMMER.search(source.lower()):
        return True
    words = re.findall(r"\w+", english.lower())
    for size, most in ((1, 3), (2, 2), (3, 2)):
        runs = 1
        for place in range(size, len(words) - size + 1, size):
            same = words[place : place + size] == words[place - size : place]
            runs = runs + 1 if same else 1
            if runs > most:
                return True
    grams = Counter(tuple(words[i : i + 4]) for i in range(len(words) - 3))
    if grams and max(grams.values()) > 2:
        return True
    once = re.findall(r"\w+", source.lower())
    short = len(words) >= 4 and len(set(words)) <= len(words) / 2
    return short and len(set(once)) > len(once) / 2

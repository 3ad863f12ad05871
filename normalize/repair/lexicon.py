"""Word lists of wordfreq: which spelling is a word, and how common.

Loaded when first asked for. The small lists (29,000 Danish, 39,000 German, 29,000 English words)
take 10 ms and 5 MB each; the large German list, only for lost letters, 0.4 s and 75 MB.
"""

from __future__ import annotations

import lzma
from collections.abc import Mapping
from functools import cache
from importlib import resources

LANGUAGES = ("da", "de", "en")


@cache
def words_of(language: str) -> Mapping[str, float]:
    """Frequency of each word of a language: lower case, share of all words of running text."""
    import wordfreq

    small: Mapping[str, float] = wordfreq.get_frequency_dict(language, "small")
    return small


@cache
def many_words_of(language: str) -> Mapping[str, float]:
    """The largest list there is for a language, with our own counts (`words/`) added."""
    import wordfreq

    words: dict[str, float] = dict(wordfreq.get_frequency_dict(language, "best"))
    counts = counted_words(language)
    total = 30 * sum(counts.values())  # about one word in thirty of Danish text is in our list
    for word, count in counts.items():
        words.setdefault(word.casefold(), count / total)
    return words


@cache
def counted_words(language: str) -> Mapping[str, int]:
    """Words with letters beyond ASCII in their usual spelling: see `training/wordlist.py`."""
    name = f"words/{language}.txt.xz"
    file = resources.files("normalize.repair") / name
    if not file.is_file():
        return {}
    lines = lzma.decompress(file.read_bytes()).decode().splitlines()
    return {word: int(count) for word, _, count in (line.partition(" ") for line in lines)}


@cache
def usual_spelling(language: str) -> Mapping[str, str]:
    """Lower case to usual spelling, of words that are usually written with a capital."""
    return {word.lower(): word for word in counted_words(language) if word[0].isupper()}


def is_word(word: str, language: str | None = None) -> bool:
    """Whether a word is in the list of a language, or of any.

    >>> is_word("Bewerbung", "de"), is_word("Bewerbnug")
    (True, False)
    """
    lower = word.lower()
    return any(lower in words_of(name) for name in ([language] if language else LANGUAGES))

"""Lost letters put back where a word list leaves one reading: `H�jskole`, `Universit?t`.

A letter that a wrong decoding dropped leaves U+FFFD or `?`. The candidates are the letters that
cannot be written in ASCII; they are judged by the word as a whole, then as a compound of known
words, then by how often each letter stands between the same neighbours in the word list. If no
reading is clearly the likeliest, the word stays as it is and is reported.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import product

from normalize.language.words import function_words
from normalize.repair.edits import Text
from normalize.repair.lexicon import counted_words, many_words_of, usual_spelling, words_of

LOST = "\ufffd"
CANDIDATES = {"da": "æøåéüöäÆØÅ", "de": "äöüßéÄÖÜ", "en": "éèïöüñ"}
LOST_WORD = re.compile(r"(?<![^\s\W])[^\W_]*(?:\ufffd[^\W_]*)+")
ASKED_WORD = re.compile(r"(?<![\w?/=&.@-])[^\W\d_]+(?:\?[a-zæøåäöüß]+)+(?![\w?/=&@])")
APOSTROPHE = re.compile(r"(?<=[A-Za-z])\ufffd(?=(?:s|t|re|ve|ll|d|m)\b)")
DASH = re.compile(r"(?<=\w )\ufffd(?= \w)")
MAX_HOLES = 3
# A compound is cut into words of at least so many letters, each at least so frequent.
MIN_PART = 4
MIN_PART_FREQUENCY = 3e-7
MIN_END = 5
LINKS = ("", "s", "n", "en", "es", "e")
# German nouns, which begin with a capital, by their ends.
NOUN_END = re.compile(
    r"(?:ung|heit|keit|schaft|ion|tät|ik|blick|sicht|system|gabe|raum|werk|stelle)(?:en|s|e|n)?$|ungs"
)
ADJECTIVE_END = re.compile(
    r"(?:lich|ig|isch|bar|sam|haft|ßer|brig|nftig)(?:e[mnrs]?|ste[mnrs]?)?$|^über$"
)
# Decades between the best reading and the next: below, both are possible (für, fur).
MARGIN = 0.7
# A letter between the same neighbours: in at least so many words, and in so large a share.
CONTEXTS = ((5, 5), (4, 4), (5, 2), (2, 5), (3, 3), (4, 1), (1, 4), (3, 2), (2, 3), (2, 2))
MIN_WORDS = 3
MIN_SHARE = 0.93


def fix_lost_letters(text: Text, context: str | None = None) -> int:
    """Put back lost letters that a word list is sure of.

    Args:
        text: is changed.
        context: the whole document, if `text` is a part of it: decides the language.

    Returns:
        How many U+FFFD are left.
    """
    if LOST not in text.text and "?" not in text.text:
        return 0
    language = _language(context or text.text)
    if LOST in text.text:
        text.substitute("lost_letters", LOST_WORD, lambda m: restore(m[0], language, _begins(m)))
        if language == "en":
            text.substitute("lost_letters", APOSTROPHE, "’")
        text.substitute("lost_letters", DASH, "–")
    if language != "en" and ASKED_WORD.search(text.text):
        text.substitute("lost_letters", ASKED_WORD, lambda m: _restore_asked(m[0], language))
    return text.text.count(LOST)


def _begins(found: re.Match[str]) -> bool | None:
    """Whether a word begins a sentence; None if it is the whole text."""
    before = found.string[max(0, found.start() - 3) : found.start()].rstrip(' "“„»-')
    if not found.string[found.end() :].strip() and not before:
        return None
    return not before or before[-1] in ".!?:\n•"


def _restore_asked(word: str, language: str) -> str:
    restored = restore(word.replace("?", LOST), language)
    return word if LOST in restored else restored


def _language(text: str) -> str:
    counts = function_words(text[:20_000])
    if counts:
        return counts.most_common(1)[0][0]
    return "da" if re.search("[æøåÆØÅ]", text) else "de"


@lru_cache(maxsize=4096)
def restore(word: str, language: str, begins: bool | None = False) -> str:
    """A word with U+FFFD in it, restored; as it was if no reading is clearly likeliest.

    Args:
        word: letters and U+FFFD.
        language: `da`, `de` or `en`.
        begins: whether it begins a sentence, so that a lost first letter was a capital; None if
            there is no sentence to tell.

    >>> restore("Universit\ufffdt", "de"), restore("ans\ufffdgning", "da")
    ('Universität', 'ansøgning')
    """
    holes = word.count(LOST)
    rest = word.replace(LOST, "")
    if holes > MAX_HOLES or not rest:
        return word
    readings = list(_readings(word.lower(), language))
    found = (
        _clearly(readings, lambda reading: _frequency(reading, language))
        or _clearly(readings, lambda reading: _known_end(reading, word, language))
        or _by_neighbours(word.lower(), language, readings)
        or word
    )
    return _cased(found, word, rest, language, begins) if LOST not in found else word


def _readings(word: str, language: str) -> Iterator[str]:
    letters = [c for c in CANDIDATES[language] if c.islower()]
    pieces = word.split(LOST)
    for filling in product(letters, repeat=len(pieces) - 1):
        yield "".join(a + b for a, b in zip(pieces, (*filling, ""), strict=True))


def _clearly(readings: list[str], judge: Callable[[str], float]) -> str | None:
    """The reading that is likelier than every other by MARGIN; None if there is none."""
    ranked = sorted(((judge(reading), reading) for reading in readings), reverse=True)
    best, reading = ranked[0]
    if best == -math.inf:
        return None
    return reading if len(ranked) < 2 or best - ranked[1][0] >= MARGIN else LOST


def _frequency(word: str, language: str) -> float:
    """Logarithm (base 10) of a word's frequency, -inf if unknown. The lists write ß as ss."""
    words = words_of("en") if language == "en" else many_words_of(language)
    frequency = words.get(word.casefold())
    return math.log10(frequency) if frequency else -math.inf


def _known_end(reading: str, word: str, language: str) -> float:
    """Length of the longest known word that a reading ends or begins with, holes included.

    Common words count a little more than rare ones of the same length; -inf if there is none.
    """
    words = many_words_of(language)
    first, last = word.index(LOST), word.rindex(LOST)
    length = len(reading)
    for size in range(length - 1, MIN_END - 1, -1):
        ends = []
        if length - size <= first:
            ends.append(reading[length - size :])
        if size > last:
            ends.append(reading[:size])
        best = max((words.get(end.casefold(), 0.0) for end in ends), default=0.0)
        if best >= MIN_PART_FREQUENCY:
            return size + (math.log10(best) + 8) / 4
    return -math.inf


def _cased(reading: str, word: str, rest: str, language: str, begins: bool | None) -> str:
    """A reading in the capitals of the damaged word."""
    if rest.isupper() and len(rest) > 1:
        return reading.upper().replace("SS", "ß") if "ß" in reading else reading.upper()
    pieces = [c if c != LOST else r for c, r in zip(word, reading, strict=True)]
    if word[0] == LOST:
        noun = language == "de" and NOUN_END.search(reading)
        if begins or noun or reading in usual_spelling(language):
            pieces[0] = pieces[0].upper()
        elif begins is None and language == "de" and not _is_adjective(reading):
            return word  # Öffnen or öffnen: a German word alone does not tell
    return "".join(pieces)


def _is_adjective(reading: str) -> bool:
    """Whether a German word is written small wherever it stands: öffentlich, übrige, ähnlicher."""
    return reading in counted_words("de") and bool(ADJECTIVE_END.search(reading))


def _as_compound(word: str, language: str) -> float:
    """Likelihood of the best way to cut a word into known words; -inf if there is none."""
    words = many_words_of(language)
    word = word.casefold()
    length = len(word)
    if length > 60:
        return -math.inf
    best = [-math.inf] * (length + 1)
    best[0] = 0.0
    for end in range(MIN_PART, length + 1):
        for start in range(max(0, end - 22), end - MIN_PART + 1):
            if best[start] == -math.inf:
                continue
            for link in LINKS if end < length else ("",):
                if not word.endswith(link, start, end):
                    continue
                part = word[start : end - len(link)]
                frequency = words.get(part, 0.0) if len(part) >= MIN_PART else 0.0
                if frequency >= MIN_PART_FREQUENCY:
                    best[end] = max(best[end], best[start] + math.log10(frequency) - 2)
    return best[length]


def _by_neighbours(word: str, language: str, readings: list[str]) -> str | None:
    """For unknown words: each hole's letter from its neighbours, or the only possible compound."""
    compound = _clearly(readings, lambda reading: _as_compound(reading, language))
    filled = word
    for _ in range(word.count(LOST)):
        place = filled.index(LOST)
        letter = _letter_between(filled[:place], filled[place + 1 :], language)
        if letter is None:
            return compound
        filled = filled[:place] + letter + filled[place + 1 :]
    if compound and LOST not in compound and compound != filled:
        return None
    return filled


def _letter_between(left: str, right: str, language: str) -> str | None:
    counts = neighbours(language)
    left, right = "^" + left, right + "$"
    if LOST in right:
        right = right[: right.index(LOST)]
    for before, after in CONTEXTS:
        if len(left) < before or len(right) < after:
            continue
        seen = counts.get((left[-before:], right[:after]))
        if seen:
            total = sum(seen.values())
            letter = max(seen, key=lambda c: seen[c])
            if total >= MIN_WORDS:
                return letter if seen[letter] >= MIN_SHARE * total else None
    return None


@cache
def neighbours(language: str) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """How many known words have each letter between given neighbours (`^`, `$`: the word's ends)."""
    letters = {c for c in CANDIDATES[language] if c.islower()}
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for word in many_words_of(language):
        if len(word) > 2 and not word.isascii():
            for place, letter in enumerate(word):
                if letter in letters:
                    left, right = "^" + word[:place], word[place + 1 :] + "$"
                    for before, after in CONTEXTS:
                        if len(left) >= before and len(right) >= after:
                            counts[left[-before:], right[:after]][letter] += 1
    return counts

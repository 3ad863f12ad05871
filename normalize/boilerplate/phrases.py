"""Phrases: the small pattern language of the rules, and finding many of them at once.

    word          that word, in any spelling `folding.words` makes one
    word*         a word that begins so (at least three letters)
    #             a number
    (a|b c|d*)    one of these
    [a b|c]       one of these, or nothing
    ..  ..7       up to three, up to seven words of any kind
    ^ at the start, $ at the end   there the text begins, there it ends

Phrases cannot hang. They are written in this language alone and become regular expressions in
which every repetition is either inside one word or a counted gap; words are parted by exactly one
blank, so each way of placing the gaps is tried at most once, and `parse` refuses a phrase with more
than `MAX_WAYS` ways. The time is linear in the text, with a bounded factor.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from normalize.boilerplate.folding import words

MAX_WAYS = 700
MAX_GAP = 20
PREFIX = 5  # letters of a word by which phrases are looked up

_TOKEN = re.compile(r"\s*(?:(\.\.\d*)|([(\[])([^()\[\]]*)[)\]]|([\^$])|([^\s()\[\]|^$]+))")

# A step of a phrase: how few times it must be there, and its alternatives as words.
_Choice = tuple[tuple[str, ...], ...]


class PhraseError(ValueError):
    """A phrase that is not of this language; the message says why."""


class Phrase:
    """One phrase, compiled when first searched for.

    `starts` are the words it can begin with. `keys` are sets of words (or beginnings, with `*`), of
    each of which one must occur in any text that the phrase can match.
    """

    __slots__ = ("_compiled", "_exact", "_regex", "keys", "source", "starts")

    def __init__(self, source: str) -> None:
        self.source = source
        self._exact = _exact(source)
        self._compiled: re.Pattern[str] | None = None
        self._regex, self.keys, self.starts = _parse(source)

    def __repr__(self) -> str:
        return f"Phrase({self.source!r})"

    def find(self, line: str) -> str | None:
        """The words of its first occurrence in `line`, folded words with a blank around each."""
        if self._exact is not None:
            text = line.strip()
            return text if text in self._exact else None
        if self._compiled is None:
            self._compiled = re.compile(self._regex)
        found = self._compiled.search(line)
        return found and found.group().strip()


def _parse(source: str) -> tuple[str, list[tuple[str, ...]], frozenset[str]]:
    """Regular expression, keys and first words of a phrase."""
    parts: list[str] = []
    keys: list[tuple[str, ...]] = []
    starts: set[str] = set()
    ways, position, end = 1, 0, len(source.rstrip())
    while position < end:
        found = _TOKEN.match(source, position)
        if found is None:
            raise PhraseError(f"{source!r}: cannot read {source[position:].strip()!r}")
        gap, bracket, inside, anchor, word = found.groups()
        if anchor:
            if (anchor == "^") != (not parts) or (anchor == "$" and found.end() < end):
                raise PhraseError(f"{source!r}: ^ stands first and $ last")
            parts.append(anchor)
        elif gap:
            width = int(gap[2:] or 3)
            if not 0 < width <= MAX_GAP:
                raise PhraseError(f"{source!r}: a gap spans 1 to {MAX_GAP} words")
            parts.append(rf"(?:[^ ]+ ){{0,{width}}}")
            ways *= width + 1
        else:
            choice = _choice(inside if bracket else word, source)
            if not keys:
                starts |= {option[0] for option in choice}
            body = "|".join("".join(_word(w) for w in option) for option in choice)
            parts.append(f"(?:{body})" + ("?" if bracket == "[" else ""))
            if bracket == "[":
                ways *= 2
            else:
                keys += _keys(choice)
        position = found.end()
    if ways > MAX_WAYS:
        raise PhraseError(
            f"{source!r}: gaps and options allow {ways} ways, {MAX_WAYS} are the most"
        )
    if not keys:
        raise PhraseError(f"{source!r}: needs a whole word, or a beginning of {PREFIX} letters")
    regex = "".join(parts)
    pattern = f"^ {regex[1:]}" if regex.startswith("^") else f"(?<= ){regex}"
    return pattern, keys, frozenset(starts)


def _exact(source: str) -> frozenset[str] | None:
    """The texts that a phrase like `^(a|b c)$` is; None where it is no such list."""
    listed = re.fullmatch(r"\^\(([^()\[\]*#]+)\)\$", source)
    if listed is None:
        return None
    return frozenset(" ".join(option) for option in _choice(listed.group(1), source))


def _choice(text: str, source: str) -> _Choice:
    options = []
    for option in text.split("|"):
        folded: list[str] = []
        for raw in option.split():
            starred = raw.endswith("*")
            pieces = words(raw) if raw != "#" else ["#"]
            if not pieces or ("*" in raw[:-1] and not _gender_star(raw)):
                raise PhraseError(f"{source!r}: {raw!r} is no word")
            if starred:
                if len(pieces[-1]) < 3:
                    raise PhraseError(f"{source!r}: {raw!r} needs three letters before the *")
                pieces[-1] += "*"
            folded += pieces
        if not folded:
            raise PhraseError(f"{source!r}: an empty alternative")
        options.append(tuple(folded))
    return tuple(options)


def _gender_star(raw: str) -> bool:
    return "*in" in raw[:-1]


def _word(word: str) -> str:
    if word == "#":
        return "[0-9]+ "
    return re.escape(word[:-1]) + "[^ ]* " if word.endswith("*") else re.escape(word) + " "


def _keys(choice: _Choice) -> list[tuple[str, ...]]:
    """Sets of which one word must occur: of a single sequence each word, else the longest each."""
    if len(choice) == 1:
        return [(word,) for word in choice[0] if _indexable(word)]
    best = [max(option, key=len) for option in choice]
    return [tuple(best)] if all(_indexable(word) for word in best) else []


def _indexable(word: str) -> bool:
    return word != "#" and (not word.endswith("*") or len(word) > PREFIX)


class Index:
    """Finds which of many phrases occur in a text, touching few of them.

    Each phrase is filed under the key that fewest others share. A text looks up its words and
    their first letters, tries only what is filed there, and of that only phrases whose other keys
    it has as well.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        keyed = [(phrase, [_filing(key) for key in phrase.keys]) for phrase in phrases]
        shared = Counter(name for _, keys in keyed for key in keys for name in key)
        self._filed: dict[str, list[tuple[Phrase, list[frozenset[str]]]]] = defaultdict(list)
        for phrase, keys in keyed:
            key = min(keys, key=lambda key: sum(shared[name] for name in key))
            others = [other for other in keys if other is not key]
            for name in sorted(key):
                self._filed[name].append((phrase, others))
        self._known = frozenset(self._filed)

    def search(self, folded: Sequence[str]) -> list[tuple[Phrase, str]]:
        """The phrases that occur in the folded words, each once, with the words that they are."""
        names = {*folded, *[word[:PREFIX] + "*" for word in folded]}
        hits = self._known & names
        if not hits:
            return []
        tried: dict[Phrase, None] = {}
        for name in sorted(hits):
            for phrase, others in self._filed[name]:
                for other in others:
                    if other.isdisjoint(names):
                        break
                else:
                    tried[phrase] = None
        if not tried:
            return []
        line = f" {' '.join(folded)} "
        return [(phrase, found) for phrase in tried if (found := phrase.find(line)) is not None]


def _filing(key: tuple[str, ...]) -> frozenset[str]:
    """A key as words, and as `first letters*` where it stands for beginnings.

    >>> sorted(_filing(("apply", "application*")))
    ['appli*', 'apply']
    """
    return frozenset(word[:PREFIX] + "*" if word.endswith("*") else word for word in key)

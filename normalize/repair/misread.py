"""Latin-1 text that was read as Mac Roman, cp850 or cp437: `f¸r`, `pÂ`, `f³r`.

The reverse of mojibake proper: one character stands for one letter, so only the words tell. A
document is turned back by one of the encodings if several of its odd words become known words.
"""

from __future__ import annotations

import re
from functools import cache

from normalize.language.words import function_words
from normalize.repair.edits import Text
from normalize.repair.lexicon import many_words_of

LETTERS = "æøåäöüßÆØÅÄÖÜé"
ENCODINGS = ("mac_roman", "cp850", "cp437")
# Known words it takes to believe that a document was misread; a single word may be a name.
MIN_KNOWN = 2


@cache
def _map(encoding: str) -> dict[str, str]:
    pairs = {}
    for letter in LETTERS:
        odd = letter.encode("latin-1").decode(encoding)
        if odd not in LETTERS:
            pairs[odd] = letter
    return pairs


@cache
def _word(encoding: str) -> re.Pattern[str]:
    odd = re.escape("".join(_map(encoding)))
    return re.compile(
        rf"(?<![^\W\d_])(?=[^\W\d_]*[{odd}])(?=[{odd}]*[A-Za-zæøåäöüß])[A-Za-zæøåäöüßÆØÅÄÖÜ{odd}]{{2,}}"
    )


_GATE = re.compile(
    "[A-Za-z]["
    + re.escape("".join(sorted({c for e in ENCODINGS for c in _map(e)})))
    + "]|["
    + re.escape("".join(sorted({c for e in ENCODINGS for c in _map(e)})))
    + "][a-z]"
)


def fix_misread(text: Text, context: str | None = None) -> bool:
    """Turn one-to-one misread letters back where the words of the document say so.

    >>> text = Text("Wir suchen f¸r das B¸ro eine Verst‰rkung")
    >>> fix_misread(text)
    True
    >>> text.text
    'Wir suchen für das Büro eine Verstärkung'
    """
    if not _GATE.search(text.text):
        return False
    whole = context or text.text
    counts = function_words(whole[:20_000])
    language = counts.most_common(1)[0][0] if counts else "de"
    language = "de" if language == "en" else language
    best, best_share = None, 0.0
    for encoding in ENCODINGS:
        words = set(_word(encoding).findall(whole))
        known = sum(_turned(word, encoding).casefold() in many_words_of(language) for word in words)
        if known >= MIN_KNOWN and known / len(words) > best_share:
            best, best_share = encoding, known / len(words)
    if best is None or best_share < 0.5:
        return False
    return text.substitute(f"misread:{best}", _word(best), lambda found: _turned(found[0], best))


def _turned(word: str, encoding: str) -> str:
    return "".join(_map(encoding).get(character, character) for character in word)

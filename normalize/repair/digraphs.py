"""`ae`, `oe`, `ue`, `aa` back to ä, ö, ü, æ, ø, å, where a word list is sure. Off by default."""

from __future__ import annotations

import re
from itertools import product

from normalize.language.words import function_words
from normalize.repair.edits import Text
from normalize.repair.lexicon import many_words_of

LETTERS = {
    "de": {"ae": "ä", "oe": "ö", "ue": "ü"},
    "da": {"ae": "æ", "oe": "ø", "aa": "å"},
}
DIGRAPH_WORD = re.compile(r"(?<![\w@/.])[^\W\d_]*(?:[aou]e|aa|Ae|Oe|Ue|Aa)[^\W\d_]*(?![\w@/]|\.\w)")
# Against the spelling with digraphs: a hundred times as common.
MIN_RATIO = 100.0


def restore_digraphs(text: Text, context: str | None = None) -> None:
    """Put umlauts back into a German or Danish text written without them.

    >>> text = Text("Wir suchen fuer die Universitaet eine neue Kollegin, aktuell und")
    >>> restore_digraphs(text)
    >>> text.text
    'Wir suchen für die Universität eine neue Kollegin, aktuell und'
    """
    counts = function_words(context or text.text)
    language = counts.most_common(1)[0][0] if counts else ""
    if language in LETTERS:
        text.substitute("digraphs", DIGRAPH_WORD, lambda found: _restored(found[0], language))


def _restored(word: str, language: str) -> str:
    words, letters = many_words_of(language), LETTERS[language]
    places = [m.start() for m in re.finditer("|".join(letters), word.lower())]
    if len(places) > 3:
        return word
    best, best_frequency = word, MIN_RATIO * max(words.get(word.lower(), 0.0), 1e-9)
    for chosen in product((False, True), repeat=len(places)):
        reading = word
        for place, change in reversed(list(zip(places, chosen, strict=True))):
            if change:
                letter = letters[word[place : place + 2].lower()]
                letter = letter.upper() if word[place].isupper() else letter
                reading = reading[:place] + letter + reading[place + 2 :]
        frequency = words.get(reading.casefold(), 0.0)
        if frequency > best_frequency:
            best, best_frequency = reading, frequency
    return best

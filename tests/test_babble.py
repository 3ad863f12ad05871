"""The bundled models do not babble on headings, capitals and single words."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from itertools import pairwise

import pytest
from support import CASES, cases

import normalize

# English runs to more words than a compound (Stellenausschreibung: notice of a vacant position),
# not to many more: beyond this many a word, and a few to spare, the model is inventing.
WORDS_A_WORD, WORDS_TO_SPARE = 3, 4
LETTERS_A_LETTER, LETTERS_TO_SPARE = 2.5, 20
# The same content word three times in a heading is a loop.
MOST_REPEATS = 2
FUNCTION_WORDS = {"a", "and", "for", "in", "of", "the", "to"}


@cache
def translations(language: str) -> dict[str, str]:
    """All cases of a language, translated at once."""
    loaded = json.loads((CASES / f"babble_{language}.json").read_text(encoding="utf-8"))
    texts = [case["text"] for case in loaded]
    return dict(zip(texts, normalize.translate(texts, source=language), strict=True))


def check(language: str, text: str) -> None:
    """Something comes out, of a fitting length, and no word or pair of words over and over."""
    english = translations(language)[text]
    words = english.lower().split()

    assert english.strip()
    assert len(words) <= WORDS_A_WORD * len(text.split()) + WORDS_TO_SPARE, english
    assert len(english) <= LETTERS_A_LETTER * len(text) + LETTERS_TO_SPARE, english
    content = Counter(word for word in words if word not in FUNCTION_WORDS)
    assert max(content.values(), default=0) <= MOST_REPEATS, english
    pairs = Counter(pairwise(words))
    assert max(pairs.values(), default=0) <= 1, english


@pytest.mark.parametrize("text", cases("babble_da", "text"))
def test_danish(text):
    """A Danish heading or word gives a short English one."""
    check("da", text)


@pytest.mark.parametrize("text", cases("babble_de", "text"))
def test_german(text):
    """A German heading or word gives a short English one."""
    check("de", text)


@pytest.mark.parametrize("language", ["da", "de"])
def test_there_are_enough_cases(language):
    """At least 150 lines a language are checked."""
    assert len(translations(language)) >= 150

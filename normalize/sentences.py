"""Sentences of a block, as spans.

`sentencex` splits (right on 82, 83 and 89 % of the Danish, German and English cases of its test
suite, and on `kl. 23.59` and `d. 1. maj`, at 30 MB/s and more). It is called block by block,
since an unbalanced quotation mark makes it take everything up to the next blank line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import sentencex

from normalize.posting import Span

# Function words that tell which of the splitter's lists of abbreviations to use.
FUNCTION_WORDS = {
    "en": {
        "the",
        "and",
        "of",
        "to",
        "is",
        "are",
        "with",
        "we",
        "you",
        "your",
        "our",
        "will",
        "an",
        "as",
        "be",
        "have",
        "this",
    },
    "de": {
        "und",
        "der",
        "die",
        "das",
        "den",
        "wir",
        "sie",
        "ist",
        "mit",
        "für",
        "von",
        "zu",
        "im",
        "ein",
        "eine",
        "bei",
        "sind",
    },
    "da": {
        "og",
        "at",
        "er",
        "af",
        "til",
        "på",
        "med",
        "vi",
        "det",
        "du",
        "en",
        "et",
        "som",
        "ikke",
        "har",
        "om",
        "den",
        "de",
    },
}
# A sentence boundary whose space was lost: "the site?If you", "IX.Your", "ansøge!Vi".
GLUED = re.compile(
    r"(?<=[^\W\d_]{2}[.!?])(?=[^\W\d_a-zæøåäöüß]['’]?[a-zæøåäöüß])|(?<=[^\W\d_]{2}[.!?][\"”»)])(?=[^\W\d_a-zæøåäöüß])"
)
# In a long sentence also a label: "… offer ID: 7632 Disclaimer: The responsibility …".
LABELLED = re.compile(rf"{GLUED.pattern}|(?<=[\w)] )(?=[A-ZÆØÅÄÖÜ][a-zæøåäöüß]{{4,}}: [A-ZÆØÅÄÖÜ])")
LONG = 90
# Something of an address around a boundary means there is none.
ADDRESS = re.compile(r"\S*(?:@|://|www\.|\.[a-z]{2,4}/)\S*")
BLANK = re.compile(r"[^\S ]")
ROUGHLY = re.compile(r"(?<=[.!?])(?= )")
# A "sentence" longer than this is a list that lost its marks: cut where it breathes.
MAX_SENTENCE = 1200
BREATH = re.compile(r"(?<=[;:•·|])\s+|(?<=,)\s+|\s+")


def split_sentences(text: str, language: str | None = None) -> list[Span]:
    """Spans of the sentences of one block: ordered, disjoint, without white space at the ends.

    Args:
        text: one block.
        language: `da`, `de`, `en`; None guesses by function words.

    >>> text = "Møde d. 1. maj kl. 23.59. Se bl.a. § 5, stk. 2."
    >>> [text[start:end] for start, end in split_sentences(text, "da")]
    ['Møde d. 1. maj kl. 23.59.', 'Se bl.a. § 5, stk. 2.']
    """
    spans: list[Span] = []
    for start, end in pairwise(_boundaries(text, language or _language(text))):
        for piece in _unglued(text, start, end):
            spans += _breathing(text, *piece)
    return [span for span in (_stripped(text, *span) for span in spans) if span.start < span.end]


def _language(text: str) -> str:
    """The language of most function words of a text; English if there are none."""
    words = re.findall(r"\w+", text.lower())
    counts = {name: sum(word in known for word in words) for name, known in FUNCTION_WORDS.items()}
    return max(counts, key=lambda name: counts[name])


def _boundaries(text: str, language: str) -> list[int]:
    """Where sentences begin, and the end of the text.

    A boundary without white space is inside a name (`ASP.NET`) or an address, or the space was
    lost, for which there is a rule of our own.
    """
    places, position = [0], 0
    for sentence in _split(text, language):
        position += len(sentence)
        if 0 < position < len(text) and (text[position - 1].isspace() or text[position].isspace()):
            places.append(position)
    return [*places, len(text)]


def _split(text: str, language: str) -> list[str]:
    """The sentences of the splitter, which fails on white space beyond ASCII (`Dr.\u00a0A.`)."""
    text = BLANK.sub(" ", text)
    try:
        return list(sentencex.segment(language, text))
    except BaseException as error:
        # A panic of the library is no Exception, and would end the run.
        if type(error).__name__ != "PanicException":
            raise
        return ROUGHLY.split(text)


def _unglued(text: str, start: int, end: int) -> Iterator[Span]:
    addresses: list[tuple[int, int]] | None = None
    boundaries = LABELLED if end - start > LONG else GLUED
    for found in boundaries.finditer(text, start, end):
        if addresses is None:
            addresses = [match.span() for match in ADDRESS.finditer(text, start, end)]
        place = found.start()
        if start < place and not any(a < place < b for a, b in addresses):
            yield Span(start, place)
            start = place
    yield Span(start, end)


def _breathing(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > MAX_SENTENCE:
        places = [
            m.end() for m in BREATH.finditer(text, start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        ]
        strong = [p for p in places if text[p - 2] in ";:•·|"]
        cut = (strong or places or [start + MAX_SENTENCE])[-1]
        yield Span(start, cut)
        start = cut
    yield Span(start, end)


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)

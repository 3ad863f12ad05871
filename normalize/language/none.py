"""Text without a language: names, addresses, codes, numbers, lists of products."""

from __future__ import annotations

import re

from normalize.language.evidence import ADDRESS, words_in
from normalize.language.words import function_words
from normalize.repair.lexicon import words_of

CODE = re.compile(
    r"\b(?:[A-Z]{1,4}[ -]?\d+[a-z]?|TV-?[LöÖ]D?(?:-[A-Z])?|TVöD|TVÖD|EG|BesG|[A-Z]{2,6}(?:[/-][A-Z\d]+)*|\w*\d\w*)\b"
)
PLACE = re.compile(
    r"\b(?:D-|DK-|A-|CH-)?\d{4,5}\s+[A-ZÆØÅÄÖÜ]\w+|\w+(?:stra(?:ß|ss)e|str\.|vej|gade|allé|platz|weg|ring|allee)\b\.? *\d+",
    re.I,
)
TITLES = frozenset(
    "prof dr dr.-ing ing phd ph.d msc bsc mag med phil rer nat dipl lic cand mr mrs ms hr fr frau herr".split()
)
# Software and tools that lists of skills consist of.
PRODUCTS = frozenset(
    (
        "python r matlab fortran java javascript typescript c c++ c# sql linux windows unix git github "
        "docker kubernetes excel word powerpoint office outlook sap autocad solidworks stata spss sas "
        "pytorch tensorflow keras numpy pandas julia rust go php html css aws gcp react angular "
        "vue node spark hadoop tableau photoshop indesign arcgis qgis latex jira confluence"
    ).split()
)
MAX_WORDS = 8
# Longer text is asked about; the expressions here are made for lines.
MAX_LENGTH = 600


def has_no_language(text: str, names: bool = True) -> bool:
    """Whether a text is of no language; a doubt means it has one.

    Args:
        text: a block or a shorter text.
        names: whether capitalised words that no dictionary has are taken for names. Right in a
            document, where nothing is lost by it; a lone German noun should be asked about.

    >>> [has_no_language(t) for t in ("TV-L E 13", "hr@example.org", "Linnéstraße 5, 04103 Leipzig")]
    [True, True, True]
    >>> [has_no_language(t) for t in ("Aufgaben", "Python, R, MATLAB", "Kontakt: Prof. Dr. Ida Holm")]
    [False, True, False]
    """
    if len(text) > MAX_LENGTH:
        return False
    bare = ADDRESS.sub(" ", text)
    words = [word for word in words_in(CODE.sub(" ", bare)) if len(word) > 1]
    if not words:
        return not _is_shouted(bare)
    if len(words) > MAX_WORDS or function_words(bare):
        return False
    if PLACE.search(bare):
        return all(word[0].isupper() for word in words)
    plain = [word for word in words if word.lower() not in TITLES]
    if all(word.lower() in PRODUCTS for word in plain):
        return True
    return names and all(word[0].isupper() for word in plain) and not _telling(plain)


def _is_shouted(text: str) -> bool:
    """Capitals that were taken for codes but are words: STILLINGSOPSLAG."""
    words = [word for word in words_in(text) if len(word) > 3]
    return any(_listed(word) for word in words)


def _telling(words: list[str]) -> bool:
    """Whether a word is one of a dictionary rather than a name."""
    return any(_listed(word) for word in words)


def _listed(word: str) -> bool:
    lower = word.lower()
    marks = [words_of(language).get(lower, 0.0) for language in ("da", "de", "en")]
    # Names of people and towns are in the lists too, but in all three about alike, or rare.
    top, second, third = sorted(marks, reverse=True)
    return top >= 2e-6 and (second == 0.0 or third < top / 40)

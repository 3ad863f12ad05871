"""Function words: the small words that tell a language at a glance."""

from __future__ import annotations

import re
from collections import Counter

WORD = re.compile(r"[^\W\d_]+")

# Words of one language that are no word of the other two (so no "in", "die", "for", "er", "han").
FUNCTION_WORDS = {
    "da": frozenset(
        ["og", "at", "som", "af", "på", "med", "det", "til", "den", "har", "vi", "du", "ikke", "eller", "kan", "skal", "vil", "være", "bliver", "blive", "vores", "din", "dit", "dine", "dig", "os", "hos", "ved", "inden", "efter", "samt", "både", "også", "når", "hvor", "hvis", "fra", "om", "mellem", "mange", "ud", "op", "under", "over", "gennem", "denne", "dette", "disse", "deres", "hans", "hendes", "sin", "sit", "sine", "jer", "jeres", "man", "kun", "mere", "meget", "flere", "alle", "andre", "nogle", "noget", "hvad", "hvordan", "hvorfor", "derfor", "fordi", "bl.a", "dig", "mod", "uden", "igen", "allerede", "bør", "må", "ønsker", "søger", "får", "få", "gøre", "gør", "været", "blevet", "herunder", "bl", "stilling", "stillingen", "ansøgning", "ansøgningen", "ansøgninger", "løn", "arbejde", "opgaver"]
    )
    - frozenset(["over", "under", "man", "mange", "om", "fra", "mod", "alle", "sin", "os", "op", "ud", "bl", "du", "vil", "kan"]),
    "de": frozenset(
        ["und", "der", "das", "des", "dem", "den", "ein", "eine", "einen", "einem", "einer", "eines", "ist", "sind", "sie", "wir", "ihre", "ihr", "ihren", "ihrem", "ihrer", "ihnen", "uns", "unser", "unsere", "unserer", "unserem", "unseren", "mit", "von", "zu", "zur", "zum", "für", "auf", "im", "bei", "nach", "aus", "als", "auch", "oder", "nicht", "werden", "wird", "wurde", "kann", "können", "sowie", "durch", "über", "unter", "zwischen", "dich", "dir", "deine", "dein", "deinen", "haben", "hat", "sich", "bis", "ab", "vom", "beim", "am", "dass", "wenn", "wie", "mehr", "sehr", "alle", "aller", "allen", "dieser", "diese", "dieses", "einschließlich", "bzw", "sollten", "möchten", "bitte", "gerne", "ihnen", "stelle", "aufgaben", "bewerbung", "bewerbungen", "kenntnisse"]
    )
    - frozenset(["den", "alle", "am", "im", "hat", "bis"]),
    "en": frozenset(
        ["the", "and", "of", "to", "a", "is", "are", "you", "we", "our", "your", "will", "be", "with", "on", "as", "by", "this", "that", "from", "or", "an", "have", "has", "their", "they", "it", "its", "which", "who", "not", "can", "should", "must", "may", "within", "about", "such", "these", "those", "into", "please", "also", "more", "been", "other", "than", "if", "any", "all", "both", "through", "between", "would", "could", "should", "position", "application", "applications", "applicants", "apply", "experience", "skills", "work"]
    )
    - frozenset(["a", "an", "as", "by", "have", "on", "of", "to", "all", "her", "is", "or"])
    | frozenset({"of", "to", "is", "or", "by", "as"}),
}
_LANGUAGES_OF: dict[str, str] = {
    word: name for name, words in FUNCTION_WORDS.items() for word in words
}


def function_words(text: str) -> Counter[str]:
    """How many function words of each language a text has.

    >>> function_words("Wir suchen und you will be")
    Counter({'en': 3, 'de': 2})
    """
    counts: Counter[str] = Counter()
    for word in WORD.findall(text.lower()):
        if name := _LANGUAGES_OF.get(word):
            counts[name] += 1
    return counts

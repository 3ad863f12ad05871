"""Function words: the small words that tell a language at a glance."""

from __future__ import annotations

import re
from collections import Counter

WORD = re.compile(r"[^\W\d_]+")

# Words of one language that are no word of the other two (so no "in", "die", "for", "er", "han").
FUNCTION_WORDS = {
    "da": frozenset(
        (
            "af allerede andre ansøgning ansøgningen ansøgninger arbejde at bl.a blevet blive "
            "bliver både bør den denne deres derfor det dette dig din dine disse dit efter eller "
            "flere fordi få får gennem gør gøre hans har hendes herunder hos hvad hvis hvor "
            "hvordan hvorfor igen ikke inden jer jeres kun løn med meget mellem mere må noget "
            "nogle når og også opgaver på samt sine sit skal som stilling stillingen søger til "
            "uden ved vi vores være været ønsker "
        ).split()
    ),
    "de": frozenset(
        (
            "ab allen aller als auch auf aufgaben aus bei beim bewerbung bewerbungen bitte bzw "
            "das dass dein deine deinen dem der des dich diese dieser dieses dir durch ein eine "
            "einem einen einer eines einschließlich für gerne haben ihnen ihr ihre ihrem ihren "
            "ihrer ist kann kenntnisse können mehr mit möchten nach nicht oder sehr sich sie sind "
            "sollten sowie stelle und uns unser unsere unserem unseren unserer unter vom von wenn "
            "werden wie wir wird wurde zu zum zur zwischen über "
        ).split()
    ),
    "en": frozenset(
        (
            "about also and any applicants application applications apply are as be been between "
            "both by can could experience from has if into is it its may more must not of or "
            "other our please position should skills such than that the their these they this "
            "those through to we which who will with within work would you your "
        ).split()
    ),
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

"""Text as the rules see it: lower-case words, one blank apart, spelling variants made one."""

from __future__ import annotations

import re

# Both spellings of the umlauts and of the Danish letters occur (`fuer`, `koen`, `Aarhus`), so text
# and phrases alike are written out. Apostrophes go: `don't` is one word however it is set.
_LETTERS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "å": "aa",
        "æ": "ae",
        "ø": "oe",
        "'": None,
        "’": None,
        "\u00ad": None,
        "\u200b": None,
    }
)
# Bewerber*innen, Bewerber:innen, Bewerber_innen, Bewerber/-innen, Bewerber(innen)
_GENDERED = re.compile(r"(?<=[a-z])(?:[*:_·•]|/-?|\(-?)in(nen)?\b\)?")
# A word broken at the end of a line that is one line now, unless a part is left out on purpose
# ("Fahrt- und Reisekosten").
_HYPHEN = re.compile(r"(?<=[a-z])- (?=[a-z])(?!(?:und|oder|bzw|sowie|og|eller|and|or|to|bis)\b)")
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The folded words of a text.

    >>> words("Bewerber*innen begrüßen wir – we don't ask.")
    ['bewerberinnen', 'begruessen', 'wir', 'we', 'dont', 'ask']
    """
    folded = text.casefold()
    folded = folded.replace("'", "") if folded.isascii() else folded.translate(_LETTERS)
    if "- " in folded:
        folded = _HYPHEN.sub("", folded)
    if "in" in folded:
        folded = _GENDERED.sub(r"in\1", folded)
    return _WORD.findall(folded)

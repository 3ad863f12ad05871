"""UTF-8 that was read as something else, put back: `Universit√§t`, `KÃ¸benhavn`, `COâ‚‚`.

A character of the text we expect (letters of European languages, quotation marks, dashes, super-
and subscripts, currencies) turns into two or three characters of a wrong encoding. For each
wrong encoding those sequences are a regular expression; a match is turned back if the character it
stands for is expected, and if the sequence is not itself plausible text. Which encoding was at
work is decided over the whole document. Text damaged twice or three times is turned back as often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from normalize.posting import Edit
from normalize.repair.edits import Text

# Characters by how much they are expected in Danish, German and English postings (3), in names
# and other text of European languages (2), or seldom (1). Sums of these choose the encoding.
COMMON = "æøåäöüßÆØÅÄÖÜéÉ–—’‘“”„…•·€§°²³½´«»®©™×÷µ₂\u00a0"
NAMES = (
    "àâçèêëíîïñóôùúûáãõìòœðþ"
    "ąćęłńśźżĄĆĘŁŃŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽğışİŞĞőűŐŰăţșțȘȚđĐāēīūģķļņŽ"
    "‚‹›†‡‰¼¾£¥¢¿¡¶±¹⁰⁴⁵⁶⁷⁸⁹⁺⁻₀₁₃₄₅₆₇₈₉→←↑↓⇒≤≥≠≈∞∑√∆Ωαβγδεθλμπσφω"
    "−‐‑‒―′″●○■□▪▫◦‣◆✓✔☎✉ﬁﬂﬀ"
)
SELDOM = "ÁÂÇÈÊËÍÎÏÑÓÔÚÛýÿŒÐÞĂÀÃÌÒÕÙÝ¨¯¸ª¬ºˆ˜ĀĒĪŪ\u200b\u200c\u200d\u2009\u202f\ufeff\ufffd\u2028\u00ad\uf0b7\uf0a7"
WEIGHTS = {**dict.fromkeys(SELDOM, 1), **dict.fromkeys(NAMES, 2), **dict.fromkeys(COMMON, 3)}

# Wrong encodings, likeliest first: it wins where the evidence is equal.
ENCODINGS = (
    "cp1252",
    "mac_roman",
    "cp850",
    "cp437",
    "iso8859-15",
    "cp1250",
    "mac_latin2",
    "cp1254",
)
# Rounds of turning back: three layers of damage, in documents that mix two wrong encodings.
MAX_ROUNDS = 8
STRETCH = re.compile(r"[A-Za-z]?[^\x00-\x7f]{2,}[A-Za-z]?")
# More than the most expected character: what explains the text with fewer characters wins.
INDIFFERENT = 3.2


def _table(encoding: str) -> dict[str, int]:
    """Character to byte, for bytes from 80; undefined bytes stay C1 controls, as browsers do."""
    table: dict[str, int] = {}
    for byte in range(0x80, 0x100):
        table.setdefault(chr(byte), byte)  # C1 controls and Latin-1, overridden below
    if encoding not in {"cp1252", "iso8859-15"}:
        table = {}
    for byte in range(0x80, 0x100):
        try:
            table[bytes([byte]).decode(encoding)] = byte
        except UnicodeDecodeError:
            table.setdefault(chr(byte), byte)
    if encoding == "iso8859-15":
        for character in "¤¦¨´¸¼½¾":  # not in this encoding; in Latin-1 they are
            table.pop(character, None)
    return table


@dataclass(frozen=True, slots=True)
class Wrong:
    """One wrong encoding: how to find its sequences, and how to turn them back."""

    name: str
    bytes_of: dict[str, int]
    run: re.Pattern[str]


@cache
def wrong(name: str) -> Wrong:
    """The tables of one wrong encoding."""
    bytes_of = _table(name)
    ranges = [
        "".join(c for c, b in bytes_of.items() if low <= b <= high)
        for low, high in ((0xC2, 0xDF), (0xE0, 0xEF), (0xF0, 0xF4), (0x80, 0xBF))
    ]
    two, three, four, rest = (f"[{re.escape(characters)}]" for characters in ranges)
    run = re.compile(f"(?:{two}{rest}|{three}{rest}{rest}|{four}{rest}{rest}{rest})+")
    return Wrong(name, bytes_of, run)


# In sound text these follow letters that are also first halves of sequences: „Straße Ä“, NÅ–.
PUNCTUATION = frozenset("“”„‚‘’–—…™•«»‹›®©°´\u00a0")
LETTERS_HERE = frozenset("ÄÅÆÖØÜßäåæöøüÉé")
# Signs of mathematics that Mac Roman also has for first bytes: √π, ≈∞ are formulas.
SIGNS = frozenset("√≈¬ƒ∫∂π∞±≤≥∑∏Ω≠")
OTHER_LETTERS = [chr(code) for code in (*range(0x391, 0x3CA), *range(0x410, 0x450))]
_LETTER_BASED = frozenset("ąćęłńśźżĄĆĘŁŃŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽğışİŞĞőűŐŰăţșțȘȚđĐœŒ")

# One expression over all encodings: text without a match has nothing to turn back.


@cache
def _gate() -> re.Pattern[str]:
    pairs: dict[str, set[str]] = {}
    for name in ENCODINGS:
        letters = {byte: character for character, byte in wrong(name).bytes_of.items()}
        # Signs (see _is_symbol): every second byte they can have; and two other alphabets.
        signs = [chr(code) for code in range(0x2000, 0x2C00, 0x40)] + ["\U0001f400", "\uf0b7"]
        for character in [*WEIGHTS, *signs, *OTHER_LETTERS]:
            first, second, *_ = character.encode("utf-8")
            if first in letters and second in letters:
                pairs.setdefault(letters[first], set()).add(letters[second])
    by_second: dict[str, list[str]] = {}
    for lead, seconds in pairs.items():
        by_second.setdefault("".join(sorted(seconds)), []).append(lead)
    groups = (
        f"[{re.escape(''.join(leads))}][{re.escape(seconds)}]"
        for seconds, leads in by_second.items()
    )
    # A look-ahead on the first character makes the engine skip plain text quickly.
    return re.compile(f"(?=[{re.escape(''.join(pairs))}])(?:{'|'.join(groups)})")


def has_mojibake(text: str) -> bool:
    """Whether a text has a sequence that may be mojibake: a quick look, sometimes wrong.

    >>> has_mojibake("Københavns Universitet – på dansk")
    False
    """
    return not text.isascii() and _gate().search(text) is not None


def fix_mojibake(text: Text, evidence: str | None = None) -> None:
    """Turn UTF-8 read as a wrong encoding back, as often as it was done.

    Args:
        text: is changed.
        evidence: the whole document, if `text` is a part of it: decides the encoding.
    """
    for _ in range(MAX_ROUNDS):
        if not has_mojibake(text.text):
            break
        stretches = _stretches(text.text if evidence is None else evidence)
        order = sorted(ENCODINGS, key=lambda name: -_score(wrong(name), stretches))
        if not any(_turn_back(text, wrong(name)) for name in order):
            break
        evidence = None
    _fix_eaten(text)


def _stretches(text: str) -> Counter[str]:
    """Stretches that may be damaged, with the letter on either side."""
    gate = _gate()
    return Counter(found for found in STRETCH.findall(text) if gate.search(found))


def _score(encoding: Wrong, stretches: Counter[str]) -> float:
    """How well a wrong encoding explains the damaged stretches of a document.

    Each is turned back as often as it goes; what is left is judged character by character:
    expected ones speak for the encoding, every other one against it, and so does a capital
    inside a lower-case word (CÎte or Côte).
    """
    return sum(count * _cost(encoding.name, stretch) for stretch, count in stretches.items())


@lru_cache(maxsize=50_000)
def _cost(name: str, stretch: str) -> float:
    whole = _peeled(wrong(name), stretch)
    cost = 0.0
    for place, character in enumerate(whole):
        if character < "\x80":
            continue
        weight = WEIGHTS.get(character) or _weight_of_symbol(character)
        cost += weight - INDIFFERENT
        if character.isupper() and place and whole[place - 1].islower():
            cost -= 3
    return cost


def _peeled(encoding: Wrong, text: str) -> str:
    """A stretch with every layer of this damage taken off."""
    for _ in range(4):
        without = encoding.run.sub(lambda found: _decoded(encoding, found[0]), text)
        if without == text:
            break
        text = without
    return text


def _decoded(encoding: Wrong, run: str) -> str:
    pieces: list[str] = []
    position = 0
    for start, end, character in _sequences(encoding, run):
        expected = _expected(encoding, character, end - start, len(run))
        pieces += run[position:start], character if expected else run[start:end]
        position = end
    return "".join(pieces) + run[position:]


def _weight_of_symbol(character: str) -> float:
    if character > "\uffff":
        return 2.5
    return 1.5 if _is_symbol(character) else -1


def _is_symbol(character: str) -> bool:
    """Signs of which a text may have any: arrows, dingbats, emoji, private bullets."""
    return (
        ("\u2000" <= character <= "\u2bff" and not "\u2500" <= character <= "\u259f")
        or "\uf000" <= character <= "\uf0ff"
        or "\ufb00" <= character <= "\ufb06"
        or character > "\uffff"
        or "\ufe00" <= character <= "\ufe0f"
    )


def _is_other_script(character: str) -> bool:
    return "\u0370" <= character <= "\u04ff"


def _turn_back(text: Text, encoding: Wrong) -> bool:
    whole = text.text
    sure: list[Edit] = []
    unsure: list[Edit] = []
    for run in encoding.run.finditer(whole):
        sequences = _sequences(encoding, run[0])
        other = len(sequences) > 2 and all(_is_other_script(c) for _, _, c in sequences)
        for start, end, character in sequences:
            a, b = run.start() + start, run.start() + end
            if not (other or _expected(encoding, character, end - start, len(run[0]))):
                continue
            doubtful = len(sequences) == 1 and _is_sound(whole, a, b, character)
            (unsure if doubtful else sure).append(Edit(a, b, character))
    if sure and encoding.name.startswith("mac"):
        # Signs that alone would be a formula are damage in a document that is damaged elsewhere.
        sure = sorted(sure + [e for e in unsure if whole[e.start] in SIGNS])
    return text.apply(f"mojibake:{encoding.name}", sure)


def _expected(encoding: Wrong, character: str, size: int, run: int) -> bool:
    """Whether a sequence is turned back: it gives a character we expect, or one layer of damage.

    Of text damaged twice, the first turn gives characters of the wrong encoding, the first of
    which begins a sequence of its own: so a layer of damage is never a single sequence.
    """
    if character in WEIGHTS or _is_symbol(character):
        return True
    return character in encoding.bytes_of and size < run


def _sequences(encoding: Wrong, run: str) -> list[tuple[int, int, str]]:
    """Start, end and character of each UTF-8 sequence in a run."""
    data = bytes(encoding.bytes_of[character] for character in run)
    found, position = [], 0
    while position < len(data):
        size = 2 if data[position] < 0xE0 else 3 if data[position] < 0xF0 else 4
        try:
            character = data[position : position + size].decode("utf-8")
        except UnicodeDecodeError:
            position += 1
            continue
        found.append((position, position + size, character))
        position += size
    return found


def _is_sound(text: str, start: int, end: int, character: str) -> bool:
    """Whether what looks like a sequence is sound text after all."""
    first, second = text[start], text[start + 1]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if first in LETTERS_HERE and second in PUNCTUATION:
        # A sound letter and a mark: a Polish, Czech or Turkish letter inside a word is likelier.
        return character not in _LETTER_BASED or not after.isalpha() or before in "„“»"
    if first in SIGNS and second in SIGNS:
        return not before.isalpha() and not after.islower()
    return False


# ── sequences of which a part was lost on the way ──

_EATEN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # à: its second half, a no-break space, became a space or went.
    (
        re.compile(r"(?<![A-ZÀ-Þ])Ã(?:[ \u00a0]{1,2}|$)(?!\w\b)"),
        lambda m: "à" + (" " if m[0][1:] else ""),
    ),
    (re.compile(r"(?<![A-ZÀ-Þ])Ã[ \u00a0]{1,2}(?=\w\b)"), "à "),
    # A no-break space: Â stayed, its second half became a space (35Â 32Â 12) or went (1Â.).
    (re.compile(r"(?<=[\d\W_a-zæøåäöüß])Â[ \u00a0]"), " "),
    (re.compile(r"(?<=[\da-zæøåäöüß)])Â(?=[.,;:!?)%/]|$)", re.M), ""),
    (re.compile(r"(?m)^Â[ \u00a0]+"), ""),
    # Quotation marks whose last byte is undefined in cp1252 and was dropped.
    (re.compile(r"â€(?=[\s.,;:!?)]|$)", re.M), "”"),
    (re.compile(r"â€(?=\w)"), "“"),
    # C1 controls stripped: only the first byte is left, inside an English contraction.
    (re.compile(r"(?<=[a-z]n)â(?=t\b)|(?<=\b[Ii]t)â(?=s\b)|(?<=[a-z])â(?=(?:re|ve|ll)\b)"), "’"),
    # √ of Mac Roman before a no-break space that became a space: à.
    (re.compile(r"(?<=[a-z])√ (?=\s)"), "à"),
)


INCOMPLETE = re.compile(r"[ÃÂâ√]")


def _fix_eaten(text: Text) -> None:
    if not INCOMPLETE.search(text.text):
        return
    for pattern, replacement in _EATEN:
        text.substitute("mojibake:incomplete", pattern, replacement)


# ── the rest ──

# What neither table nor rule turned back, but still looks like halves of characters.
LEFT = re.compile(r"[\x80-\x9f]|[ÃÂÐÑâãäåæçèé][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¡-¿]")


def fix_the_rest(text: Text) -> None:
    """Other alphabets and mixtures of encodings, line by line, by ftfy.

    >>> text = Text("ã\x81\x93ã\x82\x93ã\x81\xabã\x81¡ã\x81¯")
    >>> fix_the_rest(text)
    >>> text.text
    'こんにちは'
    """
    if not LEFT.search(text.text):
        return
    import ftfy
    from ftfy.badness import is_bad

    edits, position = [], 0
    for line in text.text.split("\n"):
        end = position + len(line)
        if LEFT.search(line) and is_bad(line):
            edits.append(Edit(position, end, ftfy.fix_encoding(line)))
        position = end + 1
    text.apply("mojibake:ftfy", edits)

"""Characters: entities, invisible ones, accents apart from their letters, remnants of encodings."""

from __future__ import annotations

import re
import unicodedata
from html.entities import html5
from urllib.parse import unquote

from normalize.repair.edits import Text

# ── entities ──

# With a semicolon any name; without one only names that no word begins with by accident.
ENTITY = re.compile(
    r"&(?:amp;)*(?:#(\d{2,7})|#[xX]([0-9a-fA-F]{2,6})|([A-Za-z][A-Za-z0-9]{1,30}));"
    r"|&(?:amp;)*(nbsp|auml|ouml|uuml|szlig|Auml|Ouml|Uuml|aelig|oslash|aring|AElig|Oslash|Aring"
    r"|eacute|ndash|mdash|quot|euro|rsquo|lsquo|rdquo|ldquo|hellip|bull|deg)(?![a-zA-Z0-9=;])"
    r"|&amp(?:;amp)*;"
)


def fix_entities(text: Text) -> None:
    """Character references to characters, also doubly escaped ones and those without semicolon.

    >>> text = Text("M&amp;uuml;nchen &ndash; F&E R&amp;D &auml")
    >>> fix_entities(text)
    >>> text.text
    'München – F&E R&D ä'
    """
    if "&" in text.text:
        text.substitute("entities", ENTITY, _entity)


def _entity(found: re.Match[str]) -> str:
    decimal, hexadecimal, name, bare = found.groups()
    if decimal or hexadecimal:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        return _character(code, found[0])
    if name or bare:
        return html5.get(f"{name or bare};", found[0])
    return "&"


def _character(code: int, otherwise: str) -> str:
    if 0x80 <= code <= 0x9F:  # browsers read these as cp1252
        return bytes([code]).decode("cp1252", "replace").replace("\ufffd", "")
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or (code < 0x20 and code not in (9, 10, 13)):
        return otherwise if code > 0x10FFFF else ""
    return chr(code)


# ── invisible characters ──

# C1 controls that cp1252 gives a character to are that character; other controls are nothing.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufff9-\ufffb\u2066-\u2069\u202a-\u202e]")
INVISIBLE = re.compile(
    r"[\u00ad\u200b\u2060\ufeff\u034f\u180e]|(?<![\u0600-\u0dff\U0001f000-\U0001ffff\u2600-\u27bf])[\u200c\u200d]"
)
LINE_SEPARATOR = re.compile(r"[\u2028\u2029\x85\x1c-\x1e\x0b\x0c]")
# Bullets that fonts keep in the private use area, and the marks they stand for.
PRIVATE = re.compile(r"[\ue000-\uf8ff]")
PRIVATE_BULLETS = frozenset(
    "\uf0b7\uf0a7\uf0d8\uf0fc\uf0a8\uf076\uf02d\uf0b0\uf0e0\uf0f0\uf06c\uf06e\uf071\uf075\uf0be"
)


def fix_invisible(text: Text) -> None:
    """Controls, soft hyphens and zero-width characters away; odd spaces to a space."""
    if text.text.isascii() and text.text.isprintable():
        return
    text.substitute("line_separators", LINE_SEPARATOR, "\n")
    text.substitute("controls", CONTROL, _control)
    text.substitute("invisible", INVISIBLE, "")
    text.substitute(
        "private_use",
        PRIVATE,
        lambda m: "•" if m[0] in PRIVATE_BULLETS else " " if m[0] == "\uf020" else "",
    )


def _control(found: re.Match[str]) -> str:
    character = found[0]
    if "\x80" <= character <= "\x9f":
        return bytes([ord(character)]).decode("cp1252", "ignore")
    return ""


# No-break and typographic spaces count as spaces; tabs between cells stay.
ODD_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
DOUBLE_SPACE = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")
END_SPACE = re.compile(r"(?<=\S)[ \t]+$", re.M)


def fix_spaces(text: Text) -> None:
    """One plain space between words, none at the end of a line."""
    if not text.text.isascii():
        text.substitute("spaces", ODD_SPACE, " ")
    if "  " in text.text or "\t" in text.text:
        text.substitute("spaces", DOUBLE_SPACE, lambda found: "\t" if "\t" in found[0] else " ")
    text.substitute("spaces", END_SPACE, "")


# ── accents and ligatures ──

LIGATURES = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    "ĳ": "ij",
    "Ĳ": "IJ",
    "ŉ": "'n",
}
LIGATURE = re.compile("[" + "".join(LIGATURES) + "]")
# PDF text: a free-standing accent after (Mu¨nchen) or before (M¨unchen) its letter.
ACCENTS = {
    "¨": "\u0308",
    "´": "\u0301",
    "`": "\u0300",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "˚": "\u030a",
    "¸": "\u0327",
    "ˇ": "\u030c",
}
ACCENT_AFTER = re.compile(r"([aouAOU]) ?¨|([aA]) ?˚|(?<=[a-zA-Z])([eE])´(?=[a-z])|([cC])¸")
ACCENT_BEFORE = re.compile(r"¨([aouAOU])(?=[a-zß]|$|\b)|˚([aA])(?=[a-z]|\b)")
MARKS = re.compile(r"[^\W\d_][\u0300-\u0328]+")


def fix_accents(text: Text) -> None:
    """Letters composed (NFC), free-standing accents put on their letter, ligatures apart.

    >>> text = Text("Universita¨t Mu¨nchen, eﬃzient")
    >>> fix_accents(text)
    >>> text.text
    'Universität München, effizient'
    """
    if text.text.isascii():
        return
    if "¨" in text.text or "˚" in text.text or "´" in text.text or "¸" in text.text:
        text.substitute("accents", ACCENT_AFTER, _accent)
        text.substitute("accents", ACCENT_BEFORE, _accent)
    text.substitute("ligatures", LIGATURE, lambda found: LIGATURES[found[0]])
    if not unicodedata.is_normalized("NFC", text.text):
        text.substitute("compose", COMPOSABLE, lambda m: unicodedata.normalize("NFC", m[0]))


# A base with its marks; Hangul and compatibility forms that NFC also changes (Å sign, Ω sign).
COMPOSABLE = re.compile(
    r".[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u093c\u09be\u09d7\u3099\u309a]+|[\u0340-\u037e\u0387\u0958-\u0fb9\u1f71-\u1fff\u2000\u2001\u2126\u212a\u212b\u2329\u232a\u2adc\uf900-\ufb4e]|[\u1100-\u11ff]+",
    re.S,
)


def _accent(found: re.Match[str]) -> str:
    letter = next(filter(None, found.groups()))
    mark = next(character for character in found[0] if character in ACCENTS)
    return unicodedata.normalize("NFC", letter + ACCENTS[mark])


# ── remnants of percent and quoted-printable encoding ──

PERCENT = re.compile(
    r"(?<![\w/=&?.:%-])[^\W\d_]*(?:%C3%[89ABab][0-9A-Fa-f][^\W\d_]*)+(?![\w/=&?%])|(?<=[^\W\d_])(?:%C3%[89ABab][0-9A-Fa-f])+(?=[^\W\d_]+(?![/=&?%]))"
)
QUOTED = re.compile(r"(?:=(?:C[2-5]|E2|c[2-5]|e2)(?:=[89ABab][0-9A-Fa-f]){1,2})+")
SOFT_BREAK = re.compile(r"=\n")


def fix_remnants(text: Text) -> None:
    """`Universit%C3%A4t` and `Universit=C3=A4t` outside of addresses.

    >>> text = Text("Universit=C3=A4t, K%C3%B8benhavn, https://x.dk/K%C3%B8b")
    >>> fix_remnants(text)
    >>> text.text
    'Universität, København, https://x.dk/K%C3%B8b'
    """
    if "=" in text.text and QUOTED.search(text.text):
        text.substitute("quoted_printable", QUOTED, _quoted)
        text.substitute("quoted_printable", SOFT_BREAK, "")
    if "%" in text.text:
        text.substitute("percent", PERCENT, lambda found: _unquoted(found))


def _quoted(found: re.Match[str]) -> str:
    try:
        return bytes.fromhex(found[0].replace("=", "")).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def _unquoted(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 200) : found.start()].rsplit(None, 1)
    token = before[-1] if before and not found.string[: found.start()].endswith((" ", "\n")) else ""
    if "/" in token or "=" in token or "www." in token:
        return found[0]
    try:
        return unquote(found[0], errors="strict")
    except UnicodeDecodeError:
        return found[0]

"""Layout of running text: wrapped lines, hyphens at line ends, bullets, glue, page furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from normalize.posting import Edit
from normalize.repair.edits import Text
from normalize.repair.lexicon import is_word, many_words_of

# ── hyphens ──

HYPHEN = r"[-\u2010\u00ad\u2011]"
LINE_END_HYPHEN = re.compile(rf"([^\W\d_]{{2,}}){HYPHEN}[ \t]*\n[ \t]*([^\W\d_]+)")
# Words that follow a hyphen which stays: Geo- und Umweltwissenschaften, fag- og opgaver.
CONJUNCTIONS = frozenset(
    [
        "und",
        "oder",
        "bzw",
        "sowie",
        "noch",
        "og",
        "eller",
        "samt",
        "and",
        "or",
        "to",
        "und/oder",
        "og/eller",
    ]
)
# A hyphen lost from the end of a line leaves it inside the word: anthro-pogenen.
INNER_HYPHEN = re.compile(r"(?<![\w-])([^\W\d_]{3,})-([a-zæøåäöüß]{3,})(?![\w-])")


def join_hyphenated(text: Text) -> None:
    """Words broken at a line end, joined; compounds keep their hyphen.

    >>> text = Text("Quali-\\nfikation, Geo-\\nund Sentinel-\\n2, Alfred-Wegener-\\nInstitut")
    >>> join_hyphenated(text)
    >>> text.text
    'Qualifikation, Geo- und Sentinel-2, Alfred-Wegener-Institut'
    """
    if "-" not in text.text and "\u2010" not in text.text and "\u00ad" not in text.text:
        return
    text.substitute("hyphenation", LINE_END_HYPHEN, _joined)
    text.substitute("hyphenation", re.compile(rf"(?<=[^\W_]){HYPHEN}[ \t]*\n[ \t]*(?=\d)"), "-")
    text.substitute("hyphenation", INNER_HYPHEN, _unbroken)


def _joined(found: re.Match[str]) -> str:
    first, second = found.groups()
    if second.lower() in CONJUNCTIONS:
        return f"{first}- {second}"
    if second[0].isupper() or first.isupper():
        return f"{first}-{second}"
    whole = first + second
    if is_word(whole) or not (is_word(first) and is_word(second)):
        return whole
    # Both halves are words (problem-solving, Bewerbungs-unterlagen): German and Danish join them.
    return f"{first}-{second}" if is_word(first, "en") and is_word(second, "en") else whole


def _unbroken(found: re.Match[str]) -> str:
    first, second = found.groups()
    whole = first + second
    halves = is_word(first) + is_word(second)
    if is_word(whole) and halves < 2:
        return whole
    # Rare words are only in the large list; it is asked when neither half is a word.
    return whole if not halves and whole.lower() in many_words_of("de") else found[0]


# ── bullets ──

BULLETS = "•·●◦‣○■□▪▫◆◇➢►▶✓✔➤❖→⇒»¤"
BULLET = re.compile(
    rf"(?m)^([ \t]*)(?:[{BULLETS}\u2022]|[–—*+](?=[ \t])|o(?=[ \t]{{2,}}\S))[ \t]*(?=\S)"
)
# Two columns of a PDF: the bullets stand alone, their texts on the next lines.
ORPHAN = re.compile(rf"(?m)^[ \t]*[{BULLETS}][ \t]*\n+(?=[^\n])")
# Several items in one line.
INLINE_BULLET = re.compile(r"(?<=\S)[ \t]+[•●▪■‣➢►✓✔❖][ \t]+(?=\S)")


def unify_bullets(text: Text) -> None:
    """Bullets of every kind to `- ` at the start of a line.

    >>> text = Text("• Python\\n▪\\nFortran\\nWir bieten: ● A ● B")
    >>> unify_bullets(text)
    >>> text.text
    '- Python\\n- Fortran\\nWir bieten:\\n- A\\n- B'
    """
    text.substitute("bullets", ORPHAN, "- ")
    if len(INLINE_BULLET.findall(text.text)) > 1:
        text.substitute("bullets", INLINE_BULLET, "\n- ")
    text.substitute("bullets", BULLET, lambda found: f"{found[1]}- ")


# ── wrapped lines ──

MIN_WRAPPED = 45
MAX_WRAPPED = 130
ENDS = re.compile(r"[.!?:;][\"”»“)]?$")
STARTS_BLOCK = re.compile(r"^\s*(?:- |\d{1,2}[.)]\s|#|\||>)")
OPEN_END = re.compile(
    r"(?:[,(/]|\b(?:and|or|of|the|a|an|in|to|for|with|und|oder|der|die|das|des|dem|den|ein|eine|einer|für|mit|von|zu|zur|zum|im|og|eller|af|at|en|et|i|på|til|for|med|som|der|det))$",
    re.I,
)


def rejoin_wrapped(text: Text) -> None:
    """Paragraphs that were wrapped at a fixed width, one line each again.

    A line goes on in the next one if the paragraph looks wrapped (lines of nearly one length) and
    the line neither ends a sentence nor the next begins a block; text with a paragraph a line has
    lines of very different lengths and stays as it is.
    """
    if text.text.count("\n") < 2:
        return
    lines = text.text.split("\n")
    width = _wrap_width(lines)
    edits, position = [], 0
    for number, line in enumerate(lines[:-1]):
        end = position + len(line)
        following = lines[number + 1]
        if _goes_on(line, following, width):
            indent = len(following) - len(following.lstrip())
            edits.append(Edit(end - (len(line) - len(line.rstrip())), end + 1 + indent, " "))
        position = end + 1
    text.apply("wrapped_lines", edits)


def _wrap_width(lines: list[str]) -> int | None:
    """The width text was wrapped at; None if it was not."""
    lengths = sorted(len(line.rstrip()) for line in lines if len(line.strip()) > 25)
    if len(lengths) < 4:
        return None
    width = lengths[int(len(lengths) * 0.95) - 1]
    near = sum(width * 0.72 <= length <= width * 1.06 for length in lengths)
    if not MIN_WRAPPED <= width <= MAX_WRAPPED or near < 0.6 * len(lengths):
        return None
    # Wrapped text breaks inside sentences: of one paragraph a line nearly all lines end one.
    inside = sum(
        not ENDS.search(line.rstrip()) for line in lines if len(line.strip()) > width * 0.7
    )
    return width if inside > 0.45 * near else None


def _goes_on(line: str, following: str, width: int | None) -> bool:
    bare, after = line.rstrip(), following.strip()
    if not bare.strip() or not after or STARTS_BLOCK.match(following):
        return False
    lower = after[0].islower() or (after[0] in "(&" and after[1:2].islower())
    open_end = bool(OPEN_END.search(bare))
    if width is None:
        # Not wrapped as a whole: join only what cannot stand alone.
        return lower and len(bare) > 30 and not ENDS.search(bare) and (open_end or len(bare) > 60)
    if len(bare) < 0.6 * width:
        return lower and open_end
    first = len(after.split(None, 1)[0])
    full = len(bare) + 1 + first > width * 0.97
    if ENDS.search(bare) and not re.search(
        r"\b(?:z\.B|bzw|bl\.a|ca|Dr|Prof|d|kl|Nr|nr|f\.eks|e\.g|i\.e)\.$", bare
    ):
        return full and len(bare) > 0.8 * width
    return lower or open_end or full


# ── glue ──

# A capital right after a small letter, or after one and an end mark.
INNER_CAPITAL = re.compile(
    r"[A-ZÆØÅÄÖÜ](?:(?<=[a-zæøåäöüß].)|(?<=[a-zæøåäöüß][.?!:].)|(?<=[IVX]\..))"
)
GLUED_WORD = re.compile(
    r"(?<![\w@/.#_'-])([^\W\d_]*[a-zæøåäöüß]{2}|[IVX]{1,4}(?=\.))([.?!:]?)"
    r"((?:PhD|MSc|BSc|CV|IT)(?![a-z])|[A-ZÆØÅÄÖÜ][a-zæøåäöüß]*)(?=[ ,]\S)"
)
# Words that begin sentences, and seldom the second half of a name.
STARTERS = frozenset(
    (
        "We You Your The This These If As Please Are Our For An To At With It Do How What Who When "
        "Where Applicants Candidates Applications Further There In Is PhD MSc CV "
        "Wir Sie Ihr Ihre Ihren Du Dein Deine Das Der Die Ein Eine Für Im Bei Mit Als Zu Zur Zum "
        "Wenn Bitte Es Unser Unsere Auf Haben Sind Nach "
        "Vi Dit Din Dine De Det Den Som Om Hvis Er Har Ansøg Send Læs Vores Der Til Kan Alle"
    ).split()
)
# Names end in these too: LinkedIn, SignUp, HowTo.
ENDS_OF_NAMES = frozenset("In To At As It Is For Do Om Er".split())
# Words that are headings of postings by themselves: any sentence may be glued to them.
HEADINGS = frozenset(
    (
        "requirements qualifications responsibilities benefits duties tasks profile skills "
        "contact "
        "application information employment conditions background description "
        "aufgaben profil anforderungen qualifikationen kontakt bewerbung voraussetzungen tätigkeiten "
        "angebot stelle aufgabengebiet anforderungsprofil tätigkeitsprofil ansprechpartner "
        "arbejdsopgaver opgaver kvalifikationer ansøgning løn vilkår ansættelsesvilkår profil "
        "kompetencer stillingen ansættelse oplysninger"
    ).split()
)
MAX_GLUED_HEADING = 90


def split_glued(text: Text) -> None:
    """Headings and sentences that lost the line break between them.

    Only where a known word ends in lower case and the capitalised word after it can begin a
    sentence and has one after it: `GitHub`, `PhD`, `McKinsey` and `LaTeX` are left alone.

    >>> text = Text("How to applyYour application must include a CV. GitHub is fine.")
    >>> split_glued(text)
    >>> text.text
    'How to apply\\nYour application must include a CV. GitHub is fine.'
    """
    if INNER_CAPITAL.search(text.text):
        text.apply("glued", list(_glued_places(text.text)))


def _glued_places(text: str) -> Iterator[Edit]:
    for found in GLUED_WORD.finditer(text):
        left, mark, right = found.groups()
        place = found.end(2)
        if not _parts(left, mark, right, text[found.end() : found.end() + 40]):
            continue
        if _in_address(text, found.start(), found.end()):
            continue
        before = text[text.rfind("\n", 0, place) + 1 : place]
        heading = len(before) <= MAX_GLUED_HEADING and not re.search(r"[.!?;] ", before)
        yield Edit(place, place, "\n" if mark != "." and (heading or not mark) else " ")


def _parts(left: str, mark: str, right: str, after: str) -> bool:
    """Whether two glued words are the end of one passage and the beginning of another."""
    if left.isupper():  # IX.Your
        return mark == "." and right in STARTERS
    if not _known(left):
        return False
    if mark:
        plain = left[0].islower() and _known(right) and bool(re.match(r",? [a-zæøåäöüß]", after))
        return len(right) > 1 and (right in STARTERS or plain)
    if right in STARTERS:
        name = right in ENDS_OF_NAMES and left[0].isupper()
        return not name and not is_word(left + right)
    return (
        left.lower() in HEADINGS and len(right) > 3 and _known(right) and not is_word(left + right)
    )


def _known(word: str) -> bool:
    return len(word) > 2 and is_word(word)


def _in_address(text: str, start: int, end: int) -> bool:
    begin = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    return any(mark in text[begin : end + 1] for mark in ("@", "://", "www.", "_", "/"))


# ── letters spaced out, page furniture ──

SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")
# The whole line, or it is no page number: "- 32-timers uge" is a list item.
PAGE_NUMBER = re.compile(
    r"(?mi)^[ \t]*(?:(?:page|side|seite)[ \t]+\d{1,3}(?:[ \t]*(?:of|af|von|/)[ \t]*\d{1,3})?"
    r"|\d{1,3}[ \t]*/[ \t]*\d{1,3}|-[ \t]*\d{1,3}[ \t]*-)[ \t]*(?:\n|\Z)"
)


def close_spaced_letters(text: Text) -> None:
    """Headings with a space between letters.

    >>> text = Text("S T I L L I N G\\nPlan A B C")
    >>> close_spaced_letters(text)
    >>> text.text
    'STILLING\\nPlan A B C'
    """
    if SPACED.search(text.text):
        text.substitute("spaced_letters", SPACED, _closed)


def _closed(found: re.Match[str]) -> str:
    word = found[0].replace(" ", "")
    same_case = word.isupper() or word[1:].islower()
    return word if len(word) > 4 and same_case and is_word(word) else found[0]


def drop_page_furniture(text: Text) -> None:
    """Page numbers, and headers and footers that stand on every page of a PDF."""
    if PAGE_NUMBER.search(text.text):
        text.substitute("page_numbers", PAGE_NUMBER, "")
    if "\f" not in text.text:
        return
    pages = text.text.split("\f")
    edges = Counter(
        line.strip() for page in pages for line in _edge_lines(page) if len(line.strip()) > 3
    )
    repeated = {line for line, count in edges.items() if count >= max(3, len(pages) - 1)}
    if repeated:
        pattern = re.compile(
            rf"(?m)^[ \t]*(?:{'|'.join(map(re.escape, sorted(repeated)))})[ \t]*$\n?"
        )
        found = pattern.search(text.text)
        first = found.start() if found else -1
        text.substitute("page_headers", pattern, lambda m: m[0] if m.start() == first else "")


def _edge_lines(page: str) -> list[str]:
    lines = [line for line in page.split("\n") if line.strip()]
    return lines[:2] + lines[-2:]

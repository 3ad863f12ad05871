"""Running text to blocks: what is a heading, a list item, a table row, told by its look.

A line is a block; wrapped lines were joined before. A heading is short, stands alone and has
something under it, but so do list items that lost their bullets, addresses and facts. So the
evidence is added up: how it is worded (`headings.toml`), capitals, a colon before a list, what
follows, what stands before.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import zip_longest
from typing import NamedTuple

from normalize.posting import Kind

BULLET = re.compile(r"^([ \t]*)(?:[-*•·–▪●◦‣○■□➢►✓✔✅☑➡👉🔹🔸\uf0b7]\ufe0f?[ \t\xa0]+)+(?=\S)")
MONTH = (
    r"(?:jan|feb|mar|apr|jun|jul|aug|sep|okt|oct|nov|dez|dec|januar|january|februar|february|märz|"
    r"marts|march|april|mai|maj|may|juni|june|juli|july|august|september|oktober|october|november|"
    r"dezember|december)\b"
)
# A number at the beginning, but not that of a day: 1. Oktober.
NUMBERED = re.compile(
    rf"^[ \t]*(?:\d{{1,2}}[.)](?![ \t]+{MONTH})|[a-z]\)|\(\d{{1,2}}\)|[ivx]{{1,4}}\))[ \t]+(?=\S)",
    re.I,
)
MARKED_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*$")
BOLD_LINE = re.compile(r"^(\*\*|__)(?=\S)[^*\n]{2,90}(?<=[^\s.,;])\1:?$")
TABLE_ROW = re.compile(r"^\|.*\|$|\S\t+\S.*\t+\S")
# A line under the head of a table.
RULE = re.compile(r"[\s|:-]*\|[\s|:-]*")
MAX_HEADING = 90
MAX_HEADING_WORDS = 12
# What a heading of running text does not have: addresses, long numbers, a sentence's end, a small
# letter at the beginning, a placeholder.
NO_HEADING = re.compile(
    r"[@|]|https?:|www\.|<[A-Z]|\d{4,}|[.,;!)\d]$|^[a-zæøåäöü(\"“„+#]|[.!?] [A-ZÆØÅÄÖÜ]|^\W*$"
)
# (m/w/d): the line names a job.
GENDERS = re.compile(r"\((?:all genders|(?:[mwfdxiogk]\s?[/|,*:]\s?){1,3}[mwfdxiogk])\)", re.I)
# A label and what it labels: a fact, no heading.
FACT = re.compile(r"^[^:]{2,40}: +\S")
SENTENCE_END = re.compile(
    r"(?<!\betc\.)(?<!\busw\.)(?<!\bm\.v\.)(?<!\bo\.ä\.)(?<=[.!?:])[\"”»“)*_]*$"
)
# The line goes on in the next one.
OPEN_END = re.compile(r"(?:[,&/]|\b(?:and|or|of|the|to|und|oder|der|die|das|von|og|eller|af|til))$")
PROSE = 80
# Evidence needed; the weights below were set on postings whose headings are known from markup
# (see benchmarks/formats.py).
ENOUGH = 2.0
# A paragraph of markup must be worded like a heading to be one.
WORDED = 1.5
# Headings found here stand below the title, and below those that markup names.
LEVEL = 2
MARKUP_LEVEL = 4
MIN_LIST = 3
MAX_ITEM = 260


class Line(NamedTuple):
    """One block: its text, what it is, and the level of a heading or the depth of a list item.

    `apart`: a blank line stands before it. `loose`: nothing but its look says what it is; where
    markup called it a paragraph, only its wording can make it a heading. `fixed`: it is what it is
    (a line of a menu).
    """

    text: str
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    apart: bool = False
    loose: bool = True
    fixed: bool = False


def read_running(text: str) -> list[Line]:
    r"""The blocks of running text.

    >>> [line.kind.value for line in read_running("Aufgaben:\n- Lehre\nWir freuen uns auf Sie.")]
    ['heading', 'list_item', 'paragraph']
    """
    return find_lists(find_headings(read_lines(text)))


def read_lines(text: str) -> list[Line]:
    """The lines of running text, with what their marks say: `#`, bullets, numbers, tabs, bars."""
    lines = []
    blank = True
    for line in text.split("\n"):
        if line.strip() and not RULE.fullmatch(line):
            lines.append(_marked(line.rstrip())._replace(apart=blank))
        blank = not line.strip()
    depth = min((line.level for line in lines if line.kind is Kind.LIST_ITEM), default=0)
    return [
        line._replace(level=line.level - depth) if line.kind is Kind.LIST_ITEM else line
        for line in lines
    ]


def _marked(line: str) -> Line:
    bare = line.strip()
    if found := MARKED_HEADING.match(bare):
        return Line(found[2], Kind.HEADING, len(found[1]))
    if bullet := BULLET.match(line):
        depth = len(bullet[1].expandtabs(4)) // 2
        return Line(line[bullet.end() :].strip(), Kind.LIST_ITEM, min(depth, 5))
    if NUMBERED.match(line):
        return Line(bare, Kind.LIST_ITEM)
    if TABLE_ROW.search(line):
        cells = (cell.strip() for cell in re.split(r"\t+|\s*\|\s*", bare.strip("|")))
        return Line(" | ".join(filter(None, cells)), Kind.TABLE_ROW)
    if BOLD_LINE.match(bare) and not NO_HEADING.search(bare.strip("*_: ")):
        return Line(bare, Kind.HEADING, LEVEL)
    return Line(bare)


def find_headings(lines: Sequence[Line]) -> list[Line]:
    """The lines, with the paragraphs that head what follows as headings."""
    spaced = any(line.loose and not line.apart for line in lines)
    found: list[Line] = []
    for line, following in zip_longest(lines, lines[1:]):
        may = line.kind is Kind.PARAGRAPH and not line.fixed and _may_head(line.text)
        if may and following is not None:
            score = _evidence(line, following)
            score += _surroundings(line, following, found[-1] if found else None, spaced)
            if score >= ENOUGH and (line.loose or heading_score(line.text) >= WORDED):
                line = line._replace(kind=Kind.HEADING, level=LEVEL if line.loose else MARKUP_LEVEL)
        found.append(line)
    return found


@lru_cache(maxsize=4096)
def heading_score(text: str) -> float:
    """How much the wording says that a line is a heading: 0 to 3.

    >>> heading_score("Deine Aufgaben") > heading_score("Deep learning")
    True
    """
    words = text.replace("*", "").strip(" :?.!–-").lower()
    count = len(words.split())
    found = 0.0
    for whole, starts, ends in _wordings():
        if words in whole:
            return 3.0
        if count <= 7 and words.startswith(starts):
            found = max(found, 2.0 if count <= 5 else 1.5)
        if count <= 4 and words.endswith(ends):
            found = max(found, 1.5)
    return found


@cache
def _wordings() -> tuple[tuple[frozenset[str], tuple[str, ...], tuple[str, ...]], ...]:
    content = (files("normalize.formats") / "headings.toml").read_text(encoding="utf-8")
    return tuple(
        (frozenset(table["whole"]), tuple(table["starts"]), tuple(table["ends"]))
        for table in tomllib.loads(content).values()
    )


def _may_head(text: str) -> bool:
    words = text.split()
    return (
        len(text) <= MAX_HEADING
        and len(words) <= MAX_HEADING_WORDS
        and not NO_HEADING.search(GENDERS.sub("x", text))
        and not FACT.match(text)
        and sum(character.isalpha() for character in text) >= 3
    )


def _evidence(line: Line, following: Line) -> float:
    """What the line and the one after it say."""
    text, words = line.text, len(line.text.split())
    score = heading_score(text)
    if text.isupper() and sum(map(str.isalpha, text)) > 4:
        score += 2.0
    if GENDERS.search(text):
        score += 1.5
    if text[0].isdigit():
        score -= 1.5
    if text.endswith(":"):
        # Before a list, a long line with a colon is the sentence that the list goes on with.
        score += 1.0 if words <= 4 else -0.5
    elif text.endswith("?"):
        score += 0.5
    score += 1.0 if words <= 3 else 0.5 if words <= 6 else -0.5 if words <= 8 else -1.0
    if following.kind is Kind.PARAGRAPH and following.text[0].islower() and score < WORDED:
        score -= 1.5
    if following.kind is Kind.LIST_ITEM:
        score += 1.5
    elif len(following.text) > max(PROSE, 1.5 * len(text)):
        score += 1.5 if SENTENCE_END.search(following.text) else 1.0
    return score


def _surroundings(line: Line, following: Line, last: Line | None, spaced: bool) -> float:
    """What stands around: headings follow the end of something and stand apart."""
    blank = 0.5 if line.apart and spaced else 0.0
    if last is None:
        return 0.5
    if last.kind is Kind.HEADING:
        return blank - 0.5
    if OPEN_END.search(last.text):
        return blank - 4.0
    if last.text.endswith(":"):
        return blank - 2.0
    if last.kind is Kind.LIST_ITEM or SENTENCE_END.search(last.text):
        return blank + 0.5
    # Lines without an end mark before and after: the items of a list, most likely.
    if heading_score(line.text) >= 2.0 or SENTENCE_END.search(following.text) or following.apart:
        return blank - 0.5
    return blank - 1.0


def find_lists(lines: list[Line]) -> list[Line]:
    """The lines, with runs of them that are list items without their bullets as such."""
    lines = list(lines)
    place = 1
    while place < len(lines):
        opened = lines[place - 1].kind is Kind.HEADING or lines[place - 1].text.endswith(":")
        end = place
        while opened and end < len(lines) and _may_be_item(lines[end]):
            end += 1
        # The last lines may be the paragraph that follows the list; not after a comma.
        while end > place and SENTENCE_END.search(lines[end - 1].text):
            if end - 1 > place and lines[end - 2].text.endswith((",", ";", " und", " og", " and")):
                break
            end -= 1
        run = lines[place:end]
        if len(run) >= MIN_LIST and _is_list(run):
            lines[place:end] = [line._replace(kind=Kind.LIST_ITEM) for line in run]
        place = max(end, place + 1)
    return lines


def _may_be_item(line: Line) -> bool:
    text = line.text
    return (
        line.kind is Kind.PARAGRAPH
        and line.loose
        and 12 <= len(text) <= MAX_ITEM
        and not re.search(r"@|https?:|www\.|\d{5}|\+\d|[.!?] [A-ZÆØÅÄÖÜ]|:$", text)
        and not FACT.match(text)
    )


def _is_list(run: Sequence[Line]) -> bool:
    """Sentences end; addresses and names are short; list items are a few words without an end."""
    ended = sum(bool(SENTENCE_END.search(line.text)) for line in run)
    return ended <= 0.4 * len(run) and sum(len(line.text.split()) for line in run) >= 4 * len(run)

"""Sections: a heading that names a category takes what stands under it.

A section runs to the next heading of its level, and ends early where the posting's own words
appear (a contact, a date, pay, how to apply) or where for too long nothing speaks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalize.boilerplate.guards import names_duty
from normalize.boilerplate.reading import SOFT, Block, Line
from normalize.boilerplate.rulebook import STRONG, Rulebook
from normalize.posting import Category

# How many blocks in a row may say nothing for the category before the section is over.
SILENCE = {
    Category.PRIVACY.value: 4,
    Category.COOKIE.value: 6,
    Category.EQUAL_OPPORTUNITY.value: 1,
    Category.APPLICATION_ADMIN.value: 1,
    Category.EMPLOYER_PROFILE.value: 40,
    Category.BENEFITS.value: 40,
}
NOTICES = (Category.PRIVACY.value, Category.COOKIE.value)
MAX_JOB_WORDS = 22
# A heading that names nothing itself follows no fewer lines than this: not a lone button.
MIN_UNDER = 2
# A longer sentence that says nothing for the category is not taken on its heading's account.
MAX_SILENT_WORDS = 40


@dataclass(slots=True)
class _Section:
    """The section that is open: its category and rule, the level of its heading, and for how many
    blocks nothing has spoken for it."""

    category: str
    rule: str
    level: int
    silent: int = 0


def by_section(blocks: Sequence[Block], rules: Rulebook) -> None:
    """Label what stands under headings that name a category."""
    section: _Section | None = None
    for block in blocks:
        opened = block.opens()
        if opened and (section is None or block.marked_heading or not section.level):
            section = _Section(*opened, block.segment.level)
        elif section is None or all(line.category not in {None, *SOFT} for line in block.lines):
            continue
        elif _ends(block, section) or not _take(block, section, rules):
            section = None


def _take(block: Block, section: _Section, rules: Rulebook) -> bool:
    """Label the lines of a block under a heading; whether the section goes on after it."""
    if section.category == Category.RELATED_JOBS.value:
        if _job(block):
            _label(block.lines, section)
            return True
        return False
    spoke = any(line.score(section.category) for line in block.lines)
    most = SILENCE.get(section.category, 1)
    near = spoke or section.silent < most
    # a notice may speak of the papers sent in, which elsewhere would be how to apply
    notice = section.category in NOTICES and any(
        line.score(section.category) >= STRONG for line in block.lines
    )
    for line in block.lines:
        own = line.score(section.category)
        if _speaks_against(line, section, rules, notice):
            if own < STRONG and section.category not in SOFT:
                return False
        elif section.category in SOFT or own or (near and len(line.folded) <= MAX_SILENT_WORDS):
            _label([line], section)
    section.silent = 0 if spoke else section.silent + 1
    return section.silent <= most


def _speaks_against(line: Line, section: _Section, rules: Rulebook, notice: bool) -> bool:
    """Whether a line under a heading is the posting's own after all."""
    if line.guards or (line.reading.kept and not notice) or names_duty(line.text):
        return True
    silent = not line.score(section.category) and section.category not in SOFT
    return silent and not notice and rules.names_part(line.folded)


def _label(lines: Sequence[Line], section: _Section) -> None:
    for line in lines:
        line.label(section.category, section.rule, "under its heading")


def _ends(block: Block, section: _Section) -> bool:
    if block.marked_heading:
        return not section.level or block.segment.level <= section.level
    if section.category == Category.RELATED_JOBS.value:
        return False  # names of jobs hold such words too
    return block.headlike and bool(block.head.reading.section)


def _job(block: Block) -> bool:
    """Whether it looks like an entry of a list of jobs."""
    return (
        block.words <= MAX_JOB_WORDS
        and not (block.head.reading.section and block.words <= 2)
        and not any(line.reading.kept or set(line.guards) - {"date"} for line in block.lines)
        and not block.lines[-1].text.rstrip().endswith((".", ":"))
    )


def headings_follow(blocks: Sequence[Block]) -> None:
    """Give a heading the label of what stands under it, if that is of one category."""
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        if not block.headlike or block.head.category is not None:
            continue
        under = _under(blocks, place)
        found = {line.category for line in under}
        first = under[0] if under else None
        if first is None or first.category is None:
            continue
        opened = block.opens()
        if opened and opened[0] == first.category:
            _follow(block, first, opened[1])
        elif block.marked_heading and not found & {None, *SOFT} and len(under) >= MIN_UNDER:
            _follow(block, first, first.rule or "")


def _follow(block: Block, first: Line, rule: str) -> None:
    for line in block.lines:
        line.label(first.category or "", rule, "heading of what follows")


def _under(blocks: Sequence[Block], place: int) -> list[Line]:
    """The lines under a heading, up to the next one of its level."""
    lines: list[Line] = []
    for block in blocks[place + 1 :]:
        if block.marked_heading and block.segment.level <= blocks[place].segment.level:
            break
        if not blocks[place].marked_heading and block.headlike and block.head.category is None:
            break
        lines += block.lines
    return lines

"""Sections: a heading that names a category takes what stands under it.

A section runs to the next heading of its level, and ends early where the posting's own words
appear (a contact, a date, pay, how to apply) or where for too long nothing speaks for it.
"""

from __future__ import annotations

from collections.abc import Sequence

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
MAX_JOB_WORDS = 22
# A heading that names nothing itself follows no fewer lines than this: not a lone button.
MIN_UNDER = 2
# A longer sentence that says nothing for the category is not taken on its heading's account.
MAX_SILENT_WORDS = 40


def by_section(blocks: Sequence[Block], rules: Rulebook) -> None:
    """Label what stands under headings that name a category."""
    category, rule, level, silent = "", "", 0, 0
    for block in blocks:
        opened = block.opens()
        if opened and not (block.headlike and category and not block.marked_heading and level):
            (category, rule), level, silent = opened, block.segment.level, 0
            continue
        if not category or all(line.category not in {None, *SOFT} for line in block.lines):
            continue
        if _ends(block, level, category):
            category = ""
            continue
        if category == Category.RELATED_JOBS.value:
            if not _job(block):
                category = ""
                continue
            for line in block.lines:
                line.label(category, rule, "under its heading")
            continue
        spoke = any(line.score(category) for line in block.lines)
        near = spoke or silent < SILENCE.get(category, 1)
        for line in block.lines:
            own = line.score(category)
            if (
                line.content
                or names_duty(line.text)
                or not (own or category in SOFT or not rules.names_part(line.folded))
            ):
                if own >= STRONG:
                    continue  # left to the words
                category = category if category in SOFT else ""
                if not category:
                    break
                continue
            if category in SOFT or own > 0 or (near and len(line.folded) <= MAX_SILENT_WORDS):
                line.label(category, rule, "under its heading")
        silent = 0 if spoke else silent + 1
        if category and silent > SILENCE.get(category, 1):
            category = ""


def _ends(block: Block, level: int, category: str) -> bool:
    if block.marked_heading:
        return not level or block.segment.level <= level
    if category == Category.RELATED_JOBS.value:
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

"""Sentences by their own words, then by their neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from normalize.boilerplate.guards import names_duty
from normalize.boilerplate.reading import SOFT, Block, Line
from normalize.boilerplate.repeated import digest
from normalize.boilerplate.rulebook import STRONG, WEAK
from normalize.posting import Category, Kind

# Where two categories are equally likely, the earlier one.
ORDER = (
    Category.COOKIE,
    Category.PRIVACY,
    Category.EQUAL_OPPORTUNITY,
    Category.APPLICATION_ADMIN,
    Category.RELATED_JOBS,
    Category.SITE_CHROME,
    Category.BENEFITS,
    Category.EMPLOYER_PROFILE,
)
_RANK = {category.value: number for number, category in enumerate(ORDER)}
# Categories that no duty is about.
EASY = (*SOFT, Category.SITE_CHROME.value, Category.RELATED_JOBS.value)
# A sentence that also names a contact, a date or pay needs this much for a category that often does
# (the address of the data protection officer, of the representative of disabled employees).
DESPITE_CONTACT = 2.0
MIN_CUE_WORDS = 8
# Categories whose paragraphs are about nothing else; the share of a paragraph they must have, and
# how long a sentence of the rest may be.
COHESIVE = (Category.PRIVACY.value, Category.COOKIE.value)
MOST = 0.5
MAX_REST = 30
SHOWN = 80  # characters of evidence
CONTACT_TOLERATED = (
    Category.PRIVACY.value,
    Category.EQUAL_OPPORTUNITY.value,
    Category.SITE_CHROME.value,
)


def best(line: Line) -> tuple[str, float]:
    """The category its words say most for, and how much; `("", 0)` for none."""
    hits = line.reading.hits
    if not hits:
        return "", 0.0
    category = min(hits, key=lambda name: (-min(hits[name].score, 3.0), _RANK[name]))
    soft = [name for name in hits if name not in SOFT and hits[name].score >= STRONG]
    if category in SOFT and soft:
        category = min(soft, key=lambda name: (-hits[name].score, _RANK[name]))
    return category, hits[category].score


def by_repetition(blocks: Sequence[Block], frequent: frozenset[bytes]) -> None:
    """Label sentences with a cue that stand in many documents word for word.

    Repetition alone takes nothing: postings of one employer share duties and offers too.
    """
    for block in blocks:
        if block.title or block.segment.kind is Kind.LIST_ITEM:
            continue
        for line in block.lines:
            category, _ = best(line)
            if category and not line.content and digest(line.folded) in frequent:
                hit = line.reading.hits[category]
                said = f"words: {hit.words[0][:SHOWN]}"
                line.label(category, hit.rule, said, "the same in many documents")


def by_words(blocks: Sequence[Block]) -> None:
    """Label each sentence whose own words say enough."""
    duties = False  # under a heading such as "Your tasks"
    for block in blocks:
        if block.headlike and block.head.reading.section:
            duties = True
        elif block.marked_heading or block.opens():
            duties = False
        if block.title:
            continue
        for line in block.lines:
            _by_words(block, line, duties)


def _by_words(block: Block, line: Line, duties: bool) -> None:
    whole = next(iter(line.reading.whole.items()), None) if not block.opens() else None
    if whole and len(block.lines) == 1 and not line.guards:
        line.label(whole[0], whole[1], "whole block")
        return
    if block.marked_heading and block.headlike:
        return  # a heading is what stands under it
    category, score = best(line)
    if not category or score < _needed(block, line, category, duties):
        return
    hit = line.reading.hits[category]
    line.label(category, hit.rule, *(f"words: {said[:SHOWN]}" for said in hit.words[:3]))


def _needed(block: Block, line: Line, category: str, duties: bool) -> float:
    """How much the words must say for the sentence to be taken on their account alone."""
    if line.reading.kept or set(line.guards) - {"contact"}:
        return float("inf")
    if category not in EASY and names_duty(line.text):
        return float("inf")
    if line.guards:
        return DESPITE_CONTACT if category in CONTACT_TOLERATED else float("inf")
    if category in SOFT:
        return STRONG
    if block.listed and (duties or len(line.folded) < 8):
        # what a list of duties or skills names is the subject of the job
        return 2 * STRONG if duties else STRONG + 0.5
    if not line.reading.hits[category].phrases:
        # cues alone: a few key words side by side may as well be the subject of the job
        if len(line.folded) < MIN_CUE_WORDS:
            return float("inf")
        return STRONG + WEAK * (category == Category.EQUAL_OPPORTUNITY.value)
    return STRONG


def by_cohesion(blocks: Sequence[Block]) -> None:
    """Label the rest of a paragraph that is boilerplate for the most part.

    Most of its words must be of one category, and the rest must hold nothing of the posting.
    """
    for block in blocks:
        if block.title or len(block.lines) < 2:
            continue
        share = Counter[str]()
        for line in block.lines:
            if line.category in COHESIVE:
                share[line.category] += len(line.folded)
        category, words = next(iter(share.most_common(1)), ("", 0))
        if words < MOST * block.words:
            continue
        rule = next(line.rule for line in block.lines if line.category == category)
        for line in block.lines:
            if not (line.content or names_duty(line.text) or len(line.folded) > MAX_REST):
                line.label(category, rule or "", "the rest of its paragraph")


def by_neighbours(blocks: Sequence[Block]) -> None:
    """Label sentences with a cue that stand beside one of the same category.

    One such neighbour in the same block, or one on each side.
    """
    lines = [
        (number, line)
        for number, block in enumerate(blocks)
        if not block.title and not block.headlike and block.segment.kind is not Kind.LIST_ITEM
        for line in block.lines
    ]
    sweep = [*range(len(lines)), *reversed(range(len(lines)))]
    for place in sweep:
        number, line = lines[place]
        if line.category is not None or not line.reading.hits or line.content:
            continue
        category, _ = best(line)
        near = [lines[other] for other in (place - 1, place + 1) if 0 <= other < len(lines)]
        same = [block for block, neighbour in near if neighbour.category == category]
        if not (len(same) == 2 or number in same):
            continue
        if category in EASY or not names_duty(line.text):
            hit = line.reading.hits[category]
            line.label(
                category, hit.rule, f"words: {hit.words[0][:SHOWN]}", "beside the same category"
            )

"""Text made whole: `repair(text, settings)`, and the fixers it is composed of.

Order matters: entities before mojibake (they may hide it), mojibake before invisible characters
(C1 controls are halves of sequences), lost letters when what is left of U+FFFD is known to be one,
layout last. Each fixer first looks for what it repairs, so sound text costs next to nothing.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from types import ModuleType

from normalize.config import Repair
from normalize.posting import Change
from normalize.repair import characters, layout
from normalize.repair.edits import Text
from normalize.repair.lost import fix_lost_letters
from normalize.repair.misread import fix_misread
from normalize.repair.mojibake import fix_mojibake, fix_the_rest, has_mojibake

# Some repairs lay bare others (an escaped entity of a broken character): rounds until all is done.
MAX_ROUNDS = 4
# Text of these characters alone has nothing for the fixers of characters to find, a lost letter
# that became `?` and page numbers aside. Most blocks of most postings are such text.
_PLAIN = r"[A-Za-z0-9 \n.,;:!?()\[\]/'\"+*@#_|<>-]*"
SOUND = re.compile(f"{_PLAIN}(?:[æøåäöüßÆØÅÄÖÜéÉ]{_PLAIN})*")
DEFAULTS = Repair()
HIDDEN_ADDRESS = re.compile(r"\[email[\s\u00a0]protected\]", re.I)


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text, what was done (see `normalize.posting.replay`), and what could not be."""

    text: str
    changes: tuple[Change, ...] = ()
    warnings: tuple[str, ...] = ()


def repair(
    text: str, settings: Repair = DEFAULTS, context: str | None = None, running: bool = True
) -> Repaired:
    """Repair a text; sound text comes back unchanged.

    Args:
        text: one block, or running text with many lines.
        settings: which repairs are made.
        context: the whole document, if `text` is a part of it: the encoding and the language of
            damaged passages are decided over all of it.
        running: whether lines are layout, to be joined and told apart; False inside a block.

    >>> repair("Universit√§t, S&oslash;rensen, COâ‚‚").text
    'Universität, Sørensen, CO₂'
    """
    work = Text(text)
    for _ in range(MAX_ROUNDS):
        before = work.text
        _characters(work, settings, context)
        if settings.layout:
            _layout(work, running)
        if work.text == before:
            break
        context = None
    return Repaired(work.text, tuple(work.changes), tuple(warnings_of(work.text)))


def _characters(work: Text, settings: Repair, context: str | None) -> None:
    if not SOUND.fullmatch(work.text):
        characters.fix_entities(work)
        if settings.mojibake:
            characters.fix_remnants(work)
            if not has_mojibake(context or work.text):
                fix_misread(work, context)
            fix_mojibake(work, context)
            fix_the_rest(work)
        characters.fix_entities(work)
        characters.fix_invisible(work)
        characters.fix_accents(work)
    if settings.lost_letters:
        fix_lost_letters(work, context)
    if settings.digraphs:
        from normalize.repair.digraphs import restore_digraphs

        restore_digraphs(work, context)


def _layout(work: Text, running: bool) -> None:
    layout.close_spaced_letters(work)
    layout.join_hyphenated(work)
    if running and "\n" in work.text:
        layout.drop_page_furniture(work)
        layout.unify_bullets(work)
        layout.rejoin_wrapped(work)
    characters.fix_spaces(work)
    layout.split_glued(work)


def warnings_of(text: str) -> list[str]:
    """What repair cannot mend in a text, as `slug: detail`."""
    found = []
    if "protected]" in text and (count := len(HIDDEN_ADDRESS.findall(text))):
        noun = "address" if count == 1 else "addresses"
        found.append(f"lost_email: {count} {noun} hidden from the scraper")
    if count := text.count("\ufffd"):
        found.append(f"lost_letters: {count} left")
    return found


class _Callable(ModuleType):
    """`normalize.repair(text)`: this package bears the name of the public function."""

    def __call__(self, text: str) -> str:
        return repair(text).text


sys.modules[__name__].__class__ = _Callable

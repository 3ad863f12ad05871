"""Changes as edits: what a fixer did, replayable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from normalize.posting import Change, Edit

STAGE = "repair"


class Text:
    """A text under repair, and the changes made so far."""

    __slots__ = ("changes", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.changes: list[Change] = []

    def apply(self, action: str, edits: Iterable[Edit], detail: str = "") -> bool:
        """Apply ordered, disjoint edits, without those that change nothing. True if any is left."""
        kept: list[Edit] = []
        pieces: list[str] = []
        position = 0
        for edit in edits:
            if self.text[edit.start : edit.end] != edit.text:
                kept.append(edit)
                pieces += self.text[position : edit.start], edit.text
                position = edit.end
        if not kept:
            return False
        self.text = "".join(pieces) + self.text[position:]
        self.changes.append(Change(STAGE, action, len(kept), detail, None, tuple(kept)))
        return True

    def substitute(
        self,
        action: str,
        pattern: re.Pattern[str],
        replacement: str | Callable[[re.Match[str]], str],
    ) -> bool:
        """Replace every match of `pattern`; a function may return the match to leave it."""
        give = replacement if callable(replacement) else lambda _: replacement
        return self.apply(
            action, (Edit(*found.span(), give(found)) for found in pattern.finditer(self.text))
        )

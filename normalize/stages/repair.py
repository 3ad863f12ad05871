"""Make each part's text whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import ftfy

from normalize.config import Settings
from normalize.pipeline import Outcome, each
from normalize.posting import Posting


class Repair:
    """Repair the text of every part."""

    name = "repair"
    version = 1

    def __init__(self, settings: Settings) -> None:
        self.settings = settings.repair

    def __call__(self, batch: Sequence[Posting]) -> list[Outcome]:
        """Repair each posting's parts and record the changes."""
        return each(self.name, self._repair, batch)

    def _repair(self, posting: Posting) -> Posting:
        parts = tuple(
            replace(part, text=ftfy.fix_text(part.text, uncurl_quotes=False))
            for part in posting.parts
        )
        return replace(posting, parts=parts)

"""The clean English text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalize.config import Settings
from normalize.formats.writers import as_text
from normalize.pipeline import Outcome, each
from normalize.posting import Posting


class Emit:
    """Put the result together."""

    name = "emit"
    version = 1

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __call__(self, batch: Sequence[Posting]) -> list[Outcome]:
        """Set each posting's English text and final warnings."""
        return each(self.name, lambda posting: replace(posting, english=as_text(posting)), batch)

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
        self.ascii = settings.output.ascii

    def __call__(self, batch: Sequence[Posting]) -> list[Outcome]:
        """Set the English text of each posting."""
        return each(self.name, self._emit, batch)

    def _emit(self, posting: Posting) -> Posting:
        return replace(posting, english=as_text(posting, self.ascii))

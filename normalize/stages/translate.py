"""What is kept and not English, to English."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.config import Settings
from normalize.pipeline import Outcome
from normalize.posting import Posting


class Translate:
    """Translate segments, batched over all postings of a batch."""

    name = "translate"
    version = 1

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __call__(self, batch: Sequence[Posting]) -> list[Outcome]:
        """Set the translation of each segment that needs one."""
        return list(batch)

"""Boilerplate labelled, never deleted."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.config import Settings
from normalize.pipeline import Outcome
from normalize.posting import Posting


class Strip:
    """Label what is not the posting."""

    name = "strip"
    version = 1

    def __init__(self, settings: Settings) -> None:
        self.settings = settings.strip

    def __call__(self, batch: Sequence[Posting]) -> list[Outcome]:
        """Set category and rule of each segment that is boilerplate."""
        return list(batch)

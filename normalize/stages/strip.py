"""Boilerplate labelled, never deleted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from normalize.boilerplate import Rulebook, label, rules_of
from normalize.config import Settings
from normalize.pipeline import Outcome, each
from normalize.posting import Posting


class Strip:
    """Label what is not the posting."""

    name = "strip"
    version = 1

    def __init__(self, settings: Settings) -> None:
        self.settings = settings.strip
        self._stripped = frozenset(settings.strip.categories)

    def __call__(self, batch: Sequence[Posting]) -> list[Outcome]:
        """Set label, category, rule and evidence of each segment that is boilerplate."""
        return each(self.name, lambda one: label(one, self._rules, self._stripped), batch)

    @cached_property
    def _rules(self) -> Rulebook:
        return rules_of(self.settings)

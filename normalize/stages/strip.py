"""Boilerplate labelled, never deleted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from normalize.boilerplate import Rulebook, label, label_english, rules_of
from normalize.boilerplate.repeated import frequent
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
        rules, known = self._rules, self._frequent
        return each(self.name, lambda one: label(one, rules, self._stripped, known), batch)

    @cached_property
    def _rules(self) -> Rulebook:
        return rules_of(self.settings)

    @cached_property
    def _frequent(self) -> frozenset[bytes]:
        repeated = self.settings.repeated
        if not repeated.file:
            return frozenset()
        return frequent(Path(repeated.file), repeated.min_documents)


class StripEnglish:
    """Label what only the English translation shows not to be the posting."""

    name = "strip_english"
    version = 1

    def __init__(self, settings: Settings) -> None:
        self.settings = settings.strip
        self._stripped = frozenset(settings.strip.categories)

    def __call__(self, batch: Sequence[Posting]) -> list[Outcome]:
        """Set label, category, rule and evidence of each segment found so late."""
        rules = self._rules
        return each(self.name, lambda one: label_english(one, rules, self._stripped), batch)

    @cached_property
    def _rules(self) -> Rulebook:
        return rules_of(self.settings)

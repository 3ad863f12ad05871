"""Rules as data: reading `rules/*.toml` and the rules of a user's own settings.

A rule has a `name`, a `category` and lists of phrases (see `phrases`):

    phrases   one of them in a sentence says what the sentence is
    cues      two different ones, or one beside other evidence, say it
    headings  a heading that holds one opens a section of the category
    whole     the whole block is this (buttons, links that act on the page)
    entries   the whole block is this, where layout says so too (menu entries that also are words
              of postings)
    veto      found in the same sentence, it keeps the sentence
    anchors   a rule with anchors means less in a sentence without one: its phrases count as cues,
              its cues not at all ("your data" is a notice, "the data" may be the job)

and examples that are tests: `match` and `no_match`. Rules of category `keep` are the other side:
`headings` of sections that are the posting, `phrases` of sentences that are (how to apply, a
deadline, documents asked for).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.resources import files
from typing import Any

from normalize.boilerplate.phrases import Phrase, PhraseError
from normalize.errors import ConfigurationError
from normalize.posting import Category

KEEP = "keep"
CATEGORIES = (*(category.value for category in Category), KEEP)
PACKS = ("da", "de", "en")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as written."""

    name: str
    category: str
    phrases: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    veto: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The rule as it would stand in TOML, with the empty lists."""
        return {item.name: getattr(self, item.name) for item in fields(self)}


ROLES = ("phrases", "cues", "headings", "whole", "entries", "veto", "anchors")
_KEYS = {field.name for field in fields(Rule)}


@cache
def pack(name: str) -> tuple[Rule, ...]:
    """The rules that come with the package for a language."""
    text = (files(__package__) / "rules" / f"{name}.toml").read_text(encoding="utf-8")
    return read_rules(tomllib.loads(text).get("rule", []), f"{name}.toml: rule", prefix=f"{name}.")


def read_rules(
    entries: Sequence[Mapping[str, Any]], origin: str, prefix: str = ""
) -> tuple[Rule, ...]:
    """Rules from parsed TOML.

    Raises:
        ConfigurationError: a key, category or phrase is not allowed; all faults, named by `origin`.
    """
    rules, faults = [], []
    for number, entry in enumerate(entries):
        place = f"{origin}.{number}"
        rule = _rule(entry)
        faults += [f"{place}.{key}: not a key of a rule" for key in sorted(set(entry) - _KEYS)]
        if rule.category not in CATEGORIES:
            faults.append(f"{place}.category: {rule.category!r} is none of {', '.join(CATEGORIES)}")
        faults += phrase_faults(rule, place)
        rules.append(replace(rule, name=prefix + rule.name))
    if faults:
        raise ConfigurationError("\n".join(faults))
    return tuple(rules)


def _rule(entry: Mapping[str, Any]) -> Rule:
    lists: dict[str, tuple[str, ...]] = {
        key: tuple(value)
        for key, value in entry.items()
        if key in _KEYS and key not in {"name", "category"}
    }
    return Rule(str(entry.get("name", "")), str(entry.get("category", "")), **lists)


def phrase_faults(rule: Rule, place: str) -> list[str]:
    """What is wrong with the phrases of a rule, one line a fault."""
    faults = []
    for role in ROLES:
        for number, source in enumerate(getattr(rule, role)):
            try:
                Phrase(source)
            except PhraseError as error:
                faults.append(f"{place}.{role}.{number}: {error}")
    return faults

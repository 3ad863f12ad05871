"""Rule packs: read from TOML, checked, compiled.

Patterns are RE2: matching takes time linear in the text whatever the pattern, so neither a page
nor a user's pattern can hang a run. All patterns of a pack are matched in one pass (an RE2 set).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import re2

from normalize.errors import ConfigurationError
from normalize.posting import Category

LANGUAGES = ("da", "de", "en")
# What a sentence is if rules of several categories take it: the first of these.
PRIORITY = (
    Category.COOKIE,
    Category.PRIVACY,
    Category.EQUAL_OPPORTUNITY,
    Category.APPLICATION_ADMIN,
    Category.RELATED_JOBS,
    Category.SITE_CHROME,
    Category.BENEFITS,
    Category.EMPLOYER_PROFILE,
)
# States of the matching automaton are kept up to this size, in bytes, for each pack.
MAX_MEMORY = 96 << 20
# A sentence inside a paragraph is only taken for a button from this length on.
MIN_CHROME = 25
EVERY = "all"


@dataclass(frozen=True, slots=True)
class Rule:
    """One named rule: `strong` patterns take a sentence, `weak` ones support a neighbour."""

    name: str
    category: Category
    language: str
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    block: bool = False
    match: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()


class Hit(NamedTuple):
    """What the patterns of a pack say about one sentence."""

    strong: dict[Category, str]
    weak: dict[Category, str]
    heading: Category | None
    vetoed: frozenset[str]

    def vetoes(self, category: Category) -> bool:
        """Whether something in the sentence makes it part of the posting."""
        return EVERY in self.vetoed or category in self.vetoed


NOTHING = Hit({}, {}, None, frozenset())


@dataclass(slots=True)
class Pack:
    """The rules of one language, compiled."""

    language: str
    rules: tuple[Rule, ...]
    headings: Mapping[str, str]
    vetoes: Mapping[str, Sequence[str]]
    _set: Any = None
    _meanings: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        options = re2.Options()
        options.max_mem = MAX_MEMORY
        options.never_capture = True
        self._set = re2.Set.SearchSet(options)
        for rule in self.rules:
            for pattern in rule.strong:
                self._add(pattern, "block" if rule.block else "strong", rule.category, rule.name)
            for pattern in rule.weak:
                self._add(pattern, "menu" if rule.block else "weak", rule.category, rule.name)
        for category, pattern in self.headings.items():
            self._add(pattern, "heading", category, f"{category}_heading")
        for category, patterns in self.vetoes.items():
            for pattern in patterns:
                self._add(pattern, "veto", category, "veto")
        self._set.Compile()

    def _add(self, pattern: str, kind: str, category: str, name: str) -> None:
        try:
            self._set.Add(pattern)
        except re2.error as error:
            raise ConfigurationError(
                f"strip.rules: {name}: pattern {pattern!r} is not valid RE2: {error}"
            ) from None
        self._meanings.append((kind, category, name))

    def look(self, text: str, whole_block: bool) -> Hit:
        """Match a sentence (or a block of one) against every pattern at once.

        Args:
            text: as it stands in the posting.
            whole_block: whether the sentence is a block of its own: a button, a menu entry.
        """
        found = self._set.Match(plain(text))
        if not found:
            return NOTHING
        strong: dict[Category, str] = {}
        weak: dict[Category, str] = {}
        vetoed: set[str] = set()
        heading = None
        for number in sorted(found):
            kind, category, name = self._meanings[number]
            if kind == "veto":
                vetoed.add(category)
            elif kind == "heading":
                heading = heading or Category(category)
            elif kind == "weak" or (kind == "menu" and whole_block):
                weak.setdefault(Category(category), name)
            elif kind == "strong" or (kind == "block" and (whole_block or len(text) > MIN_CHROME)):
                strong.setdefault(Category(category), name)
        return Hit(strong, weak, heading, frozenset(vetoed))


def plain(text: str) -> str:
    """A text as the patterns expect it: lower case, straight quotes, no emphasis marks."""
    return (
        " ".join(text.lower().replace("*", "").split())
        .replace("’", "'")
        .replace("–", "-")
        .replace("\u00a0", " ")
    )


def read_rules(language: str) -> dict[str, Any]:
    """A rule pack as it ships."""
    file = resources.files("normalize.boilerplate") / "rules" / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def rules_of(table: Mapping[str, Any]) -> list[Rule]:
    """The rules in a pack's table.

    Raises:
        ConfigurationError: a field or category is unknown.
    """
    rules = []
    for entry in table.get("rule", ()):
        name = entry.get("name", "?")
        unknown = set(entry) - {
            "name",
            "category",
            "language",
            "strong",
            "weak",
            "block",
            "match",
            "keep",
        }
        if unknown:
            raise ConfigurationError(f"strip.rules: {name}: unknown field {sorted(unknown)[0]!r}")
        try:
            category = Category(entry.get("category", ""))
        except ValueError:
            allowed = ", ".join(c.value for c in Category)
            raise ConfigurationError(
                f"strip.rules: {name}: category: must be one of {allowed} (got {entry.get('category')!r})"
            ) from None
        lists = {k: tuple(entry.get(k, ())) for k in ("strong", "weak", "match", "keep")}
        language = entry.get("language", table.get("language", ""))
        rules.append(Rule(name, category, language, block=entry.get("block", False), **lists))
    return rules


@cache
def pack(language: str, disabled: tuple[str, ...] = (), added: tuple[Rule, ...] = ()) -> Pack:
    """The compiled pack of a language, without the disabled rules and with those added."""
    table = read_rules(language)
    rules = [rule for rule in rules_of(table) if rule.name not in disabled]
    rules += [rule for rule in added if rule.language in {language, ""}]
    return Pack(language, tuple(rules), table["headings"], table["veto"])


def packs(disabled: Iterable[str] = (), added: Iterable[Rule] = ()) -> dict[str, Pack]:
    """All packs by language."""
    return {name: pack(name, tuple(disabled), tuple(added)) for name in LANGUAGES}

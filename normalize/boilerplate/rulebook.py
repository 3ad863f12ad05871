"""All rules in force as one searchable thing: what a sentence says, by its words alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from normalize.boilerplate.packs import KEEP, PACKS, ROLES, Rule, pack, read_rules
from normalize.boilerplate.phrases import Index, Phrase
from normalize.config import Strip
from normalize.errors import ConfigurationError

STRONG = 1.0  # a phrase, or a whole block
WEAK = 0.5  # a cue
SHORT = ("headings", "whole", "entries")  # what only short lines are searched for
SHORT_WORDS = 12
ENTRY_WORDS = 5  # of a menu entry, at most
COVERED = 0.4  # share of the words of a heading that must be about the category


@dataclass(slots=True)
class Hit:
    """What the words of a sentence say for one category: how much, and which words say it.

    `score` is a point for every phrase and half a point for every cue of the rule that has most
    of them. Words that were counted already count no second time.
    """

    rule: str = ""
    phrases: list[str] = field(default_factory=list)
    cues: dict[str, list[str]] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """How much the words say for the category."""
        most = max((len(said) for said in self.cues.values()), default=0)
        return STRONG * len(self.phrases) + WEAK * most

    @property
    def words(self) -> list[str]:
        """The words that say it, phrases first."""
        return self.phrases + [said for cues in self.cues.values() for said in cues]

    def add_phrase(self, said: str, rule: str) -> None:
        """Count a phrase of a rule."""
        if not self.phrases:
            self.rule = rule
        if not any(said in known or known in said for known in self.phrases):
            self.phrases.append(said)

    def add_cue(self, said: str, rule: str) -> None:
        """Count a cue of a rule."""
        self.rule = self.rule or rule
        cues = self.cues.setdefault(rule, [])
        if not any(said in known or known in said for known in [*self.phrases, *cues]):
            cues.append(said)


@dataclass(slots=True)
class Reading:
    """What the rules found in one sentence.

    `hits` by category; `headings` and `entries` the categories it would open or be listed under,
    with the rule. `kept` is the keep rule that found the posting itself in it, `section` the one
    that knows it as a heading of the posting, `job` the one that finds the name of a job in it.
    """

    hits: dict[str, Hit] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    whole: dict[str, str] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)
    kept: str = ""
    section: str = ""
    job: str = ""


_NOTHING = Reading()


class Rulebook:
    """Rules compiled together; a sentence looks up its words once for all of them."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._meaning: dict[Phrase, tuple[Rule, str]] = {
            Phrase(source): (rule, role)
            for rule in self.rules
            for role in ROLES
            for source in getattr(rule, role)
        }
        self._sentences = Index(p for p, (_, role) in self._meaning.items() if role not in SHORT)
        entries = [p for p, (_, role) in self._meaning.items() if role in ("whole", "entries")]
        self._entries = Index(entries)
        self._starts = frozenset(word for phrase in entries for word in phrase.starts)
        self._short = Index(p for p, (_, role) in self._meaning.items() if role in SHORT)

    def read(self, folded: Sequence[str]) -> Reading:
        """What the folded words of a sentence (or heading, or menu entry) say."""
        found = self._sentences.search(folded)
        if len(folded) <= SHORT_WORDS:
            found = found + self._short.search(folded)
        if not found:
            return _NOTHING
        reading = Reading()
        meanings = [(said, *self._meaning[phrase]) for phrase, said in found]
        meanings.sort(key=lambda meaning: meaning[2] == "cues")
        anchored = {rule.name for _, rule, role in meanings if role == "anchors"}
        vetoed = {rule.category for _, rule, role in meanings if role == "veto"}
        for said, rule, role in meanings:
            if rule.category == KEEP:
                if role == "headings":
                    part = "job" if rule.name.endswith(".jobs") else "section"
                    setattr(reading, part, getattr(reading, part) or rule.name)
                elif role == "phrases":
                    reading.kept = reading.kept or rule.name
            elif role == "headings":
                if (said.count(" ") + 1) / len(folded) >= COVERED:
                    reading.headings.setdefault(rule.category, rule.name)
            elif role in ("whole", "entries"):
                getattr(reading, role).setdefault(rule.category, rule.name)
            elif role in ("phrases", "cues") and rule.category not in vetoed:
                loose = bool(rule.anchors) and rule.name not in anchored
                if loose and role == "cues":
                    continue
                hit = reading.hits.setdefault(rule.category, Hit())
                add = hit.add_phrase if role == "phrases" and not loose else hit.add_cue
                add(said, rule.name)
        return reading

    def entries_in(self, folded: Sequence[str], spare: float) -> int:
        """How many menu entries and buttons a line is made of, or 0 where it is more than that.

        A share of the words, `spare`, may be left over (the name of a site).
        """
        if sum(word in self._starts for word in folded) < 2:
            return 0
        place = found = left = 0
        while place < len(folded):
            length = self._entry_at(folded, place)
            found += length > 0
            left += length == 0
            place += length or 1
        return found if left <= spare * len(folded) else 0

    def _entry_at(self, folded: Sequence[str], place: int) -> int:
        """The length in words of the longest entry that begins at a place."""
        if folded[place] not in self._starts:
            return 0
        for length in range(min(ENTRY_WORDS, len(folded) - place), 0, -1):
            if self._entries.search(folded[place : place + length]):
                return length
        return 0

    def names_part(self, folded: Sequence[str]) -> bool:
        """Whether the words name a part of the posting, as its headings do (tasks, contact)."""
        found = self._short.search(folded)
        return any(self._meaning[p][0].category == KEEP for p, _ in found)


def rulebook(added: Sequence[Rule] = (), disabled: Iterable[str] = ()) -> Rulebook:
    """The rules of the package, without those disabled, with those added."""
    off = set(disabled)
    rules = [rule for name in PACKS for rule in pack(name)] + list(added)
    unknown = sorted(off - {rule.name for rule in rules})
    if unknown:
        raise ConfigurationError(
            f"strip.rules.disable: no rule is called {', '.join(unknown)}."
            " `normalize rules list` shows them all"
        )
    return Rulebook(rule for rule in rules if rule.name not in off)


@lru_cache(maxsize=8)
def rules_of(settings: Strip) -> Rulebook:
    """The rules that the settings ask for.

    Raises:
        ConfigurationError: a phrase of an added rule cannot be read, or a rule to be disabled is
            not known; the message names the key.
    """
    added = read_rules([rule.model_dump() for rule in settings.rules.add], "strip.rules.add")
    return rulebook(added, settings.rules.disable)

"""All rules in force as one searchable thing: what a sentence says, by its words alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from normalize.boilerplate.packs import KEEP, PACKS, ROLES, Rule, pack, read_rules
from normalize.boilerplate.phrases import Index, Phrase
from normalize.config import Strip
from normalize.errors import ConfigurationError

STRONG = 1.0  # a phrase, or a whole block
WEAK = 0.5  # a cue
COVERED = 0.4  # share of the words of a heading that must be about the category


@dataclass(slots=True)
class Hit:
    """What the words of a sentence say for one category: how much, and which words say it."""

    score: float = 0.0
    rule: str = ""
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """What the rules found in one sentence.

    `hits` by category; `headings` and `entries` the categories it would open or be listed under,
    with the rule; `kept` is the keep rule that found the posting itself in it, or "".
    """

    hits: dict[str, Hit] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    whole: dict[str, str] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)
    kept: str = ""
    section: str = ""


_NOTHING = Reading()


class Rulebook:
    """Rules compiled together; a sentence looks up its words once for all of them."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._meaning: dict[int, list[tuple[Rule, str]]] = defaultdict(list)
        shared: dict[str, Phrase] = {}
        for rule in self.rules:
            for role in ROLES:
                for source in getattr(rule, role):
                    phrase = shared.get(source) or shared.setdefault(source, Phrase(source))
                    self._meaning[id(phrase)].append((rule, role))
        self._index = Index(shared.values())

    def read(self, folded: Sequence[str]) -> Reading:
        """What the folded words of a sentence (or heading, or menu entry) say."""
        found = self._index.search(folded)
        if not found:
            return _NOTHING
        reading = Reading()
        meanings = [(said, rule, role) for p, said in found for rule, role in self._meaning[id(p)]]
        vetoed = {rule.category for _, rule, role in meanings if role == "veto"}
        for said, rule, role in meanings:
            if rule.category == KEEP:
                if role == "headings":
                    reading.section = reading.section or rule.name
                elif role == "phrases":
                    reading.kept = reading.kept or rule.name
            elif role == "headings":
                if (said.count(" ") + 1) / len(folded) >= COVERED:
                    reading.headings.setdefault(rule.category, rule.name)
            elif role in ("whole", "entries"):
                getattr(reading, role).setdefault(rule.category, rule.name)
            elif role in ("phrases", "cues") and rule.category not in vetoed:
                hit = reading.hits.setdefault(rule.category, Hit())
                weight = STRONG if role == "phrases" else WEAK
                if weight == STRONG and (not hit.rule or hit.score < STRONG):
                    hit.rule = rule.name
                hit.rule = hit.rule or rule.name
                hit.score += weight
                hit.words.append(said)
        return reading


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


def rules_of(settings: Strip) -> Rulebook:
    """The rules that the settings ask for.

    Raises:
        ConfigurationError: a phrase of an added rule cannot be read, or a rule to be disabled is
            not known; the message names the key.
    """
    added = read_rules([rule.model_dump() for rule in settings.rules.add], "strip.rules.add")
    return rulebook(added, settings.rules.disable)

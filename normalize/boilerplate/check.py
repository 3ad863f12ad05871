"""Whether a rule does to its own examples what they say it should."""

from __future__ import annotations

from normalize.boilerplate.label import label
from normalize.boilerplate.packs import Rule
from normalize.boilerplate.rulebook import Rulebook
from normalize.posting import Kind, Posting, Segment, Source, Span


def label_text(text: str, rules: Rulebook, kind: Kind = Kind.PARAGRAPH) -> Segment:
    """The one-sentence posting `text`, labelled."""
    segment = Segment(0, len(text), 0, kind=kind, sentences=(Span(0, len(text)),))
    posting = Posting(Source("-", b""), body=text, segments=(segment,))
    return label(posting, rules, stripped=()).segments[0]


def faults(rule: Rule, rules: Rulebook) -> list[str]:
    """The examples of a rule that `rules` label otherwise than the rule says, one line each."""
    wrong = []
    for text in rule.match:
        found = label_text(text, rules)
        if found.label != rule.category:
            wrong.append(f"{rule.name}: match {text!r} is {found.label or 'kept'}")
    for text in rule.no_match:
        found = label_text(text, rules)
        if found.label == rule.category:
            wrong.append(f"{rule.name}: no_match {text!r} is {found.label} by {found.rule}")
    return wrong

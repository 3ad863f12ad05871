"""Boilerplate: rules do what their examples say, context decides, and nothing is lost."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from support import cases

from normalize.boilerplate import label, rulebook, rules_of
from normalize.boilerplate.check import faults, label_text
from normalize.boilerplate.folding import words
from normalize.boilerplate.packs import PACKS, ROLES, pack, phrase_faults
from normalize.boilerplate.phrases import Index, Phrase, PhraseError
from normalize.cli.rules import command
from normalize.config import Strip, parse
from normalize.errors import ConfigurationError
from normalize.posting import Category, Kind, Posting, Segment, Source, Span

RULES = rulebook()
ALL = tuple(rule for name in PACKS for rule in pack(name))


def posting(blocks: list[list[str]]) -> Posting:
    """A posting of `[kind, text]`, where ` | ` parts the sentences of a text."""
    body, segments = "", []
    for number, (kind, text) in enumerate(blocks):
        start, spans = len(body), []
        for sentence in text.split(" | "):
            spans.append(Span(len(body), len(body) + len(sentence)))
            body += sentence + " "
        segments.append(Segment(start, len(body) - 1, number, Kind(kind), sentences=tuple(spans)))
        body = body[:-1] + "\n"
    return Posting(Source("-", b""), body=body, segments=tuple(segments))


@pytest.mark.parametrize(("blocks", "expected"), cases("strip", "blocks", "expected"))
def test_label(blocks, expected):
    """Each segment gets the label expected, and labelling twice changes nothing."""
    once = label(posting(blocks), RULES, stripped=tuple(Category))

    assert [segment.label for segment in once.segments] == expected
    assert label(once, RULES, stripped=tuple(Category)) == once


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_rule_examples(rule):
    """A rule of the package does to its examples what it says."""
    assert phrase_faults(rule, rule.name) == []
    assert faults(rule, RULES) == []


@pytest.mark.parametrize("language", PACKS)
@pytest.mark.parametrize("category", [category.value for category in Category])
def test_every_category_is_covered(language, category):
    """Each pack knows each category, with examples on both sides."""
    rules = [rule for rule in pack(language) if rule.category == category]

    assert sum(len(getattr(rule, role)) for rule in rules for role in ROLES)
    assert any(rule.match for rule in rules)
    assert any(rule.no_match for rule in rules)


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("women ..3 apply", "Women are welcome to apply", "women are welcome to apply"),
        ("women ..2 apply", "Women are most welcome to apply", None),
        ("begrüß* frauen", "Wir begruessen Frauen", "begruessen frauen"),
        ("(a b|c) d*", "x a b delta", "a b delta"),
        ("[not] returned", "never returned", "returned"),
        ("^apply now$", "Apply now!", "apply now"),
        ("^apply now$", "Apply now or never", None),
        ("bewerberinnen willkommen", "Bewerber:innen willkommen", "bewerberinnen willkommen"),
        ("founded in #", "Founded in 1409", "founded in 1409"),
    ],
)
def test_phrase(phrase, text, found):
    try:
        (hit,) = Index([Phrase(phrase)]).search(words(text)) or [(None, None)]
    except PhraseError:
        # a phrase of short beginnings alone cannot be filed
        assert phrase == "(a b|c) d*"
        return
    assert hit[1] == found


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        ("", "needs a whole word"),
        ("ab* cd*", "needs three letters before the *"),
        ("(open", "cannot read '(open'"),
        ("one ^two", "^ stands first and $ last"),
        ("one ..99 two", "a gap spans 1 to 20 words"),
        ("a ..9 b ..9 c ..9 d", "gaps and options allow 1000 ways"),
        ("(one||two)", "an empty alternative"),
        ("?! one", "is no word"),
    ],
)
def test_bad_phrase(phrase, fault):
    with pytest.raises(PhraseError) as caught:
        Phrase(phrase)
    assert fault in str(caught.value)


@given(st.lists(st.sampled_from([s for r in ALL for s in (*r.match, *r.no_match)]), max_size=8))
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost(sentences):
    """Segments stay in order, disjoint, and hold every word that was there."""
    before = posting([["paragraph", " | ".join(sentences)]]) if sentences else posting([])
    after = label(before, RULES, stripped=tuple(Category))

    ends = [0, *(segment.end for segment in after.segments)]
    assert all(segment.start >= end for segment, end in zip(after.segments, ends, strict=False))
    kept = [word for segment in after.segments for word in after.words_of(segment).split()]
    assert kept == before.body.split()


def test_only_asked_categories_are_taken_out():
    """A label that is not to be stripped is shown, and the segment kept."""
    text = "Application documents will not be returned."
    segment = label(posting([["paragraph", text]]), RULES, stripped=()).segments[0]

    assert (segment.label, segment.category) == ("application_admin", None)
    assert segment.rule == "en.papers-and-costs"
    assert segment.evidence == ("words: application documents will not be returned",)


def test_rules_of_the_user():
    """Settings add rules and turn rules off."""
    strip = parse(
        {
            "strip": {
                "rules": {
                    "disable": ["en.papers-and-costs"],
                    "add": [{"name": "mine", "category": "benefits", "phrases": ["free bananas"]}],
                }
            }
        }
    ).strip
    rules = rules_of(strip)

    assert label_text("Free bananas for everyone!", rules).rule == "mine"
    assert label_text("Application documents will not be returned.", rules).label is None


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (
            {"add": [{"name": "x", "category": "privacy", "phrases": ["fine word", "(a"]}]},
            "strip.rules.add.0.phrases.1: '(a': cannot read '(a'",
        ),
        (
            {"disable": ["en.nothing"]},
            "strip.rules.disable: no rule is called en.nothing."
            " `normalize rules list` shows them all",
        ),
    ],
)
def test_wrong_rules(rules, message):
    with pytest.raises(ConfigurationError) as caught:
        rules_of(parse({"strip": {"rules": rules}}).strip)
    assert str(caught.value) == message


def test_command():
    """`rules test` says label, rule and words; `rules check` finds no fault; `list` lists."""
    run = CliRunner()

    tried = run.invoke(command, ["test", "Application documents will not be returned."])
    assert tried.stdout == (
        "application_admin by en.papers-and-costs\n"
        "  words: application documents will not be returned\n"
    )
    assert run.invoke(command, ["test", "You teach two courses."]).stdout == "kept\n"
    assert run.invoke(command, ["check"]).stdout == ""
    assert len(run.invoke(command, ["list"]).stdout.splitlines()) == len(rules_of(Strip()).rules)

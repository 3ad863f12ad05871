"""Boilerplate: rules do what their examples say, context decides, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from support import cases

from normalize.boilerplate import label, label_english, rulebook, rules_of
from normalize.boilerplate.check import faults, label_text
from normalize.boilerplate.folding import words
from normalize.boilerplate.packs import PACKS, ROLES, pack, phrase_faults
from normalize.boilerplate.phrases import Index, Phrase, PhraseError
from normalize.boilerplate.repeated import frequent, passages, record
from normalize.cli.rules import command
from normalize.config import Strip, parse
from normalize.errors import ConfigurationError
from normalize.posting import (
    Category,
    Kind,
    Posting,
    Region,
    Segment,
    Source,
    Span,
    Translation,
)

RULES = rulebook()
ALL = tuple(rule for name in PACKS for rule in pack(name))


def posting(blocks: list[list[str]]) -> Posting:
    """A posting of `[kind, text]` or `[kind, text, region]`; ` | ` parts sentences."""
    body, segments = "", []
    for number, (kind, text, *region) in enumerate(blocks):
        start, spans = len(body), []
        for sentence in text.split(" | "):
            spans.append(Span(len(body), len(body) + len(sentence)))
            body += sentence + " "
        place = Region(region[0]) if region else None
        segments.append(
            Segment(start, len(body) - 1, number, Kind(kind), sentences=tuple(spans), region=place)
        )
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


def translated(text: str, english: str) -> Posting:
    """A posting of one sentence with its translation."""
    one = posting([["paragraph", text]])
    segment = replace(one.segments[0], language="da", translation=Translation(english, "model"))
    return replace(one, segments=(segment,))


@pytest.mark.parametrize(
    ("text", "english", "expected"),
    [
        (
            "Papirerne får du ikke igen.",
            "The application documents will not be returned to you.",
            "application_admin",
        ),
        (
            "Papirerne får du ikke igen. Du holder kurser.",
            "The application documents will not be returned to you. You teach at all levels.",
            None,
        ),
        (
            "Papirerne får du ikke igen, ring 33 12 34 56 78.",
            "The application documents will not be returned, tel. +45 33 12 34 56.",
            None,
        ),
        ("Du holder kurser.", "You teach courses to students at all levels.", None),
    ],
)
def test_english(text, english, expected):
    """The English decides only where all of it is plainly boilerplate."""
    (segment,) = label_english(translated(text, english), RULES, tuple(Category)).segments

    assert segment.category == expected
    assert (segment.rule is None) == (expected is None)


def test_repeated(tmp_path):
    """A sentence with a cue is taken once many documents share it; others never are."""
    file = tmp_path / "passages.sqlite"
    fine = "Dataansvarlig i din sag: Horsens Kommune på Rådhustorvet."
    duty = "Du underviser hver uge i matematik på alle trin."
    one = posting([["paragraph", fine], ["paragraph", duty]])
    for name in ("a", "b", "b"):
        record(file, {name: passages(one)})

    assert frequent(tmp_path / "none.sqlite", 2) == frozenset()
    assert frequent(file, 3) == frozenset()
    known = frequent(file, 2)
    assert [s.label for s in label(one, RULES, ()).segments] == [None, None]
    after = label(one, RULES, (), known).segments
    assert [s.label for s in after] == ["privacy", None]
    assert after[0].evidence[-1] == "the same in many documents"


def test_repeated_from_no_store(tmp_path):
    """A file that is something else is a wrong setting, not a traceback."""
    file = tmp_path / "passages.sqlite"
    file.write_text("not a database, but long enough to be looked at as one" * 9)

    with pytest.raises(ConfigurationError, match="holds no counted passages"):
        frequent(file, 2)


def test_count_command(tmp_path, monkeypatch):
    """`rules count` fills the file that the settings name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Application documents will not be returned to anyone.\n")
    config = tmp_path / "c.toml"
    config.write_text('[strip.repeated]\nfile = "seen.sqlite"\nmin_documents = 2\n')

    done = CliRunner().invoke(command, ["count", "--config", str(config), "a.txt"])

    assert done.stderr == "1 postings counted\n"
    assert len(frequent(tmp_path / "seen.sqlite", 1)) == 1

"""Repair: from every wrong decoding, and never of sound text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import SEEDS, cases

from normalize.posting import replay
from normalize.repair import repair
from normalize.repair.mojibake import has_mojibake

DAMAGE = ("cp1252", "latin-1", "iso8859-15", "mac_roman", "cp850", "cp437")
SENTENCES = (
    "Københavns Universitet søger en ph.d.-studerende på Institut for Naturfag – snarest.",
    "Ansøgningsfristen er 1. oktober, og løn følger gældende overenskomst på området.",
    "Für die Universität Tübingen suchen wir zum nächstmöglichen Zeitpunkt Verstärkung.",
    "Die Vergütung erfolgt nach „TV-L E 13“; Größe und Straße spielen keine Rolle.",
)


@pytest.mark.parametrize(("original", "expected"), cases("repair", "original", "expected"))
def test_case(original, expected):
    """Repair gives the expected text, its changes replay, and a second pass changes nothing."""
    once = repair(original)

    assert once.text == expected
    assert replay(original, once.changes) == once.text
    assert repair(once.text).text == once.text


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("encoding", DAMAGE)
def test_every_wrong_encoding(encoding, times, sentence):
    """Read wrongly once, twice and three times over, restored exactly."""
    damaged = sentence
    for _ in range(times):
        damaged = read_as(damaged, encoding)

    assert damaged != sentence
    assert repair(damaged).text == sentence


def read_as(text: str, encoding: str) -> str:
    """UTF-8 read as another encoding; undefined bytes become C1 controls, as in browsers."""
    return "".join(
        bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode("utf-8")
    )


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_any_text(text):
    """Never raises, changes replay, and a second pass changes nothing."""
    once = repair(text)

    assert replay(text, once.changes) == once.text
    assert repair(once.text).text == once.text


@given(st.text(alphabet="aeøÄß ÃƒÂ¤â€“√§├╝Ô\n-•.?&;\ufffdIlSie\xa0\xad=C3%"))
@settings(max_examples=300, deadline=None)
def test_any_damage(text):
    """The same on text dense with what repair looks for."""
    once = repair(text)

    assert replay(text, once.changes) == once.text
    assert repair(once.text).text == once.text


@pytest.mark.parametrize("name", ["000", "002", "003"])
def test_sound_seeds_have_nothing_to_turn_back(name):
    (path,) = SEEDS.glob(f"{name}*")
    assert not has_mojibake(path.read_text(encoding="utf-8"))


def test_what_is_left_is_reported():
    """Hidden addresses and letters nobody can know are counted in warnings."""
    warnings = repair("Write to [email protected] or x\ufffd\ufffdq\ufffd\ufffdz.").warnings

    assert [w.partition(":")[0] for w in warnings] == ["lost_email", "lost_letters"]

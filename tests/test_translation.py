"""Translation: protected, guarded, remembered; with a tiny engine, and once with the real one."""

from __future__ import annotations

import pytest

from normalize.config import Translate
from normalize.errors import NormalizeError
from normalize.translation.engine import Decoded
from normalize.translation.guard import faults
from normalize.translation.memory import Entry, Memory
from normalize.translation.packages import BUNDLED, bundled, unpacked
from normalize.translation.prepare import prepare
from normalize.translation.translator import Translator


class Echo:
    """An engine that always says the same, and counts."""

    def __init__(self):
        self.package = bundled()[0]
        self.calls = 0

    def decode(self, sentences, beam, careful=False):
        self.calls += len(sentences)
        return [Decoded("We are hiring here now.", -0.1) for _ in sentences]

    def close(self):
        pass


def translator(tmp_path, **settings):
    made = Translator(Translate(memory=str(tmp_path / "memory.sqlite"), **settings))
    made._engines["da"] = Echo()
    return made


@pytest.mark.parametrize(
    "item",
    ["hr@example.org", "https://example.org/a?b=1", "www.example.dk/job", "+45 35 32 12 34",
     "325/2021", "15.11.2021", "1.500,00 €", "TV-L E 13", "23.59", "{{name}}", "<https://x.dk>"],
)  # fmt: skip
def test_protected_items_come_back_as_they_went(item):
    prepared = prepare(f"Skriv til {item} nu")

    assert item not in prepared.pieces[0]
    assert prepared.restore([prepared.pieces[0]]) == f"Skriv til {item} nu"


def test_lost_placeholder_is_noticed():
    assert prepare("Skriv til hr@example.org").restore(["Write to"]) is None


def test_second_time_nothing_is_decoded(tmp_path):
    first = translator(tmp_path)
    before = first.translate(["Vi ansætter nu her."], "da")
    first.close()
    second = translator(tmp_path)

    after = second.translate(["Vi ansætter nu her."], "da")

    assert second.decoded == 0
    assert [t.text for t in after.values()] == [t.text for t in before.values()]


def test_what_was_hopeless_stays_flagged_when_remembered(tmp_path):
    """A second run does not pass off as translated what the first left in its language."""
    first = translator(tmp_path)
    first._engines["da"].decode = lambda sentences, *_: (
        [Decoded("salad " * 9, -0.1)] * len(sentences)
    )
    before = first.translate(["Vi ansætter nu her."], "da")["Vi ansætter nu her."]
    first.close()

    after = translator(tmp_path).translate(["Vi ansætter nu her."], "da")["Vi ansætter nu her."]

    assert before == after
    assert (after.origin, after.text) == ("none", "Vi ansætter nu her.")
    assert "untranslated" in after.flags


def test_other_beam_is_decoded_again(tmp_path):
    translator(tmp_path).translate(["Vi ansætter nu her."], "da")
    other = translator(tmp_path, beam=3)
    other.translate(["Vi ansætter nu her."], "da")

    assert other.decoded == 1


def test_people_win_over_the_model(tmp_path):
    memory = Memory(tmp_path / "memory.sqlite")
    memory.add("da", "", {"Vi ansætter nu her.": Entry("We are hiring.", (), True)})
    memory.export(tmp_path / "out.tmx")
    memory.close()
    again = Memory(tmp_path / "other.sqlite")
    assert again.import_tmx(tmp_path / "out.tmx") == 1
    again.close()

    found = translator(tmp_path).translate(["Vi ansætter nu her."], "da")

    assert found["Vi ansætter nu her."].origin == "memory:human"
    assert found["Vi ansætter nu her."].text == "We are hiring."


def test_memory_that_is_no_database_is_gone_without(tmp_path):
    (tmp_path / "memory.sqlite").write_bytes(b"not a database, but long enough to be asked" * 50)

    found = translator(tmp_path).translate(["Vi ansætter nu her."], "da")

    assert found["Vi ansætter nu her."].origin == "model"


def test_no_model_is_flagged(tmp_path):
    found = Translator(Translate(memory="off")).translate(["Nous cherchons."], "fr")

    assert found["Nous cherchons."].text == "Nous cherchons."
    assert found["Nous cherchons."].flags == ("untranslated", "no_model")


@pytest.mark.parametrize(
    ("source", "english", "expected"),
    [
        ("Om stillingen her", "The salad salad salad salad", ("repetition",)),
        ("Send den 3 maj", "Send it 4 May", ("numbers_differ",)),
        ("Vi søger en medarbejder.", "We are looking for an employee.", ()),
    ],
)
def test_guard(source, english, expected):
    assert faults(source, english, -0.2) == expected


def test_damaged_package_is_refused(tmp_path):
    package = tmp_path / "translate-da_en-1_0.argosmodel"
    package.write_bytes(next(BUNDLED.glob("*da_en*.argosmodel")).read_bytes()[:100_000])

    with pytest.raises(NormalizeError, match="is no sound Argos package"):
        unpacked(package, tmp_path / "out")
    assert not (tmp_path / "out").exists()

"""The library: what other tools call."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support import SEEDS

import normalize
from normalize import Normalizer, Posting, PostingError, Rejection

HEAVY = ("ctranslate2", "sentencepiece", "argostranslate", "lingua", "wordfreq", "lxml", "pydantic")
NEVER = ("torch", "stanza", "spacy", "minisbd")


def test_text_bytes_and_path_are_read():
    """The same posting as text, as bytes and as a file gives the same English."""
    path = SEEDS / "003_feaa08c9157cedae.txt"
    with Normalizer(translate=False) as normalizer:
        texts = {
            normalizer.normalize(source).text
            for source in (path, path.read_bytes(), path.read_text(encoding="utf-8"))
        }

    assert len(texts) == 1


def test_repair_is_the_function_whatever_was_imported():
    """A subpackage of the same name does not shadow the public function."""
    from normalize.repair import repair

    assert normalize.repair("Universit√§t") == "Universität"
    assert callable(repair)


def test_unknown_name():
    with pytest.raises(AttributeError, match="has no attribute 'normalise'"):
        _ = normalize.normalise


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", "empty"),
        (b"  \n", "empty"),
        (b"\x00\x01\x02" * 99, "binary"),
        (Path("/none"), "not_found"),
    ],
)
def test_rejected(source, reason):
    """What cannot be read raises with a stable reason."""
    with pytest.raises(PostingError) as caught:
        normalize.normalize(source, translate=False)

    assert caught.value.reason == reason


def test_many_come_back_in_order():
    """One outcome a source, in order, rejections among them."""
    with Normalizer(translate=False) as normalizer:
        outcomes = list(normalizer.normalize_many(["We are hiring.", "", "Wir stellen ein."]))

    assert [type(outcome) for outcome in outcomes] == [Posting, Rejection, Posting]


def imported(code: str) -> set[str]:
    """Which modules a fresh interpreter has loaded after running `code`."""
    out = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(out.stdout.splitlines()[-1].split())


def test_import_is_light():
    """Importing the package and the command loads nothing heavy."""
    assert imported("import normalize, normalize.cli") & {*HEAVY, *NEVER} == set()


def test_english_needs_no_model():
    """An English posting is normalised without loading the translation engine."""
    code = "import normalize; normalize.normalize('We are hiring a postdoc for two years.')"

    assert imported(code) & {"ctranslate2", "sentencepiece", "argostranslate", *NEVER} == set()

"""Language: every block known, or honestly unknown."""

from __future__ import annotations

import pytest
from support import cases

from normalize import Normalizer
from normalize.language import detect

LANGUAGES = {"da", "de", "en"}
# Neighbours that one sentence does not tell apart.
NEAR = {("fr", "it"), ("nn", "nb"), ("af", "nl")}


@pytest.mark.parametrize(("text", "language"), cases("language", "text", "language"))
def test_text(text, language):
    """Words, headings and sentences; what has no language is None."""
    assert detect(text)[0] == language


@pytest.mark.parametrize(("text", "language"), cases("foreign", "text", "language"))
def test_other_language(text, language):
    """A paragraph in another language is never labelled as one that a model would be fed with."""
    found, _ = detect(text)

    assert found not in LANGUAGES
    assert found in {language, "und"} or (found, language) in NEAR


def languages_of(text: str) -> list[tuple[str, str | None]]:
    with Normalizer(translate=False) as normalizer:
        posting = normalizer.normalize(text)
    return [(posting.words_of(segment), segment.language) for segment in posting.segments]


def test_foreign_paragraph_in_a_danish_posting():
    """The document does not make a Norwegian paragraph Danish."""
    found = languages_of(
        "Vi søger en ny kollega til vores afdeling, som kan undervise i fysik og matematik.\n\n"
        "Vi søker etter en stipendiat som vil arbeide med forskning på klimaendringer.\n\n"
        "Du får et godt arbejdsmiljø og en løn efter overenskomst."
    )

    assert [language for _, language in found] == ["da", "nb", "da"]


def test_divided_paragraph_is_cut():
    """A German paragraph that ends in an English sentence is two languages."""
    found = languages_of(
        "Wir suchen eine wissenschaftliche Mitarbeiterin für unser Projekt in Leipzig. "
        "Please send your application as a single PDF file to the address given below."
    )

    assert [language for _, language in found] == ["de", "en"]


def test_english_title_in_danish_sentence_stays_danish():
    found = languages_of("PhD i Machine Learning og SAR-baseret Earth Observation i Aalborg")

    assert found[0][1] == "da"


def test_order_and_company_do_not_matter():
    """The same text has the same answer, whatever was asked before it."""
    texts = ["Nye veje", "Kontakt", "Über uns", "salary", "der"]
    first = [detect(text) for text in texts]

    assert [detect(text) for text in reversed(texts)] == first[::-1]

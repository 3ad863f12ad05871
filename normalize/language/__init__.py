"""Which language a text is in."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _detector() -> Any:
    from lingua import Language, LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_languages(
        Language.DANISH, Language.GERMAN, Language.ENGLISH
    ).build()


def detect(text: str) -> tuple[str | None, float]:
    """The language of a text (BCP 47) and a score in 0..1; None where it has no language."""
    if not any(c.isalpha() for c in text):
        return None, 0.0
    best = _detector().compute_language_confidence_values(text)[0]
    return best.language.iso_code_639_1.name.lower(), best.value

"""Which language a text is in: single texts here, blocks of a posting in `stages/detect.py`."""

from __future__ import annotations

from collections.abc import Sequence

LANGUAGES = ("da", "de", "en")


def detect(text: str, languages: Sequence[str] = LANGUAGES) -> tuple[str | None, float]:
    """The language of a text and a score from 0 to 1; None where it has no language.

    A text in none of `languages` is named as what it is, or `und`.

    >>> detect("Ansøgningsfrist")[0], detect("hr@example.org")[0]
    ('da', None)
    """
    from normalize.language.evidence import probabilities, scores_of
    from normalize.language.foreign import foreign_language
    from normalize.language.none import has_no_language

    if not any(character.isalpha() for character in text) or has_no_language(text, names=False):
        return None, 0.0
    chances = probabilities(scores_of(text, languages))
    best = max(chances, key=lambda name: chances[name])
    other = foreign_language(text, best, languages)
    return (other, 0.5) if other else (best, round(chances[best], 4))


def fits(text: str, language: str) -> bool:
    """Whether a text may be of a language, by its words alone: cheap, for checking translations.

    True for text without words.
    """
    from normalize.language.evidence import word_scores, words_in

    words = words_in(text)
    scores = word_scores(words, LANGUAGES)
    return not words or scores[language] >= max(scores.values()) - 3.0

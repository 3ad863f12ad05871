"""Offline translation with Argos packages: `translate(texts, source)`."""

from __future__ import annotations

from collections.abc import Sequence


def translate(texts: Sequence[str], source: str) -> list[str]:
    """Translate texts from `source` into English with the default settings.

    Returns:
        As many texts, in order. One that no attempt brought into English comes back as it was.

    Raises:
        MissingModelError: there is no package for the language.
    """
    from normalize.config import Translate
    from normalize.sentences import split_sentences
    from normalize.translation.translator import Translator, missing_model

    translator = Translator(Translate())
    if translator.engine(source) is None:
        raise missing_model(source)
    cut = [[text[a:b] for a, b in split_sentences(text, source)] for text in texts]
    try:
        found = translator.translate((s for sentences in cut for s in sentences), source)
    finally:
        translator.close()
    return [" ".join(found[sentence].text for sentence in sentences) for sentences in cut]

"""What is kept and not English, to English, batched over all postings of a batch."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from normalize.config import Settings
from normalize.pipeline import Outcome
from normalize.posting import Posting, Segment, Translation
from normalize.translation.packages import TARGET
from normalize.translation.translator import Translator, missing_model

UNKNOWN = "und"
# Of the sentences of a segment, the origin that says least for the whole.
ORIGINS = ("none", "model", "memory", "glossary", "memory:human")


class Translate:
    """Translate segments; those in English, of no language or stripped are left alone."""

    name = "translate"
    version = 1

    def __init__(self, settings: Settings) -> None:
        self.settings = settings.translate
        self.languages = settings.detect.languages
        self.translator = Translator(settings.translate)

    def __call__(self, batch: Sequence[Posting]) -> list[Outcome]:
        """Set the translation of each segment that needs one.

        Raises:
            MissingModelError: `translate.required` is set and a language has no package.
        """
        wanted: dict[str, set[str]] = defaultdict(set)
        for posting in batch:
            for segment in posting.segments:
                if self._is_wanted(segment) and segment.language in self.languages:
                    wanted[segment.language].update(_sentences(posting, segment))
        found = {}
        for language, sentences in sorted(wanted.items()):
            if self.settings.required and self.translator.engine(language) is None:
                raise missing_model(language)
            found[language] = self.translator.translate(sentences, language)
        return [self._translated(posting, found) for posting in batch]

    @staticmethod
    def _is_wanted(segment: Segment) -> bool:
        return segment.category is None and segment.language not in {None, TARGET}

    def _translated(self, posting: Posting, found: dict[str, dict[str, Translation]]) -> Posting:
        segments = []
        for segment in posting.segments:
            if self._is_wanted(segment):
                known = found.get(segment.language or UNKNOWN)
                segment = replace(segment, translation=_joined(posting, segment, known))
            segments.append(segment)
        flags = Counter(
            flag
            for segment in segments
            if segment.translation
            for flag in segment.translation.flags
            if flag not in {"untranslated", "no_model"}
        )
        warnings = [f"translation_{flag}: {n} blocks" for flag, n in sorted(flags.items())]
        if self.translator.memory.fault:
            warnings.append(f"memory: {self.translator.memory.fault}")
        return replace(posting, segments=tuple(segments), warnings=(*posting.warnings, *warnings))

    def close(self) -> None:
        """Release models and the memory."""
        self.translator.close()


def _sentences(posting: Posting, segment: Segment) -> Iterator[str]:
    for span in segment.sentences:
        yield posting.words_of(span)


def _joined(
    posting: Posting, segment: Segment, known: dict[str, Translation] | None
) -> Translation:
    """The translation of a segment from those of its sentences, spacing as in the source."""
    text = posting.words_of(segment)
    if known is None:  # a language that no model is for
        return Translation(text, "none", None, ("untranslated",))
    words, position, parts = "", segment.start, []
    for span in segment.sentences:
        part = known[posting.words_of(span)]
        words += posting.body[position : span.start] + part.text
        position = span.end
        parts.append(part)
    words += posting.body[position : segment.end]
    origin = min((part.origin for part in parts), key=ORIGINS.index)
    model = next((part.model for part in parts if part.model), None)
    flags = tuple(dict.fromkeys(flag for part in parts for flag in part.flags))
    return Translation(words, origin, model, flags)

"""Sentences in, English out: remembered, protected, batched over all documents, guarded.

All sentences of a batch of postings go through together: the distinct ones are looked up in the
memory, the rest decoded in batches of like length, the suspect ones decoded again in another way,
all in one further batch. What still fails is given as it is and flagged, or left in its language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from normalize.config import Translate
from normalize.errors import MissingModelError
from normalize.posting import Translation
from normalize.translation.engine import Decoded, Engine
from normalize.translation.glossary import glossary
from normalize.translation.guard import faults
from normalize.translation.memory import Entry, Memory
from normalize.translation.packages import Package, choose, data_home, package_digest
from normalize.translation.prepare import (
    Prepared,
    prepare,
    split_around,
    split_clauses,
)

# Raised whenever preparation, decoding or the guard changes what comes out: part of every key.
VERSION = 2
# A second attempt searches wider than the first.
CAREFUL_BEAM = 4
# Sentences longer than this are cut into clauses when their first translation is suspect.
LONG_WORDS = 30
# Faults with which a translation is worth less than the source.
HOPELESS = {"empty", "repetition", "not_english"}


class Translator:
    """Translates sentences of any language that has a package; models load on first use."""

    def __init__(self, settings: Translate) -> None:
        self.settings = settings
        self._engines: dict[str, Engine | None] = {}
        self.decoded = 0

    @cached_property
    def memory(self) -> Memory:
        """The translation memory, opened when first asked for."""
        if self.settings.memory == "off":
            return Memory(None)
        path = self.settings.memory
        return Memory(Path(path).expanduser() if path else data_home() / "memory.sqlite")

    def engine(self, language: str) -> Engine | None:
        """The engine for a language; None where there is no package."""
        if language not in self._engines:
            package = choose(language, self.settings.models)
            self._engines[language] = Engine(package, self.settings) if package else None
        return self._engines[language]

    def translate(self, sentences: Iterable[str], language: str) -> dict[str, Translation]:
        """Translate sentences of one language.

        Returns:
            A translation for each distinct sentence. Without a package each is itself, flagged
            `no_model`.
        """
        distinct = sorted(set(sentences))
        found: dict[str, Translation] = {}
        terms = glossary(language)
        for sentence in distinct:
            if (english := terms.whole(sentence)) is not None:
                found[sentence] = Translation(english, "glossary")
        rest = [sentence for sentence in distinct if sentence not in found]
        engine = self.engine(language)
        if engine is None:
            flags = ("untranslated", "no_model")
            return found | {s: Translation(s, "none", None, flags) for s in rest}
        model = self._model_key(engine.package)
        for sentence, entry in self.memory.find(language, model, rest).items():
            origin = "memory:human" if entry.human else "memory"
            if "untranslated" in entry.flags:  # remembered as hopeless: still not English
                origin = "none"
            label = None if entry.human else engine.package.label
            found[sentence] = Translation(entry.target, origin, label, entry.flags)
        new = self._decode(engine, [s for s in rest if s not in found])
        self.memory.add(language, model, {s: Entry(t.text, t.flags, False) for s, t in new.items()})
        return found | new

    def _model_key(self, package: Package) -> str:
        terms = glossary(package.source).digest  # the model is given pieces that are no terms
        options = f"beam={self.settings.beam} {self.settings.compute_type} {terms} v{VERSION}"
        return f"{package_digest(package)} {options}"

    def _decode(self, engine: Engine, sentences: Sequence[str]) -> dict[str, Translation]:
        """Decode sentences, the suspect ones a second time; never fails, only flags."""
        self.decoded += len(sentences)
        best: dict[str, tuple[str, tuple[str, ...]]] = {}
        first = self._attempt(engine, {s: [prepare(s)] for s in sentences}, self.settings.beam)
        suspects = {}
        for sentence, (text, flags) in first.items():
            best[sentence] = (text, flags)
            if flags:
                suspects[sentence] = _another_way(sentence)
        if suspects:
            second = self._attempt(engine, suspects, CAREFUL_BEAM, careful=True)
            for sentence, (text, flags) in second.items():
                if _badness(flags) < _badness(best[sentence][1]):
                    best[sentence] = (text, flags)
        lost = [s for s, (_, flags) in best.items() if LOST & set(flags)]
        if lost:
            for sentence, text in self._around(engine, lost).items():
                flags = faults(sentence, text, 0.0)
                best[sentence] = (text, tuple(dict.fromkeys((*flags, "low_confidence"))))
        label = engine.package.label
        return {
            sentence: (
                Translation(sentence, "none", label, ("untranslated", *flags))
                if HOPELESS & set(flags)
                else Translation(text, "model", label, flags)
            )
            for sentence, (text, flags) in best.items()
        }

    def _attempt(
        self,
        engine: Engine,
        ways: Mapping[str, Sequence[Prepared]],
        beam: int,
        careful: bool = False,
    ) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Decode each sentence as prepared (in one or more parts) and judge the result."""
        pieces = [piece for parts in ways.values() for part in parts for piece in part.pieces]
        distinct = sorted(set(pieces))
        wanted = [piece for piece in distinct if any(c.isalpha() for c in piece)]
        terms = glossary(engine.package.source)
        known = {p: Decoded(t, 0.0) for p in wanted if (t := terms.whole(p)) is not None}
        wanted = [piece for piece in wanted if piece not in known]
        decoded = known | dict(zip(wanted, engine.decode(wanted, beam, careful), strict=True))
        results = {}
        for sentence, parts in ways.items():
            texts, scores, lost = [], [], False
            for part in parts:
                answers = [decoded.get(piece, Decoded(piece, 0.0)) for piece in part.pieces]
                text = part.restore([answer.text for answer in answers])
                lost = lost or text is None
                texts.append(text or "")
                scores += [answer.score for answer in answers]
            text = " ".join(texts)
            flags = ("protected_lost",) if lost else faults(sentence, text, min(scores))
            results[sentence] = (text, flags)
        return results

    def _around(self, engine: Engine, sentences: Sequence[str]) -> dict[str, str]:
        """Translate what stands between protected items, and leave those where they were."""
        cut = {sentence: split_around(sentence) for sentence in sentences}
        texts = sorted({t.strip() for pieces, _ in cut.values() for t in pieces if _has_words(t)})
        decoded = dict(zip(texts, engine.decode(texts, CAREFUL_BEAM, True), strict=True))
        joined = {}
        for sentence, (pieces, items) in cut.items():
            words = ""
            for number, piece in enumerate(pieces):
                inner = piece.strip()
                english = decoded[inner].text if _has_words(piece) else inner
                if number:
                    words += items[number - 1]
                lead = " " if words and piece[:1].isspace() else ""
                words += lead + english + (" " if piece[-1:].isspace() and english else "")
            joined[sentence] = " ".join(words.split())
        return joined

    def close(self) -> None:
        """Release models and the memory."""
        for engine in self._engines.values():
            if engine is not None:
                engine.close()
        self._engines = {}
        if "memory" in self.__dict__:
            self.memory.close()
            del self.__dict__["memory"]


LOST = {"protected_lost", "numbers_differ"}


def _badness(flags: Sequence[str]) -> int:
    weights = {"protected_lost": 5, "empty": 9, "repetition": 6, "not_english": 5}
    return sum(weights.get(flag, 2) for flag in flags)


def _another_way(sentence: str) -> list[Prepared]:
    """How a sentence is prepared after its first translation was suspect."""
    clauses = split_clauses(sentence) if len(sentence.split()) > LONG_WORDS else [sentence]
    return [prepare(clause, numbers=True) for clause in clauses]


def _has_words(text: str) -> bool:
    return any(character.isalpha() for character in text)


def missing_model(language: str) -> MissingModelError:
    """The error for a language without a package."""
    return MissingModelError(
        f"no model for {language}→en. Install one with: normalize models add {language} en"
    )

"""Decoding with CTranslate2: one package, many sentences, batches of like length."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, NamedTuple

from normalize.config import Translate
from normalize.errors import NormalizeError
from normalize.translation.packages import Package, argos

# Longest input of a sentence in pieces: positions are learned or listed up to 512.
MAX_PIECES = 400


class Decoded(NamedTuple):
    """A translation and its mean log probability a piece."""

    text: str
    score: float


class Engine:
    """A package, loaded on first use."""

    def __init__(self, package: Package, settings: Translate) -> None:
        self.package = package
        self.settings = settings
        self._translator: Any = None
        self._tokenizer: Any = None
        self._prefix: list[str] | None = None

    def decode(self, sentences: Sequence[str], beam: int, careful: bool = False) -> list[Decoded]:
        """Translate sentences.

        Args:
            sentences: prepared source sentences.
            beam: width of the search.
            careful: forbid repetition; for sentences whose first translation was suspect.

        Returns:
            As many translations, in order.
        """
        if not sentences:
            return []
        self._load()
        pieces = [self._tokenizer.encode(sentence)[:MAX_PIECES] for sentence in sentences]
        # Sorted here, so that the batches are the same whatever order the sentences came in.
        order = sorted(range(len(pieces)), key=lambda i: (-len(pieces[i]), pieces[i]))
        more: dict[str, Any] = {}
        if careful:
            more = {"no_repeat_ngram_size": 4, "repetition_penalty": 1.15}
        results = self._translator.translate_batch(
            [pieces[i] for i in order],
            target_prefix=[self._prefix] * len(order) if self._prefix else None,
            max_batch_size=self.settings.batch_tokens,
            batch_type="tokens",
            beam_size=beam,
            max_decoding_length=MAX_PIECES,
            return_scores=True,
            replace_unknowns=True,
            **more,
        )
        out: list[Decoded] = [Decoded("", 0.0)] * len(pieces)
        for place, result in zip(order, results, strict=True):
            tokens = result.hypotheses[0]
            if self._prefix and tokens[: len(self._prefix)] == self._prefix:
                tokens = tokens[len(self._prefix) :]
            out[place] = Decoded(self._tokenizer.decode(tokens).strip(), result.scores[0])
        return out

    def _load(self) -> None:
        if self._translator is not None:
            return
        import ctranslate2

        package = argos().Package(self.package.path)
        self._tokenizer = package.tokenizer
        prefix = getattr(package, "target_prefix", "")
        self._prefix = [prefix] if prefix else None
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        try:
            self._translator = ctranslate2.Translator(
                str(self.package.path / "model"),
                device=self.settings.device,
                compute_type=self.settings.compute_type,
                inter_threads=self.settings.threads or max(1, cores or 1),
                intra_threads=1,
            )
        except (RuntimeError, ValueError) as error:
            raise NormalizeError(
                f"model {self.package.label} at {self.package.path} cannot be loaded: {error}. "
                "Check it with: normalize models verify"
            ) from None

    def close(self) -> None:
        """Release the model; it is loaded again if it is used again."""
        self._translator = self._tokenizer = None

"""The library: one posting or many, without configuration.

>>> posting = normalize("Aufgaben", translate=False)
>>> posting.language
'de'
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType

from normalize.config import Settings, load
from normalize.errors import PostingError
from normalize.pipeline import Stage, run_stages
from normalize.posting import Posting, Rejection, Source
from normalize.stages import build_stages

Readable = str | bytes | os.PathLike[str] | Source

# Postings that go through the stages together: enough for translation to fill its batches, few
# enough to hold in memory.
BATCH = 32


class Normalizer:
    """Normalises postings, keeping models loaded from one to the next.

    Args:
        config: a TOML file, settings, or None for the defaults.
        translate: False leaves every block in its own language.

    Raises:
        ConfigurationError: the file is missing or a setting is wrong.

    Use it as a context manager, or call `close()`, to release models.
    """

    def __init__(
        self, config: str | os.PathLike[str] | Settings | None = None, *, translate: bool = True
    ) -> None:
        settings = config if isinstance(config, Settings) else _settings(config)
        if not translate:
            off = settings.translate.model_copy(update={"enabled": False})
            settings = settings.model_copy(update={"translate": off})
        self.settings = settings
        self._stages: Sequence[Stage] = build_stages(settings)

    def normalize(self, source: Readable) -> Posting:
        """Normalise one posting.

        Args:
            source: text, bytes as they were scraped, or the path of a file.

        Returns:
            The posting: `.text` is the clean English, `.segments` what became of each passage.

        Raises:
            PostingError: it cannot be read; `.reason` is a stable slug (`empty`, `binary`, …).
            MissingModelError: a model was configured and is not there.
        """
        (outcome,) = self.normalize_many([source])
        if isinstance(outcome, Rejection):
            raise PostingError(outcome.reason, outcome.detail)
        return outcome

    def normalize_many(self, sources: Iterable[Readable]) -> Iterator[Posting | Rejection]:
        """Normalise postings in batches: one outcome a source, in order, rejections included."""
        iterator = iter(sources)
        while batch := list(islice(iterator, BATCH)):
            yield from self._batch([_source(item) for item in batch])

    def _batch(self, items: list[Source | Rejection]) -> list[Posting | Rejection]:
        outcomes = iter(run_stages(self._stages, [i for i in items if isinstance(i, Source)]))
        return [next(outcomes) if isinstance(item, Source) else item for item in items]

    def close(self) -> None:
        """Release models and files; the normalizer loads them again if it is used again."""
        for stage in self._stages:
            if callable(close := getattr(stage, "close", None)):
                close()

    def __enter__(self) -> Normalizer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def normalize(source: Readable, *, translate: bool = True) -> Posting:
    """Normalise one posting with the defaults: see `Normalizer.normalize`."""
    with Normalizer(translate=translate) as normalizer:
        return normalizer.normalize(source)


def repair(text: str) -> str:
    """Repair mojibake, entities, lost letters and layout; sound text comes back unchanged.

    >>> repair("Københavns Universitet (AÅ) – CO₂")
    'Københavns Universitet (AÅ) – CO₂'
    """
    from normalize.config import Repair
    from normalize.repair import repair as repair_text

    return repair_text(text, Repair()).text


def detect(text: str) -> tuple[str | None, float]:
    """The language of a text (BCP 47) and a score from 0 to 1; None if it has no language.

    >>> detect("Wir suchen eine wissenschaftliche Mitarbeiterin")[0]
    'de'
    """
    from normalize.language import detect as detect_language

    return detect_language(text)


def translate(texts: Sequence[str], source: str) -> list[str]:
    """Translate texts from `source` ("da", "de") into English, as many as were given, in order.

    Raises:
        MissingModelError: there is no model for the language.
    """
    from normalize.translation import translate as translate_texts

    return translate_texts(texts, source)


def _settings(path: str | os.PathLike[str] | None) -> Settings:
    return Settings() if path is None else load(path)


def _source(item: Readable) -> Source | Rejection:
    if isinstance(item, Source):
        return item
    if isinstance(item, str):
        return Source("-", item.encode("utf-8", "replace"))
    if isinstance(item, bytes):
        return Source("-", item)
    path = os.fspath(item)
    try:
        return Source(path, Path(path).read_bytes())
    except OSError as error:
        reason = "not_found" if isinstance(error, FileNotFoundError) else "unreadable"
        return Rejection(Source(path, b""), "read", reason, error.strerror or str(error))

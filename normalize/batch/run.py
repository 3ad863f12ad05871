"""A run over many files: every output written whole, every file accounted for.

Files go through the stages in chunks, so memory stays flat. Records are written in the order of
the files to temporary files beside their final names, which are renamed when the run is over:
an interrupted run leaves the results of the one before.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePath
from typing import IO, Any

from normalize import __version__
from normalize.batch.discover import discover, read
from normalize.config import Settings
from normalize.errors import ConfigurationError, ExitCode
from normalize.files import write_atomic
from normalize.formats.writers import as_markdown, record
from normalize.pipeline import Stage, run_stages
from normalize.posting import Posting, Rejection, Source
from normalize.stages import build_stages

# Postings that go through the stages together, and how many bytes of them at the most.
CHUNK = 64
CHUNK_BYTES = 8_000_000
PLAIN = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(slots=True)
class Report:
    """What a run did."""

    done: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    stripped: Counter[str] = field(default_factory=Counter)
    flagged: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def exit_code(self) -> ExitCode:
        """1 if a posting was rejected."""
        return ExitCode.REJECTED if self.rejected else ExitCode.DONE

    def add(self, outcome: Posting | Rejection) -> None:
        """Count an outcome."""
        if isinstance(outcome, Rejection):
            self.rejected[outcome.reason] += 1
            return
        self.done += 1
        self.languages[outcome.language or "none"] += 1
        self.stripped.update(s.category for s in outcome.segments if s.category)
        self.flagged.update(warning.partition(":")[0] for warning in outcome.warnings)

    def lines(self) -> Iterator[str]:
        """The summary, a line a subject."""
        yield f"{self.done} postings done, {self.rejected.total()} rejected, {self.seconds:.1f} s"
        for name in ("rejected", "languages", "stripped", "flagged"):
            counts: Counter[str] = getattr(self, name)
            if counts:
                listed = ", ".join(f"{key} {count}" for key, count in sorted(counts.items()))
                yield f"{name}: {listed}"

    def as_dict(self) -> dict[str, Any]:
        """The same for `run.json`."""
        return {
            "version": __version__,
            "done": self.done,
            "rejected": dict(sorted(self.rejected.items())),
            "languages": dict(sorted(self.languages.items())),
            "stripped": dict(sorted(self.stripped.items())),
            "flagged": dict(sorted(self.flagged.items())),
            "seconds": round(self.seconds, 2),
            "exit_code": int(self.exit_code),
        }


def run(
    inputs: Sequence[str],
    settings: Settings,
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """Normalise files and folders into `settings.output.directory`.

    Args:
        inputs: files, folders, glob patterns, or `-`.
        settings: what is done, and which formats are written.
        progress: called with the number of postings finished so far.

    Raises:
        ConfigurationError: the output folder cannot be written.
    """
    begun = time.monotonic()
    folder = Path(settings.output.directory)
    report = Report()
    stages = build_stages(settings)
    mark = signature(settings, stages)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (
            _Replaced(folder / "documents.jsonl") as documents,
            _Replaced(folder / "rejected.jsonl") as rejected,
        ):
            names = _Names(folder)
            for outcome in _outcomes(inputs, settings, stages):
                report.add(outcome)
                if isinstance(outcome, Rejection):
                    _write_line(rejected, rejection_record(outcome))
                    continue
                _write_line(documents, record(outcome, mark))
                _write_files(outcome, names, settings)
                progress(report.done + report.rejected.total())
    except OSError as error:
        raise ConfigurationError(
            f"output.directory: {folder} cannot be written: {error.strerror or error}"
        ) from None
    finally:
        for stage in stages:
            if callable(close := getattr(stage, "close", None)):
                close()
    if "parquet" in settings.output.formats:
        from normalize.formats.parquet import write_parquet

        write_parquet(_lines(folder / "documents.jsonl"), folder / "documents.parquet")
    report.seconds = time.monotonic() - begun
    write_atomic(folder / "run.json", json.dumps(report.as_dict(), indent=1) + "\n")
    return report


def signature(settings: Settings, stages: Sequence[Stage]) -> str:
    """16 hex digits of all that decides what comes out: settings, stages, version."""
    what = {
        "version": __version__,
        "stages": [(stage.name, stage.version) for stage in stages],
        "settings": settings.model_dump(mode="json", exclude={"output": {"directory"}}),
    }
    return sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:16]


def rejection_record(rejection: Rejection) -> dict[str, Any]:
    """What stands for a posting that could not be normalised."""
    return {
        "id": rejection.source.id,
        "path": rejection.source.path,
        "status": "rejected",
        "stage": rejection.stage,
        "reason": rejection.reason,
        "detail": rejection.detail,
    }


def _outcomes(
    inputs: Sequence[str], settings: Settings, stages: Sequence[Stage]
) -> Iterator[Posting | Rejection]:
    sources = (
        item for path in discover(inputs, settings.input) for item in read(path, settings.input)
    )
    for chunk in _chunks(sources):
        found = iter(run_stages(stages, [item for item in chunk if isinstance(item, Source)]))
        for item in chunk:
            yield next(found) if isinstance(item, Source) else item


def _chunks(items: Iterable[Source | Rejection]) -> Iterator[list[Source | Rejection]]:
    chunk: list[Source | Rejection] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += len(item.data) if isinstance(item, Source) else 0
        if len(chunk) >= CHUNK or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


class _Names:
    """Output paths that mirror the input tree, in plain ASCII, none used twice."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.used: set[str] = set()

    def path(self, source: str) -> Path:
        """Where the files of a source go, without a suffix."""
        from unidecode import unidecode

        parts = [p for p in PurePath(source).parts if p not in {"..", ".", "/", "\\"}]
        safe = [PLAIN.sub("_", unidecode(part)).strip("._") or "_" for part in parts] or ["stdin"]
        stem = PurePath(safe[-1])
        candidates = (stem.stem, stem.name, *(f"{stem.name}.{n}" for n in range(2, 1_000_000)))
        for name in candidates:
            whole = "/".join([*safe[:-1], name[:120]])
            if whole not in self.used:
                self.used.add(whole)
                return self.folder / whole
        raise AssertionError("a million files of one name")


def _write_files(posting: Posting, names: _Names, settings: Settings) -> None:
    formats = settings.output.formats
    if not {"text", "markdown"} & set(formats):
        return
    path = names.path(posting.source.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if "text" in formats:
        write_atomic(path.with_name(path.name + ".txt"), posting.text)
    if "markdown" in formats:
        write_atomic(path.with_name(path.name + ".md"), as_markdown(posting))


class _Replaced:
    """A text file written beside its name and renamed at the end; dropped on failure."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path.with_name(f".{path.name}.part")

    def __enter__(self) -> IO[str]:
        self.file = self.part.open("w", encoding="utf-8", errors="replace", newline="\n")
        return self.file

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.file.close()
        if kind is None:
            self.part.replace(self.path)
        else:
            self.part.unlink(missing_ok=True)


def _write_line(file: IO[str], value: dict[str, Any]) -> None:
    file.write(json.dumps(value, ensure_ascii=False) + "\n")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)

"""Which files a run is about."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from normalize.config import Input
from normalize.formats.records import split_records
from normalize.posting import Rejection, Source


def discover(inputs: Sequence[str], settings: Input) -> Iterator[str]:
    """Paths of all files, folder by folder in the order given, sorted within each.

    Args:
        inputs: files, folders, glob patterns, or `-` for stdin.
        settings: `include` and `exclude` patterns apply to files found in folders; files named
            outright are always read.

    Hidden files and folders are passed over. What does not exist is given as it is, so that
    reading it can say so.
    """
    seen: set[str] = set()
    for name in inputs:
        for path in _paths(name, settings):
            if path not in seen:
                seen.add(path)
                yield path


def _paths(name: str, settings: Input) -> Iterator[str]:
    if name == "-":
        yield name
    elif Path(name).is_dir():
        yield from _below(name, settings)
    elif glob.has_magic(name) and not Path(name).exists():
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207  (the path as given)
        for match in matches or [name]:
            yield from _below(match, settings) if Path(match).is_dir() else [match]
    else:
        yield name


def _below(folder: str, settings: Input) -> Iterator[str]:
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in sorted(files):
            path = os.path.join(here, file)  # noqa: PTH118  (the path as the user would write it)
            relative = os.path.relpath(path, folder)
            if file.startswith(".") or _matches(relative, settings.exclude):
                continue
            if settings.include and not _matches(relative, settings.include):
                continue
            yield path


def _matches(path: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch(path, p) or fnmatch(os.path.basename(path), p) for p in patterns)  # noqa: PTH119


def read(path: str, settings: Input) -> Iterator[Source | Rejection]:
    """The sources of one file: itself, or its records if it holds many.

    A file that cannot be read gives one rejection: `not_found`, `unreadable`, `too_large`.
    """
    if path == "-":
        yield Source("-", sys.stdin.buffer.read())
        return
    file = Path(path)
    try:
        size = file.stat().st_size
        if not file.is_file():
            yield Rejection(Source(path, b""), "read", "unreadable", "not a regular file")
            return
        if size > settings.max_bytes:
            detail = f"{size} bytes; input.max_bytes is {settings.max_bytes}"
            yield Rejection(Source(path, b""), "read", "too_large", detail)
            return
        data = file.read_bytes()
    except OSError as error:
        reason = "not_found" if isinstance(error, FileNotFoundError) else "unreadable"
        yield Rejection(Source(path, b""), "read", reason, error.strerror or str(error))
        return
    yield from split_records(Source(path, data))

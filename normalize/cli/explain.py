"""`normalize explain`: every decision about one posting, in colour."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from normalize.cli.options import config_option, no_translate_option

if TYPE_CHECKING:
    from normalize.posting import Change, Posting, Segment


@click.command("explain")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--changes/--no-changes", default=True, help="Also list what repair changed.")
@no_translate_option
@config_option
def command(file: str, changes: bool, no_translate: bool, config: str | None) -> int:
    """Show how FILE was read: each block's language, kept or stripped, by which rule, and why.

    Example:

    \b
        normalize explain seeds/003_feaa08c9157cedae.txt
    """
    from normalize.api import Normalizer
    from normalize.config import load
    from normalize.errors import ExitCode, PostingError

    settings = load(config, {"translate.enabled": False if no_translate else None})
    source: bytes | Path = sys.stdin.buffer.read() if file == "-" else Path(file)
    with Normalizer(settings) as normalizer:
        try:
            posting = normalizer.normalize(source)
        except PostingError as error:
            click.echo(f"{file}: rejected: {error}", err=True)
            return ExitCode.REJECTED
    # A pager is the user's choice; colour goes away by itself when stdout is no terminal.
    click.echo("\n".join(explanation(posting, changes)))
    return ExitCode.DONE


def explanation(posting: Posting, changes: bool = True) -> Iterator[str]:
    """Lines that explain a finished posting."""
    yield _bold(posting.title or os.fspath(posting.source.path))
    shares = ", ".join(f"{name} {share:.0%}" for name, share in posting.languages.items())
    yield f"languages: {shares or 'none'}"
    for warning in posting.warnings:
        yield click.style(f"warning: {warning}", fg="yellow")
    if changes:
        yield from _changes(posting.changes)
    block = None
    for segment in posting.segments:
        if segment.block != block:
            yield ""
        block = segment.block
        yield from _segment(posting, segment)


def _changes(changes: tuple[Change, ...]) -> Iterator[str]:
    for change in changes:
        place = "" if change.part is None else f" in part {change.part}"
        detail = f": {change.detail}" if change.detail else ""
        yield click.style(
            f"{change.stage}: {change.action} × {change.count}{place}{detail}", dim=True
        )


def _segment(posting: Posting, segment: Segment) -> Iterator[str]:
    verdict = (
        click.style(f"stripped: {segment.category} ({segment.rule})", fg="red")
        if segment.category
        else click.style("kept", fg="green")
    )
    kind = segment.kind.value + (f" {segment.level}" if segment.level else "")
    language = f"{segment.language or 'no language'} {segment.score:.2f}"
    yield f"[{segment.block}] {kind} · {language} · {verdict}"
    yield f"    {posting.words_of(segment)}"
    if segment.translation:
        origin = ", ".join(filter(None, [segment.translation.origin, segment.translation.model]))
        flags = "".join(f" !{flag}" for flag in segment.translation.flags)
        yield click.style(f"  → {segment.translation.text}", fg="cyan")
        yield click.style(f"    by {origin}", dim=True) + click.style(flags, fg="yellow")
    for note in segment.evidence:
        yield click.style(f"    {note}", dim=True)


def _bold(text: str) -> str:
    return click.style(text, bold=True)

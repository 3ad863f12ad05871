"""`normalize text`: a filter."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import click

from normalize.cli.options import config_option, no_translate_option
from normalize.errors import ExitCode


@click.command("text")
@click.argument("file", default="-", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "jsonl"]),
    default="text",
    help="What is written: clean text (default), Markdown, or one JSON record.",
)
@click.option("--lines", is_flag=True, help="Read one JSON record (or string) a line.")
@click.option("--ascii", is_flag=True, default=None, help="Write plain ASCII (ø becomes o).")
@no_translate_option
@config_option
def command(
    file: str, form: str, lines: bool, ascii: bool | None, no_translate: bool, config: str | None
) -> int:
    """Normalize one posting from FILE or stdin; write clean English to stdout, nothing else.

    With --lines every line of the input is a record of its own and gives one record a line, in
    order: a posting that cannot be read gives {"status": "rejected", "reason": …}.

    Examples:

    \b
        normalize text < posting.html
        normalize text --lines < scraped.jsonl > clean.jsonl
    """
    from normalize.api import Normalizer
    from normalize.batch.run import rejection_record
    from normalize.config import load
    from normalize.formats.writers import as_markdown, record
    from normalize.posting import Rejection, Source

    settings = load(
        config,
        {"translate.enabled": False if no_translate else None, "output.ascii": ascii},
    )
    rejected = False

    def sources() -> Iterator[Source]:
        stream = sys.stdin.buffer if file == "-" else click.open_file(file, "rb")
        if not lines:
            yield Source(file, stream.read())
            return
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield Source(f"{file}#{number}", line, "application/json")

    with Normalizer(settings) as normalizer:
        for outcome in normalizer.normalize_many(sources()):
            if isinstance(outcome, Rejection):
                rejected = True
                if lines:
                    _write_json(rejection_record(outcome))
                click.echo(f"{outcome.source.path}: {outcome.reason}: {outcome.detail}", err=True)
                continue
            for warning in outcome.warnings:
                click.echo(f"{outcome.source.path}: {warning}", err=True)
            if lines or form == "jsonl":
                _write_json(record(outcome, ""))
            else:
                words = outcome.text if form == "text" else as_markdown(outcome)
                sys.stdout.buffer.write(words.encode("utf-8", "replace"))
    return ExitCode.REJECTED if rejected else ExitCode.DONE


def _write_json(value: dict[str, Any]) -> None:
    line = json.dumps(value, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(line.encode("utf-8", "replace"))

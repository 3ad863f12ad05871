"""`normalize run`: files and folders."""

from __future__ import annotations

import json
import sys

import click

from normalize.cli.options import config_option, no_translate_option


@click.command("run")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", metavar="DIR", help="Where results go (default: output).")
@click.option(
    "--format",
    "formats",
    metavar="LIST",
    help="Comma-separated: text, markdown, jsonl, parquet. documents.jsonl is always written.",
)
@click.option("--dry-run", is_flag=True, help="List the files that would be read; do nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write the summary as one JSON object.")
@no_translate_option
@config_option
def command(
    inputs: tuple[str, ...],
    output: str | None,
    formats: str | None,
    dry_run: bool,
    as_json: bool,
    no_translate: bool,
    config: str | None,
) -> int:
    """Normalize every posting in INPUT (files, folders, glob patterns, or - for stdin).

    Results mirror the input tree below the output folder; documents.jsonl holds one record a
    posting, rejected.jsonl what could not be read and why, run.json the summary, which also goes
    to stderr. Exit code 1 if a posting was rejected.

    Example:

    \b
        normalize run scraped/ -o clean --format text,jsonl
    """
    from normalize.batch.discover import discover
    from normalize.batch.run import run
    from normalize.config import load

    wanted = tuple(name.strip() for name in formats.split(",")) if formats else None
    settings = load(
        config,
        {
            "translate.enabled": False if no_translate else None,
            "output.directory": output,
            "output.formats": list(wanted) if wanted else None,
        },
    )
    if dry_run:
        for path in discover(inputs, settings.input):
            click.echo(path)
        return 0
    live = sys.stderr.isatty()

    def progress(count: int) -> None:
        if live and count % 10 == 0:
            click.echo(f"\r{count} postings", nl=False, err=True)

    report = run(inputs, settings, progress)
    if live:
        click.echo("\r", nl=False, err=True)
    if as_json:
        click.echo(json.dumps(report.as_dict()), err=True)
    else:
        for line in report.lines():
            click.echo(line, err=True)
    return report.exit_code

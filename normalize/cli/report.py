"""`normalize report`: the review page."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("report")
@click.argument("directory", metavar="DIR", type=click.Path(exists=True, file_okay=False))
def command(directory: str) -> None:
    """Write DIR/report/index.html: every posting of a run, source beside English, and why.

    Example:

    \b
        normalize report output
    """
    from normalize.report.html import write_report

    click.echo(write_report(Path(directory)))

"""`normalize run`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from normalize.config import load
from normalize.errors import ExitCode
from normalize.formats.writers import record
from normalize.pipeline import run_stages
from normalize.posting import Posting, Source
from normalize.stages import build_stages


@click.command("run")
@click.argument("inputs", nargs=-1, required=True)
@click.option("-o", "--output", default="output")
@click.option("--no-translate", is_flag=True)
@click.option("--format", "formats", default="jsonl")
def command(inputs: tuple[str, ...], output: str, no_translate: bool, formats: str) -> int:
    """Normalize every posting in INPUTS."""
    settings = load(overrides={"translate.enabled": False if no_translate else None})
    files = [
        f
        for name in inputs
        for f in (sorted(Path(name).rglob("*")) if Path(name).is_dir() else [Path(name)])
        if f.is_file()
    ]
    outcomes = run_stages(build_stages(settings), [Source(str(f), f.read_bytes()) for f in files])
    target = Path(output)
    target.mkdir(parents=True, exist_ok=True)
    with (target / "documents.jsonl").open("w", encoding="utf-8") as out:
        for outcome in outcomes:
            if isinstance(outcome, Posting):
                out.write(json.dumps(record(outcome, ""), ensure_ascii=False) + "\n")
            else:
                click.echo(f"{outcome.source.path}: {outcome.reason}", err=True)
    return int(ExitCode.REJECTED if any(not isinstance(o, Posting) for o in outcomes) else 0)

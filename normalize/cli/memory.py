"""`normalize memory`: what was translated before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from normalize.cli.options import config_option

if TYPE_CHECKING:
    from normalize.translation.memory import Memory


@click.group("memory")
def command() -> None:
    """Look at, export, correct and clear the translation memory.

    Example:

    \b
        normalize memory export memory.tmx
    """


def _memory(config: str | None) -> Memory:
    from normalize.config import load
    from normalize.translation.translator import Translator

    return Translator(load(config).translate).memory


@command.command("stats")
@config_option
def stats(config: str | None) -> None:
    """Count the entries by language, and those imported from people."""
    memory = _memory(config)
    click.echo(f"{memory.path}")
    for name, count in memory.stats().items():
        click.echo(f"{name}: {count}")


@command.command("export")
@click.argument("file", type=click.Path(dir_okay=False))
@config_option
def export(file: str, config: str | None) -> None:
    """Write all entries to FILE as TMX, for a translator's tool."""
    click.echo(f"{_memory(config).export(Path(file))} entries")


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@config_option
def import_(file: str, config: str | None) -> None:
    """Take in FILE (TMX): its translations win over the model and are marked memory:human."""
    click.echo(f"{_memory(config).import_tmx(Path(file))} entries")


@command.command("clear")
@config_option
def clear(config: str | None) -> None:
    """Forget what the model made; imported entries stay."""
    _memory(config).clear()

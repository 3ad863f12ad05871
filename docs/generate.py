"""Write docs/commands.md: the help of every command, as it is.

python docs/generate.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from normalize.cli import cli

PAGE = Path(__file__).with_name("commands.md")


def page() -> str:
    """The whole page."""
    sections = [f"## `{name}`\n\n```text\n{text}\n```\n" for name, text in helps(cli, "normalize")]
    return "# Commands\n\nWritten by `make docs`.\n\n" + "\n".join(sections)


def helps(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    """Name and help of a command and of those below it."""
    # The names of the help option come from the top command, whoever asked it before.
    context = click.Context(
        command, info_name=name, terminal_width=88, help_option_names=["-h", "--help"]
    )
    command._help_option = None
    yield name, command.get_help(context).rstrip()
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            inner = command.get_command(context, child)
            if inner is not None:
                yield from helps(inner, f"{name} {child}")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

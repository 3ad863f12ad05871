"""The `normalize` command. Each subcommand lives in a module of its own, imported when called."""

from __future__ import annotations

import importlib
import sys

import click

from normalize import __version__
from normalize.errors import ExitCode, NormalizeError

# name -> one line of help, shown without importing the module; the command object is
# `normalize.cli.NAME:command`.
COMMANDS = {
    "run": "Normalize files and folders into an output folder.",
    "text": "Normalize one posting from stdin to stdout.",
    "explain": "Show every decision about one posting.",
    "config": "Print the settings in force.",
    "report": "Write the review page of a run.",
    "doctor": "Check that everything a run needs is there.",
    "models": "List, add, verify and remove translation models.",
    "memory": "Look at, export, correct and clear the translation memory.",
    "rules": "List, try and check the rules that recognise boilerplate.",
}


class LazyGroup(click.Group):
    """A group whose subcommands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a subcommand."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"normalize.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List subcommands from `COMMANDS`, importing none."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="normalize")
def cli() -> None:
    """Turn scraped job and research postings into clean English text, offline."""


def main() -> None:
    """Run the command; errors become one message and an exit code."""
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)
    except NormalizeError as error:
        click.echo(f"normalize: {error}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("normalize: interrupted", err=True)
        sys.exit(ExitCode.INTERRUPTED)

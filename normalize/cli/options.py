"""Options that several subcommands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def config_option(command: Command) -> Command:
    """`--config FILE`."""
    return click.option(
        "--config",
        metavar="FILE",
        type=click.Path(dir_okay=False),
        help="Settings; without it, config.toml in this folder, if there is one.",
    )(command)


def no_translate_option(command: Command) -> Command:
    """`--no-translate`."""
    return click.option(
        "--no-translate", is_flag=True, help="Leave every block in its own language."
    )(command)

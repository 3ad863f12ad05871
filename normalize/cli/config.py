"""`normalize config`: the settings in force."""

from __future__ import annotations

import click

from normalize.cli.options import config_option


@click.command("config")
@config_option
def command(config: str | None) -> None:
    """Print the settings in force as TOML: defaults, with what the file changes.

    A wrong file is answered with every key that is wrong, its value and what is allowed, and
    exit code 3.

    Example:

    \b
        normalize config > config.toml
    """
    import tomli_w

    from normalize.config import load

    settings = load(config).model_dump(mode="json", exclude_none=True)
    click.echo(tomli_w.dumps(settings), nl=False)

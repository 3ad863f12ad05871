"""`normalize models`: translation packages on this machine."""

from __future__ import annotations

import json
from pathlib import Path

import click

from normalize.cli.options import config_option
from normalize.errors import ExitCode


@click.group("models")
def command() -> None:
    """List, add, verify and remove translation models.

    Example:

    \b
        normalize models add da en
    """


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@config_option
def list_models(as_json: bool, config: str | None) -> None:
    """List the models, those that are used first."""
    from normalize.config import load
    from normalize.translation.packages import installed

    found = [
        {
            "name": package.name,
            "from": package.source,
            "to": package.target,
            "version": package.version,
            "path": str(package.path),
            "origin": package.origin,
            "verified": package.verified,
        }
        for package in installed(load(config).translate.models)
    ]
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    for one in found:
        click.echo(f"{one['from']} → {one['to']}  {one['version']}  {one['origin']}  {one['path']}")


@command.command("add")
@click.argument("source")
@click.argument("target", required=False)
@click.option("--sha256", metavar="DIGEST", help="What the file must be.")
def add(source: str, target: str | None, sha256: str | None) -> None:
    """Install the model from SOURCE to TARGET from the official index, or an .argosmodel file.

    Only this command uses the network, and only for a pair of languages.

    Examples:

    \b
        normalize models add da en
        normalize models add translate-da_en-1_9.argosmodel
    """
    from normalize.translation.download import fetch
    from normalize.translation.packages import install

    package = Path(source) if target is None else fetch(source, target)
    found = install(package, sha256)
    state = "verified" if found.verified else "not verified: its SHA-256 is not known to us"
    click.echo(f"installed {found.label} ({state}) at {found.path}")


@command.command("verify")
@config_option
def verify_models(config: str | None) -> int:
    """Compare every model's files with their recorded digests; exit code 1 if one differs."""
    from normalize.config import load
    from normalize.translation.packages import installed, verify

    bad = 0
    for package in installed(load(config).translate.models):
        fault = verify(package)
        bad += fault is not None and package.origin == "installed"
        click.echo(f"{package.label} ({package.origin}): {fault or 'sound'}")
    return ExitCode.REJECTED if bad else ExitCode.DONE


@command.command("remove")
@click.argument("source")
@click.argument("target", default="en")
def remove_models(source: str, target: str) -> int:
    """Remove models that `normalize models add` installed."""
    from normalize.translation.packages import remove

    gone = remove(source, target)
    for package in gone:
        click.echo(f"removed {package.label}")
    if not gone:
        click.echo(f"no installed model {source} → {target}", err=True)
    return ExitCode.DONE if gone else ExitCode.REJECTED

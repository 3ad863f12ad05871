"""`normalize rules`: for those who write rules."""

from __future__ import annotations

import json
from pathlib import Path

import click

from normalize.boilerplate import Rulebook, rules_of
from normalize.boilerplate.check import faults, label_text
from normalize.boilerplate.repeated import passages, record
from normalize.config import load
from normalize.errors import ConfigurationError, ExitCode
from normalize.pipeline import run_stages
from normalize.posting import Posting, Source
from normalize.stages import build_stages

UNTIL_SEGMENT = ("decode", "extract", "repair", "segment")

_config = click.option("--config", type=click.Path(), help="Settings file with rules of your own.")


@click.group("rules")
def command() -> None:
    """List, try and check the rules that recognise boilerplate.

    Example:

    \b
        normalize rules test "Application documents will not be returned."
    """


def _rules(config: str | None) -> Rulebook:
    return rules_of(load(config).strip)


@command.command("list")
@_config
@click.option("--json", "as_json", is_flag=True, help="One JSON array, with all phrases.")
def list_rules(config: str | None, as_json: bool) -> None:
    """List the rules in force: name, category, how many phrases.

    Example:

    \b
        normalize rules list --json
    """
    rules = _rules(config).rules
    if as_json:
        click.echo(json.dumps([rule.as_dict() for rule in rules], ensure_ascii=False, indent=1))
        return
    for rule in rules:
        count = sum(len(rule.as_dict()[role]) for role in ("phrases", "cues", "headings", "whole"))
        click.echo(f"{rule.name:24} {rule.category:18} {count:3} phrases")


@command.command("test")
@_config
@click.argument("text")
def test_rules(config: str | None, text: str) -> None:
    """Say what TEXT, one sentence alone, would be labelled as, by which rule and why.

    Example:

    \b
        normalize rules test "Women are strongly encouraged to apply."
    """
    found = label_text(text, _rules(config))
    if found.label is None:
        click.echo("kept")
        return
    click.echo(f"{found.label} by {found.rule}")
    for line in found.evidence:
        click.echo(f"  {line}")


@command.command("count")
@_config
@click.argument("inputs", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def count_passages(config: str | None, inputs: tuple[Path, ...]) -> None:
    """Count the passages of the postings in INPUTS, into the file `strip.repeated.file` names.

    Later runs take a passage that many documents share as evidence for boilerplate. Counting a
    posting again changes nothing.

    Example:

    \b
        normalize rules count --config config.toml scraped/
    """
    settings = load(config)
    if not settings.strip.repeated.file:
        raise ConfigurationError("strip.repeated.file: name the file to count into")
    files = [
        file
        for given in inputs
        for file in (sorted(given.rglob("*")) if given.is_dir() else [given])
        if file.is_file()
    ]
    stages = [stage for stage in build_stages(settings) if stage.name in UNTIL_SEGMENT]
    counted = {}
    for file in files:
        (outcome,) = run_stages(stages, [Source(str(file), file.read_bytes())])
        if isinstance(outcome, Posting):
            counted[outcome.source.id] = passages(outcome)
    record(Path(settings.strip.repeated.file), counted)
    click.echo(f"{len(counted)} postings counted", err=True)


@command.command("check")
@_config
def check_rules(config: str | None) -> int:
    """Check every rule in force against its own examples; exit code 1 where one fails.

    Example:

    \b
        normalize rules check --config config.toml
    """
    rules = _rules(config)
    wrong = [line for rule in rules.rules for line in faults(rule, rules)]
    for line in wrong:
        click.echo(line)
    examples = sum(len(rule.match) + len(rule.no_match) for rule in rules.rules)
    click.echo(f"{len(rules.rules)} rules, {examples} examples, {len(wrong)} wrong", err=True)
    return int(ExitCode.REJECTED if wrong else ExitCode.DONE)

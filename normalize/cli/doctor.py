"""`normalize doctor`: is everything there that a run needs?"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import click

from normalize.cli.options import config_option
from normalize.config import Settings

# What argostranslate would bring along; ours is an environment without them.
UNWANTED = ("torch", "stanza", "spacy", "minisbd")
PACKAGES = ("argostranslate", "ctranslate2", "ftfy", "langdetect", "sentencepiece", "unidecode")


class Finding(NamedTuple):
    """One line of the report; `good` None means worth knowing but no fault."""

    good: bool | None
    text: str


@click.command("doctor")
@config_option
def command(config: str | None) -> int:
    """Check the installation, the models and the settings, and try each part once.

    Exit code 0 if everything works, 1 if something does not.

    Example:

    \b
        normalize doctor
    """
    from normalize.config import load

    settings = load(config)
    good = True
    for finding in findings(settings):
        mark = {True: "ok  ", False: "FAIL", None: "note"}[finding.good]
        colour = {True: "green", False: "red", None: "yellow"}[finding.good]
        click.echo(f"{click.style(mark, fg=colour)}  {finding.text}")
        good = good and finding.good is not False
    return 0 if good else 1


def findings(settings: Settings) -> Iterator[Finding]:
    """Everything the doctor looks at, in the order of the pipeline."""
    yield Finding(True, f"Python {platform.python_version()} at {sys.executable}")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    yield Finding(True, versions)
    for name in UNWANTED:
        if importlib.util.find_spec(name):
            yield Finding(None, f"{name} is installed; it is not needed and never loaded")
    yield _try("repair", _repairs)
    yield _try("language", _detects)
    yield from _models()
    if settings.translate.enabled:
        yield _try("translation", _translates)
    yield _output(Path(settings.output.directory))


def _try(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(True, f"{name}: {check()}")
    except Exception as error:  # the doctor reports every fault, whatever it is
        return Finding(False, f"{name}: {error or type(error).__name__}")


def _repairs() -> str:
    from normalize.api import repair

    fixed = repair("Universit√§t")
    if fixed != "Universität":
        raise ValueError(f"Universit√§t became {fixed}")
    return f"Universit√§t → {fixed}"


def _detects() -> str:
    from normalize.api import detect

    found = {text: detect(text)[0] for text in ("Stellenausschreibung", "Ansøgningsfrist")}
    if list(found.values()) != ["de", "da"]:
        raise ValueError(f"{found}")
    return ", ".join(f"{text} is {name}" for text, name in found.items())


def _translates() -> str:
    from normalize.api import translate

    (english,) = translate(["Vi søger en ny medarbejder."], "da")
    return f"Vi søger en ny medarbejder. → {english}"


def _models() -> Iterator[Finding]:
    from normalize.translation.packages import installed

    models = installed()
    for model in models:
        text = f"model {model.name} {model.version} ({model.origin}) at {model.path}"
        yield Finding(model.verified is not False, text)
    if not models:
        yield Finding(False, "no translation model. Install one with: normalize models add da en")


def _output(folder: Path) -> Finding:
    place = folder if folder.exists() else folder.parent
    if os.access(place, os.W_OK):
        return Finding(True, f"output folder {folder} can be written")
    return Finding(False, f"output folder {folder} cannot be written")

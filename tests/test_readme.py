"""The README's examples are true."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

from click.testing import CliRunner

from normalize.cli import cli

README = Path(__file__).parent.parent / "README.md"


def test_examples():
    """The Python session gives what it shows."""
    assert doctest.testfile(str(README), module_relative=False).failed == 0


def test_commands_exist():
    """Every `normalize` command in it is one, with options that it has."""
    for line in re.findall(
        r"normalize ((?:run|text|report|explain|models|memory|rules|config)\b[^\n`|<>#]*)",
        README.read_text("utf-8"),
    ):
        words = [word for word in line.split() if re.fullmatch(r"[a-z]+|--[a-z-]+", word)]
        options = [word for word in words if word.startswith("--") and word != "--help"]
        shown = CliRunner().invoke(cli, [words[0], "--help"]).output
        assert [option for option in options if option not in shown] == [], line

"""The command: help, exit codes, whole messages."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from normalize.cli import COMMANDS, cli

ROOT = Path(__file__).parent.parent


def run(*args: str, stdin: str | bytes = b"", cwd: Path | None = None):
    """Run the command as a user does, in a process of its own."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "normalize", *args], input=data, capture_output=True, cwd=cwd
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize("name", COMMANDS)
def test_command_has_help(name):
    """Every command explains itself, with an example."""
    result = CliRunner().invoke(cli, [name, "--help"])

    assert result.exit_code == 0
    assert f"normalize {name}" in result.output


def test_text_writes_the_text_and_nothing_else(tmp_path):
    assert run(
        "text", "--no-translate", stdin="The Universit√§t is hiring a postdoc.", cwd=tmp_path
    ) == (
        0,
        "The Universität is hiring a postdoc.\n",
        "",
    )


def test_text_of_records(tmp_path):
    """One record in, one record out, in order; an empty one says why it is rejected."""
    lines = '{"title": "Postdoc", "description": "<p>We hire.</p>"}\n{"description": ""}\n'

    code, out, err = run("text", "--lines", "--no-translate", stdin=lines, cwd=tmp_path)
    first, second = [json.loads(line) for line in out.splitlines()]

    assert code == 1
    assert first["status"] == "done"
    assert "We hire." in first["text"]
    assert (second["status"], second["path"]) == ("rejected", "-#2")
    assert err.startswith(f"-#2: {second['reason']}: ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "[repair]\nlayuot = true\n",
            "config.toml: repair.layuot: Extra inputs are not permitted (got True)",
        ),
        (
            "[translate]\nbeam = 0\n",
            "config.toml: translate.beam: Input should be greater than or equal to 1 (got 0)",
        ),
        (
            "[translate]\nbeam = 'two'\n",
            "config.toml: translate.beam: Input should be a valid integer (got 'two')",
        ),
        ("beam = [", "config.toml: "),
    ],
)
def test_wrong_configuration(tmp_path, content, message):
    """One message a fault: key, what is allowed, value; exit code 3."""
    (tmp_path / "config.toml").write_text(content)

    code, out, err = run("config", cwd=tmp_path)

    assert (code, out) == (3, "")
    assert err.startswith(f"normalize: {message}")
    assert "Traceback" not in err


def test_missing_configuration(tmp_path):
    code, _, err = run("config", "--config", "nowhere.toml", cwd=tmp_path)

    assert code == 3
    assert err.startswith("normalize: nowhere.toml: ")


def test_config_prints_toml_that_it_reads(tmp_path):
    """What `normalize config` prints is a configuration that changes nothing."""
    _, printed, _ = run("config", cwd=tmp_path)
    (tmp_path / "config.toml").write_text(printed)

    assert run("config", cwd=tmp_path) == (0, printed, "")


def test_shipped_config_is_the_defaults(tmp_path):
    """config.toml at the root names every setting with its default."""
    _, printed, _ = run("config", cwd=tmp_path)

    assert tomllib.loads((ROOT / "config.toml").read_text()) == tomllib.loads(printed)


def test_unknown_command():
    code, out, err = run("normalise")

    assert (code, out) == (2, "")
    assert "No such command 'normalise'" in err


def test_explain(tmp_path):
    """Each block with its verdict; what is stripped names its category and rule."""
    posting = tmp_path / "posting.txt"
    posting.write_text("Postdoc in physics\n\nInterview expenses will not be reimbursed.\n")

    code, out, _ = run("explain", str(posting), cwd=tmp_path)

    assert code == 0
    assert "stripped: application_admin (" in out
    assert "· kept" in out


def test_explain_of_nothing(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")

    code, out, err = run("explain", "empty.txt", cwd=tmp_path)

    assert (code, out) == (1, "")
    assert err.startswith("empty.txt: rejected: empty")


def test_doctor(tmp_path):
    """A sound installation passes; each line says what was looked at."""
    code, out, _ = run("doctor", cwd=tmp_path)

    assert (code, [line for line in out.splitlines() if line.startswith("FAIL")]) == (0, [])


@pytest.mark.parametrize("command", ["text", "explain"])
@pytest.mark.parametrize(
    ("name", "message"), [("nowhere.txt", "does not exist"), (".", "is a directory")]
)
def test_file_that_is_none(tmp_path, command, name, message):
    """A missing file or a folder is a usage error of one message."""
    code, out, err = run(command, name, cwd=tmp_path)

    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err

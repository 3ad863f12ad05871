"""Runs over folders: whatever lies there, the run goes on and says what became of it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from normalize.cli import cli

ODD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t", "empty"),
    "noise.txt": (bytes(range(256)) * 20, "binary"),
    "page.html": (b"%PDF-1.7 and so on", "unsupported_format"),
    "cut.json": (b'{"title": "Post', "truncated"),
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    for name, (data, _) in ODD.items():
        (tmp_path / "in" / name).write_bytes(data)
    (tmp_path / "in" / "long.txt").write_bytes(b"x" * 400_000)
    (tmp_path / "in" / "sound.txt").write_text("We are hiring a postdoc for two years.\n")
    (tmp_path / "in" / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "in" / "jobs.jsonl").write_text(
        '{"title": "A", "text": "We hire."}\n{"text": ""}\n'
    )
    return tmp_path


def run(folder, *options):
    args = ["run", str(folder / "in"), "-o", str(folder / "out"), "--no-translate", *options]
    return CliRunner().invoke(cli, args, standalone_mode=False)


def records(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_every_file_is_accounted_for(folder):
    """Each odd file has its reason, the sound ones are done, exit code 1."""
    result = run(folder)
    reasons = {
        r["path"].rsplit("/", 1)[1]: r["reason"] for r in records(folder / "out/rejected.jsonl")
    }
    done = [d["path"].rsplit("/", 1)[1] for d in records(folder / "out/documents.jsonl")]

    assert result.return_value == 1
    assert {name: reasons[name] for name in ODD} == {n: reason for n, (_, reason) in ODD.items()}
    assert reasons["gone.txt"] == "not_found"
    assert done == ["jobs.jsonl#1", "long.txt", "sound.txt"]


def test_same_input_same_bytes(folder):
    """A second run gives the same records, byte for byte."""
    run(folder)
    first = (folder / "out/documents.jsonl").read_bytes()
    run(folder)

    assert (folder / "out/documents.jsonl").read_bytes() == first


def test_output_mirrors_the_input(folder):
    run(folder, "--format", "text")
    texts = [p.name for p in (folder / "out").rglob("sound.txt")]

    assert texts == ["sound.txt"]


def test_output_that_cannot_be_written(folder):
    """One message that names the setting, and exit code 3."""
    (folder / "out").write_text("a file, not a folder")
    error = run(folder).exception

    assert error.exit_code == 3
    assert str(error).startswith(f"output.directory: {folder / 'out'} cannot be written: ")

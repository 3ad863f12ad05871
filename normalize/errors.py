"""What can go wrong, what happens then, and the exit code that says so.

The class of an error decides what follows: a `PostingError` quarantines one posting and the run
goes on; any other `NormalizeError` ends the command with one line on stderr and its `exit_code`.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the `normalize` command."""

    DONE = 0
    REJECTED = 1
    USAGE = 2
    CONFIGURATION = 3
    MISSING_MODEL = 4
    INTERRUPTED = 130


class PostingError(Exception):
    """This posting cannot be normalised; the others can.

    `reason` is a short stable slug that can be counted (`empty`, `binary`, `undecodable`);
    `detail` says what was seen, for a person.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}" if self.detail else self.reason


class NormalizeError(Exception):
    """The command cannot go on. The message says what, where and what to do."""

    exit_code = ExitCode.USAGE


class ConfigurationError(NormalizeError):
    """A setting is wrong: the message names the key, the value and what is allowed."""

    exit_code = ExitCode.CONFIGURATION


class MissingModelError(NormalizeError):
    """A translation model was required and is not there."""

    exit_code = ExitCode.MISSING_MODEL

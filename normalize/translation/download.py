"""Official packages from the Argos index: the only part that uses the network, and only when asked."""

from __future__ import annotations

import sys
import urllib.error
import urllib.request
from pathlib import Path

import click

from normalize.errors import NormalizeError
from normalize.translation.packages import argos, data_home

TIMEOUT = 60


def fetch(source: str, target: str) -> Path:
    """Download the newest official package of a pair; goes on where a download was cut off.

    Raises:
        NormalizeError: no connection, or no such package.
    """
    module = argos()
    try:
        module.update_package_index()
        available = module.get_available_packages()
    except Exception as error:  # whatever the library meets: there is no index
        raise _offline(error) from None
    found = [p for p in available if (p.from_code, p.to_code) == (source, target)]
    if not found:
        raise NormalizeError(f"the index has no model {source} → {target}")
    newest = max(found, key=lambda p: [int(n) for n in p.package_version.split(".") if n.isdigit()])
    folder = data_home() / "downloads"
    folder.mkdir(parents=True, exist_ok=True)
    last: Exception | None = None
    for link in newest.links:
        path = folder / Path(link).name
        try:
            _download(link, path)
        except (OSError, urllib.error.URLError) as fault:
            last = fault
            continue
        return path
    raise _offline(last)


def _download(link: str, path: Path) -> None:
    part = path.with_name(path.name + ".part")
    have = part.stat().st_size if part.exists() else 0
    if not link.startswith("https://"):
        raise OSError(f"{link} is not an https address")
    request = urllib.request.Request(link, headers={"Range": f"bytes={have}-"} if have else {})  # noqa: S310
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
        resumed = answer.status == 206
        left = int(answer.headers.get("Content-Length") or 0)
        with (
            part.open("ab" if resumed else "wb") as file,
            click.progressbar(length=left, label=path.name, file=sys.stderr) as bar,
        ):
            while block := answer.read(1 << 16):
                file.write(block)
                bar.update(len(block))
    part.replace(path)


def _offline(error: Exception | None) -> NormalizeError:
    return NormalizeError(
        f"the package index cannot be reached ({error}). Download the .argosmodel file elsewhere "
        "and install it with: normalize models add FILE.argosmodel"
    )

"""Argos packages: where they are, which one serves a language, and whether it is what it should be.

Order of choice: configured, installed (ours and Argos' own folder), bundled. A package is a folder
with `metadata.json`, `model/` (CTranslate2) and a tokenizer, or that folder zipped as
`*.argosmodel`. Bundled ones are zipped; they are unpacked once into the user's cache.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from normalize.errors import NormalizeError

TARGET = "en"
BUNDLED = Path(__file__).parent / "bundled"
# Official packages by file name: SHA-256, as served by the Argos index in June 2025.
PINS = {
    "translate-da_en-1_9.argosmodel": "cf0e4ddc78a6cc4c9093fcd8b5f22285fc5d0a8fe8650940cdc913da6295c585",
    "translate-de_en-1_3.argosmodel": "becc2b0011f8249fcb89be9ecb75ba0d876b1fab93c28ee6ff0420936897d637",
}
# A package unpacks to about the size of its model; one that claims more is a bomb.
MAX_UNPACKED = 2_000_000_000
MAX_MEMBERS = 1000


@dataclass(frozen=True, slots=True)
class Package:
    """A translation package on this machine."""

    name: str
    source: str
    target: str
    version: str
    path: Path
    origin: str
    verified: bool | None = None

    @property
    def label(self) -> str:
        """How records name it."""
        return f"{self.name} {self.version}"


def data_home() -> Path:
    """Our folder for models and memory, which may not exist yet."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "posting-normalizer"


def _cache_home() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "posting-normalizer"


def installed_home() -> Path:
    """Where `normalize models add` puts packages."""
    return data_home() / "models"


def _argos_home() -> Path:
    if folder := os.environ.get("ARGOS_PACKAGES_DIR"):
        return Path(folder)
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "argos-translate" / "packages"


def installed(configured: Sequence[str] = ()) -> list[Package]:
    """All packages, in order of choice."""
    found = [_configured(Path(path)) for path in configured]
    for folder, origin in ((installed_home(), "installed"), (_argos_home(), "argos")):
        found += _in_folder(folder, origin)
    return [*found, *bundled()]


def choose(source: str, configured: Sequence[str] = ()) -> Package | None:
    """The package that translates `source` into English; None if there is none."""
    for package in installed(configured):
        if package.source == source and package.target == TARGET:
            return package
    return None


def _configured(path: Path) -> Package:
    if path.suffix == ".argosmodel":
        return _read(unpacked(path), "configured")
    if not (path / "metadata.json").is_file():
        raise NormalizeError(
            f"translate.models: {path} is no Argos package (no metadata.json). "
            "Give the folder of a package or an .argosmodel file"
        )
    return _read(path, "configured")


def _in_folder(folder: Path, origin: str) -> Iterator[Package]:
    if not folder.is_dir():
        return
    packages = []
    for path in sorted(folder.iterdir()):
        if (path / "metadata.json").is_file() and (path / "model").is_dir():
            packages.append(_read(path, origin))
    yield from sorted(packages, key=lambda p: (p.source, _version_key(p.version)), reverse=True)


def _version_key(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


def _read(folder: Path, origin: str, verified: bool | None = None) -> Package:
    meta = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    source, target = str(meta.get("from_code")), str(meta.get("to_code"))
    name = f"translate-{source}_{target}"
    if verified is None and (folder / "SHA256").is_file():
        verified = True
    return Package(
        name, source, target, str(meta.get("package_version", "")), folder, origin, verified
    )


@cache
def bundled() -> tuple[Package, ...]:
    """The packages that ship with us, verified against their recorded digests."""
    digests = _recorded(BUNDLED)
    packages = []
    for path in sorted(BUNDLED.glob("*.argosmodel")):
        sound = digests.get(path.name) == sha256(path)
        if not sound:
            raise NormalizeError(f"{path} is damaged (SHA-256 differs). Install the project again")
        packages.append(_read(unpacked(path), "bundled", True))
    return tuple(packages)


def _recorded(folder: Path) -> dict[str, str]:
    lines = (folder / "SHA256SUMS").read_text("utf-8").split("\n")
    return {
        name.strip(): digest for digest, _, name in (line.partition("  ") for line in lines) if name
    }


def sha256(path: Path) -> str:
    """Hex digest of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def unpacked(package: Path, folder: Path | None = None) -> Path:
    """The folder an `.argosmodel` file unpacks to, made if it is not there yet.

    Args:
        package: the zipped package.
        folder: where to; without it the user's cache, under the digest of the file.

    Raises:
        NormalizeError: it is no package, is damaged, or would write outside its folder.
    """
    target = folder or _cache_home() / "models" / sha256(package)[:24]
    if (target / "metadata.json").is_file():
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(dir=target.parent, prefix=".unpacking-"))
    except OSError:
        # No writable cache (a container, a service account): a temporary one serves this process.
        return _temporary(package)
    try:
        _extract(package, scratch)
        try:
            scratch.rename(target)
        except OSError:
            if not (target / "metadata.json").is_file():
                raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return target


@cache
def _temporary(package: Path) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="posting-normalizer-"))
    import atexit

    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _extract(package, folder)
    return folder


def _extract(package: Path, folder: Path) -> None:
    """Unpack the files of a package, without its outer folder; nothing may leave `folder`."""
    refuse = f"{package.name} is no sound Argos package"
    again = "Download it again, or check where it came from"
    try:
        with zipfile.ZipFile(package) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            roots = {member.filename.split("/")[0] for member in members}
            if len(roots) != 1 or len(members) > MAX_MEMBERS:
                raise NormalizeError(f"{refuse}: it must hold one folder. {again}")
            if sum(member.file_size for member in members) > MAX_UNPACKED:
                raise NormalizeError(f"{refuse}: it would unpack to more than 2 GB. {again}")
            for member in members:
                inside = member.filename.split("/", 1)[1] if "/" in member.filename else ""
                parts = Path(inside).parts
                link = stat.S_ISLNK(member.external_attr >> 16)
                if (
                    not inside
                    or ".." in parts
                    or Path(inside).is_absolute()
                    or "\\" in inside
                    or link
                ):
                    raise NormalizeError(
                        f"{refuse}: {member.filename!r} leaves its folder. {again}"
                    )
                if parts[0] in {"stanza", "minisbd", "spacy"}:
                    continue  # sentence splitters that we never load
                place = folder / inside
                place.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(member) as source, place.open("wb") as target:
                    shutil.copyfileobj(source, target)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
        raise NormalizeError(f"{refuse}: {error}. {again}") from None
    if not (folder / "metadata.json").is_file() or not (folder / "model").is_dir():
        raise NormalizeError(f"{refuse}: metadata.json or model/ is missing. {again}")


def install(package: Path, expected: str | None = None) -> Package:
    """Install an `.argosmodel` file; replaces an older version of the same pair.

    Args:
        package: the file.
        expected: its SHA-256, if known; the pins above are used by file name.

    Raises:
        NormalizeError: the digest differs, or it is no package.
    """
    if not package.is_file():
        raise NormalizeError(f"{package} is not there")
    digest = sha256(package)
    expected = expected or PINS.get(package.name)
    if expected and digest != expected.lower():
        raise NormalizeError(
            f"{package.name}: SHA-256 is {digest}, expected {expected}. "
            "The file is incomplete or not the one meant; download it again"
        )
    home = installed_home()
    home.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=home, prefix=".installing-"))
    try:
        _extract(package, scratch)
        (scratch / "SHA256").write_text(f"{digest}  {package.name}\n")
        (scratch / "FILES.json").write_text(json.dumps(_digests(scratch), indent=1))
        found = _read(scratch, "installed")
        target = home / f"{found.name}-{found.version.replace('.', '_')}"
        old = home / f".old-{os.getpid()}-{target.name}"
        if target.exists():
            target.rename(old)
        scratch.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return _read(target, "installed", bool(expected) or None)


@cache
def package_digest(package: Package) -> str:
    """Digest of a package's model and tokenizer: what its translations are remembered under."""
    digest = hashlib.sha256()
    for name in ("model/model.bin", "sentencepiece.model", "bpe.model"):
        if (package.path / name).is_file():
            digest.update(sha256(package.path / name).encode())
    return digest.hexdigest()[:24]


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(
        p for p in folder.rglob("*") if p.is_file() and p.name not in {"SHA256", "FILES.json"}
    )
    return {p.relative_to(folder).as_posix(): sha256(p) for p in files}


def verify(package: Package) -> str | None:
    """What is wrong with a package, None if nothing is: its files against their digests."""
    if package.origin == "bundled":
        return None  # verified whenever it is found
    record = package.path / "FILES.json"
    if not record.is_file():
        return "installed by another tool: no digests to compare with"
    known = json.loads(record.read_text("utf-8"))
    now = _digests(package.path)
    for name in sorted(set(known) | set(now)):
        if known.get(name) != now.get(name):
            return f"{name} is missing or changed: normalize models remove {package.source} {package.target}, then add it again"
    return None


def remove(source: str, target: str = TARGET) -> list[Package]:
    """Remove the packages of a pair that we installed; those of Argos and bundled ones stay."""
    gone = [
        p
        for p in _in_folder(installed_home(), "installed")
        if (p.source, p.target) == (source, target)
    ]
    for package in gone:
        shutil.rmtree(package.path)
    return gone


@cache
def argos() -> Any:
    """`argostranslate.package`, whose import would create three folders in the user's home."""
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    before = {name: os.environ.get(name) for name in names}
    with tempfile.TemporaryDirectory(prefix="argos-") as scratch:
        os.environ.update(dict.fromkeys(names, scratch))
        try:
            import argostranslate.package as module
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name)
                else:
                    os.environ[name] = value
    return module

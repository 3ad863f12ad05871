"""Telling text from what is none, by its first bytes and its control characters."""

from __future__ import annotations

import re

from normalize.errors import PostingError

# First bytes of formats that are no text: (bytes, what it is, reason).
SIGNATURES = (
    (b"%PDF-", "a PDF document", "unsupported_format"),
    (b"PK\x03\x04", "a ZIP archive or office document", "unsupported_format"),
    (b"PK\x05\x06", "an empty ZIP archive", "unsupported_format"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "unsupported_format"),
    (b"{\\rtf", "a rich text document", "unsupported_format"),
    (b"%!PS", "a PostScript document", "unsupported_format"),
    (b"\x1f\x8b", "gzip data", "unsupported_format"),
    (b"BZh", "bzip2 data", "unsupported_format"),
    (b"\xfd7zXZ\x00", "xz data", "unsupported_format"),
    (b"\x28\xb5\x2f\xfd", "zstandard data", "unsupported_format"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unsupported_format"),
    (b"Rar!\x1a\x07", "a RAR archive", "unsupported_format"),
    (b"AT&TFORM", "a DjVu document", "unsupported_format"),
    (b"PAR1", "a Parquet file", "unsupported_format"),
    (b"\x89PNG", "a PNG image", "binary"),
    (b"GIF8", "a GIF image", "binary"),
    (b"\xff\xd8\xff", "a JPEG image", "binary"),
    (b"II*\x00", "a TIFF image", "binary"),
    (b"MM\x00*", "a TIFF image", "binary"),
    (b"RIFF", "a RIFF file (image or sound)", "binary"),
    (b"ID3", "sound", "binary"),
    (b"OggS", "sound", "binary"),
    (b"\x7fELF", "a program", "binary"),
    (b"MZ\x90\x00", "a program", "binary"),
    (b"\xca\xfe\xba\xbe", "a program", "binary"),
    (b"\x00asm", "a program", "binary"),
    (b"wOFF", "a font", "binary"),
    (b"wOF2", "a font", "binary"),
    (b"SQLite format 3\x00", "a database", "binary"),
)
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
SAMPLE = 100_000
# Text has next to no control characters; random bytes have 11 % of these.
MAX_CONTROL_SHARE = 0.02


def reject_binary(data: bytes) -> None:
    """Raise if bytes are no text.

    Raises:
        PostingError: `empty`, `unsupported_format` (a document that a person could convert) or
            `binary`.
    """
    if not data.strip(b" \t\r\n\f\v\0"):
        raise PostingError("empty", "none but white space" if data else "0 bytes")
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, what, reason in SIGNATURES:
        if start.startswith(signature):
            raise PostingError(reason, f"this is {what}")
    if data[257:262] == b"ustar":
        raise PostingError("unsupported_format", "this is a tar archive")


def reject_controls(data: bytes) -> None:
    """Raise `binary` if bytes hold more control characters than any text.

    Not for UTF-16 and UTF-32, half of whose bytes are zero.
    """
    sample = data[:SAMPLE]
    controls = len(CONTROL.findall(sample))
    if controls > max(2, MAX_CONTROL_SHARE * len(sample)):
        raise PostingError("binary", f"{controls} control characters in {len(sample)} bytes")

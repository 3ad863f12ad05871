"""Saved mail and web archives (`.eml`, `.mht`): the page or text inside."""

from __future__ import annotations

import re

HEADER = rb"[A-Za-z][A-Za-z0-9-]*:[^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*\r?\n"
HEAD = re.compile(rb"(?:From [^\r\n]*\r?\n)?(?:" + HEADER + rb")+\r?\n")
MAX_HEAD = 64_000
PREFERRED = ("text/html", "application/xhtml+xml", "text/plain")


def unwrap(data: bytes) -> tuple[bytes, str | None] | None:
    """The page or text inside a MIME document, and the charset it declares.

    Of several, the first HTML part is taken, else the first plain one. None if the bytes are no
    MIME document, or hold nothing to read.
    """
    start = data[:MAX_HEAD]
    if not re.match(rb"(?:From |[A-Za-z][A-Za-z0-9-]*:)", start):
        return None
    found = HEAD.match(start)
    if not found or not re.search(rb"(?mi)^MIME-Version:", found[0]):
        return None
    from email import message_from_bytes

    try:
        message = message_from_bytes(data)
        parts = [part for part in message.walk() if not part.is_multipart()]
        for kind in PREFERRED:
            for part in parts:
                payload = part.get_payload(decode=True)
                if part.get_content_type() == kind and isinstance(payload, bytes) and payload:
                    return payload, part.get_content_charset()
    except (LookupError, ValueError, RecursionError):
        pass
    return None

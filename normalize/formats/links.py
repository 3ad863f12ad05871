"""Where links lead, and addresses that pages hide from scrapers."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

CLOUDFLARE = re.compile(r"/cdn-cgi/l/email-protection#([0-9a-fA-F]{6,})")


def link_target(href: str, base: str | None = None) -> str | None:
    """The address a link gives its reader; None for scripts and places on the same page.

    Args:
        href: the attribute as it stands in the page.
        base: the address of the page, where known; without it relative links lead nowhere.

    >>> link_target("mailto:hr@example.org?subject=Postdoc")
    'hr@example.org'
    >>> link_target("/jobs/7") is None
    True
    >>> link_target("/jobs/7", "https://example.org/en/")
    'https://example.org/jobs/7'
    """
    href = href.strip()
    if found := CLOUDFLARE.search(href):
        return decode_cfemail(found[1]) or None
    scheme = href.partition(":")[0].lower()
    if scheme == "mailto":
        address = unquote(href[7:].partition("?")[0]).strip()
        return address if re.fullmatch(r"[^\s<>@]+@[^\s<>@]+", address) else None
    if scheme == "tel":
        return re.sub(r"[^\d+]", "", href[4:]) or None
    try:
        if base and href[:1] not in {"", "#"} and not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", href):
            href = urljoin(base, href)
        if not re.match(r"(?i)https?://", href) or re.search(r"[\s<>]", href):
            return None
        return href if urlsplit(href).hostname else None
    except ValueError:
        return None


def shows(words: str, target: str) -> bool:
    """Whether the words of a link already give its address.

    >>> shows("www.example.org/jobs", "https://example.org/jobs/")
    True
    >>> shows("Tel. 35 32 12 34", "35321234")
    True
    """
    if target.lstrip("+").isdigit():  # a telephone number, perhaps without the country's code
        digits = re.sub(r"\D", "", words)
        return len(digits) > 4 and target.endswith(digits.lstrip("0"))
    return _bare(target) in _bare(words)


def decode_cfemail(code: str) -> str:
    """The address behind Cloudflare's `data-cfemail`: its first byte is the key of the others.

    >>> decode_cfemail("422a3002273a232f322e276c2d3025")
    'hr@example.org'
    """
    try:
        data = bytes.fromhex(code)
    except ValueError:
        return ""
    text = bytes(byte ^ data[0] for byte in data[1:]).decode("utf-8", "replace") if data else ""
    return text if re.fullmatch(r"[^\s<>@]+@[^\s<>@]+", text.partition("?")[0]) else ""


def _bare(address: str) -> str:
    return re.sub(r"(?i)https?://(?:www\.)?|^www\.|/$|\s", "", address).lower()

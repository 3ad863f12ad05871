"""Where on a page an element stands: navigation, footer, cookie banner, as its markup says."""

from __future__ import annotations

import re
from typing import Any

from normalize.posting import Region

TAGS = {
    "nav": Region.NAV,
    "header": Region.HEADER,
    "footer": Region.FOOTER,
    "aside": Region.ASIDE,
    "form": Region.FORM,
    "select": Region.FORM,
}
ROLES = {
    "navigation": Region.NAV,
    "banner": Region.HEADER,
    "contentinfo": Region.FOOTER,
    "complementary": Region.ASIDE,
    "search": Region.FORM,
    "menu": Region.NAV,
    "menubar": Region.NAV,
}
# Whole words of class and id that say what a box is. Wrappers (`has-sidebar`) must not match.
NAMES = (
    (
        re.compile(
            r"(?:^|[\s_-])(?:cookie|cookies|consent|cookiebot|cookiebanner|onetrust|ccm)(?:$|[\s_-])"
        ),
        Region.COOKIE,
    ),
    (re.compile(r"(?:^|\s)(?:(?:site|page|main|global)[_-])?footer(?:$|\s)"), Region.FOOTER),
    (
        re.compile(
            r"(?:^|\s)(?:navbar|navigation|breadcrumbs?|(?:main|top|side|site)[_-]?(?:nav|menu)|menu"
            r"|skip-?link)(?:$|\s)"
        ),
        Region.NAV,
    ),
    (re.compile(r"(?:^|\s)(?:sidebar|side-bar)(?:$|\s)"), Region.ASIDE),
)
# The outermost of these stays in force inside any other region.
STRONG = {Region.NAV, Region.FOOTER, Region.COOKIE, Region.HIDDEN}
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
# A header or footer in here is that of the article, not of the site (as HTML defines it).
SECTIONING = {"article", "main", "section"}


def region_of(element: Any, tag: str, outer: Region | None, sectioned: bool) -> Region | None:
    """The region in force inside an element.

    Args:
        element: with its attributes.
        tag: its name in lower case.
        outer: the region it stands in.
        sectioned: whether it stands in an article, section or the main part of the page.
    """
    if outer in STRONG:
        return outer
    if element.get("hidden") is not None or HIDDEN_STYLE.search(element.get("style") or ""):
        return Region.HIDDEN
    own = TAGS.get(tag) or ROLES.get((element.get("role") or "").lower())
    if own and not (sectioned and tag in {"header", "footer"}):
        return own
    if tag in {"body", "html", "main", "article"}:
        return outer
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    if names != " ":
        for pattern, region in NAMES:
            if pattern.search(names):
                return region
    return outer

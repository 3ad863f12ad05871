"""What HTML's tags mean to a reader of text, and telling HTML from text with angle brackets."""

from __future__ import annotations

import re

# What is in these is not shown (`noscript` and `noframes` are: to a reader without scripts).
DROPPED = {"script", "style", "head", "template", "svg", "math", "iframe", "object"} | {
    *("audio", "video", "canvas", "datalist")
}
# Elements that begin and end a block of text.
BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd"),
    *("details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer"),
    *("form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html"),
    *("label", "legend", "li", "main", "menu", "nav", "noframes", "noscript", "ol", "optgroup"),
    *("option", "p", "pre", "search", "section", "select", "summary", "table", "tbody", "td"),
    *("textarea", "tfoot", "th", "thead", "title", "tr", "ul"),
}
KNOWN = (
    BLOCKS
    | DROPPED
    | {
        *("a", "abbr", "acronym", "applet", "area", "b", "base", "basefont", "bdi", "bdo", "big"),
        *("blink", "br", "cite", "code", "col", "colgroup", "command", "data", "del", "dfn", "em"),
        *("embed", "font", "frame", "hr", "i", "img", "input", "ins", "kbd", "keygen", "link"),
        *("map", "mark", "marquee", "meta", "meter", "nobr", "output", "param", "picture"),
        *("progress", "q", "rp", "rt", "ruby", "s", "samp", "slot", "small", "source", "span"),
        *("strike", "strong", "sub", "sup", "time", "track", "tt", "u", "var", "wbr", "xmp"),
    }
)
# Tags that make lines and blocks; text with none of them but with others has its own lines.
LAYOUT_TAG = re.compile(
    r"</?(?:p|div|br|li|ul|ol|dl|dt|dd|h[1-6]|table|tr|td|section|article|main|body|html)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.I,
)
INLINE_TAG = re.compile(
    r"</?(?:span|strong|b|em|i|u|a|font|small|sup|sub)(?:\s[^<>]{0,2000})?/?>", re.I
)
PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]|<head[\s>]", re.I)
ESCAPED_TAG = re.compile(r"&lt;/?(?:p|div|br|li|ul|ol|h[1-6]|strong|b|em|span)\b", re.I)
NAME = re.compile(r"<([A-Za-z][^\s<>/]*)")


def looks_like_html(text: str) -> bool:
    """Whether a text is HTML: a page's own tags, or at least two tags of blocks or of words.

    >>> looks_like_html("See <https://example.org> and <NAME>")
    False
    >>> looks_like_html("<p>We hire.<br>Soon.</p>")
    True
    """
    return bool(PAGE.search(text)) or _two(LAYOUT_TAG, text) or _two(INLINE_TAG, text)


def has_layout(text: str) -> bool:
    """Whether the markup makes the lines; without it they are those of the text itself.

    >>> has_layout("We hire\\na <b>postdoc</b>.")
    False
    """
    return bool(PAGE.search(text) or LAYOUT_TAG.search(text))


def is_escaped_html(text: str) -> bool:
    """Whether a text is HTML whose tags were escaped, as some job boards deliver it.

    >>> is_escaped_html("&lt;p&gt;We hire.&lt;/p&gt;")
    True
    """
    return _two(ESCAPED_TAG, text) and not LAYOUT_TAG.search(text)


def escape_foreign(text: str) -> str:
    """HTML in which what only looks like a tag is text: `<NAME>`, `<https://example.org>`.

    Names with a hyphen or colon are elements of somebody's own, and so are unknown names that are
    closed again; the text of those is read, their tags are not.

    >>> escape_foreign("<p>Ask <NAME> at <hr@example.org></p>")
    '<p>Ask &lt;NAME> at &lt;hr@example.org></p>'
    """
    names = {name for name in NAME.findall(text) if name.lower() not in KNOWN}
    if not names:
        return text
    lower = text.lower()
    foreign = {
        name
        for name in names
        if "@" in name
        or "://" in f"{name}/"
        or name.lower().startswith(("http:", "https:", "mailto:", "www."))
        or (not re.search(r"[-:]", name) and f"</{name.lower()}" not in lower)
    }
    return NAME.sub(lambda found: "&lt;" + found[1] if found[1] in foreign else found[0], text)


def _two(pattern: re.Pattern[str], text: str) -> bool:
    found = pattern.finditer(text)
    return next(found, None) is not None and next(found, None) is not None

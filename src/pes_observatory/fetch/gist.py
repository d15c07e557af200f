"""What a server says when it refuses, in the few words that a sentence has room for."""

from __future__ import annotations

import html
import re

MOST_SIGNS = 160
# SOAP and SDMX-ML name the reason in an element, JSON under a key; elsewhere it is all there is.
_REASONS = (
    re.compile(r"<(?:\w+:)?faultstring[^>]*>(.*?)</", re.DOTALL),
    re.compile(r"<(?:\w+:)?Text\b[^>]*>(.*?)</", re.DOTALL),
    re.compile(r'"(?:label|value|message|error)"\s*:\s*\[?\s*"((?:[^"\\]|\\.)*)"'),
)
_TAG = re.compile(r"<[^>]*>")


def gist(said: bytes) -> str:
    """The reason in an answer's body on one line, without a period; "" where none can be told."""
    text = said.decode("utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    if text[:15].lower().startswith(("<!doctype html", "<html")):
        return ""
    found = next((match[1] for each in _REASONS if (match := each.search(text))), text)
    line = " ".join(html.unescape(_TAG.sub(" ", found)).split()).rstrip(".")
    return line if len(line) <= MOST_SIGNS else f"{line[:MOST_SIGNS].rsplit(' ', 1)[0]} ..."

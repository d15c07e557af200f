"""What Eurostat says in place of a table: queues, their states, and how much is too much.

A queue is announced in a SOAP envelope, in the footer of an SDMX message, or by the statistics
API as a warning under status 200. Addresses in such an answer are not followed; only the key of
the request is taken from it.
"""

from __future__ import annotations

import re
from math import ceil

MARGIN = 1.2  # parts are never of one size
_ID = re.compile(r"<(?:\w+:)?queued>.*?<(?:\w+:)?id>\s*([\w-]+)\s*</", re.DOTALL)
_FOOTER = re.compile(r'<footer:Message code="413".*?https?://[^\s<]+/([\w-]+)\s*<', re.DOTALL)
_STATE = re.compile(r"<(?:\w+:)?status>\s*([A-Z_]+)\s*</")
_ESTIMATE = re.compile(r"estimated (\d+) rows, max authorised is (\d+)")


def key_of_queue(text: str) -> str | None:
    """The key under which an answer is being prepared; None where the text announces none."""
    found = _ID.search(text) or _FOOTER.search(text)
    return found[1] if found else None


def state_of_queue(text: str) -> str | None:
    """The state of a queued request; one that is not known any more has a fault for a state."""
    found = _STATE.search(text)
    if found:
        return found[1]
    return "UNKNOWN_REQUEST" if "UNKNOWN_REQUEST" in text else None


def pieces_of(reason: str) -> int:
    """Into how many parts a table must go that is too large for this reason."""
    found = _ESTIMATE.search(reason)
    return ceil(MARGIN * int(found[1]) / int(found[2])) if found else 2

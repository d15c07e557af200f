"""What identifies a person, blotted out of an answer before it can go anywhere."""

from __future__ import annotations

import ipaddress
import re

from pes_observatory.read.text import scrubbed

_IP_LIKE = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+)(?![\w:])"
)


def without_persons(text: str) -> str:
    """The text with IP addresses, e-mail addresses and telephone numbers blotted out."""
    return scrubbed(_IP_LIKE.sub(_blotted_ip, text))


def _blotted_ip(match: re.Match[str]) -> str:
    printed = match[0].rstrip(".:") if match[0].count(":") < 2 else match[0]
    try:
        ipaddress.ip_address(printed)
    except ValueError:
        return match[0]
    return f"[ip]{match[0][len(printed) :]}"

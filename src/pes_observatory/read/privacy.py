"""What identifies a person, blotted out of an answer before it can go anywhere."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable

from pes_observatory.read.name_lists import name_words
from pes_observatory.read.person_names import NAME, without_names
from pes_observatory.read.text import folded, scrubbed

_IP_LIKE = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+)(?![\w:])"
)
_SHORTEST_OWN_WORD, _SHORTEST_OWN_NUMBER = 4, 6
_SAYS_NOBODY = frozenset({"anonymous", "anonyme", "anonimo", "anonima"})


def without_persons(text: str, own: re.Pattern[str] | None = None) -> str:
    """The text with IP addresses, e-mail addresses, telephone numbers and names blotted out.

    ``own`` is what the same record says of a person elsewhere, see :func:`own_words`.
    """
    text = scrubbed(_IP_LIKE.sub(_blotted_ip, text))
    if own is not None:
        text = own.sub(NAME, text)
    return without_names(text)


def own_words(cells: Iterable[str]) -> re.Pattern[str] | None:
    """What finds the words of a record's personal cells in its other cells, None without any.

    A cell is looked for whole; of a name or an e-mail address made of a name its words, too. What
    is a country, a PES or an ordinary word is left alone.
    """
    found: set[str] = set()
    for cell in cells:
        person, _, domain = " ".join(cell.split()).partition("@")
        parts = re.split(r"[\W_]+", person)
        is_known = any(folded(part) in _known_names() for part in parts)
        looks_so = 2 <= len(parts) <= 4 and all(part[:1].isupper() for part in parts)
        is_name = is_known or looks_so or (len(parts) == 1 and not domain)
        found |= {cell.strip(), *(parts if is_name else ()), *([person] if len(parts) > 1 else ())}
    words = [word for word in found if _tells(word)]
    if not words:
        return None
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _tells(word: str) -> bool:
    keys = folded(word).split()
    return (
        len(word) >= (_SHORTEST_OWN_NUMBER if word.isdecimal() else _SHORTEST_OWN_WORD)
        and folded(word) not in _SAYS_NOBODY
        and not all(name_words().is_ordinary(key) for key in keys)
    )


def _known_names() -> frozenset[str]:
    return name_words().first_names | name_words().surnames


def _blotted_ip(match: re.Match[str]) -> str:
    printed = match[0].rstrip(".:") if match[0].count(":") < 2 else match[0]
    try:
        ipaddress.ip_address(printed)
    except ValueError:
        return match[0]
    return f"[ip]{match[0][len(printed) :]}"

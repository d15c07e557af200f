"""A date as pages print it, in English, French and Spanish: what is a date and how far it goes.

Nothing is guessed: words that are not a date alone, with at most a label that says of what, are
none, and neither is 03/04/2024 where the language of the page does not say which is the day.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from babel import Locale

_DAY_FIRST = ("fr", "es")
_LANGUAGES = ("en", *_DAY_FIRST)
_SHORTEST_MONTH = 3
_OF_PUBLICATION = re.compile(
    r"(?:date )?(?:of )?(?:publication|release|issue)(?: date)?|date"
    r"|(?:date )?(?:published|released|issued|posted)(?: on)?"
    r"|date de (?:publication|parution)|parution|(?:publiee?|parue?|mise? en ligne)(?: le)?"
    r"|fecha(?: de publicacion)?|publicad[oa](?: el)?"
)
_OF_UPDATE = re.compile(
    r"(?:last )?(?:updated?|modified|revised)(?: on)?"
    r"|(?:date de |derniere )?(?:mise? a jour|modification)(?: le)?"
    r"|(?:fecha de |ultima )?(?:actualizacion|actualizad[oa]|modificacion)(?: el)?"
)
_ISO = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?(?:t.*)?")
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_DAY_MONTH = re.compile(
    r"(?:(\d{1,2})(?:er|st|nd|rd|th|º)? (?:de |of )?)?([a-z]+)\.?,? (?:de |del )?(\d{4})"
)
_MONTH_DAY = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")

Meaning = Literal["published", "updated"]


class Printed(NamedTuple):
    """A date as precise as it is printed, ISO 8601, and what its label calls it, if it has one."""

    day: str
    meaning: Meaning | None


def printed_date(words: str, lang: str | None) -> Printed | None:
    """The date that ``words`` are, with or without a label before it, on a page in ``lang``."""
    plain = _plain(words)
    start = re.search(r"\d|\b(?:" + "|".join((*_months(), *_weekdays())) + r")\b", plain)
    if start is None:
        return None
    label, written = plain[: start.start()], plain[start.start() :]
    meaning = meaning_of(label)
    without_weekday = re.sub(rf"^(?:{'|'.join(_weekdays())})\.?,? ", "", written)
    # "mar." is a month first, and only then a Tuesday
    day = _day(written, lang) or _day(without_weekday, lang)
    if day is None or (label.strip() and meaning is None):
        return None
    return Printed(day, meaning)


def meaning_of(label: str) -> Meaning | None:
    """What a label such as "Published on:" calls a date; none where it is anything else."""
    plain = _plain(label).rstrip(" :")
    if _OF_UPDATE.fullmatch(plain):
        return "updated"
    return "published" if _OF_PUBLICATION.fullmatch(plain) else None


def _day(written: str, lang: str | None) -> str | None:
    if match := _ISO.fullmatch(written):
        return _whole(match[1], match[2], match[3])
    if match := _NUMBERS.fullmatch(written):
        first, second = int(match[1]), int(match[3])
        is_day_first = first > 12 or first == second or (lang in _DAY_FIRST and second <= 12)
        if is_day_first:
            return _whole(match[4], second, first)
        return _whole(match[4], first, second) if second > 12 else None
    if match := _DAY_MONTH.fullmatch(written):
        return _whole(match[3], _months().get(match[2]), match[1])
    if match := _MONTH_DAY.fullmatch(written):
        return _whole(match[3], _months().get(match[1]), match[2])
    return None


def _whole(year: str, month: str | int | None, day: str | int | None) -> str | None:
    """These parts as an ISO date; none where the calendar has no such day."""
    try:
        found = date(int(year), int(month or 0), int(day or 1))
    except ValueError:
        return None
    return found.isoformat() if day else f"{found:%Y-%m}"


@cache
def _months() -> dict[str, int]:
    """Month names and what they are shortened to, where that is no other month as well."""
    meant: dict[str, set[int]] = {}
    for lang in _LANGUAGES:
        for number, name in Locale(lang).months["format"]["wide"].items():
            plain = _plain(name)
            for length in range(_SHORTEST_MONTH, len(plain) + 1):
                meant.setdefault(plain[:length], set()).add(number)
    return {name: next(iter(numbers)) for name, numbers in meant.items() if len(numbers) == 1}


@cache
def _weekdays() -> tuple[str, ...]:
    names = (
        Locale(lang).days["format"][width].values()
        for lang in _LANGUAGES
        for width in ("wide", "abbreviated")
    )
    return tuple(sorted({_plain(name).rstrip(".") for of in names for name in of}, reverse=True))


def _plain(words: str) -> str:
    """Words without case, accents, and more than one space."""
    apart = unicodedata.normalize("NFD", words.casefold())
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())

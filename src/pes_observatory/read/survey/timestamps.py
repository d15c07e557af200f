"""When a response was handed in: printed in the manner of a tool and place, landed in UTC.

The source declares the manner: ``read.timestamp_format`` (``iso``, or a pattern of
``datetime.strptime`` such as ``%m/%d/%Y %I:%M:%S %p``) and ``read.timezone`` (IANA name) for
times that print no zone. A pattern that ends in ``%Z`` expects a zone after the time: an offset
(``GMT+1``, ``UTC-03:30``), or the abbreviation that the declared timezone has at that time.
True dates of a spreadsheet come from its reader in ISO and are taken under any pattern.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from pes_observatory.errors import LoadRejected
from pes_observatory.sources.models import ISO, Read

_HALF_OF_DAY = re.compile(r"\b([ap])\.?\s?m\b\.?", re.IGNORECASE)
_OFFSET = re.compile(r"(?:GMT|UTC|Z)(?:([+-])(\d{1,2})(?::?(\d{2}))?)?", re.IGNORECASE)


def timestamp(where: str, header: str, printed: str | None, dialect: Read) -> datetime | None:
    """The moment that a cell says, in UTC and without tzinfo; None when it says nothing.

    Raises:
        LoadRejected: the cell is not in the declared format, or its zone is not the declared one.
    """
    text = _HALF_OF_DAY.sub(r"\1m", " ".join((printed or "").split()))
    if not text:
        return None
    for pattern in dict.fromkeys((dialect.timestamp_format, ISO)):
        try:
            moment = _moment(text, pattern, ZoneInfo(dialect.timezone))
            return moment.astimezone(UTC).replace(tzinfo=None)
        except (ValueError, OverflowError):
            continue
    example = datetime(2022, 1, 15, 12, tzinfo=ZoneInfo(dialect.timezone))
    shape = "%Y-%m-%d %H:%M:%S" if dialect.timestamp_format == ISO else dialect.timestamp_format
    raise LoadRejected(
        f"{where}: {header!r} is no date such as {example.strftime(shape)}; set "
        "read.timestamp_format (and read.timezone) to what the tool prints, or its date format "
        "to ISO."
    )


def _moment(text: str, pattern: str, zone: ZoneInfo) -> datetime:
    """An aware moment; ValueError when the text does not follow the pattern."""
    if pattern == ISO:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    if not pattern.endswith("%Z"):
        moment = datetime.strptime(text, pattern)
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    time, _, printed_zone = text.rpartition(" ")
    naive = datetime.strptime(time, pattern.removesuffix("%Z").rstrip())
    return naive.replace(tzinfo=_zone(printed_zone, naive, zone))


def _zone(printed: str, naive: datetime, declared: ZoneInfo) -> tzinfo:
    offset = _OFFSET.fullmatch(printed)
    if offset is None:
        if printed != naive.replace(tzinfo=declared).tzname():
            raise ValueError(printed)
        return declared
    sign, hours, minutes = offset.groups()
    size = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return timezone(-size if sign == "-" else size)

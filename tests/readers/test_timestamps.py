"""Times in the manner of a tool and a place, and the moment in UTC that they say."""

from __future__ import annotations

from datetime import datetime

import pytest
from pydantic import ValidationError

from pes_observatory.errors import LoadRejected
from pes_observatory.read.survey.timestamps import timestamp
from pes_observatory.sources.models import Read

US = "%m/%d/%Y %I:%M:%S %p"
GOOGLE = "%Y/%m/%d %I:%M:%S %p %Z"
EUROPEAN = "%d/%m/%Y %H:%M:%S"


def moment(printed: str | None, pattern: str = "iso", zone: str = "UTC") -> datetime | None:
    return timestamp("File x", "End", printed, Read(timestamp_format=pattern, timezone=zone))


@pytest.mark.parametrize("printed", [None, "", "  "])
def test_nothing_printed_is_no_moment(printed):
    assert moment(printed) is None


@pytest.mark.parametrize(
    ("printed", "pattern", "zone", "meant"),
    [
        ("2022-01-15 12:00:00", "iso", "UTC", "2022-01-15 12:00"),
        ("2022-01-15T12:00:00+02:00", "iso", "UTC", "2022-01-15 10:00"),
        ("2022-07-15 12:00:00", "iso", "Europe/Brussels", "2022-07-15 10:00"),
        ("03/04/2024 02:07:00 PM", US, "UTC", "2024-03-04 14:07"),
        ("3/4/2024 12:05:00 AM", US, "America/New_York", "2024-03-04 05:05"),
        ("04/03/2024 14:07:00", EUROPEAN, "Europe/Paris", "2024-03-04 13:07"),
        ("2026/06/14 10:10:09 AM GMT+1", GOOGLE, "UTC", "2026-06-14 09:10:09"),
        ("2026/06/14 10:10:09 PM UTC-3:30", GOOGLE, "UTC", "2026-06-15 01:40:09"),
        ("2026/06/14 10:10:09 AM UTC", GOOGLE, "Europe/Paris", "2026-06-14 10:10:09"),
        ("2020/06/05 11:34:01 AM EST", GOOGLE, "EST", "2020-06-05 16:34:01"),
        ("2026/06/14 1:10:09 p. m. CEST", GOOGLE, "Europe/Madrid", "2026-06-14 11:10:09"),
        ("2026/06/14\u202f1:10:09\u202fPM GMT+2", GOOGLE, "UTC", "2026-06-14 11:10:09"),
        ("8/20/25 12:51:45", "%m/%d/%y %H:%M:%S", "UTC", "2025-08-20 12:51:45"),
    ],
)
def test_a_manner_and_a_place_make_a_moment(printed, pattern, zone, meant):
    assert moment(printed, pattern, zone) == datetime.fromisoformat(meant)


def test_a_date_of_a_spreadsheet_is_taken_under_any_pattern():
    assert moment("2024-03-04 14:07:00", US) == datetime(2024, 3, 4, 14, 7)


@pytest.mark.parametrize(
    ("printed", "pattern", "zone"),
    [
        ("04/03/2024", "iso", "UTC"),
        ("13/25/2024 02:07:00 PM", US, "UTC"),
        ("2020/06/05 11:34:01 AM EST", GOOGLE, "America/New_York"),  # New York is on EDT in June
        ("2020/06/05 11:34:01 AM CST", GOOGLE, "UTC"),
        ("2020/06/05 11:34:01 AM GMT+99", GOOGLE, "UTC"),
        ("9999-12-31 23:00:00", "iso", "America/New_York"),
    ],
)
def test_what_is_in_another_manner_is_refused_with_an_example(printed, pattern, zone):
    with pytest.raises(LoadRejected) as refused:
        moment(printed, pattern, zone)
    sentence = str(refused.value)
    assert sentence.startswith("File x: 'End' is no date such as ")
    assert "2022" in sentence and "set read.timestamp_format" in sentence
    assert printed not in sentence


def test_a_timezone_that_is_none_is_a_mistake_of_the_source():
    with pytest.raises(ValidationError, match="expected a timezone such as UTC or Europe/Brussels"):
        Read(timezone="Brussels time")

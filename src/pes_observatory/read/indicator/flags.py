"""Flags as providers print them, and the statuses that they stand for.

Letters follow SDMX CL_OBS_STATUS and Eurostat's "Flags" page; they combine (``bu``), and stand
before a bar and the confidentiality where both are told (``p|C``). A word that nobody listed is an
unknown flag. The raw flag stays beside the statuses.
"""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase

import duckdb

from pes_observatory.read.indicator.delimited import surprise
from pes_observatory.sql import literal, looked_up

STATUS_OF_FLAG = {
    "a": "normal",
    "b": "break",
    "p": "provisional",
    "e": "estimated",
    "u": "low_reliability",
    "c": "confidential",
    "d": "definition_differs",
    "f": "forecast",
    "i": "estimated",
    "n": "not_significant",
    "r": "revised",
    "s": "estimated",
    "z": "not_applicable",
    "o": "missing",
    "m": "missing",
    "l": "missing",
    "h": "missing",
}
STATUS_OF_WORD = {
    "na": "missing",
    ":": "missing",
}  # Eurostat's SDMX-ML and JSON-stat: not available
UNKNOWN = "unknown_flag"
_PART = f"([a-z]{{1,3}}|{'?'.join(ascii_lowercase)}?)"
_LETTERS = rf"^ *({_PART}([,; ]+{_PART})*)? *([|@] *[a-z]?)? *$"
_BEHIND_BAR = r"[|@] *[a-eg-z]"
_BEFORE_BAR = r"[|@].*"


def status_of(
    connection: duckdb.DuckDBPyConnection,
    flag: str,
    is_missing: str,
    seen: Sequence[str] | None = None,
    *,
    is_closed: bool = False,
) -> str:
    """SQL of the statuses of a flag, sorted and joined by commas; common ones are looked up.

    A join with them would cost the order of the rows as soon as several threads run.

    Args:
        connection: where the query will run.
        flag: SQL of the flag.
        is_missing: SQL of whether the row has no value.
        seen: flags that most rows have, if it is known.
        is_closed: whether a flag that is neither seen nor common is a surprise; otherwise it is
            taken apart.
    """
    statuses = _statuses(connection, [*_common(), *(seen or ())])
    kind = f"ENUM({', '.join(map(literal, sorted({*statuses.values(), 'missing', 'normal'})))})"
    kind = kind if is_closed else "VARCHAR"
    missing, normal = (f"CAST('{status}' AS {kind})" for status in ("missing", "normal"))
    known = [looked_up(flag, {each: statuses[each] for each in seen}, kind)] if seen else []
    known += [looked_up(flag, statuses, kind)] if is_closed or not seen else []
    other = surprise() if is_closed else _taken_apart(flag)
    return f"""CASE WHEN {flag} = '' THEN CASE WHEN {is_missing} THEN {missing} ELSE {normal} END
        ELSE coalesce({", ".join([*known, other])}) END"""


def _statuses(connection: duckdb.DuckDBPyConnection, flags: Sequence[str]) -> dict[str, str]:
    """The statuses of each of some flags."""
    rows = ", ".join(f"({literal(flag)})" for flag in dict.fromkeys(flags))
    return dict(
        connection.sql(
            f"SELECT flag, {_taken_apart('flag')} FROM (VALUES {rows}) AS asked (flag)"
        ).fetchall()
    )


def is_common(flag: str) -> str:
    """SQL of whether a flag is one of those that most are."""
    return f"TRY_CAST({flag} AS ENUM({', '.join(map(literal, _common()))})) IS NOT NULL"


def _common() -> list[str]:
    """No, one and two letters, and one before or alone with a confidentiality behind a bar."""
    small = "".join(STATUS_OF_FLAG)
    single = ["", *small, *small.upper()]
    pairs = [one + other for one in small for other in small]
    return [*single, *pairs, *(one + bar for one in single for bar in ("|C", "|N", "|D", "|F"))]


def _taken_apart(flag: str) -> str:
    """SQL of a flag's statuses, letter by letter; a word is not taken apart but looked up.

    Letters are up to three, or more in the order of the alphabet, as Eurostat combines them. One
    behind a bar says that the value is confidential, whatever the letter, F (free) alone does not.
    """
    words = " ".join(
        f"WHEN {literal(word)} THEN {literal(status)}" for word, status in STATUS_OF_WORD.items()
    )
    before = f"regexp_replace({flag}, {literal(_BEFORE_BAR)}, '')"
    known = ", ".join(
        f"CASE WHEN regexp_matches({before}, '[{letters}]', 'i') {more}THEN {literal(status)} END"
        for status, letters, more in (
            (status, letters, _or_secret(flag) if status == "confidential" else "")
            for status, letters in sorted(_letters_of_status().items())
        )
    )
    return f"""CASE lower(trim({flag})) {words} ELSE
        CASE WHEN regexp_matches({flag}, {literal(_LETTERS)}, 'i')
            THEN coalesce(nullif(concat_ws(',', {known}), ''), 'normal')
            ELSE {literal(UNKNOWN)} END END"""


def _or_secret(flag: str) -> str:
    return f"OR regexp_matches({flag}, {literal(_BEHIND_BAR)}, 'i') "


def _letters_of_status() -> dict[str, str]:
    """The letters that say each status but normal, which any other one overrules."""
    letters: dict[str, str] = {}
    for flag, status in STATUS_OF_FLAG.items():
        letters[status] = letters.get(status, "") + flag
    del letters["normal"]
    letters[UNKNOWN] = "".join(sign for sign in ascii_lowercase if sign not in STATUS_OF_FLAG)
    return letters

"""Flags as providers print them, and the statuses that they stand for.

Letters follow SDMX CL_OBS_STATUS and Eurostat's "Flags" page; they combine (``bu``), and stand
before a bar and the confidentiality where both are told (``p|C``). A word that nobody listed is an
unknown flag. The raw flag stays beside the statuses.
"""

from __future__ import annotations

from string import ascii_lowercase

import duckdb

from pes_observatory.sql import literal

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


def learn_flags(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the connection its table ``flags`` of the common ones: ``flag``, ``status``.

    They are no, one and two letters, and one before or alone with a confidentiality behind a bar.
    """
    letters = "".join(STATUS_OF_FLAG)
    signs = ", ".join(map(literal, ["", *letters, *letters.upper()]))
    connection.execute(f"""
        CREATE TEMP TABLE IF NOT EXISTS flags AS
        WITH letters AS (SELECT unnest([{signs}]) AS letter),
        pairs AS (
            SELECT DISTINCT a.letter || b.letter AS flag FROM letters AS a, letters AS b
            UNION ALL
            SELECT letter || unnest(['|C', '|N', '|D', '|F']) FROM letters
        )
        SELECT flag, {_taken_apart("flag")} AS status FROM pairs
    """)


def status_of(flag: str, is_missing: str) -> str:
    """SQL of the statuses of a flag, sorted and joined by commas, beside the table ``flags``."""
    return f"""CASE WHEN {flag} = '' AND {is_missing} THEN 'missing'
        ELSE coalesce(flags.status, {_taken_apart(flag)}) END"""


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

"""The identifiers that publishers give to documents: checked, and written in one way.

Each check returns the identifier as we store it and raises a ``ValueError`` that says what was
expected. Whoever reads a YAML, a link or a legal notice uses these and no others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator

Medium = Literal["print", "pdf", "html", "docx", "text"]

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_ADDRESS = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_CATALOGUE_NO = re.compile(r"([A-Z]{2})-([0-9A-Z]{2})-(\d{2})-(\d{3})-([A-Z]{2})-([A-Z])")
_CELEX = re.compile(r"[1-9CE](\d{4})[A-Z]{1,2}\d{4}(?:R?\(\d{2}\))?")
_MEDIUM_OF_LETTER: dict[str, Medium] = {"C": "print", "N": "pdf", "Q": "html"}
_FIRST_TREATY = 1951


@dataclass(frozen=True)
class CatalogueNumber:
    """The parts of a number of the EU's Publications Office, such as KE-02-21-429-FR-C.

    ``work`` is what all its languages and media share; ``medium`` is None for a letter that
    stands for none of ours.
    """

    work: str
    lang: str
    medium: Medium | None


def isbn13(text: str) -> str:
    """The thirteen digits of an ISBN-13 whose check digit is right."""
    digits = re.sub(r"[\s\u2010-\u2015-]", "", text)
    if not re.fullmatch(r"97[89]\d{10}", digits):
        raise ValueError("expected an ISBN of 13 digits that begins with 978 or 979")
    weighted = sum(int(digit) * (3 if n % 2 else 1) for n, digit in enumerate(digits[:12]))
    check = str(-weighted % 10)
    if digits[12] != check:
        raise ValueError(f"expected an ISBN-13 with the check digit {check} at its end")
    return digits


def doi(text: str) -> str:
    """A DOI without its resolver, in lower case: DOIs differ by more than their case."""
    name = _DOI_ADDRESS.sub("", text.strip()).lower()
    if not _DOI.fullmatch(name):
        raise ValueError("expected a DOI such as 10.2767/375655")
    return name


def catalogue_no(text: str) -> str:
    """A catalogue number of the EU's Publications Office."""
    number = text.strip().upper()
    if not _CATALOGUE_NO.fullmatch(number):
        raise ValueError("expected a catalogue number such as KE-02-21-429-FR-C")
    return number


def celex(text: str) -> str:
    """A CELEX number of EUR-Lex: sector, year, type and number."""
    number = text.strip().upper().removeprefix("CELEX:")
    match = _CELEX.fullmatch(number)
    if not match or not _FIRST_TREATY <= int(match[1]) <= datetime.now(UTC).year + 1:
        raise ValueError("expected a CELEX number such as 32014D0573")
    return number


def parts_of(number: str) -> CatalogueNumber:
    """What a checked catalogue number says of itself."""
    match = _CATALOGUE_NO.fullmatch(number)
    assert match, number
    work = "-".join(match.groups()[:4])
    return CatalogueNumber(work, match[5].lower(), _MEDIUM_OF_LETTER.get(match[6]))


_PRINTED: tuple[tuple[str, re.Pattern[str], Callable[[str], str]], ...] = (
    ("doi", re.compile(r"\b10\.\d{4,9}/[^\s\"'<>;,)]+", re.IGNORECASE), doi),
    ("isbn", re.compile(r"\b97[89][\s\u2010-\u2015-]?(?:\d[\s\u2010-\u2015-]?){9}\d\b"), isbn13),
    ("catalogue_no", re.compile(r"\b[A-Z]{2}-[0-9A-Z]{2}-\d{2}-\d{3}-[A-Z]{2}-[A-Z]\b"),
     catalogue_no),
    ("celex", re.compile(r"\b[1-9CE](?:19|20)\d{2}[A-Z]{1,2}\d{4}(?:R?\(\d{2}\))?(?!\w)"), celex),
)  # fmt: skip


class Printed(NamedTuple):
    """An identifier in a text: its scheme, how we write it, the words printed and their place."""

    scheme: str
    value: str
    words: str
    start: int


def printed_in(text: str) -> Iterator[Printed]:
    """The identifiers in a text, the strongest first; what only looks like one is none."""
    for scheme, pattern, check in _PRINTED:
        for match in pattern.finditer(text):
            words = match[0].rstrip(".")
            try:
                yield Printed(scheme, check(words), words, match.start())
            except ValueError:
                continue


Isbn = Annotated[str, AfterValidator(isbn13)]
Doi = Annotated[str, AfterValidator(doi)]
CatalogueNo = Annotated[str, AfterValidator(catalogue_no)]
Celex = Annotated[str, AfterValidator(celex)]

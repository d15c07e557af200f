"""Numbers, dates and words as each language writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

import yaml
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

LANGUAGES = ("en", "fr", "es")
DASH = "\u2013"
NARROW_SPACE = "\u202f"
LARGE = 1000


@cache
def texts(lang: str) -> Mapping[str, Any]:
    """The words of the pages in ``lang``."""
    path = resources.files(__package__) / "labels" / f"{lang}.yml"
    words: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return words


class Formats:
    """How one language writes numbers and dates; a missing value is a dash."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.locale = Locale.parse(lang)

    def count(self, value: int | None) -> str:
        """A whole number."""
        return DASH if value is None else format_decimal(value, locale=self.locale)

    def decimal(self, value: float | None) -> str:
        """A measured value, with no more decimals than its size asks for."""
        if value is None:
            return DASH
        pattern = "#,##0" if abs(value) >= LARGE else "0.0#" if abs(value) < 1 else "0.0"
        return format_decimal(value, format=pattern, locale=self.locale)

    def percent(self, share: float | None) -> str:
        """A share as a whole percentage; a space before the sign is narrow and does not break."""
        if share is None:
            return DASH
        return format_percent(share, locale=self.locale).replace("\xa0", NARROW_SPACE)

    def signed(self, value: float, pattern: str = "+#,##0;-#,##0") -> str:
        """A number with its sign, a true minus."""
        return format_decimal(value, format=pattern, locale=self.locale).replace("-", "\u2212")

    def change(self, value: float | None) -> str:
        """A change of a measured value, with its sign."""
        if value is None:
            return DASH
        pattern = "+#,##0;-#,##0" if abs(value) >= LARGE else "+0.0;-0.0"
        return self.signed(value, pattern) if round(value, 1) else self.decimal(0)

    def points(self, change: float) -> str:
        """A change of a share, in percentage points."""
        value = self.signed(round(100 * change)) if round(100 * change) else "0"
        return str(texts(self.lang)["points"]).format(value=value)

    def interval(self, low: float | None, high: float | None) -> str:
        """An interval of shares, in percent."""
        if low is None or high is None:
            return DASH
        return f"{format_decimal(round(low * 100), locale=self.locale)}{DASH}{self.percent(high)}"

    @property
    def percent_sign(self) -> str:
        """The percent sign with the space that goes before it."""
        return self.percent(0)[1:]

    def day(self, value: Any) -> str:
        """The day of a timestamp, or of its ISO text."""
        if value is None or value == "":
            return DASH
        when = value if isinstance(value, date) else datetime.fromisoformat(str(value))
        return format_date(when, format="medium", locale=self.locale)

    def partial_day(self, written: str) -> str:
        """A date as precise as it is known: a year, a month, or a day."""
        parts = [int(part) for part in written.split("-")]
        if len(parts) == 1:
            return written
        pattern = "MMMM y" if len(parts) == 2 else "medium"
        return format_date(date(*parts, *[1] * (3 - len(parts))), pattern, locale=self.locale)

    def exact(self, value: Decimal | None) -> str:
        """A stated number with all its decimals and no more."""
        if value is None:
            return DASH
        return format_decimal(value.normalize(), format="#,##0.######", locale=self.locale)

    def language(self, tag: str) -> str:
        """The name of the language that a BCP 47 tag stands for."""
        try:
            return Locale.parse(tag, sep="-").get_language_name(self.lang) or tag
        except ValueError:
            return tag

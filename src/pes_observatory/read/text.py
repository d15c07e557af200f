"""Text as answers and passages need it: decoded strictly, folded, scrubbed, its language told."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import phonenumbers
from babel import Locale
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from pes_observatory.errors import LoadRejected

LANGUAGES = ("en", "es", "fr")
PHONE_REGIONS = ("FR", "BE", "ES", "PT", "DE", "GB", "US", "MX", "MA", "SN", "CI", "CM")
_AT = r"\s?(?:@|[\[({]\s?(?:at|arobase|arroba|@)\s?[\])}])\s?"
_EMAIL = re.compile(rf"[\w.+-]+{_AT}[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_EIGHT_DIGITS = re.compile(r"\d(?:[^\w\n]{0,3}\d){7}")
_ROUND_AMOUNT = re.compile(r"(?![+(]|0\d).*(?:\W|000)000", re.DOTALL)
_NOT_WORD = re.compile(r"[\W_]+")
_SHORTEST_TELLING_TEXT = 20
_LEAST_PROBABILITY = 0.9


def decoded(where: str, path: Path, encoding: str) -> str:
    """The whole text of a file.

    Raises:
        LoadRejected: its bytes are not in the declared encoding.
    """
    return decoded_bytes(where, path.read_bytes(), encoding)


def decoded_bytes(where: str, content: bytes, encoding: str) -> str:
    """The text that these bytes are, see ``decoded``."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise LoadRejected(
            f"{where}: byte {error.start} is not {encoding}; "
            "set read.encoding to what the file is in, or export it again as UTF-8."
        ) from None


def folded(text: str) -> str:
    """Lower case, no accents, every run of other signs one space: a key to compare names by."""
    plain = unicodedata.normalize("NFKD", text).replace("ı", "i").casefold()
    if not plain.isascii():
        plain = "".join([sign for sign in plain if not unicodedata.combining(sign)])
    return _NOT_WORD.sub(" ", plain).strip()


def scrubbed(text: str) -> str:
    """The text with e-mail addresses and telephone numbers blotted out.

    Numbers go as they are written abroad, and at home in ``PHONE_REGIONS``; amounts that end in
    000 stay. Names of persons are NOT removed yet.
    """
    text = _EMAIL.sub("[e-mail]", text)
    for region in (None, *PHONE_REGIONS) if _EIGHT_DIGITS.search(text) else ():
        for match in reversed(list(phonenumbers.PhoneNumberMatcher(text, region))):
            if not _ROUND_AMOUNT.fullmatch(match.raw_string):
                text = f"{text[: match.start]}[phone]{text[match.end :]}"
    return text


def language_code(printed: str | None) -> str | None:
    """The BCP 47 tag of a language as tools print it: its tag, or its name in FR, EN or ES."""
    if printed is None:
        return None
    tag = printed.strip().replace("_", "-")
    named = re.sub(r"\s*\(.*\)$", "", tag).casefold()
    return _language_names().get(named, tag.lower() if len(tag) <= 3 else tag)


@cache
def _language_names() -> dict[str, str]:
    locales = [Locale.parse(language) for language in LANGUAGES]
    return {name.casefold(): code for each in locales for code, name in each.languages.items()}


def language_of(
    text: str, declared: str | None, among: tuple[str, ...] = LANGUAGES
) -> tuple[str | None, str]:
    """The language of a text and how it is known: ``detected``, or ``declared`` when too short."""
    if len(text) >= _SHORTEST_TELLING_TEXT:
        lang, probability = _identifier(among).classify(text)
        if probability >= _LEAST_PROBABILITY:
            return str(lang), "detected"
    return (declared.split("-")[0] if declared else None), "declared"


@cache
def _identifier(among: tuple[str, ...]) -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(among))
    return identifier

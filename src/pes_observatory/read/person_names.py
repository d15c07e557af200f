"""Names of persons in running text, found by what stands around and in them.

A name is a title and what follows it (``Mme Diallo``), an initial and a surname (``J. Dupont``),
a first name and a capitalised word that is no ordinary one (``Amina Belkacem``, ``DUPONT Jean``),
or two unknown capitalised words after a word such as ``contact``. No country, agency or theme is
taken for a person, see ``name_lists``; and a programme, law or school may be called after one.
"""

from __future__ import annotations

import re

from pes_observatory.read.name_lists import name_words
from pes_observatory.read.text import folded

NAME = "[name]"
_LONGEST_ACRONYM = 3
_LETTER = r"[^\W\d_]"
_CAP = rf"(?-i:[A-ZÀ-ÖØ-ÞĀ-Ž]){_LETTER}*(?:['’-]{_LETTER}+)*"
_PARTICLE = (
    r"(?:(?:de las?|de los|del?|d[aiou]s?|van(?: de[rn]?)?|von(?: der)?|bin|ben|ould|el|al)\s"
    r"|d['’])"
)
_TITLE = (
    r"(?:M|MM|Mme|Mmes|Mlle|Dr|Dre|Pr|Prof|Mr|Mrs|Ms|Sr|Sra|Srta|Don|Doña|Lic|Ing"
    r"|Monsieur|Madame|Mademoiselle|Señora?|Señorita|Professeure?|Docteure?|Doctora?|Miss)"
)
_TITLED = re.compile(rf"(?<!\w){_TITLE}\b\.?\s(?P<name>{_CAP}(?:\s{_PARTICLE}?{_CAP}){{0,3}})")
_INITIAL = re.compile(rf"(?<![\w.-])(?:[A-ZÀ-Ý]\.[\s-]?){{1,3}}(?P<name>{_PARTICLE}?{_CAP})")
_TOLD = re.compile(
    r"(?<!\w)(?:contact(?:s|er|ar|o|ez)?|responsable|interlocut(?:eur|rice)"
    r"|sign(?:ed|é)(?: by| par)?|firmado(?: por)?|regards|cordialement|atentamente|saludos"
    r"|direct(?:or|ora|eur|rice)"
    r"|minist(?:er|re|ro|ra)|présidente?|president[ae]?|manager|coordinat(?:or|eur|rice)"
    r"|coordinadora?|coll[eè]ague?|colega|advis[eo]r|conseill(?:er|ère)|consejer[oa]|jef[ea])"
    r"\s?[:,;]?\s"
    rf"(?P<name>{_CAP}(?:\s{_PARTICLE}?{_CAP}){{1,3}})",
    re.IGNORECASE,
)
_PAIR = re.compile(
    rf"(?<![\w@.-])(?=(?P<name>{_CAP}\s{_PARTICLE}?{_CAP}(?:\s{_PARTICLE}?{_CAP}){{0,2}}))"
)
_CALLED_AFTER = (
    r"(?:programm?es?|programas?|plans?|planes|loi|ley|law|act|fonds|funds?|fondos?|pri[xz]e?|premio"
    r"|cent(?:re|er|ro)s?|institut\w*|école|escuela|schools?|fond[a-z]+|fundaci[oó]n|proye?c?to"
    r"|proje[ct]+s?|actions?|iniciativas?|initiatives?|bourses?|becas?|universit\w+|universidad|rue"
    r"|avenue|calle|street|h[oô]s?pital|lycée|r[eé]form[ae]?s?|method\w*|m[oé]d[eè]l[eo]?|model|scheme"
    r"|dispositif|award|scholarships?|college|act)"
)
_BEFORE = re.compile(rf"{_CALLED_AFTER}\s(?:de |of |d['’])?[«“\"]?\s?$", re.IGNORECASE)
_BEHIND = re.compile(rf"^\s?[»”\"]?[\s-]{_CALLED_AFTER}\b", re.IGNORECASE)


def without_names(text: str) -> str:
    """The text with every name of a person that can be told for one replaced by ``[name]``."""
    spans = [span for found in (_titled, _initialled, _told, _paired) for span in found(text)]
    out, end = [], 0
    for start, stop in sorted(spans):
        if start >= end:
            out += [text[end:start], NAME]
        end = max(end, stop)
    return "".join([*out, text[end:]])


def _titled(text: str) -> list[tuple[int, int]]:
    words = name_words()
    found = []
    for match in _TITLED.finditer(text):
        first = folded(match["name"].split()[0])
        if first in words.surnames | words.first_names or not words.is_ordinary(first):
            found.append(_until_ordinary(match))
    return found


def _initialled(text: str) -> list[tuple[int, int]]:
    words = name_words()
    return [
        match.span()
        for match in _INITIAL.finditer(text)
        if (name := folded(match["name"].split()[-1])) in words.surnames
        and not words.is_ordinary(name)
    ]


def _told(text: str) -> list[tuple[int, int]]:
    words = name_words()
    return [
        match.span("name")
        for match in _TOLD.finditer(text)
        if not any(words.is_ordinary(folded(word)) for word in match["name"].split()[:2])
    ]


def _paired(text: str) -> list[tuple[int, int]]:
    words = name_words()
    found = []
    for match in _PAIR.finditer(text):
        printed = re.findall(_CAP, match["name"])
        keys = [folded(word) for word in printed]
        first, second = keys[:2]
        is_shouted = printed[0].isupper()
        if is_shouted and not (printed[1].isupper() and second in words.surnames):
            is_person = len(first) > _LONGEST_ACRONYM and not words.is_ordinary(first)
            is_person &= second in words.first_names and not words.is_ordinary(second)
            is_person &= not printed[1].isupper()
        else:
            is_person = words.are_a_person(first, second) or words.are_turned(first, second)
            is_person |= second in words.first_names and words.are_a_person(first, keys[-1])
        if not is_person:
            continue
        start, stop = _until_ordinary(match, sure=2)
        is_a_thing = (
            words.is_in_a_place(folded(text[start:stop]))
            or _BEFORE.search(text[:start])
            or _BEHIND.search(text[stop:])
        )
        if not is_a_thing:
            found.append((start, stop))
    return found


def _until_ordinary(match: re.Match[str], sure: int = 1) -> tuple[int, int]:
    """The span of a name up to its first word after the ``sure`` ones that is no name."""
    words = name_words()
    start, stop = match.span("name")
    for number, word in enumerate(re.finditer(_CAP, match["name"]), start=1):
        key = folded(word[0])
        is_name = key in words.surnames | words.first_names and not words.is_ordinary(key)
        if number > sure and not is_name:
            break
        stop = start + word.end()
    return start, stop

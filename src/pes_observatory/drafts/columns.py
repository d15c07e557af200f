"""What the columns of an export may be: our fields and slots, persons, or left to a person.

Told from what tools call their columns, from codes such as ``Q01[SQ001]``, from the wording of
the nine questions in French, English and Spanish, and from what the cells hold. Where that is
not enough a proposal is not ``is_sure``, and its draft says TODO.
"""

from __future__ import annotations

import csv
import difflib
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from pes_observatory.errors import LoadRejected
from pes_observatory.read.privacy import without_persons
from pes_observatory.read.survey.cells import Cells
from pes_observatory.read.survey.columns import Columns
from pes_observatory.read.survey.neutrality import known_names
from pes_observatory.read.text import folded
from pes_observatory.read.truth import truth
from pes_observatory.settings import project_root

PERSONAL, IGNORED = "personal", "ignored"
_CODE = re.compile(r"^(?:G\d+)?Q0?([1-9])(?:[\[_.](?:SQ)?0*([1-9])\]?)?$")
_OF_TOOLS = {
    "response_id": "id|response id|answer id|respondent id|contribution id|response hash"
    "|id de la reponse|id de respuesta",
    "submitted_at": "submitdate|date submitted|end date|completion time|heure de fin"
    "|hora de finalizacion|timestamp|horodateur|marca temporal|creation date|create"
    "|date de soumission|fecha de envio",
    "ui_language": "startlanguage|start language|languages|language|lang|langue|idioma"
    "|langue de depart|idioma inicial",
    IGNORED: "lastpage|last page|seed|startdate|date started|datestamp|date last action|refurl"
    "|referrer url|collector id|start date|start time|heure de debut|hora de inicio|last|list"
    "|last modified time|heure de la derniere modification|last update|total score|totalscore",
    PERSONAL: "ipaddr|ip address|adresse ip|direccion ip|email|e mail|mail|email address|courriel"
    "|adresse e mail|adresse mail|correo|correo electronico|name|nom|nombre|first name|last name"
    "|prenom|apellido|apellidos|user name|user|userlogin|invitation|invitation number|token"
    "|access code|code d acces|phone|telephone|telefono|custom data 1",
}
_FIELD_OF = {name: ours for ours, names in _OF_TOOLS.items() for name in names.split("|")}
_PERSONAL_WORDS = re.compile(
    r"\b(e ?mail|courriel|correo electronico|telephone|telefono|phone number|ip address"
    r"|first name|last name|full name|prenom|apellidos?|nom et prenom|your name|votre nom"
    r"|contact person|personne de contact|persona de contacto|signature|firma)\b"
)
_RESPONDENT = {"pes", "spe", "respondent", "repondant", "country", "pays", "pais", "organisation"}
_CONSENT = re.compile(r"\b(consent\w*|publi\w+|autoris\w+|autoriz\w+)\b")
_NEUTRALITY = re.compile(r"\b(neutral\w*|anonym\w*|anonim\w*|be named|etre nomme\w*)\b")
_SURE, _UNSURE = 0.9, 0.6


@dataclass(frozen=True)
class Proposal:
    """What the column ``header`` may be, in our name or in a list of the YAML."""

    header: str
    ours: str | None
    is_sure: bool


def propose(cells: Cells) -> list[Proposal]:
    """A proposal per column, in the order of the file."""
    names = Columns(cells).names
    values = [[row[n] or "" for row in cells.rows] for n in range(len(names))]
    printed = list(zip(names, cells.headers, cells.sub_headers, values, strict=True))
    found = [_one(*each) for each in printed]
    return _with_slots(_first_of_each(found))


def _one(name: str, header: str, sub_header: str, values: list[str]) -> Proposal:
    keys = [folded(part) for part in (header, sub_header) if part]
    filled = [value for value in values if value.strip()]
    ours = next((_FIELD_OF[key] for key in keys if key in _FIELD_OF), None)
    if ours == "response_id" and len({*filled}) != len(values):
        return Proposal(name, IGNORED, is_sure=False)
    if ours is None and (any(map(_PERSONAL_WORDS.search, keys)) or _mostly(filled, _is_personal)):
        ours = PERSONAL
    if ours:
        return Proposal(name, ours, is_sure=True)
    if code := next((m for m in map(_CODE.match, (header, sub_header)) if m), None):
        return Proposal(name, f"Q{code[1]}", is_sure=True)
    likeness, question_id = max(_likeness(key) for key in keys) if keys else (0.0, "")
    if likeness >= _UNSURE:
        says_yes_no = _mostly(filled, _is_truth, least=1.0)
        ours = f"{question_id}.yes_no" if says_yes_no else question_id
        return Proposal(name, ours, is_sure=likeness >= _SURE)
    if _mostly(filled, lambda value: folded(value) in known_names()):
        return Proposal(name, "respondent", is_sure=True)
    for ours, is_like in (
        ("neutrality", any(map(_NEUTRALITY.search, keys))),
        ("consent", any(map(_CONSENT.search, keys))),
        ("respondent", any(key in _RESPONDENT for key in keys)),
    ):
        if is_like:
            return Proposal(name, ours, is_sure=False)
    return Proposal(name, None, is_sure=False)


def _first_of_each(found: list[Proposal]) -> list[Proposal]:
    """A field has one column: of several that may be it none is sure."""
    times = Counter(each.ours for each in found)
    lists = (None, PERSONAL, IGNORED)
    return [
        Proposal(each.header, None, is_sure=False)
        if times[each.ours] > 1 and each.ours not in lists and not _is_question(each.ours)
        else each
        for each in found
    ]


def _with_slots(found: list[Proposal]) -> list[Proposal]:
    """Questions as slots: the first column of a question is its slot 1, and so on up to 9."""
    seen, out = Counter[str | None](), []
    for each in found:
        if not _is_question(each.ours):
            out.append(each)
            continue
        seen[each.ours] += 1
        slot = f"{each.ours}.{seen[each.ours]}" if seen[each.ours] <= 9 else None
        out.append(Proposal(each.header, slot, each.is_sure and slot is not None))
    return out


def _is_question(ours: str | None) -> bool:
    return ours is not None and re.fullmatch(r"Q[1-9]", ours) is not None


def _mostly(values: list[str], says: Callable[[str], bool], least: float = 0.5) -> bool:
    return bool(values) and sum(map(says, values)) >= least * len(values)


def _is_personal(value: str) -> bool:
    return without_persons(value) in ("[e-mail]", "[ip]", "[phone]", "[name]")


def _is_truth(value: str) -> bool:
    try:
        return truth("", "", value) is not None
    except LoadRejected:
        return False


def _likeness(key: str) -> tuple[float, str]:
    """How near a folded header comes to the wording of a question, and to which."""
    best = (0.0, "")
    for question_id, wording in _wordings():
        if wording in key or (len(key) > 30 and key in wording):
            return 1.0, question_id
        matcher = difflib.SequenceMatcher(None, wording, key, autojunk=False)
        if matcher.real_quick_ratio() > best[0] and matcher.quick_ratio() > best[0]:
            best = max(best, (matcher.ratio(), question_id))
    return best


@cache
def _wordings() -> list[tuple[str, str]]:
    path = project_root() / "dbt_project" / "seeds" / "question.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    columns = ("text_fr", "text_en", "text_es")
    return [(row["question_id"], folded(row[column])) for row in rows for column in columns]

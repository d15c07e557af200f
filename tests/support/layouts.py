"""The wave of ``support.wave`` as each survey tool would export it, as a source to be read.

Written after the formats' descriptions and code, not with our readers' code.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from support.examples import Example
from support.sources import Content
from support.wave import HANDED_IN, RESPONSES, SLOTS, TITLES, WAVE, Response

UTC, PARIS = ZoneInfo("UTC"), ZoneInfo("Europe/Paris")
ASKED = tuple(TITLES)
Map = dict[str, str]


@dataclass(frozen=True)
class Layout:
    """One file of one tool: how it is declared, and what it can tell."""

    name: str
    format: str
    file: str
    content: Content
    column_map: Map
    read: dict[str, Any] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)
    tells_not_shown: bool = False
    tells_unfinished: bool = False
    has_ids: bool = True

    def example(self) -> Example:
        """The source's YAML and files; a survey of its own, as no two may be one."""
        survey = {
            "survey_id": self.name,
            "wave": WAVE,
            "column_map": f"{self.name}/columns.csv",
            "ignored": self.ignored,
            "personal": self.personal,
            "publish_verbatims": "all",
        }
        texts = ("title", "publisher", "licence", "attribution", "owner")
        source = {
            "id": self.name,
            "kind": "survey",
            **dict.fromkeys(texts, "Written for a test."),
            "is_synthetic": True,
            "format": self.format,
            "fetch": {"url": f"file:{self.name}/{self.file}"},
            "read": self.read,
            "survey": survey,
        }
        columns = io.StringIO()
        writer = csv.writer(columns)
        writer.writerow(["wave", *self.column_map])
        writer.writerow([WAVE, *self.column_map.values()])
        return source, {self.file: self.content, "columns.csv": columns.getvalue()}


def mapped(name_of: dict[str, str], **fields: str) -> Map:
    """A column map: fields of the response, then slots, by the printed names of what was asked."""
    respondent = {"respondent": name_of["pes"], "consent": name_of["consent"]}
    return {**fields, **respondent, **{s: name_of[s] for s in ("Q4.yes_no", *SLOTS)}}


def delimited(rows: Iterable[Iterable[Any]], delimiter: str = ",", **how: Any) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, **how).writerows(rows)
    return text.getvalue()


CODES = {
    "pes": "G0[PES]",
    "language": "G0[LANG]",
    "consent": "G0[PUB]",
    "email": "G0[MAIL]",
    "Q1.1": "Q1[SQ001]",
    "Q1.2": "Q1[SQ002]",
    "Q1.3": "Q1[SQ003]",
    "Q4.yes_no": "Q4",
    "Q4.1": "Q4b[SQ001]",
    "Q4.2": "Q4b[SQ002]",
    "Q6.1": "Q6",
    "Q9.1": "Q9",
}
ABBREVIATED = {name: f"{title[:15]}.." for name, title in TITLES.items()}
NUMBERED = {
    **ABBREVIATED,
    **{f"Q1.{n}": f"{ABBREVIATED['Q1.1']} #{n}" for n in (1, 2, 3)},
}
_OWN = ("id", "submitdate", "lastpage", "startlanguage", "seed")


def limesurvey_values(response: Response, yes: str, no: str) -> list[str | None]:
    submitted = str(response.submitted) if response.submitted else None
    asked = [response.field(name, yes, no) for name in ASKED]
    return [response.id, submitted, "4", response.lang, "812", *asked]


def limesurvey_csv(
    name: str, headings: Map, yes: str, no: str, delimiter: str = ";", names: Map | None = None
) -> Layout:
    def quoted(value: str | None) -> str:
        if value is None:
            return ""
        masked = f"'{value}" if value[:1] in ("=", "-", "@") else value
        return '"' + masked.replace('"', '""') + '"'

    rows = [[*_OWN, *(headings[name] for name in ASKED)]]
    rows += [limesurvey_values(response, yes, no) for response in RESPONSES]
    lines = [delimiter.join(map(quoted, row)) for row in rows]
    own = {"response_id": "id", "submitted_at": "submitdate", "ui_language": "startlanguage"}
    names = names or headings
    return Layout(
        name,
        "limesurvey_csv",
        "results-survey.csv",
        "\ufeff" + "\r\n".join([*lines, "", ""]),
        mapped(names, **own),
        read={"encoding": "utf-8-sig", "delimiter": delimiter},
        ignored=["lastpage", "seed", names["language"]],
        personal=[names["email"]],
        tells_not_shown=True,
        tells_unfinished=True,
    )


def limesurvey_vv() -> Layout:
    tokens = (("{", "{lbrace}"), ("\n", "{newline}"), ("\r", "{cr}"), ("\t", "{tab}"))
    codes = {name: code.replace("[", "_").rstrip("]") for name, code in CODES.items()}

    def escaped(value: str | None) -> str:
        if value is None:
            return "{question_not_shown}"
        for sign, token in tokens:
            value = value.replace(sign, token)
        return f"{{quote}}{value[1:]}" if value.startswith('"') else value

    rows = [[*_OWN, *TITLES.values()], [*_OWN, *codes.values()]]
    rows += [[*map(escaped, limesurvey_values(r, "Y", "N"))] for r in RESPONSES]
    own = {"response_id": "id", "submitted_at": "submitdate", "ui_language": "startlanguage"}
    return Layout(
        "limesurvey_vv",
        "limesurvey_vv",
        "vvexport.csv",
        delimited(rows, "\t", lineterminator="\n"),
        mapped(codes, **own),
        ignored=["lastpage", "seed", codes["language"]],
        personal=[codes["email"]],
        tells_not_shown=True,
        tells_unfinished=True,
    )


def answers_csv() -> Layout:
    """The wave as somebody puts it together, one response per row."""
    rows = [["response", "date", "page", "language", "seed", *ASKED]]
    rows += [[cell or "" for cell in limesurvey_values(r, "oui", "non")] for r in RESPONSES]
    own = {"response_id": "response", "submitted_at": "date", "ui_language": "language #1"}
    printed = {name: name for name in ASKED}
    return Layout(
        "answers_csv",
        "answers_csv",
        "answers.csv",
        delimited(rows, "\t").encode("utf-16"),
        mapped(printed, **own),
        read={"encoding": "utf-16", "delimiter": "\t"},
        ignored=["page", "seed", "language #2"],
        personal=["email"],
        tells_unfinished=True,
    )


SURVEYMONKEY_OWN = ["Respondent ID", "Collector ID", "Start Date", "End Date", "Email Address"]
_PART = {
    **dict.fromkeys(("pes", "language", "Q6.1", "Q9.1"), "Open-Ended Response"),
    "consent": "Response",
    "email": "Open-Ended Response",
    "Q4.yes_no": "Response",
    "Q1.1": "Premier",
    "Q1.2": "Deuxième",
    "Q1.3": "Troisième",
    "Q4.1": "D’abord",
    "Q4.2": "Ensuite",
}
_STEM = {name: title.removesuffix(_PART[name]).strip() for name, title in TITLES.items()}


def surveymonkey_rows() -> list[list[str]]:
    """Two header rows and the responses, as CSV and XLSX have them."""
    first = [
        "" if n and _STEM[name] == _STEM[ASKED[n - 1]] else _STEM[name]
        for n, name in enumerate(ASKED)
    ]
    rows = [[*SURVEYMONKEY_OWN, *first], [*[""] * 5, *(_PART[name] for name in ASKED)]]
    for response in HANDED_IN:
        assert response.submitted
        ended = f"{response.submitted:%m/%d/%Y %I:%M:%S %p}"
        own = [response.id, "216437765", ended, ended, ""]
        rows.append([*own, *(response.field(name, "Oui", "Non") or "" for name in ASKED)])
    return rows


def surveymonkey(name: str, content: Content, file: str) -> Layout:
    names = {name: f"{_STEM[name]} | {_PART[name]}" for name in ASKED}
    own = {"response_id": "Respondent ID", "submitted_at": "End Date"}
    return Layout(
        name,
        name,
        file,
        content,
        mapped(names, **own, ui_language=names["language"]),
        read={"encoding": "utf-8-sig", "timestamp_format": "%m/%d/%Y %I:%M:%S %p"},
        ignored=["Collector ID", "Start Date"],
        personal=["Email Address", names["email"]],
    )


def surveymonkey_csv() -> Layout:
    rows = [
        [html.escape(cell).replace("&#x27;", "&apos;") for cell in r] for r in surveymonkey_rows()
    ]
    return surveymonkey("surveymonkey_csv", "\ufeff" + delimited(rows), "Responses.csv")


def google_forms(name: str, timestamp: str, read: dict[str, str]) -> Layout:
    """A form with its own download, or its Sheet; a question was asked twice, once deleted."""
    header = ["Horodateur", *TITLES.values(), TITLES["Q9.1"]]
    rows = [header]
    for response in HANDED_IN:
        assert response.submitted
        local = response.submitted.replace(tzinfo=UTC).astimezone(PARIS)
        printed = local.strftime(timestamp).replace("+0100", "GMT+1").replace("+0200", "GMT+2")
        rows.append([printed, *(response.field(n, "Oui", "Non") or "" for n in ASKED), ""])
    names = {**TITLES, "Q9.1": f"{TITLES['Q9.1']} #1"}
    own = {"response_id": "response_hash", "submitted_at": "Horodateur"}
    return Layout(
        name,
        "google_forms_csv",
        "Enquete.csv",
        delimited(rows, quoting=csv.QUOTE_ALL),
        mapped(names, **own, ui_language=TITLES["language"]),
        read=read,
        ignored=[f"{TITLES['Q9.1']} #2"],
        personal=[TITLES["email"]],
        has_ids=False,
    )


def text_layouts() -> list[Layout]:
    form = {"timestamp_format": "%Y/%m/%d %I:%M:%S %p %Z"}
    sheet = {"timestamp_format": "%d/%m/%Y %H:%M:%S", "timezone": "Europe/Paris"}
    return [
        limesurvey_csv("limesurvey_codes", CODES, "Y", "N"),
        limesurvey_csv("limesurvey_full", TITLES, "Oui", "Non", ","),
        limesurvey_csv("limesurvey_abbreviated", ABBREVIATED, "Oui", "Non", names=NUMBERED),
        limesurvey_vv(),
        answers_csv(),
        surveymonkey_csv(),
        google_forms("google_form", "%Y/%m/%d %I:%M:%S %p %z", form),
        google_forms("google_sheet", "%d/%m/%Y %H:%M:%S", sheet),
    ]

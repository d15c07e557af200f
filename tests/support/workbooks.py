"""The wave of ``support.wave`` as the tools that write workbooks and XML export it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import openpyxl
from openpyxl.cell import WriteOnlyCell

from support.layouts import (
    ASKED,
    CODES,
    PARIS,
    UTC,
    Layout,
    limesurvey_values,
    mapped,
    surveymonkey,
    surveymonkey_rows,
    text_layouts,
)
from support.wave import HANDED_IN, RESPONSES, TITLES, Response

Rows = Iterable[Iterable[Any]]


def xlsx(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook; a text that begins with ``=`` is a text in it and no formula."""
    book = openpyxl.Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            cells = [WriteOnlyCell(sheet, value) for value in row]
            for cell in cells:
                if cell.data_type == "f":
                    cell.data_type = "s"
            sheet.append(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """An archive of these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def local(response: Response) -> Any:
    """When it was handed in, as a clock in Paris shows it."""
    assert response.submitted
    return response.submitted.replace(tzinfo=UTC).astimezone(PARIS).replace(tzinfo=None)


def limesurvey_xlsx() -> Layout:
    own = ["id", "submitdate", "lastpage", "startlanguage", "seed"]
    rows = [[*own, *(CODES[name] for name in ASKED)]]
    for response in RESPONSES:
        values = limesurvey_values(response, "Y", "N")
        rows.append([f'"{v}"' if (v or "").startswith(("=", "@")) else v for v in values])
    fields = {"response_id": "id", "submitted_at": "submitdate", "ui_language": "startlanguage"}
    return Layout(
        "limesurvey_xlsx",
        "limesurvey_xlsx",
        "results-survey.xlsx",
        xlsx({"Enquête annuelle auprès des SPE": rows}),
        mapped(CODES, **fields),
        ignored=["lastpage", "seed", CODES["language"]],
        personal=[CODES["email"]],
        tells_unfinished=True,
    )


def microsoft_forms() -> Layout:
    header = ["ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom"]
    rows: list[list[Any]] = [[*header, *(f"{TITLES[name]}\xa0" for name in ASKED), "Outils"]]
    for response in HANDED_IN:
        asked = [response.field(name, "Oui", "Non") for name in ASKED]
        own = [int(response.id), local(response), local(response), "anonymous", "anonymous"]
        rows.append([*own, *asked, "Portail;Téléphone;"])
    fields = {"response_id": "ID", "submitted_at": "Heure de fin"}
    return Layout(
        "microsoft_forms",
        "microsoft_forms_xlsx",
        "Enquete(1-11).xlsx",
        xlsx({"Sheet1": rows}),
        mapped(TITLES, **fields, ui_language=TITLES["language"]),
        read={"timezone": "Europe/Paris"},
        ignored=["Heure de début", "Outils"],
        personal=["Adresse de messagerie", "Nom", TITLES["email"]],
    )


EUSURVEY_OWN = ["Contribution Id", "Creation Date", "Last Update", "Languages"]
MATRIX = [f"Une matrice: rangée {number} (ID{number})" for number in range(260)]
SHORT = {name: f"{title} (ID_{number})" for number, (name, title) in enumerate(TITLES.items())}


def eusurvey_workbook(responses: list[Response]) -> bytes:
    """Questions, a matrix that runs over the 254 columns of a sheet, then what EUSurvey adds."""
    header = [*(SHORT[name] for name in ASKED[:6]), *MATRIX]
    header += [*(SHORT[name] for name in ASKED[6:]), *EUSURVEY_OWN]
    rows: list[list[Any]] = [header]
    for response in responses:
        asked = [response.field(name, "Yes", "No") for name in ASKED]
        own = [response.id, local(response), local(response), response.lang.upper()]
        rows.append([*asked[:6], *["3"] * len(MATRIX), *asked[6:], *own])
    preamble = [["Alias", "PES-survey"], ["Export Date", local(HANDED_IN[0])], []]
    starts = range(0, len(header), 254)
    return xlsx(
        {
            f"Content{start // 254 or ''}": [*preamble, *(row[start : start + 254] for row in rows)]
            for start in starts
        }
    )


def eusurvey_xls() -> Layout:
    latest_first = HANDED_IN[::-1]
    fields = {"response_id": "Contribution Id", "submitted_at": "Creation Date"}
    return Layout(
        "eusurvey_xls",
        "eusurvey_xls",
        "Content_Export_PES.zip",
        zipped(
            {
                "Content_Export_PES.xlsx": eusurvey_workbook(latest_first[:6]),
                "Content_Export_PES_1.xlsx": eusurvey_workbook(latest_first[6:]),
                "10249522901/Upload_1/annexe.xlsx": b"not a workbook at all",
            }
        ),
        mapped(SHORT, **fields, ui_language="Languages"),
        read={"timezone": "Europe/Paris"},
        ignored=["Last Update", SHORT["language"], *MATRIX],
        personal=[SHORT["email"]],
    )


def eusurvey_xml() -> Layout:
    choices = {"consent": ("c1", "c2"), "Q4.yes_no": ("p1", "p2")}
    uid = {name: f"uid-{number}" for number, name in enumerate(ASKED)}
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<Results create="2024-04-01_10-00-00">']
    parts.append('<Survey id="7" uid="u" alias="PES-survey">')
    for lang, yes, no in (("EN", "Yes", "No"), ("FR", "Oui", "Non")):
        parts.append(f'<Elements lang="{lang}"><Section id="s" type="Section">Partie</Section>')
        for name in ASKED:
            title = f"<p>{TITLES[name]}</p>" if lang == "EN" else f"<p>Titre en {lang}</p>"
            parts.append(f'<Question id="{uid[name]}" type="x">{escape(title)}</Question>')
            for choice, label in zip(choices.get(name, ()), (yes, no), strict=False):
                parts.append(f'<Answer id="{choice}" type="Choice Answer">{label}</Answer>')
        parts.append("</Elements>")
    parts.append("</Survey><Answers>")
    for response in HANDED_IN:
        at = f"{local(response):%Y-%m-%d_%H-%M-%S}"
        own = {"id": response.id, "create": at, "last": at, "list": response.id[-4:]}
        own |= {"lang": response.lang.upper(), "user": "", "invitation": ""}
        parts.append(f"<AnswerSet {' '.join(f'{k}={quoteattr(v)}' for k, v in own.items())}>")
        for name in ASKED:
            said = response.field(name, *choices.get(name, ("", "")))
            if said and name in choices:
                parts.append(f'<Answer qid="{uid[name]}" aid="{said}"/>')
            elif said:
                parts.append(f'<Answer qid="{uid[name]}">{escape(said)}</Answer>')
        parts.append("</AnswerSet>")
    parts.append("</Answers></Results>")
    fields = {"response_id": "id", "submitted_at": "create", "ui_language": "lang"}
    return Layout(
        "eusurvey_xml",
        "eusurvey_xml",
        "Content_Export_PES.xml",
        "".join(parts),
        mapped(uid, **fields),
        read={"timezone": "Europe/Paris"},
        ignored=["last", "list", uid["language"]],
        personal=["user", "invitation", uid["email"]],
    )


def all_layouts() -> list[Layout]:
    """The wave in every layout that we read."""
    monkey = xlsx({"Sheet": surveymonkey_rows()})
    return [
        *text_layouts(),
        limesurvey_xlsx(),
        surveymonkey("surveymonkey_xlsx", monkey, "Responses.xlsx"),
        microsoft_forms(),
        eusurvey_xls(),
        eusurvey_xml(),
    ]

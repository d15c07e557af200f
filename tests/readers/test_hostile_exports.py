"""Exports that are damaged, protected, of another kind, or meant to harm: one sentence each."""

from __future__ import annotations

import io
import random
import re
import resource
import time
import zipfile

import openpyxl
import pytest
from support.workbooks import all_layouts, zipped

from pes_observatory.errors import LoadRejected
from pes_observatory.read.survey import workbook_process

BY_FORMAT = {layout.format: layout for layout in all_layouts()}
WORKBOOK_FORMATS = ("limesurvey_xlsx", "surveymonkey_xlsx", "microsoft_forms_xlsx", "eusurvey_xls")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def with_member(name: str, content: bytes) -> bytes:
    """A small workbook with one of its parts replaced or added."""
    book, whole, changed = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["ID", "Q1"])
    book.save(whole)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    added = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'.encode()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in {*old.namelist()} - {name}:
            part = old.read(member)
            is_list = member == "[Content_Types].xml" and name not in old.namelist()
            new.writestr(member, part.replace(b"</Types>", added) if is_list else part)
        new.writestr(name, content)
    return changed.getvalue()


def sheet(*cells: str) -> bytes:
    row_of = {cell: re.search(r'r="[A-Z]+(\d+)"', cell)[1] for cell in cells}
    rows = "".join(f'<row r="{row_of[cell]}">{cell}</row>' for cell in cells)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def is_refused(read_text, format_name: str, content: bytes | str, *says: str) -> None:
    """In one sentence, within seconds, and without this process growing."""
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(LoadRejected) as refused:
        read_text(format_name, content)
    sentence = str(refused.value)
    assert sentence.startswith("File example")
    assert sentence.endswith(".") and len(sentence) < 600 and "Traceback" not in sentence
    for part in says:
        assert part in sentence
    assert time.monotonic() - started < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # KB


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE x [<!ENTITY e0 "ha">{ENTITIES}]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY e9 SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("declared", [BOMB, EXTERNAL, '<!DOCTYPE x SYSTEM "http://127.0.0.1/x">'])
def test_entities_in_xml_are_never_looked_at(read_text, declared):
    text = f'<?xml version="1.0"?>{declared}<Results><Elements>&e9;</Elements></Results>'
    is_refused(read_text, "eusurvey_xml", text, "no well-formed XML without a DTD")


@pytest.mark.parametrize("declared", [BOMB, EXTERNAL])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_entities_in_a_workbook_are_never_looked_at(read_text, declared, part):
    content = sheet('<c r="A1" t="inlineStr"><is><t>&e9;</t></is></c>')
    is_refused(
        read_text,
        "limesurvey_xlsx",
        with_member(part, declared.encode() + content),
        "cannot be read as a workbook",
    )


@pytest.mark.parametrize("format_name", [*WORKBOOK_FORMATS, "eusurvey_xml", "google_forms_csv"])
def test_an_archive_that_unpacks_to_far_more_is_not_unpacked(read_text, format_name):
    zeros = b"0" * 60_000_000
    content = zipped({f"{n}.csv": zeros for n in range(4)})
    assert len(content) < 300_000
    is_refused(read_text, format_name, content, "unpacks to 240,000,000 bytes in 4 members")


def test_an_archive_of_very_many_members_is_not_unpacked(read_text):
    content = zipped({f"{n}.xml": "" for n in range(5_001)})
    is_refused(read_text, "eusurvey_xml", content, "in 5,001 members")


@pytest.mark.parametrize(
    "rows",
    [
        ['<c r="A1"><v>1</v></c>', '<c r="XFD1048576"><v>2</v></c>'],
        [f'<c r="XFD{n}"/>' for n in range(1, 300)],
    ],
)
def test_a_cell_in_the_far_corner_costs_nothing(read_text, rows):
    content = with_member("xl/worksheets/sheet1.xml", sheet(*rows))
    is_refused(read_text, "limesurvey_xlsx", content)


@pytest.mark.parametrize("format_name", WORKBOOK_FORMATS)
@pytest.mark.parametrize("kept", [0.2, 0.5, 0.95])
def test_a_cut_workbook_is_refused(read_text, format_name, kept):
    content = BY_FORMAT[format_name].content
    is_refused(
        read_text, format_name, content[: int(kept * len(content))], "cut or damaged archive"
    )


def test_a_workbook_with_a_password_is_refused(read_text):
    is_refused(read_text, "microsoft_forms_xlsx", OLE + b"\0" * 4_000, "password")
    protected = bytearray(zipped({"a.csv": "x"}))
    protected[6] |= 1
    protected[protected.index(b"PK\x01\x02") + 8] |= 1
    is_refused(read_text, "google_forms_csv", bytes(protected), "asks for a password")


def test_a_damaged_xls_is_refused_or_read_but_breaks_nothing(read_text, inputs):
    whole = (inputs / "malformed/xlsx/readxl/clippy.xls").read_bytes()
    chance = random.Random(7)
    for _ in range(8):
        damaged = bytearray(whole[: chance.randrange(600, len(whole))])
        for _ in range(20):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        is_refused(read_text, "limesurvey_xlsx", bytes(OLE[:8] + damaged[8:]))


def test_an_xls_on_which_its_reader_panics_is_refused(read_text, inputs):
    whole = (inputs / "malformed/xlsx/readxl/clippy.xls").read_bytes()
    is_refused(read_text, "limesurvey_xlsx", whole[:26_046], "cannot be read as a workbook")


@pytest.mark.parametrize("declared", sorted(BY_FORMAT))
@pytest.mark.parametrize("content", ["", "PK", "<html><body>Please log in</body></html>", "\0\1\2"])
def test_what_is_no_export_at_all_is_refused(read_text, declared, content):
    is_refused(read_text, declared, content)


@pytest.mark.parametrize("declared", sorted(BY_FORMAT))
@pytest.mark.parametrize("written", ["limesurvey_xlsx", "eusurvey_xml", "eusurvey_xls"])
def test_the_wrong_format_named_is_refused(read_text, declared, written):
    interchangeable = {("surveymonkey_xlsx", "limesurvey_xlsx")}
    if declared == written or (declared, written) in interchangeable:
        pytest.skip("one of its files is a file of the other")
    is_refused(read_text, declared, BY_FORMAT[written].content)


def test_the_limits_are_those_that_the_documentation_names():
    assert (workbook_process.MOST_SECONDS, workbook_process.MOST_MEMORY) == (60, 2_000_000_000)

"""``pes review`` as people at a desk use it, and workbooks filled in as openpyxl lets them."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from pes_observatory.cli import main

ANSWERS = {
    "1": ("Le télétravail pour tous les conseillers", "Moderniser l’accueil"),
    "2": ('=HYPERLINK("http://evil.example")', "Former les jeunes et les apprentis"),
    "3": ("xyz qrs tuv", "+33 formations pour les seniors"),
    "4": ("Écrire à ann.example@example.org pour les jeunes", "-50 % de délais au guichet"),
}


class Desk:
    """``pes review`` as a person at a desk calls it, and the workbook in between."""

    def __init__(self, folder: Path, monkeypatch, capsys) -> None:
        self.folder, self._patch, self._capsys = folder, monkeypatch, capsys

    def pes(self, *arguments: object) -> tuple[int, str]:
        """The exit code, and all that was printed."""
        self._patch.setattr(sys, "argv", ["pes", *map(str, arguments)])
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = self._capsys.readouterr()
        return int(ended.value.code or 0), printed.out + printed.err

    def export(self, name: str = "units.xlsx", *options: object) -> Path:
        path = self.folder / name
        options = options or ("--sample", 1)
        code, printed = self.pes("review", "export", "--survey", "survey", "--out", path, *options)
        assert code == 0, printed
        return path

    def take(self, path: Path, coder: str = "person-b", *options: object) -> tuple[int, str]:
        return self.pes("review", "import", path, "--coder", coder, *options)


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of the units, by printed header, with their row number as ``row``."""
    sheet = openpyxl.load_workbook(path)["units"]
    header, *rows = sheet.iter_rows(values_only=True)
    return [
        {"row": number, **dict(zip(header, map(unescape_cell, row), strict=True))}
        for number, row in enumerate(rows, start=2)
    ]


def unescape_cell(value: str | None) -> str | None:
    return unescape(value) if value else value


def fill_in(path: Path, codes: dict[str, tuple[str, ...]], **other: str) -> Path:
    """Choose codes by unit, primary first, as from the drop-downs; ``other`` fills any header."""
    book = openpyxl.load_workbook(path)
    sheet = book["units"]
    place = {cell.value: cell.column for cell in sheet[1]}
    choice = {str(row[1].value): row[0].value for row in book["codebook"].iter_rows(min_row=2)}
    names = [name for name in place if name.split()[0] in ("primary", "secondary")]
    for row in sheet.iter_rows(min_row=2):
        unit = row[place["unit"] - 1].value
        for name, code in zip(names, codes.get(unit, ()), strict=False):
            sheet.cell(row[0].row, place[name]).value = choice.get(code, code)
        for name, value in other.items() if unit in codes else ():
            sheet.cell(row[0].row, place[name]).value = value
    book.save(path)
    return path


def unit(response: int | str, question: str = "Q1", number: int = 1) -> str:
    return f"survey/2022/{response}/{question}/1#{number}"

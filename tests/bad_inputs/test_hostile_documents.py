"""Documents that are too large, too deep, locked, or not what they say: each within its limits."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import docx
import pytest
from bench import is_one_clear_sentence
from support.pdfs import Text, bomb, made_pdf, pdf_of

from pes_observatory.errors import LoadRejected
from pes_observatory.read.document.blocks import Extract
from pes_observatory.read.document.bounded import LIMITS, Limits, extracted

WORDS = "Counsellors help young people find work near their home."
PAGE = [Text(60, 700, WORDS)]
LOGIN = (
    "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in</h1>"
    "<p>Members of the network read the documents of the network here.</p>"
    "<form><input name='user'><input type='password' name='pw'></form></body></html>"
)


@pytest.fixture
def refused(tmp_path: Path):
    def refuse(format_name: str, content: bytes, *says: str, limits: Limits = LIMITS) -> None:
        path = tmp_path / "it"
        path.write_bytes(content)
        with pytest.raises(LoadRejected) as refusal:
            extracted("Source leaflets, file it", format_name, path, limits=limits)
        is_one_clear_sentence(str(refusal.value), "leaflets", "file it", *says)

    return refuse


@pytest.fixture
def read(tmp_path: Path):
    def read_it(format_name: str, content: bytes, encoding: str = "utf-8") -> Extract:
        path = tmp_path / "it"
        path.write_bytes(content)
        return extracted("Source leaflets, file it", format_name, path, encoding)

    return read_it


class TestTooMuch:
    def test_a_pdf_of_ten_thousand_pages(self, refused):
        content = pdf_of([b""] * 10_000)
        refused("pdf", content, "has 10,000 pages, more than 2,000", "split it")

    def test_a_pdf_that_unpacks_to_more_than_there_is_memory(self, refused):
        limits = Limits(processor_seconds=20, seconds=40, memory_bytes=250_000_000)
        content = bomb(300)
        assert len(content) < 10_000
        start = time.monotonic()
        refused("pdf", content, "it", limits=limits)
        assert time.monotonic() - start < limits.seconds

    def test_a_document_that_takes_all_the_time_of_a_processor(self, refused):
        content = made_pdf(*[[Text(60, 20 + n, WORDS * 3, 1) for n in range(600)]] * 400)
        limits = Limits(processor_seconds=1)
        refused("pdf", content, "more than 1 seconds of a processor", limits=limits)

    def test_a_document_that_takes_too_long_is_ended(self, refused):
        limits = Limits(seconds=0)
        refused("pdf", made_pdf(PAGE), "takes more than 0 seconds", limits=limits)

    def test_a_file_of_too_many_bytes_is_not_even_opened(self, refused):
        limits = Limits(file_bytes=100)
        refused("pdf", made_pdf(PAGE), "bytes, more than 100", limits=limits)

    def test_a_docx_that_unpacks_to_too_much(self, refused, tmp_path):
        with zipfile.ZipFile(tmp_path / "bomb", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", b" " * 210_000_000)
        content = (tmp_path / "bomb").read_bytes()
        assert len(content) < 1_000_000
        refused("docx", content, "unpacks to 210,000,000 bytes", "look at where it is from")


class TestTooDeep:
    def test_a_pdf_whose_pages_are_a_tree_without_end(self, refused):
        content = made_pdf(PAGE).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")
        refused("pdf", content, "file it")

    def test_a_pdf_of_brackets_in_brackets(self, read):
        shown = b"[" * 100_000 + b"]" * 100_000 + b" BT /F1 11 Tf 60 700 Td (Words) Tj ET"
        assert [block.text for block in read("pdf", pdf_of([shown])).blocks] == ["Words"]

    def test_a_page_of_boxes_in_boxes(self, refused):
        content = b"<html><body>" + b"<div>" * 50_000 + WORDS.encode() * 20 + b"</div>" * 50_000
        refused("html", content, "no main text")

    def test_a_text_of_quotations_in_quotations(self, refused):
        content = b">" * 5_000 + b" " + WORDS.encode() + b"\n\nlast\n"
        refused("markdown", content, "lost 47 and doubled 0 of the 51 letters")

    def test_a_docx_of_tables_in_tables(self, refused, tmp_path):
        inner = "<w:tbl><w:tr><w:tc>" * 4_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 4_000
        path = tmp_path / "deep"
        docx.Document().save(path)
        refused("docx", with_body(path, inner), "cannot be read as docx")


class TestNotWhatItSays:
    @pytest.mark.parametrize(
        ("format_name", "content", "says"),
        [
            ("pdf", b"<!doctype html><html><body>Not found</body></html>", "but a web page"),
            ("pdf", b"PK\x03\x04 and so on", "but a ZIP archive"),
            ("pdf", b"plain words", "is not a readable PDF but a something else"),
            ("docx", made_pdf(PAGE), "is not a DOCX but a PDF"),
            ("docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as DOCX without a password"),
            ("html", made_pdf(PAGE), "set format to pdf"),
            ("text", b"<html><body>Words</body></html>", "set format to html"),
            ("markdown", made_pdf(PAGE), "set format to pdf"),
            ("text", b"", "has no text"),
        ],
    )
    def test_the_sentence_says_what_it_is(self, refused, format_name, content, says):
        refused(format_name, content, says)

    def test_a_zip_archive_that_is_no_word_document(self, refused, tmp_path):
        with zipfile.ZipFile(tmp_path / "other", "w") as archive:
            archive.writestr("notes.txt", "words")
        refused("docx", (tmp_path / "other").read_bytes(), "no Word document")

    def test_a_login_page(self, refused):
        refused("html", LOGIN.encode(), "it is a login page", "check the address")

    def test_an_article_beside_a_small_login_form_is_read(self, read):
        told = "".join(f"<p>In town {n} all is new: {WORDS * 5}</p>" for n in range(6))
        article = f"<article><h1>Work</h1>{told}</article>"
        found = read("html", LOGIN.replace("<form>", article + "<form>").encode())
        assert [block.text[:9] for block in found.blocks if WORDS in block.text] == [
            f"In town {n}" for n in range(6)
        ]


class TestCharset:
    def test_utf_8_that_is_declared_as_latin_1(self, tmp_path):
        path = tmp_path / "it"
        path.write_bytes("Employés et employeurs".encode())
        with pytest.raises(
            LoadRejected, match=r"is UTF-8, not latin-1; set read.encoding to utf-8"
        ):
            extracted("File it", "text", path, "latin-1")

    def test_latin_1_is_read_where_it_is_declared(self, read):
        found = read("text", "Employés".encode("latin-1"), "latin-1")
        assert found.blocks[0].text == "Employés"

    def test_utf_16_that_is_declared_as_utf_8(self, refused):
        refused("text", "Employers".encode("utf-16-le"), "has NUL characters", "set read.encoding")

    def test_a_byte_order_mark_is_no_part_of_the_text(self, read):
        found = read("markdown", b"\xef\xbb\xbf# Plan\n\nWords\n")
        assert found.blocks[0][:2] == ("heading", "Plan")


def with_body(path: Path, body: str) -> bytes:
    """A Word document with another body."""
    changed = path.with_name("changed")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                start, end = content.index(b"<w:body>") + 8, content.index(b"</w:body>")
                content = content[:start] + body.encode() + content[end:]
            new.writestr(name, content)
    return changed.read_bytes()

"""How each kind of document is parted into passages, in small texts."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from one_reader import ROOT

from pes_observatory.errors import LoadRejected
from pes_observatory.read.document.blocks import Extract
from pes_observatory.read.document.markdown import markdown_blocks
from pes_observatory.read.document.passages import passages_of
from pes_observatory.read.document.text import text_blocks
from pes_observatory.sources.documents import DeclaredList, DocumentItem

MARKDOWN = """\
# Plan

## Goals *for* 2024

Two **goals**
on two lines:

- help jobseekers
  - above all the young
- help [employers](https://example.org)

| who | how many |
|---|---|
| PES | 37 |

```
code stays
```
"""


def kinds_and_texts(blocks) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks]


class TestMarkdown:
    def test_blocks_come_in_reading_order_without_their_markup(self):
        assert kinds_and_texts(markdown_blocks(MARKDOWN)) == [
            ("heading", "Plan"),
            ("heading", "Goals for 2024"),
            ("paragraph", "Two goals on two lines:"),
            ("list_item", "help jobseekers"),
            ("list_item", "above all the young"),
            ("list_item", "help employers"),
            ("table", "who\thow many\nPES\t37"),
            ("paragraph", "code stays"),
        ]

    def test_passages_stand_under_their_headings(self, read_text):
        rows = read_text("markdown", MARKDOWN + "\n# Annex\n\nlast\n", name="plan.md").rows
        path_of = {row["text"]: row["heading_path"] for row in rows}
        assert path_of["help jobseekers"] == "Plan > Goals for 2024"
        assert path_of["last"] == "Annex"
        assert rows[0]["passage_id"] == "plan.md/1"

    @pytest.mark.parametrize("line_end", ["\n", "\r\n"])
    @pytest.mark.parametrize("sign", ["", "\f", "\u2028", "\x85", "\x1c"])
    def test_spans_hold_in_texts_with_odd_line_signs(self, line_end, sign):
        text = line_end.join([f"# One{sign} two", "", f"three{sign} four", "", "five six"])
        spans = [text[block.char_start : block.char_end] for block in markdown_blocks(text)]
        assert [span.strip() for span in spans] == [
            f"# One{sign} two",
            f"three{sign} four",
            "five six",
        ]

    def test_notes_and_raw_html_are_passages_too(self):
        text = "Words[^1]\n\n<div>boxed <b>words</b></div>\n\n[^1]: Counted once.\n"
        assert kinds_and_texts(markdown_blocks(text)) == [
            ("paragraph", "Words[^1]"),
            ("paragraph", "boxed words"),
            ("footnote", "[^1]: Counted once."),
        ]

    def test_a_document_without_text_is_refused(self, read_text):
        with pytest.raises(LoadRejected, match="has no text"):
            read_text("markdown", "\n\n   \n")


class TestDeclaredLists:
    def document(self, **declared: object) -> DocumentItem:
        content = {"list_id": "goals", "heading": "Goals", "expected_count": 3, **declared}
        return DocumentItem(
            file="a.md", document_id="a-doc", title="A", lang="en", lists=[DeclaredList(**content)]
        )

    def passages(self, text: str, **declared: object) -> list[dict]:
        document = self.document(**declared)
        extract = Extract(list(markdown_blocks(text)))
        return passages_of(extract, "a.md", document, "wapes").to_pylist()

    def test_only_the_list_under_its_heading_is_taken(self):
        text = "# Means\n\n- money\n\n# Goals\n\n- one\n- two\n\nand others\n\n- three\n"
        found = [
            (row["text"], row["list_position"]) for row in self.passages(text) if row["list_id"]
        ]
        assert found == [("one", 1), ("two", 2)]

    def test_the_words_before_it_tell_one_list_from_another(self):
        text = "# Goals\n\nFirst:\n\n- one\n\nThen we shall:\n\n- two\n"
        found = [
            row["text"] for row in self.passages(text, after="then we SHALL") if row["list_id"]
        ]
        assert found == ["two"]

    def test_two_bullets_printed_as_one_are_parted_at_their_labels(self):
        text = "# Goals\n\n- a **speed**: faster a care: better\n- a reach: wider\n"
        found = self.passages(text, label_pattern=r"a \w+:")[1:]
        assert [(row["label"], row["text"]) for row in found] == [
            ("a speed", "a speed: faster"),
            ("a care", "a care: better"),
            ("a reach", "a reach: wider"),
        ]
        for row in found:
            slice_ = text[row["char_start"] : row["char_end"]].replace("*", "")
            assert row["text"] in slice_


class TestText:
    def test_wrapped_lines_are_one_paragraph_and_bullets_are_items(self):
        text = "A line\nwrapped here.\n\n- first\n- second,\n  wrapped\n\n• third\n"
        assert kinds_and_texts(text_blocks(text)) == [
            ("paragraph", "A line wrapped here."),
            ("list_item", "first"),
            ("list_item", "second, wrapped"),
            ("list_item", "third"),
        ]

    def test_a_line_longer_than_any_wrapped_one_ends_its_paragraph(self):
        long, short = "word " * 30, "word " * 20
        assert len(list(text_blocks(f"{long}\nnext\n"))) == 2
        assert len(list(text_blocks(f"{short}\nnext\n"))) == 1

    @pytest.mark.parametrize("line_end", ["\n", "\r\n"])
    def test_spans_lead_back_into_the_text_as_given(self, line_end):
        text = line_end.join(["One", "two", "", "three", "", "", "four five"])
        spans = [text[block.char_start : block.char_end] for block in text_blocks(text)]
        assert [span.split() for span in spans] == [["One", "two"], ["three"], ["four", "five"]]


class TestHtml:
    def test_headings_paragraphs_and_cells_of_the_article(self, read_text):
        page = (
            "<html><head><title>x</title></head><body><nav><a href='/'>Home</a></nav><article>"
            "<h1>Work</h1><p>" + "Employers asked for more time and for less paper. " * 4 + "</p>"
            "<h2>Skills</h2><p>" + "Training vouchers should be open to everyone. " * 4 + "</p>"
            "</article></body></html>"
        )
        rows = read_text("html", page).rows
        assert [row["heading_path"] for row in rows] == [
            "Work",
            "Work",
            "Work > Skills",
            "Work > Skills",
        ]
        assert "Home" not in "".join(row["text"] for row in rows)

    def test_a_page_without_main_text_is_refused(self, read_text):
        with pytest.raises(LoadRejected, match="has no main text"):
            read_text("html", "<html><body></body></html>")

    def test_what_the_page_says_of_itself_is_kept(self, read_text):
        told = "".join(
            f"<p>In town {n} employers asked for more time and less paper.</p>" for n in range(9)
        )
        page = (
            "<html lang='en-GB'><head><title>Employers and their time</title>"
            "<meta property='article:published_time' content='2023-04-14'></head>"
            f"<body><article><h1>Employers</h1>{told}<ul><li>one<ul><li>two</li></ul></li></ul>"
            "<table><tr><th>wish</th><th>firms</th></tr><tr><td>time</td><td>212</td></tr></table>"
            "</article></body></html>"
        )
        rows = read_text("html", page).rows
        first = rows[0]
        assert first["document_title"] == "Employers"
        assert (first["document_lang"], first["published_on"]) == ("en-GB", "2023-04-14")
        assert [r["text"] for r in rows if r["passage_kind"] == "list_item"] == ["one", "two"]
        assert [r["text"] for r in rows if r["passage_kind"] == "table"] == [
            "wish\tfirms\ntime\t212"
        ]
        assert [r["char_end"] - r["char_start"] for r in rows] == [len(r["text"]) for r in rows]


class TestDocx:
    @pytest.fixture
    def content(self, tmp_path) -> bytes:
        made = docx.Document()
        made.core_properties.title = "Plan of the service"
        made.core_properties.language = "en-US"
        made.add_heading("Plan", level=1)
        made.add_paragraph("Two goals of the service.")
        made.add_heading("Goals", level=2)
        made.add_paragraph("meet young people", style="List Bullet")
        made.add_paragraph("visit employers", style="List Number")
        table = made.add_table(rows=2, cols=2)
        for cell, words in zip(table._cells, ("town", "offices", "Northport", "3"), strict=True):
            cell.text = words
        table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "inner"
        made.sections[0].header.paragraphs[0].text = "A running head"
        made.save(tmp_path / "plan.docx")
        return (tmp_path / "plan.docx").read_bytes()

    def rows(self, read_text, content: bytes) -> list[tuple[str, str, str]]:
        rows = read_text("docx", content, name="plan.docx").rows
        return [(row["passage_kind"], row["heading_path"], row["text"]) for row in rows]

    def test_headings_lists_and_tables_stand_in_order(self, read_text, content):
        assert self.rows(read_text, content) == [
            ("heading", "Plan", "Plan"),
            ("paragraph", "Plan", "Two goals of the service."),
            ("heading", "Plan > Goals", "Goals"),
            ("list_item", "Plan > Goals", "meet young people"),
            ("list_item", "Plan > Goals", "visit employers"),
            ("table", "Plan > Goals", "town\toffices\nNorthport\t3 inner"),
        ]

    def test_its_title_and_language_are_the_documents(self, read_text, content):
        row = read_text("docx", content, name="plan.docx").rows[0]
        assert (row["document_title"], row["document_lang"]) == ("Plan of the service", "en-US")

    def test_footnotes_insertions_and_controls_are_read_and_deletions_not(self, read_text, content):
        edited = in_docx(
            content,
            "word/document.xml",
            b"<w:t>Two goals of the service.</w:t></w:r>",
            b"<w:t>Two goals</w:t></w:r>"
            b"<w:ins w:id='1' w:author='a'><w:r><w:t> set</w:t></w:r></w:ins>"
            b"<w:del w:id='2' w:author='a'><w:r><w:delText> gone</w:delText></w:r></w:del>"
            b"<w:sdt><w:sdtContent><w:r><w:t> in May</w:t></w:r></w:sdtContent></w:sdt>",
        )
        found = self.rows(read_text, with_footnotes(edited, "Counted once."))
        assert ("paragraph", "Plan", "Two goals set in May") in found
        assert found[-1] == ("footnote", "Plan > Goals", "Counted once.")


class TestLanguages:
    TEXT = (
        "Les conseillers rencontrent les jeunes dans les communes où ils habitent et leur "
        "demandent ce qu'ils veulent apprendre pendant les trois prochaines années.\n\n"
        "The employers of the region told the service which skills they need, and they opened "
        "their workshops to the classes of nearby schools.\n\n"
        "Oui\n\n2019 2020 2021\n"
    )

    def test_each_passage_has_its_own_and_short_ones_that_of_the_document(self, read_text):
        rows = read_text("text", self.TEXT).rows
        assert [(row["lang"], row["lang_method"]) for row in rows] == [
            ("fr", "detected"),
            ("en", "detected"),
            ("fr", "detected"),
            ("fr", "detected"),
        ]

    def test_the_declared_language_is_that_of_passages_too_short_to_tell(self):
        document = DocumentItem(file="a.txt", document_id="a-doc", title="A", lang="fr-BE")
        extract = Extract(list(text_blocks(self.TEXT)))
        rows = passages_of(extract, "a.txt", document, "wapes").to_pylist()
        assert [(row["lang"], row["lang_method"]) for row in rows] == [
            ("fr-BE", "detected"),
            ("en", "detected"),
            ("fr-BE", "declared"),
            ("fr-BE", "declared"),
        ]

    def test_a_language_that_cannot_be_told_is_never_overruled(self):
        document = DocumentItem(file="a.txt", document_id="a-doc", title="A", lang="eu")
        extract = Extract(list(text_blocks(self.TEXT)))
        rows = passages_of(extract, "a.txt", document, "wapes").to_pylist()
        assert {row["lang"] for row in rows} == {"eu"}


def in_docx(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A Word document with words of one part changed."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            if name == part:
                assert old in body
                body = body.replace(old, new)
            target.writestr(name, body)
    return changed.getvalue()


def with_footnotes(content: bytes, words: str) -> bytes:
    """A Word document with one footnote, as Word writes them."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    related = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    declared = (
        '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.footnotes+xml"/></Types>'
    )
    content = in_docx(
        content, "word/_rels/document.xml.rels", b"</Relationships>", related.encode()
    )
    content = in_docx(content, "[Content_Types].xml", b"</Types>", declared.encode())
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="1"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    changed = io.BytesIO(content)
    with zipfile.ZipFile(changed, "a") as archive:
        archive.writestr("word/footnotes.xml", notes)
    return changed.getvalue()


class TestPdf:
    SAMPLE = "sources/documents/synthetic_notes_pdf/youth-programme-evaluation-2022.en.pdf"

    def test_letters_set_apart_one_by_one_are_words_all_the_same(self, read_text):
        texts = read_text("pdf", (ROOT / self.SAMPLE).read_bytes()).column("text")
        assert texts[0] == "Synthetic sample: evaluation brief on a youth programme"
        assert texts[1].startswith("September 2022. Test document, written for this project.")

    def test_a_heading_in_larger_type_is_a_passage_of_its_own(self, read_text):
        texts = read_text("pdf", (ROOT / self.SAMPLE).read_bytes()).column("text")
        at = texts.index("1 The programme")
        assert texts[at + 1].startswith("From 2019 the employment service of an invented country")
        assert texts[at + 2] == "2 What was evaluated"

    def test_what_is_no_pdf_is_refused(self, read_text):
        with pytest.raises(LoadRejected, match="is not a readable PDF"):
            read_text("pdf", b"%PDF-1.7 and then nothing")


def test_figures_of_a_table_are_no_telephones_and_a_telephone_is(read_text):
    table = (
        "| a | b | c |\n|---|---|---|\n| 335 610 | 346 130 | 340 398 |\n"
        "| 12 345 678 | +33 1 44 55 66 77 | 5 |\n"
    )
    row = read_text("markdown", table).one(row_no=1)
    assert row["text"] == "a\tb\tc\n335 610\t346 130\t340 398\n12 345 678\t[phone]\t5"


def test_telephones_and_e_mails_are_blotted_out_of_passages(read_text):
    row = read_text("text", "Write to ann@example.org or call +49 30 901820 now\n").one(row_no=1)
    assert row["text"] == "Write to [e-mail] or call [phone] now"


def test_identifiers_are_no_telephones(read_text):
    printed = "PDF ISBN 978-92-76-40261-9 doi:10.2767/375655 KE-02-21-429-FR-N"
    assert (
        read_text("text", f"{printed} +32 2 299 96 96").one(row_no=1)["text"]
        == f"{printed} [phone]"
    )

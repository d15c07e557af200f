"""How each kind of document is parted into passages, in small texts."""

from __future__ import annotations

import pytest
from one_reader import ROOT

from pes_observatory.errors import LoadRejected
from pes_observatory.read.document.markdown import markdown_blocks
from pes_observatory.read.document.passages import passages_from_blocks
from pes_observatory.read.document.text import text_blocks
from pes_observatory.sources.models import DeclaredList, DocumentItem

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
            ("table", "who"),
            ("table", "how many"),
            ("table", "PES"),
            ("table", "37"),
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
        return passages_from_blocks(markdown_blocks(text), "a.md", document, "wapes").to_pylist()

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


def test_telephones_and_e_mails_are_blotted_out_of_passages(read_text):
    row = read_text("text", "Write to ann@example.org or call +49 30 901820 now\n").one(row_no=1)
    assert row["text"] == "Write to [e-mail] or call [phone] now"

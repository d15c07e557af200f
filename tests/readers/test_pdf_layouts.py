"""How a page of a PDF is read: order, paragraphs, headings, lists, tables, notes, furniture."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from support.pdfs import PAGE, Text, made_pdf, paragraph, pdf_of

from pes_observatory.read.document.blocks import Block, Unreadable
from pes_observatory.read.document.completeness import check_complete
from pes_observatory.read.document.pdf.reader import read_pdf

LEFT = [
    "Counsellors of the service meet young",
    "people in the towns where they live and",
    "ask them what they want to learn next.",
    "They do so in the first week already.",
]
RIGHT = [
    "Employers tell the service which skills",
    "are wanted and show their workshops to",
    "classes of the schools nearby each year.",
    "Both sides sign what they have agreed on.",
]
BODY = [
    "The service has been open since the spring of that year and has",
    "welcomed some forty thousand people, most of them under thirty,",
    "in nine towns of the region and in two offices on the islands.",
]


@pytest.fixture
def blocks_of(tmp_path: Path):
    def read(*pages: list[Text]) -> list[Block]:
        path = tmp_path / "made.pdf"
        path.write_bytes(made_pdf(*pages))
        return read_pdf(path).blocks

    return read


def texts(blocks: list[Block], kind: str | None = None) -> list[str]:
    return [block.text for block in blocks if kind in (None, block.kind)]


class TestOrder:
    @pytest.mark.parametrize("drawn", ["by column", "by row", "from the right"])
    def test_columns_are_read_down_one_after_the_other(self, blocks_of, drawn):
        left, right = paragraph(60, 700, *LEFT), paragraph(310, 700, *RIGHT)
        by_row = [text for pair in zip(left, right, strict=True) for text in pair]
        order = {"by column": left + right, "by row": by_row, "from the right": right + left}
        title = Text(150, 760, "What both sides of the market agreed on", 16)
        found = texts(blocks_of([*order[drawn], title]))
        assert found == ["What both sides of the market agreed on", " ".join(LEFT), " ".join(RIGHT)]

    def test_a_gap_at_one_height_of_both_columns_does_not_mix_them(self, blocks_of):
        page = []
        for left, lines in ((60, LEFT), (310, RIGHT)):
            page += paragraph(left, 700, *lines) + paragraph(left, 600, *reversed(lines))
        assert texts(blocks_of(page)) == [
            " ".join(LEFT),
            " ".join(reversed(LEFT)),
            " ".join(RIGHT),
            " ".join(reversed(RIGHT)),
        ]

    @pytest.mark.parametrize(
        ("turned", "matrix"),
        [
            (90, "0 1 -1 0 {up} {along}"),
            (180, "-1 0 0 -1 {back} {up_from_top}"),
            (270, "0 -1 1 0 {up_from_left} {back_from_top}"),
        ],
    )
    def test_a_page_that_is_turned_is_read_as_it_is_looked_at(self, tmp_path, turned, matrix):
        width, height = PAGE
        drawn = []
        for text in [*paragraph(60, 500, *LEFT), *paragraph(310, 500, *RIGHT)]:
            x, y = text.left, text.bottom
            places = {"up": width - y, "along": x, "back": width - x, "up_from_top": height - y}
            places |= {"up_from_left": y, "back_from_top": height - x}
            drawn.append(f"BT /F1 11 Tf {matrix.format(**places)} Tm ({text.words}) Tj ET")
        path = tmp_path / "turned.pdf"
        path.write_bytes(pdf_of(["\n".join(drawn).encode()], turned=turned))
        assert texts(read_pdf(path).blocks) == [" ".join(LEFT), " ".join(RIGHT)]

    def test_spans_lead_back_into_the_text_of_the_page(self, tmp_path):
        page = [*paragraph(60, 700, *LEFT), *paragraph(310, 700, *RIGHT)]
        path = tmp_path / "made.pdf"
        path.write_bytes(made_pdf(page))
        with pypdfium2.PdfDocument(path) as document:
            printed = document[0].get_textpage().get_text_range()
        for block in read_pdf(path).blocks:
            assert printed[block.char_start : block.char_end].split() == block.text.split()


class TestParagraphs:
    def test_a_hyphen_of_the_line_goes_and_one_of_the_word_stays(self, blocks_of):
        page = paragraph(
            60, 700,
            "The service has a self-service corner in each town, and its infor-",
            "mation is printed in two languages. People like the self-",
            "service corner. They come for the work-",
            "shops as well, which the schools nearby hold each spring.",
        )  # fmt: skip
        text = blocks_of(page)[0].text
        assert "its information is printed" in text
        assert "like the self-service corner" in text
        assert "for the workshops as well" in text

    def test_ligatures_are_letters(self, tmp_path):
        path = tmp_path / "made.pdf"
        names = "/Differences [1 /fi /ffi]"
        drawn = b"BT /F1 11 Tf 60 700 Td (An o\x02ce \x01nds work for people) Tj ET"
        content = pdf_of([drawn]).replace(
            b"/Encoding /WinAnsiEncoding", f"/Encoding << {names} >>".encode()
        )
        path.write_bytes(content)
        assert texts(read_pdf(path).blocks) == ["An office finds work for people"]

    def test_a_line_set_in_begins_a_paragraph(self, blocks_of):
        second = [Text(60 + 14 * (n == 0), 661 - 13 * n, line) for n, line in enumerate(BODY)]
        assert texts(blocks_of(paragraph(60, 700, *BODY) + second)) == [" ".join(BODY)] * 2


class TestHeadings:
    def test_levels_follow_size_weight_and_number(self, blocks_of):
        page = [
            Text(60, 780, "A plan for young people", 20),
            *paragraph(60, 740, *BODY),
            Text(60, 690, "1 Where we stand", 14, True),
            *paragraph(60, 665, *BODY),
            Text(60, 615, "1.1 In the towns", 14, True),
            *paragraph(60, 590, *BODY),
            Text(60, 540, "2 What we want", 14, True),
            *paragraph(60, 515, *BODY),
        ]
        headings = [block for block in blocks_of(page) if block.kind == "heading"]
        assert [(block.level, block.text) for block in headings] == [
            (1, "A plan for young people"),
            (2, "1 Where we stand"),
            (3, "1.1 In the towns"),
            (2, "2 What we want"),
        ]

    def test_a_caption_is_none(self, blocks_of):
        page = [*paragraph(60, 740, *BODY), Text(60, 690, "Table 3: Offices by town", 11, True)]
        assert texts(blocks_of(page), "heading") == []


class TestLists:
    def test_each_entry_is_a_block_with_its_further_lines(self, blocks_of):
        page = [
            *paragraph(60, 740, *BODY),
            Text(60, 690, "\u2022"),
            Text(75, 690, "meet every young person in the first week after they"),
            Text(75, 677, "register"),
            Text(60, 664, "\u2022"),
            Text(75, 664, "visit employers"),
            Text(60, 651, "1."),
            Text(75, 651, "write down what was agreed"),
        ]
        assert texts(blocks_of(page), "list_item") == [
            "meet every young person in the first week after they register",
            "visit employers",
            "1. write down what was agreed",
        ]


class TestTables:
    ROWS = (
        ("Town", "Offices", "Visitors"),
        ("Northport", "3", "12 400"),
        ("Westhill", "1", "9 050"),
        ("Lakeside", "2", "18 700"),
    )

    def drawn(self, by: str) -> list[Text]:
        cells = [
            (row, column, words)
            for row, line in enumerate(self.ROWS)
            for column, words in enumerate(line)
        ]
        if by == "column":
            cells.sort(key=lambda cell: cell[1])
        return [Text(60 + 120 * column, 700 - 18 * row, words) for row, column, words in cells]

    @pytest.mark.parametrize("by", ["row", "column"])
    def test_a_table_is_one_block_of_tabs_and_lines(self, blocks_of, by):
        page = [*paragraph(60, 780, *BODY), *self.drawn(by), *paragraph(60, 600, *BODY)]
        blocks = blocks_of(page)
        assert [block.kind for block in blocks] == ["paragraph", "table", "paragraph"]
        assert blocks[1].text == "\n".join("\t".join(row) for row in self.ROWS)

    def test_an_empty_cell_keeps_its_place(self, blocks_of):
        page = [text for text in self.drawn("row") if text.words != "1"]
        assert "Westhill\t\t9 050" in blocks_of(page)[0].text.splitlines()

    def test_a_table_drawn_within_another_is_not_read_twice(self, blocks_of):
        def grid(lefts: tuple[int, ...], name: str) -> list[Text]:
            return [
                Text(left, 700 - 18 * row, f"{name}{row}{left}")
                for row in range(5)
                for left in lefts
            ]

        found = texts(blocks_of([*grid((60, 480), "outer"), *grid((200, 330), "inner")]))
        cells = "\t".join(found).replace("\n", "\t").split()
        assert len(cells) == len(set(cells)) == 20


class TestFigures:
    def test_many_labels_are_one_row_and_not_a_passage_each(self, blocks_of):
        axis = [Text(90, 300 + 30 * n, f"{20 * n}", 8) for n in range(6)]
        page = [*paragraph(60, 700, *BODY), *axis]
        assert texts(blocks_of(page)) == [" ".join(BODY), "100\t80\t60\t40\t20\t0"]


class TestFootnotes:
    def page(self) -> list[Text]:
        return [
            *paragraph(60, 700, *BODY),
            Text(60, 100, "1", 6),
            Text(65, 97, "Figures of the statistical office, which counts people once", 8),
            Text(60, 87, "even if they return.", 8),
            Text(60, 77, "2", 6),
            Text(65, 74, "Estimate of the service.", 8),
        ]

    def test_they_stand_apart_from_the_body(self, blocks_of):
        blocks = blocks_of(self.page())
        assert texts(blocks, "footnote") == [
            "1 Figures of the statistical office, which counts people once even if they return.",
            "2 Estimate of the service.",
        ]
        assert texts(blocks, "paragraph") == [" ".join(BODY)]

    def test_small_type_above_the_body_is_none(self, blocks_of):
        page = [*self.page(), *paragraph(60, 60, "A last line in the size of the body.")]
        assert texts(blocks_of(page), "footnote") == []


class TestFurniture:
    def pages(self, count: int) -> list[list[Text]]:
        return [
            [
                Text(60, 810, "Annual report of the service", 9),
                *paragraph(60, 700, *BODY[n % 3 :], *BODY[: n % 3]),
                Text(290, 30, f"{n + 7}", 9),
            ]
            for n in range(count)
        ]

    def test_running_heads_and_page_numbers_go(self, blocks_of):
        found = "\n".join(texts(blocks_of(*self.pages(4))))
        assert "Annual report" not in found
        assert not any(character.isdigit() for character in found)
        assert found.count("forty thousand") == 4

    def test_what_stands_on_one_page_alone_stays(self, blocks_of):
        assert "Annual report of the service" in texts(blocks_of(*self.pages(1)))

    def test_rows_of_a_table_at_the_top_of_every_page_stay(self, blocks_of):
        rows = [
            [
                Text(60 + 90 * n, 800 - 14 * row, f"{page}{row}{n}")
                for row in range(9)
                for n in range(4)
            ]
            for page in range(1, 5)
        ]
        blocks = blocks_of(*rows)
        assert [len(block.text.splitlines()) for block in blocks] == [9] * 4


class TestPagesWithoutText:
    def test_they_are_named_when_others_have_text(self, tmp_path):
        path = tmp_path / "made.pdf"
        path.write_bytes(made_pdf(paragraph(60, 700, *BODY), [], [], paragraph(60, 700, *BODY), []))
        extract = read_pdf(path)
        assert {block.page for block in extract.blocks} == {1, 4}
        assert len(extract.notes) == 1
        assert extract.notes[0].startswith("pages 2-3, 5 of 5 without a text layer")


class TestCompleteness:
    WHOLE = "Counsellors help young people find work near their home, and employers train them."

    def test_other_order_ligatures_and_hyphens_are_no_loss(self):
        check_complete(
            "page 1", self.WHOLE + " o\ufb03ce self-help", ["selfhelp OFFICE", self.WHOLE]
        )

    @pytest.mark.parametrize(
        ("parts", "says"),
        [
            ([WHOLE[:-12]], "lost 9 and doubled 0"),
            ([WHOLE, "young people"], "lost 0 and doubled 11"),
        ],
    )
    def test_a_loss_and_a_doubling_are_refused(self, parts, says):
        with pytest.raises(Unreadable, match=f"{says} of the 68 letters and digits of page 1"):
            check_complete("page 1", self.WHOLE, parts)

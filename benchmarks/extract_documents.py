"""How much of a document is extracted, in which order, and how fast, against a peer and truth.

The peer of a PDF is ``pdftotext`` (poppler) where it is installed, else PDFium's own text of each
page; of a web page it is jusText. From the peer's text the lines that come back on page after page
are taken out first, as running heads are not text. Printed per file: the share of the peer's
letters and digits that are in our passages, how far our words of each page are in the peer's order
(longest common subsequence), and pages per second of one core. The tables of the ICDAR 2013
competition come with their cells: how many of them, and of the pairs of neighbours in a row, are
found.

    .venv/bin/python benchmarks/extract_documents.py ../shared/inputs/documents
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import time
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import pypdfium2
from rich.console import Console
from rich.table import Table

from pes_observatory.read.document.blocks import Block, Unreadable
from pes_observatory.read.document.html import read_html
from pes_observatory.read.document.pdf.reader import read_pdf

LEAST_RECALL = 0.98
LEAST_ORDER = 0.98
SLOWEST = 50.0  # pages per second of one core
LEAST_REPEATS = 3
SHARE_OF_PAGES = 0.3
Cell = tuple[int, str]


def main() -> int:
    """Print the tables; 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="documents, searched to any depth")
    folder = parser.parse_args().folder
    out = Console(width=None if sys.stdout.isatty() else 120)
    misses = _pdfs(out, sorted(folder.rglob("*.pdf"))) + _pages(out, sorted(folder.rglob("*.html")))
    _cells(out, sorted(folder.rglob("*-str.xml")))
    for miss in misses:
        out.print(f"target missed: {miss}", style="red")
    return 1 if misses else 0


def _pdfs(out: Console, paths: list[Path]) -> list[str]:
    peer = "pdftotext" if shutil.which("pdftotext") else "PDFium's text of the page"
    table = Table("file", "pages", "recall", "order", "pages/s", title=f"PDF against {peer}")
    misses: list[str] = []
    pages, seconds = 0, 0.0
    for path in paths:
        start = time.process_time()
        try:
            blocks = read_pdf(path).blocks
        except Unreadable as reason:
            table.add_row(path.name, "", "", "", f"refused: {str(reason)[:40]}…")
            continue
        took = time.process_time() - start
        if any(block.is_ocr for block in blocks):
            table.add_row(path.name, "", "", "", "has pages read by OCR, which no peer has")
            continue
        printed = _without_repeats(_peer_pages(path))
        by_page = _by_page(blocks)
        recall = _recall(" ".join(printed), " ".join(by_page.values()))
        order = _order(printed, [by_page.get(n, "") for n in range(1, len(printed) + 1)])
        pages, seconds = pages + len(printed), seconds + took
        cells = (f"{recall:.2%}", f"{order:.2%}", f"{len(printed) / took:,.0f}")
        table.add_row(path.name[:48], str(len(printed)), *cells)
        if recall < LEAST_RECALL:
            misses.append(f"{path.name} keeps {recall:.2%} of the letters")
    table.add_row("all", str(pages), "", "", f"{pages / max(seconds, 1e-9):,.0f}")
    out.print(table)
    if pages / max(seconds, 1e-9) < SLOWEST:
        misses.append(f"{pages / seconds:,.0f} pages per second, wanted {SLOWEST:,.0f}")
    return misses


def _pages(out: Console, paths: list[Path]) -> list[str]:
    import justext

    table = Table("file", "recall", "order", "title", "of", title="web pages against jusText")
    stop_words = frozenset().union(*map(justext.get_stoplist, ("English", "French", "German")))
    misses = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        extract = read_html(text)
        found = justext.justext(text.encode(), stop_words, encoding="utf-8")
        printed = " ".join(part.text for part in found if not part.is_boilerplate)
        ours = " ".join(block.text for block in extract.blocks)
        recall, order = _recall(printed, ours), _order([printed], [ours])
        about = (f"{recall:.2%}", f"{order:.2%}", (extract.title or "")[:40], extract.published_on)
        table.add_row(path.name, *about)
        if recall < LEAST_RECALL:
            misses.append(f"{path.name} keeps {recall:.2%} of the letters")
    out.print(table)
    return misses


def _cells(out: Console, truths: list[Path]) -> None:
    table = Table("file", "cells", "found", "pairs", "found", title="tables against ICDAR's truth")
    totals = [0, 0, 0, 0]
    for truth in truths:
        path = truth.with_name(re.sub(r"[b-z]?-str\.xml$", ".pdf", truth.name))
        path = path if path.exists() else truth.with_name(truth.name.replace("-str.xml", ".pdf"))
        path = path if path.exists() else truth.with_name(truth.name.replace("b-str.xml", "a.pdf"))
        wanted_cells, wanted_pairs = _counted(_true_rows(truth))
        found_cells, found_pairs = _counted(_our_rows(read_pdf(path).blocks))
        counts = [
            wanted_cells.total(),
            (wanted_cells & found_cells).total(),
            wanted_pairs.total(),
            (wanted_pairs & found_pairs).total(),
        ]
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        table.add_row(truth.name, *_shares(counts))
    table.add_row("all", *_shares(totals))
    out.print(table)


def _shares(counts: list[int]) -> list[str]:
    cells, cells_found, pairs, pairs_found = counts
    shares = (cells_found / max(cells, 1), pairs_found / max(pairs, 1))
    return [str(cells), f"{shares[0]:.1%}", str(pairs), f"{shares[1]:.1%}"]


def _true_rows(path: Path) -> Iterator[list[Cell]]:
    for region in ET.parse(path).iter("region"):  # noqa: S314
        rows: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for cell in region.iter("cell"):
            words = _bare(cell.findtext("content") or "")
            if words:
                rows[int(cell.get("start-row", 0))].append((int(cell.get("start-col", 0)), words))
        page = int(region.get("page", 0))
        yield from ([(page, words) for _, words in sorted(row)] for row in rows.values())


def _our_rows(blocks: list[Block]) -> Iterator[list[Cell]]:
    for block in blocks:
        if block.kind == "table":
            for row in block.text.splitlines():
                yield [
                    (block.page or 0, words) for cell in row.split("\t") if (words := _bare(cell))
                ]


def _counted(rows: Iterator[list[Cell]]) -> tuple[Counter[Cell], Counter[tuple[Cell, Cell]]]:
    cells: Counter[Cell] = Counter()
    pairs: Counter[tuple[Cell, Cell]] = Counter()
    for row in rows:
        cells.update(row)
        pairs.update(pairwise(row))
    return cells, pairs


def _peer_pages(path: Path) -> list[str]:
    if shutil.which("pdftotext"):
        command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
        asked = subprocess.run(command, capture_output=True, check=True)
        return asked.stdout.decode().split("\f")[:-1]
    with pypdfium2.PdfDocument(path) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return [text.replace("\ufffe", "") for text in texts]


def _without_repeats(pages: list[str]) -> list[str]:
    """The pages without the lines that, but for their numbers, come back on many of them."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_masked(line) for line in page.splitlines()})
    least = 2 if len(pages) == 2 else max(LEAST_REPEATS, SHARE_OF_PAGES * len(pages))
    return [
        "\n".join(line for line in page.splitlines() if seen[_masked(line)] < least)
        for page in pages
    ]


def _masked(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()).casefold())


def _by_page(blocks: list[Block]) -> dict[int, str]:
    texts: dict[int, list[str]] = defaultdict(list)
    for block in blocks:
        texts[block.page or 0].append(block.text)
    return {page: "\n".join(found) for page, found in texts.items()}


def _recall(wanted: str, found: str) -> float:
    printed, kept = (Counter(_bare(text)) for text in (wanted, found))
    return (printed & kept).total() / max(printed.total(), 1)


def _order(wanted: list[str], found: list[str]) -> float:
    """The share of the peer's words, page by page, that ours has in the same order."""
    common = total = 0
    for page, ours in zip(wanted, found, strict=True):
        words, our_words = (re.findall(r"\w+", _plain(text)) for text in (page, ours))
        matcher = SequenceMatcher(None, words, our_words, autojunk=False)
        common += sum(block.size for block in matcher.get_matching_blocks())
        total += len(words)
    return common / max(total, 1)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, _plain(text)))


if __name__ == "__main__":
    sys.exit(main())

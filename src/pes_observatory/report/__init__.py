"""The barometer: one self-contained HTML page per wave and language, from a released warehouse.

Reads marts and meta alone and writes nothing but pages; the same warehouse gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pes_observatory.report.documents import read_documents, read_named
from pes_observatory.report.formats import LANGUAGES
from pes_observatory.report.pages import Pages, index_name, page_name
from pes_observatory.report.queries import opened, read_release, read_wave
from pes_observatory.report.view import wave_view

__all__ = ["write_report"]


def write_report(
    warehouse: Path,
    report_dir: Path,
    *,
    version: str,
    on_progress: Callable[[str], None] | None = None,
) -> list[Path]:
    """Write all pages of the release ``version`` into ``report_dir`` and return their paths."""
    report_dir.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []

    def write(name: str, html: str) -> None:
        path = report_dir / name
        path.write_text(html, encoding="utf-8")
        written.append(path)
        if on_progress:
            on_progress(name)

    with opened(warehouse) as connection:
        release, documents = read_release(connection), read_documents(connection)
        pages = {lang: Pages(release, lang, version) for lang in LANGUAGES}
        for wave in release.waves:
            view = wave_view(read_wave(connection, wave), release)
            themes = documents.of_wave(read_named(connection, wave))
            for lang in LANGUAGES:
                write(page_name(wave, lang), pages[lang].wave(view, themes))
    for lang in LANGUAGES:
        if documents.documents:
            write(f"documents.{lang}.html", pages[lang].documents(documents))
        write(f"codebook.{lang}.html", pages[lang].codebook())
        write(f"findings.{lang}.html", pages[lang].findings())
        write(index_name(lang), pages[lang].index())
    return written

"""The training corpus: short answers with their code, from which the statistical coder learns.

``corpus/<lang>.csv`` holds texts that were WRITTEN for this project, not collected: nobody
answered them. They are kept apart from the sets that coders are measured on. Accepted codings
by people are real examples, and join them where there are enough.
"""

from __future__ import annotations

import csv
from collections.abc import Container, Iterable
from pathlib import Path
from typing import NamedTuple

from pes_observatory.coding.crosswalk import Crosswalk
from pes_observatory.coding.words import LANGUAGES
from pes_observatory.errors import WrongUse

CODEBOOK_VERSION = "2022.1"
FOLDER = Path(__file__).parent / "corpus"


class Example(NamedTuple):
    """A unit and the code that is right for it."""

    text: str
    lang: str
    question_id: str | None
    code: str


def written_examples(folder: Path = FOLDER) -> list[Example]:
    """All written examples, in the order of the files, under the codes that they were given."""
    return [example for lang in LANGUAGES for example in _of_language(folder / f"{lang}.csv", lang)]


def in_newest_codes(
    examples: Iterable[Example], crosswalk: Crosswalk, codes: Container[str]
) -> list[Example]:
    """Written examples under the newest codebook, without those whose code was split or went.

    Raises:
        WrongUse: an example has a code that the newest codebook, with ``codes``, does not know.
    """
    newest = []
    for example in examples:
        code = crosswalk.newest(example.code, CODEBOOK_VERSION)
        if code is not None and code not in codes:
            raise WrongUse(
                f"{FOLDER.name}/{example.lang}.csv: {example.text[:40]!r} has the code {code!r}, "
                "which the codebook does not know; give it one that is there."
            )
        if code is not None:
            newest.append(example._replace(code=code))
    return newest


def _of_language(path: Path, lang: str) -> Iterable[Example]:
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield Example(row["text"], lang, row["question_id"] or None, row["code"])

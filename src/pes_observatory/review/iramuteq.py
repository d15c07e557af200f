"""Publishable answers as a corpus for IRaMuTeQ: one UTF-8 text file per question and language.

Each answer is introduced by a line of starred variables, ``**** *pes_ESPSEPE *wave_2022 *q_3
*reg_europe *theme_MT1``, and stands on one line below it. The first underscore parts a variable
from its value, so values hold letters and digits alone; in texts a star would begin a variable or
a theme, and an underscore joins words, so both become spaces. http://www.iramuteq.org
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from pes_observatory.errors import WrongUse

_NOT_IN_VALUES = re.compile(r"[^0-9A-Za-z]")
_NOT_IN_TEXTS = re.compile(r"[*_\s]+")
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")
_VERBATIMS = """
SELECT survey_id, wave, question_id, lang, pes_id, region_id, theme_code, answer_text
FROM marts.verbatims
WHERE survey_id = $survey AND answer_text IS NOT NULL
    AND question_id = coalesce($question, question_id) AND lang = coalesce($lang, lang)
ORDER BY answer_id
"""


def corpus_texts(
    warehouse: Path, survey_id: str, question_id: str | None = None, lang: str | None = None
) -> dict[str, str]:
    """Text files by name, of the answers that a release may show; all questions and languages.

    Raises:
        WrongUse: there is no release, or none of its answers is asked for.
    """
    if not warehouse.exists():
        raise WrongUse("There is no release to take answers from; run 'pes run' first.")
    asked = {"survey": survey_id, "question": question_id, "lang": lang}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(_VERBATIMS, asked).fetchall()
    if not rows:
        named = ", ".join(str(value) for value in asked.values() if value)
        raise WrongUse(
            f"The release has no answer of {named} that may be published; "
            "see survey.publish_verbatims of its source."
        )
    files: dict[str, list[str]] = defaultdict(list)
    for survey, wave, question, language, pes, region, theme, text in rows:
        variables = {"pes": pes, "wave": wave, "q": question.removeprefix("Q"), "reg": region}
        files[f"{survey}-{question}-{language}.txt"] += [
            starred({**variables, "theme": theme}.items()),
            one_line(text),
            "",
        ]
    return {name: "\n".join(lines) for name, lines in files.items()}


def starred(variables: Iterable[tuple[str, Any]]) -> str:
    """The line that introduces a text; a variable without a value says ``na``."""
    marks = [
        f"*{name}_{_NOT_IN_VALUES.sub('', str(value or '')) or 'na'}" for name, value in variables
    ]
    return " ".join(["****", *marks])


def one_line(text: str) -> str:
    """A text that begins no variable, no theme and no other text."""
    return _NOT_IN_TEXTS.sub(" ", text.translate(_APOSTROPHES)).strip()

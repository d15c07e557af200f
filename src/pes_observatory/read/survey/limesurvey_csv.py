"""LimeSurvey CSV export: ``;`` between quoted cells, BOM, line breaks inside cells.

Format: LimeSurvey manual, "Export results", CSV writer. A cell that would start a formula
comes with a leading apostrophe (option ``csvMaskEquations``); it is taken off. A survey
without responses is exported as a header and one record of empty cells.
"""

from __future__ import annotations

import re

from pes_observatory.read.survey.cells import Cells, delimited_cells

_MASKED_FORMULA = re.compile(r"^'(?=[=+\-@])")


def read_limesurvey_csv(where: str, text: str, delimiter: str) -> Cells:
    """The cells of one export file."""
    cells = delimited_cells(where, text, delimiter)
    rows = [[_MASKED_FORMULA.sub("", value) for value in row] for row in cells.rows if any(row)]
    return Cells(cells.headers, cells.sub_headers, rows)

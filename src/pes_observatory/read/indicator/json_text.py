"""JSON of providers: parsed with the digits as printed, and never deeper than we can go."""

from __future__ import annotations

import json
from typing import Any

from pes_observatory.errors import LoadRejected


def parsed_json(where: str, text: str) -> Any:
    """The value that a text is; numbers stay texts, ``NaN`` too.

    Raises:
        LoadRejected: it is no JSON, or nested beyond all reason.
    """
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise LoadRejected(f"{where}: is not JSON ({error}); fetch it again.") from None
    except RecursionError:
        raise LoadRejected(
            f"{where}: is JSON nested deeper than any table is; check fetch.url."
        ) from None

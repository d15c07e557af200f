"""No sign lost, none doubled: what became blocks against the text that they are from.

Letters and digits are counted, whatever their order and case, ligatures taken apart; spaces,
hyphens and bullets are not.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

from pes_observatory.read.document.blocks import Unreadable

LEAST_SHARE = 0.98
FEWEST_COUNTED = 50  # in less text a single sign is already more than the share


def check_complete(place: str, whole: str, parts: Iterable[str]) -> None:
    """Compare a text with its parts.

    Raises:
        Unreadable: too many of its signs are in no part, or in more parts than one.
    """
    printed, kept = _signs(whole), _signs("".join(parts))
    total = printed.total()
    lost, doubled = (printed - kept).total(), (kept - printed).total()
    if total >= FEWEST_COUNTED and max(lost, doubled) > (1 - LEAST_SHARE) * total:
        raise Unreadable(
            f"lost {lost} and doubled {doubled} of the {total} letters and digits of {place} "
            f"when it was parted, more than {1 - LEAST_SHARE:.0%}; report the file."
        )


def _signs(text: str) -> Counter[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return Counter(filter(str.isalnum, plain))

"""Pseudonyms: the same value gives the same keyed hash, and without the key nobody tells which.

HMAC-SHA256 (RFC 2104) with the key in the environment variable ``PES_PSEUDONYM_KEY``, which is
never stored. Only what a response or respondent goes by can have one; other personal columns
are listed under ``personal`` and dropped.
"""

from __future__ import annotations

import hashlib
import hmac
import os

from pes_observatory.errors import LoadRejected, SourceInvalid
from pes_observatory.read.survey.column_map import WaveMap
from pes_observatory.sources.surveys import Survey

KEY = "PES_PSEUDONYM_KEY"
SHORTEST_KEY = 32
REPLACEABLE = ("response_id", "respondent")


class Pseudonyms:
    """The pseudonymised columns of one file of a survey."""

    def __init__(self, where: str, survey: Survey, mapped: WaveMap) -> None:
        self._survey_id = survey.survey_id
        self._names = {ours for ours, n in mapped.position_of.items() if n in mapped.pseudonymised}
        other = sorted(self._names - {*REPLACEABLE})
        if other:
            raise SourceInvalid(
                f"{where}: survey.pseudonymised names the header of {other[0]}, expected that of "
                f"{' or '.join(REPLACEABLE)}; list it under personal to drop it."
            )
        self._key = pseudonym_key(where) if survey.pseudonymised else b""

    def replaces(self, ours: str) -> bool:
        """Whether the values of one of our fields are replaced."""
        return ours in self._names

    def instead_of(self, ours: str, printed: str) -> str:
        """The pseudonym of a value where its field has them, else the value."""
        if not printed or not self.replaces(ours):
            return printed
        said = f"{self._survey_id}\0{ours}\0{printed.casefold()}".encode()
        return f"p-{hmac.new(self._key, said, hashlib.sha256).hexdigest()[:24]}"


def pseudonym_key(where: str) -> bytes:
    """The key of this installation.

    Raises:
        LoadRejected: it is not set, or shorter than 32 characters.
    """
    key = os.environ.get(KEY, "")
    if len(key) < SHORTEST_KEY:
        raise LoadRejected(
            f"{where}: survey.pseudonymised needs a key of at least {SHORTEST_KEY} characters in "
            f"the environment variable {KEY}, found {len(key) or 'none'}; set it to a secret of "
            "your own and keep it outside the repository."
        )
    return key.encode()


def key_fingerprint() -> str:
    """What tells one key from another without telling the key: a load is made with one of them."""
    key = os.environ.get(KEY, "").encode()
    return hmac.new(key, b"pes-observatory", hashlib.sha256).hexdigest()[:8]

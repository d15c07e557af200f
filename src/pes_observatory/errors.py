"""The sentences a user meets when something is wrong.

Each error carries one sentence that names the source, file, row or key, what was expected
and what to do. Only the command line and the DAGs turn an error into an exit code or a
task state.
"""

from __future__ import annotations


class ObservatoryError(Exception):
    """Base of every error the observatory raises on purpose; ``str()`` is the sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(" ".join(line.strip() for line in sentence.splitlines()))


class WrongUse(ObservatoryError):
    """The request itself cannot be carried out: unknown id, format, stage or option."""


class SourceInvalid(WrongUse):
    """A source YAML or its column map does not say what it has to say."""


class FetchFailed(ObservatoryError):
    """Nothing usable came; ``is_retryable`` tells whether asking again may help."""

    def __init__(self, sentence: str, *, is_retryable: bool = False) -> None:
        super().__init__(sentence)
        self.is_retryable = is_retryable


class LoadRejected(ObservatoryError):
    """A snapshot came but must not count: unreadable, drifted, or refused by a gate."""


class DocumentRefused(LoadRejected):
    """One document cannot be read; the others of its source still may."""


class BuildFailed(ObservatoryError):
    """The warehouse could not be built or did not pass its gate; nothing is published."""


class Unforeseen(ObservatoryError):
    """A mistake of our own came to light; the sentence says where its traceback is kept."""


class AlreadyRunning(ObservatoryError):
    """Another process holds the lock of this night, source or build."""

"""The command line ``pes``: turns requests into calls, and errors into one sentence and a code.

Exit codes: 0 all good; 1 a source was rejected or failed and the rest was published, or a file
could not be read; 2 nothing was published; 3 wrong use.
"""

from __future__ import annotations

import sys

import typer
from rich.console import Console
from typer.exceptions import TyperException

from pes_observatory.cli import (
    airflow,
    code,
    quarantine,
    read,
    release,
    review,
    run,
    search,
    sources,
    status,
)
from pes_observatory.errors import AlreadyRunning, BuildFailed, ObservatoryError, WrongUse
from pes_observatory.night import NOTHING_PUBLISHED, SOME_SOURCE_FAILED, WRONG_USE

app = typer.Typer(
    name="pes",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="""The PES observatory: survey themes, documents and labour indicators, every night.

    First look: 'pes sources list', then 'pes run', then 'pes status' and 'pes release show'.
    Everything is written below PES_HOME (default ./data); sources are read from PES_SOURCES
    (default: the project's sources folder).
    """,
)
app.command("run")(run.run)
app.command("nightly")(run.nightly)
app.command("airflow")(airflow.airflow)
app.command("read")(read.read)
app.command("code")(code.code)
app.command("search")(search.search_command)
app.command("status")(status.status)
app.add_typer(sources.app, name="sources")
app.add_typer(release.app, name="release")
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(review.app, name="review")


def main() -> None:
    """Entry point of the ``pes`` command."""
    try:
        result = app(standalone_mode=False)
        sys.exit(result if isinstance(result, int) else 0)
    except TyperException as error:
        getattr(error, "show", lambda: None)()
        sys.exit(WRONG_USE)
    except WrongUse as error:
        _say(error)
        sys.exit(WRONG_USE)
    except (AlreadyRunning, BuildFailed) as error:
        _say(error)
        sys.exit(NOTHING_PUBLISHED)
    except ObservatoryError as error:
        _say(error)
        sys.exit(SOME_SOURCE_FAILED)


def _say(error: ObservatoryError) -> None:
    Console(stderr=True).print(
        str(error), style="red", highlight=False, markup=False, soft_wrap=True
    )

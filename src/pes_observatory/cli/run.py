"""``pes run`` and ``pes nightly``: a night over the sources."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from pes_observatory.cli.console import console
from pes_observatory.cli.progress import line_printer, print_summary
from pes_observatory.errors import ObservatoryError, WrongUse
from pes_observatory.night import run_night
from pes_observatory.outcomes import NIGHT_STEPS, SOURCE_STEPS, listening, new_run_id
from pes_observatory.settings import home, sources_folders
from pes_observatory.sources.registry import find_sources, get_source

_STAGES = ", ".join(SOURCE_STEPS + NIGHT_STEPS)


def run(
    source: Annotated[
        list[str] | None, typer.Option(help="only this source; may be given several times")
    ] = None,
    only: Annotated[str | None, typer.Option(help=f"only this stage: {_STAGES}")] = None,
) -> int:
    """Run a night here and now: every step of each source, then build and publish.

    A source that fails keeps its last good load, and the others go on. Examples:
    'pes run', 'pes run --source neet_ilostat', 'pes run --only build'.
    """
    found, mistakes = find_sources(sources_folders())
    chosen = [get_source(sources_folders(), each) for each in source] if source else found
    if not chosen:
        where = ", ".join(map(str, sources_folders()))
        raise WrongUse(f"There is no valid source in {where}; see 'pes sources check'.")
    out = console()
    run_id = new_run_id()
    with listening(line_printer(out)):
        night = run_night(
            home(),
            run_id,
            chosen,
            found,
            mistakes=mistakes,
            only=only,
        )
    print_summary(out, home(), night)
    return night.exit_code


def nightly() -> int:
    """Run the real Airflow DAGs once, in this process, without a scheduler or server."""
    from pes_observatory.nightly_dags import output_to, run_dags

    run_id = new_run_id()
    log = home().state / "logs" / f"nightly-{run_id}.log"
    start = time.perf_counter()
    problem: BaseException | None = None
    with output_to(log) as shown:
        out = console(shown)
        out.print("Starting Airflow, its log is", str(log), style="dim", soft_wrap=True)
        try:
            with listening(line_printer(out)):
                night = run_dags(home(), run_id)
        except ObservatoryError as error:
            problem = error
    if problem:
        raise problem
    out = console()
    print_summary(out, home(), night)
    out.print(f"Whole night with Airflow: {time.perf_counter() - start:.0f} s", highlight=False)
    return night.exit_code

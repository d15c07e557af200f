"""``python -m pes_observatory`` is ``pes``."""

from pes_observatory.cli import main

main()

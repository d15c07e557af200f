"""The barometer of a small warehouse made by hand."""

from __future__ import annotations

import pytest
from hand_made import HOSTILE, render


@pytest.fixture(scope="session")
def pages(tmp_path_factory) -> dict[str, str]:
    """Every page by its name."""
    return render(tmp_path_factory.mktemp("plain"), "plain words")


@pytest.fixture(scope="session")
def hostile_pages(tmp_path_factory) -> dict[str, str]:
    """The same, with hostile words wherever a person may write."""
    return render(tmp_path_factory.mktemp("hostile"), HOSTILE)

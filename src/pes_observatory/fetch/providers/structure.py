"""What SDMX structures say that a request needs: the order of dimensions, and a key in it."""

from __future__ import annotations

from collections.abc import Sequence

from pes_observatory.fetch.pages import shared_page
from pes_observatory.fetch.providers.adapter import Adapter, Question
from pes_observatory.fetch.providers.sdmx_xml import safe_message


def key(adapter: Adapter, question: Question, structure_url: str, edition: str | None) -> str:
    """The codes of a question, dimension by dimension in the table's own order; "" for all.

    The order is asked for once per ``edition`` of the structure, and not at all without codes.

    Raises:
        FetchFailed: the structure did not come, or has no such dimension.
    """
    if not question.filter:
        return ""
    order = _order(adapter, structure_url, edition)
    by_name = {name.lower(): codes for name, codes in question.filter.items()}
    strange = sorted(set(by_name) - {name.lower() for name in order})
    if strange:
        raise adapter.failed(
            f"fetch.filter names dimension {strange[0]}, which {adapter.dataset} has not; it has "
            f"{', '.join(order)}, correct it"
        )
    return ".".join("+".join(by_name.get(name.lower(), ())) for name in order)


def _order(adapter: Adapter, url: str, edition: str | None) -> Sequence[str]:
    page = shared_page(adapter.client, url, edition=edition, check=_tells_an_order)
    try:
        return _order_in(page or b"")
    except Exception as error:  # the library has no error of its own for what is no SDMX
        raise adapter.failed(
            f"{url} is no structure of one table ({type(error).__name__}); check "
            "indicator.dataset, or ask with sdmx_version '3.0', which needs none"
        ) from None


def _order_in(page: bytes) -> Sequence[str]:
    message = safe_message(page)
    (structure,) = message.structure.values()
    return [
        dimension.id
        for dimension in structure.dimensions.components
        if dimension.id != "TIME_PERIOD"
    ]


def _tells_an_order(page: bytes) -> bool:
    try:
        return bool(_order_in(page))
    except Exception:  # of any type, see above
        return False

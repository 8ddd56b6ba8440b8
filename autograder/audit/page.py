"""An audit as a page that an instructor reads in a browser; it needs nothing else, no script and no network."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from autograder.audit.records import Audit


def page(audits: Sequence[Audit]) -> str:
    """Render audits as one HTML page.

    Parameters
    ----------
    audits : sequence of Audit
        Of one assignment.

    Returns
    -------
    str
    """
    return _template().render(audits=audits)


@functools.lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("autograder.audit", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"share": _share, "rounded": _rounded}
    return environment.get_template("page.html.j2")


def _share(value: float) -> str:
    """Write a share in percent; 100 % only where nothing is missing."""
    percent = math.floor(1000 * value) / 10
    return f"{percent:g} %"


def _rounded(value: float) -> str:
    return f"{value:.0e}" if math.isfinite(value) else "∞"

"""The two consoles: results on standard output, everything else on standard error."""

from __future__ import annotations

from rich.console import Console

output = Console(soft_wrap=False, highlight=False)
errors = Console(stderr=True, highlight=False)

"""Pages under the names that students look for: nbgrader asks for a page by the name of the file that was handed in.

Collecting gives a lone notebook the name that the assignment has for it (`exchange`); what its student has kept bears
the other one.
"""

from __future__ import annotations

import contextlib
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeReleaseFeedback

from autograder.nbgrader_bridge.times import text_of

SECRET_FILE = "submission_secret.txt"  # noqa: S105 - it is no password but a file
# In bytes; a secret has 128 characters.
LONGEST_SECRET = 1000


class HandedInAs:
    """The names of lone notebooks as they lie in the exchange.

    Parameters
    ----------
    step : ExchangeReleaseFeedback
        Of the assignment; of another exchange than nbgrader's own, no name is known.
    """

    def __init__(self, step: Any) -> None:  # noqa: ANN401 - the class is the course's choice
        self._folders: dict[str, list[Path]] = defaultdict(list)
        if isinstance(step, ExchangeReleaseFeedback):
            inbound = Path(step.root, step.coursedir.course_id, "inbound")
            # Who may not look there still releases all pages under their own names.
            with contextlib.suppress(OSError):
                for folder in inbound.iterdir():
                    student, *rest = folder.name.rsplit("+", 3)
                    if rest[:1] == [step.coursedir.assignment_id]:
                        self._folders[student].append(folder)

    @contextlib.contextmanager
    def page(self, folder: Path) -> Iterator[None]:
        """Have a student's lone page, meanwhile, under the other name as well."""
        pages = list(folder.glob("*.html"))
        name = self._name(folder) if len(pages) == 1 else ""
        twin = folder / f"{name}.html"
        if not name or twin.exists():
            yield
            return
        try:
            shutil.copyfile(pages[0], twin)
            yield
        finally:
            twin.unlink(missing_ok=True)

    def _name(self, folder: Path) -> str:
        """Give the name of the one notebook that was handed in with the secret that a folder has; else nothing."""
        secret = text_of(folder / SECRET_FILE, LONGEST_SECRET)
        for place in self._folders[folder.parent.name]:
            if text_of(place / SECRET_FILE, LONGEST_SECRET) == secret:
                names = [path.stem for path in place.glob("*.ipynb")]
                # nbgrader takes no other for a name.
                return names[0] if len(names) == 1 and names[0].isprintable() else ""
        return ""

"""Somebody at a desk in JupyterLab: what they click is counted, what they see is kept as pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Locator

PATIENCE_MS = 120_000  # for a state to come about, on a machine that does much else
SIZE = {"width": 1680, "height": 1000}


class Seat:
    """A window of JupyterLab, and who sits at it; use it as a context manager.

    Parameters
    ----------
    browser : Browser
    url : str
        Of the desk's JupyterLab, with its token.
    role : str
        Begins the names of the pictures.
    pictures : Path
        An existing folder.
    """

    def __init__(self, browser: Browser, url: str, role: str, pictures: Path) -> None:
        self.role, self.clicks = role, 0
        self._context = browser.new_context(viewport=SIZE)
        self._context.set_default_timeout(PATIENCE_MS)
        self._url, self._pictures, self._taken = url, pictures, 0
        self.page = self._context.new_page()

    def __enter__(self) -> Self:
        self.page.goto(self._url)
        self.menu("Nbgrader").wait_for()
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            self.picture("when-it-failed")
        self._context.close()

    def click(self, target: Locator) -> None:
        """Click once, and count it."""
        target.click()
        self.clicks += 1

    def double_click(self, target: Locator) -> None:
        """Click twice, and count both."""
        target.dblclick()
        self.clicks += 2

    def choose(self, *names: str) -> None:
        """Click through a menu of JupyterLab's."""
        for name in names:
            self.click(self.menu(name))

    def menu(self, name: str) -> Locator:
        """Find an entry of JupyterLab's menus."""
        return self.page.get_by_role("menuitem", name=name, exact=True)

    def tab(self, name: str) -> Locator:
        """Find a tab of the main area."""
        return self.page.locator(".lm-DockPanel-tabBar").get_by_role("tab", name=name)

    def frame(self, selector: str) -> FrameLocator:
        """Find the page that a part of JupyterLab holds."""
        return self.page.frame_locator(f"{selector} iframe")

    def open_file(self, name: str) -> None:
        """Open a file of the folder that the file browser shows."""
        self.double_click(self.page.locator(".jp-DirListing-item").filter(has_text=name))

    def wait_for_kernel(self) -> None:
        """Wait until a notebook is shown and its kernel has started."""
        self.page.get_by_text("| Idle").wait_for()

    def picture(self, name: str) -> None:
        """Keep what is seen now."""
        self._taken += 1
        self.page.screenshot(path=self._pictures / f"{self.role}-{self._taken:02}-{name}.png")

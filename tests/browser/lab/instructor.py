"""What an instructor does in formgrader, in a source notebook and in JupyterLab's terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seat import Seat

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Locator


class Instructor(Seat):
    """The instructor's seat."""

    @property
    def formgrader(self) -> FrameLocator:
        """Formgrader's page."""
        return self.frame("#formgrader-iframe")

    def open_formgrader(self) -> None:
        """Open formgrader from the menu, and wait until it lists the assignments."""
        self.choose("Nbgrader", "Formgrader")
        self.formgrader.locator("td.status .label").first.wait_for()

    def row(self, name: str) -> Locator:
        """Find a row of formgrader's table."""
        return self.formgrader.locator("tr").filter(has=self.page.get_by_text(name, exact=True))

    def press(self, row: str, column: str) -> str:
        """Press a row's button in formgrader, and wait; close what formgrader then says, and give its heading."""
        self.click(self.row(row).locator(f"td.{column} a"))
        said = self.formgrader.locator(".modal.in")
        title = said.locator(".modal-title").inner_text()
        self.click(said.get_by_role("button", name="OK"))
        said.wait_for(state="detached")
        return title

    def go(self, *links: str) -> None:
        """Follow links of formgrader's."""
        for link in links:
            self.click(self.formgrader.get_by_role("link", name=link, exact=True).locator("visible=true"))

    def open_source(self, assignment: str) -> Locator:
        """Open the source notebook from formgrader's list, and nbgrader's side bar beside it; give the side bar."""
        self.go(assignment)
        self.open_file(f"{assignment}.ipynb")
        self.wait_for_kernel()
        self.click(self.page.get_by_role("tab", name="Create Assignment"))
        return self.page.locator(".nbgrader-CreateAssignmentWidget")

    def grade_all(self, assignment: str) -> str:
        """Type the command into a new terminal of JupyterLab's; give what stands there when it has ended."""
        self.click(self.page.get_by_title("New Launcher", exact=True))
        self.click(self.page.locator(".jp-LauncherCard").filter(has_text="Terminal").locator("visible=true"))
        terminal = self.page.locator(".jp-Terminal .xterm-accessibility")
        terminal.filter(has_text=re.compile("[#$]")).wait_for()  # the prompt
        self.page.keyboard.type(f"autograder grade {assignment}; echo over $((6 * 7))\n")
        terminal.filter(has_text="over 42").wait_for()
        return terminal.inner_text()

    def comment_on(self, function: str, text: str) -> str:
        """Write a comment on an answer, and wait until it is saved; give what stood there before."""
        # Formgrader's scripts put an automatic comment there as what will count if nothing else is written.
        field = self.formgrader.locator(f"#{function}-comment[placeholder]")
        ours = field.get_attribute("placeholder") or ""
        field.scroll_into_view_if_needed()
        self.picture("our-comment")
        self.click(field)
        self.page.keyboard.insert_text(text)
        with self.page.expect_response(lambda answer: "/api/comment/" in answer.url and answer.request.method == "PUT"):
            self.page.keyboard.press("Tab")
        return ours

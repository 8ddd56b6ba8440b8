"""What a student does in nbgrader's assignment list and in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seat import Seat

if TYPE_CHECKING:
    from playwright.sync_api import Locator


class Student(Seat):
    """The student's seat."""

    def open_list(self) -> None:
        """Open the assignment list from the menu, and wait until it has loaded."""
        self.choose("Nbgrader", "Assignment List")
        self.page.locator("#course_list_dropdown:not([disabled])").wait_for()

    def listed(self, part: str, assignment: str) -> Locator:
        """Find an assignment in a part of the list: released, fetched or submitted."""
        rows = self.page.locator(f"#{part}_assignments_list > .list_item")
        return rows.filter(has=self.page.get_by_text(assignment, exact=True))

    def fetch(self, assignment: str) -> None:
        """Fetch what was released."""
        self.click(self.listed("released", assignment).get_by_role("button", name="Fetch"))
        self.listed("fetched", assignment).wait_for()

    def open_notebook(self, assignment: str) -> None:
        """Unfold an assignment that was fetched, and open its notebook."""
        row = self.listed("fetched", assignment)
        self.click(row.locator(".assignment-notebooks-link"))
        self.click(row.locator(".nested_list_item a"))
        self.wait_for_kernel()

    def write(self, function: str, text: str) -> None:
        """Replace the text of the answer cell of a function."""
        cells = self.page.locator(".jp-Notebook .jp-CodeCell")
        self.click(cells.filter(has_text=f"def {function}(").locator(".cm-content"))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def validate(self) -> str:
        """Press Validate in the notebook's toolbar; close and give what it says."""
        self.click(self.page.get_by_role("button", name="Validate").locator("visible=true"))
        said = self.page.locator("#validation-message")
        text = said.inner_text()
        self.picture("validated")
        self.click(self.page.get_by_role("button", name="Ok", exact=True))
        said.wait_for(state="detached")
        return text

    def submit(self, assignment: str) -> None:
        """Go back to the list and submit."""
        self.click(self.tab("Assignments"))
        self.click(self.listed("fetched", assignment).get_by_role("button", name="Submit"))
        self.listed("submitted", assignment).wait_for()

    def read_feedback(self, assignment: str) -> str:
        """Fetch the feedback of the submission, open its page and read it."""
        row = self.listed("submitted", assignment)
        self.click(row.get_by_role("button", name="Fetch Feedback"))
        self.click(row.get_by_text("(view feedback)"))
        self.open_file(f"{assignment}.html")
        return self.frame(".jp-HTMLViewer").locator("body").inner_text()

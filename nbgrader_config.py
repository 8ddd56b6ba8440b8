"""The course, for nbgrader; `configure` puts autograder in the place of nbgrader's own execution."""

from autograder.nbgrader_bridge import configure

c = get_config()
c.CourseDirectory.course_id = "improving-deep-networks"

configure(c)

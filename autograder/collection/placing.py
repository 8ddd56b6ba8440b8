"""Which files a submission's folder can hold beside the notebooks; an archive can name what no folder holds."""

from __future__ import annotations

from collections.abc import Collection

from autograder.collection.records import Parts

# nbgrader believes these; what a student hands in must not be taken for them.
BELIEVED = frozenset({"timestamp.txt", "submission_secret.txt", "gradebook.db", "nbgrader_config.py"})
# An archive in an archive adds to a path; the system and Python bear only so much, and the course folder adds to it.
_DEEPEST, _LONGEST = 100, 1000


def unfit(files: Collection[Parts], notebooks: Collection[Parts]) -> dict[Parts, str]:
    """Find the files that a folder cannot hold.

    Parameters
    ----------
    files : collection of (tuple of str)
        Where each is to go in the submission's folder.
    notebooks : collection of (tuple of str)
        Where the notebooks go, that come first.

    Returns
    -------
    dict of (tuple of str) to str
        Why it cannot hold a file.
    """
    odd = {parts: reason for parts in files if (reason := _odd(parts, notebooks))}
    fitting = [parts for parts in files if parts not in odd]
    folders = {parts[:depth] for parts in fitting for depth in range(1, len(parts))}
    return odd | {parts: "a folder has its name" for parts in fitting if parts in folders}


def _odd(parts: Parts, notebooks: Collection[Parts]) -> str:
    if len(parts) > 1 and parts[0].casefold() in BELIEVED:
        return f"nbgrader would take {parts[0]} for its own"
    if parts[:1] in notebooks:
        return "its folder has the name of the notebook"
    if len(parts) - 1 > _DEEPEST:
        return f"it lies more than {_DEEPEST} folders deep"
    if len("/".join(parts).encode("utf-8", "replace")) > _LONGEST:
        return f"its name has, with its folders, more than {_LONGEST:,} bytes"
    return ""

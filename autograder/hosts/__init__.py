"""Other people's machines that grade one submission at a time: what goes there, and what happens there.

`packing` makes an archive of an assignment, with the modules, the versions and the course files that grading it needs
and nothing else; `contracts` says which folders each host gives and wants. The archive's own program is this package
again: ``python -m autograder.hosts``, see `grading`. So the two ends cannot drift apart.
"""

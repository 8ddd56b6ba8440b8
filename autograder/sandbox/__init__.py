"""Where student code runs.

Theory of operation
-------------------
Four kinds of processes take part::

    examiner ── socket ──► fork-server ── fork ──► candidate ── fork ──► one child a test cell
        └──────────────────── two pipes ───────────────┴──────────────────────┘

The *examiner* holds hidden tests and references. It never forks: what it knows would be copied. It executes the
*fork-server* afresh, with an empty environment and one socket, and keeps it for many submissions: Python and NumPy
are loaded there once, with one thread. No student code ever runs in it. It is the examiner's user; at level *full*
it has a mount namespace of its own (an ordinary user's stands in a user namespace) in which it has built the
candidates' root.

For each submission the fork-server forks a *candidate*, which gives up what it does not need, then runs the agent
that the sandbox was given by name, and talks to the examiner over two pipes of its own; `spawn` draws its birth. It
runs the student's definitions, then forks a child for every test cell.

What a candidate gives up, in order (`confinement`); a step that fails ends it, and the examiner hears the reason:

1. its mounts: a root of its own (`root`), read-only, with Python's libraries, the assignment's helper files and a
   small scratch folder in memory; no /proc; neither autograder, nor the reference, nor a notebook is in it
2. root's candidates: root, for a user that no other process has (`privileges`)
3. the rest of the machine: new namespaces of users, mounts, processes, network, shared memory and host name
   (`namespaces`); a second fork is process 1 there
4. its session, its descriptors but the pipes, its environment; address space, processor time, processes, file size,
   open files and core dumps beyond the limits (`resources`)
5. new privileges; files outside its lists and TCP (`landlock`); capabilities; all system calls but those of an
   allow-list (`seccomp`)
6. in the child of a test cell: new processes. The student's definitions ran before that in the same memory and can
   prevent it; then the limit of processes still holds, and all are killed with the candidate.

Level *full* is all of it. Level *reduced*, where namespaces are not to be had, is 4 to 6, and 2 where root starts
it; its list of files is Landlock's, and its members cannot leave their process group. Level *none* is 4 only, and
runs as the caller, who asked for it. Before the first candidate of a server, a candidate of its own tries real
attacks (`probes`); a level at which one gets through is refused. Landlock restricts no `stat`: at level reduced a
candidate can learn that a file exists, and its scratch folder lies on the disk, where only the size of each file is
limited.

Who may end whom: the examiner holds the deadlines and asks the fork-server to end a candidate. It kills the process
group and, at level full, process 1, which ends only after the kernel has killed everything else in its namespace;
then the end is reported. When the examiner dies, the fork-server reads the end of its socket, kills its candidates
and ends too. When the fork-server dies, the kernel kills its candidates. A candidate may signal nobody.
"""

from autograder.sandbox.battery import check_sandbox
from autograder.sandbox.examination import examine
from autograder.sandbox.levels import Level
from autograder.sandbox.sandbox import Process, Sandbox
from autograder.sandbox.waiting import turns_by_process, turns_here, turns_inside

__all__ = [
    "Level",
    "Process",
    "Sandbox",
    "check_sandbox",
    "examine",
    "turns_by_process",
    "turns_here",
    "turns_inside",
]

"""Every attack, by its class and what it tries."""

from __future__ import annotations

from hostile_course import Attack

from attacks import channel, exits, files, kernel, notebook, output, python, resources, side_doors

CLASSES = {
    module.__name__.rpartition(".")[2].replace("_", "-"): module.ATTACKS
    for module in (files, resources, kernel, exits, python, channel, notebook, output, side_doors)
}
ATTACKS: dict[str, Attack] = {
    f"{kind}: {name}": attack if isinstance(attack, Attack) else Attack(attack)
    for kind, attacks in CLASSES.items()
    for name, attack in attacks.items()
}

# What these bring meets nbgrader's own passes: the notebook, files beside it, and what is shown in the end.
OF_NBGRADER = {"files", "notebook", "output"}
# Each of these lasts until a deadline, in every test cell.
WAITING = {
    "resources: much memory that swallows its errors",
    "resources: recursion without a limit",
    "resources: printed flood",
    "resources: endless loop",
    "resources: endless loop among the definitions",
    "resources: sleep",
    "resources: ignored signals",
    "resources: slow regular expression",
    "channel: an endless conversation",
    "channel: a question that never ends",
    "channel: a large claim and silence",
    "channel: half a frame and death",
    "channel: keys of one hash",
}

"""Every attack, by its class and what it tries."""

from __future__ import annotations

from attacks import channel, exits, files, kernel, notebook, output, python, resources, side_doors
from hostile_course import Attack

CLASSES = {
    module.__name__.rpartition(".")[2].replace("_", "-"): module.ATTACKS
    for module in (files, resources, kernel, exits, python, channel, notebook, output, side_doors)
}
ATTACKS: dict[str, Attack] = {
    f"{kind}: {name}": attack if isinstance(attack, Attack) else Attack(attack)
    for kind, attacks in CLASSES.items()
    for name, attack in attacks.items()
}

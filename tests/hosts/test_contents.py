"""Which versions an archive asks for."""

from __future__ import annotations

from autograder.hosts.contents import pins


def test_what_an_extra_brings_is_pinned_whoever_asks_first():
    # Both need jsonschema: nbformat as it is, jupyter_events with the extra that brings fqdn.
    both = pins(["nbformat", "jupyter_events"])
    assert "fqdn" in both
    assert both == pins(["nbformat"]) | pins(["jupyter_events"])

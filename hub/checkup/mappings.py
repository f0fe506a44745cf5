"""The datasets that `hub import` knows, and the mappings among them."""

from collections.abc import Iterator

from connectors.registry import connectors
from hub.checkup.finding import Finding, ok, wrong
from hub.settings import Settings


def examine_mappings(settings: Settings) -> Iterator[Finding]:
    """Say which mappings do not hold, whose datasets cannot be imported, and how many datasets can be."""
    every = connectors(settings.mappings)
    for name, complaint in every.complaints.items():
        yield wrong("mappings", complaint, f"until it is mended or taken away {name} cannot be imported")
    yield ok("mappings", f"{len(every.sound)} datasets can be imported")

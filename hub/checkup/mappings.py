"""The datasets that `hub import` knows, and the mappings among them."""

from connectors.errors import MappingError
from connectors.registry import connectors
from hub.checkup.finding import Finding, ok, wrong
from hub.settings import Settings


def examine_mappings(settings: Settings) -> Finding:
    """Say whether every mapping holds: one that does not keeps all datasets from being imported."""
    try:
        every = connectors(settings.mappings)
    except MappingError as error:
        return wrong("mappings", str(error), "until it is mended or taken away nothing can be imported")
    return ok("mappings", f"{len(every)} datasets can be imported")

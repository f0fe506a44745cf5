"""The catalogue that policy tests are written against."""

from policies.catalogue import Catalogue
from schema.catalogue import catalogue


def example_catalogue() -> Catalogue:
    """Every type that agreements can speak of: the contract's own."""
    return catalogue()

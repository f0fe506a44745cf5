"""The catalogue that policy tests are written against."""

from policies.catalogue import Catalogue
from schema.catalogue import catalogue
from tests.support.policies import ACTS


def example_catalogue() -> Catalogue:
    """Every type that agreements can speak of: the contract's own."""
    return catalogue()


def acting_catalogue() -> Catalogue:
    """The same types, with acts on more of them."""
    return Catalogue.of(catalogue().types.values(), ACTS)

"""A mapping as a connector."""

from connectors.base import Connector
from connectors.mapped.mapping import Mapping
from connectors.mapped.rows import MappedRows


def connector(mapping: Mapping) -> Connector:
    """The connector of a mapping, whose dataset bears the mapping's name."""
    rows = MappedRows(mapping=mapping)
    return Connector(
        name=mapping.name,
        title=mapping.title,
        dataset=mapping.name,
        licence=mapping.licence,
        marking=rows.default,
        parse=rows.parse,
        owner=mapping.owner,
        owner_type=mapping.owner_type,
        uniform=mapping.marking.column is None and not mapping.marking.protections,
    )

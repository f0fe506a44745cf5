"""The contract as one schema: an Apollo Federation 2 subgraph."""

from strawberry.federation import Schema

from schema.agencies import Team
from schema.governance import Agreement, ImportRun
from schema.people import PersonRecord
from schema.query import Query
from schema.scalars import config


def contract(schema_class: type[Schema] = Schema) -> Schema:
    """Build the schema; `schema_class` may replace how entities are resolved."""
    return schema_class(
        query=Query, types=[PersonRecord, Team, Agreement, ImportRun], config=config(), federation_version="2.9"
    )

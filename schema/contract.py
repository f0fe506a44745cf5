"""The contract as one schema: an Apollo Federation 2 subgraph."""

from strawberry.extensions import SchemaExtension
from strawberry.federation import Schema

from schema.agencies import Team
from schema.governance import Agreement, ImportRun
from schema.mutation import Mutation
from schema.people import PersonRecord
from schema.query import Query
from schema.scalars import config
from schema.subscription import Subscription


def contract(schema_class: type[Schema] = Schema, extensions: tuple[type[SchemaExtension], ...] = ()) -> Schema:
    """Build the schema; the read path brings its own class and extensions."""
    return schema_class(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=[PersonRecord, Team, Agreement, ImportRun],
        config=config(),
        federation_version="2.9",
        extensions=extensions,
    )

"""What every list and every node has."""

from enum import Enum
from typing import NoReturn

import strawberry


def unbound() -> NoReturn:
    """Stand where a resolver would: `resolvers.binding` answers every field from the read path's tree."""
    raise RuntimeError("this field is answered by the read path, and the schema was not bound to it")


@strawberry.interface(description="A thing that the hub knows by an id of its own.")
class Node:
    """Ids are random, tagged with the type, and the same in the contract, on the command line and in the ledger."""

    id: strawberry.ID = strawberry.field(description="The thing's id, for example `per_...`.")


@strawberry.type(description="Where a page of a list stands.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more follow.")
    end_cursor: str | None = strawberry.field(
        description="Pass as `after` to read on; valid for this viewer, filter and order only."
    )


@strawberry.type(description="A page of a list: only what this viewer may see, and only that is counted.")
class Connection:
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    total_count: int = strawberry.field(description="How many there are for this viewer; counted only when selected.")


@strawberry.enum(description="How much of a thing this viewer may see.")
class AccessLevel(Enum):
    POINTER = strawberry.enum_value("POINTER", description="That it exists, who holds it and whom to ask.")
    MASKED = strawberry.enum_value("MASKED", description="Some fields, or some of them blurred.")
    FULL = strawberry.enum_value("FULL", description="Every field.")


@strawberry.enum(description="Why a field is withheld.")
class WithheldReason(Enum):
    NOT_GRANTED = strawberry.enum_value("NOT_GRANTED", description="No agreement grants it for this purpose.")
    MASKED = strawberry.enum_value("MASKED", description="An agreement grants it blurred.")
    LIMIT = strawberry.enum_value("LIMIT", description="A limit of the partnership caps it.")


@strawberry.type(description="A field that is withheld, or told only in part.")
class WithheldField:
    field: str = strawberry.field(description="The field's name.")
    reason: WithheldReason = strawberry.field(description="Why.")
    agreement: str | None = strawberry.field(description="The id of the agreement that blurs it.")


@strawberry.type(description="What this viewer may see of a thing, whether or not there is a value.")
class Access:
    level: AccessLevel = strawberry.field(description="How much.")
    withheld: list[WithheldField] = strawberry.field(description="The fields that are not disclosed in full.")

"""People of the hub who may be meant by whom a referral describes, and the judgement that they are."""

import strawberry

from schema.paging import Connection
from schema.people import Person


@strawberry.type(description="A person who may be among those whom a referral describes.")
class ReferralLikenessEdge:
    node: Person = strawberry.field(description="The person.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="People who may be among those whom a referral describes.")
class ReferralLikenessConnection(Connection):
    edges: list[ReferralLikenessEdge] = strawberry.field(description="The people of this page.")


@strawberry.input(description="A person who is meant by somebody whom a referral describes.")
class ConfirmLikenessInput:
    idempotency_key: str = strawberry.field(
        description="A text of the client's own, 8 to 200 characters, by which it may ask again."
    )
    id: strawberry.ID = strawberry.field(description="The referral's id.")
    person: strawberry.ID = strawberry.field(description="The id of one of the people whom it may describe.")
    reason: str = strawberry.field(description="Why they are held for that person, 4,000 characters at the most.")


@strawberry.input(description="A person who is not meant after all.")
class WithdrawLikenessInput:
    idempotency_key: str = strawberry.field(
        description="A text of the client's own, 8 to 200 characters, by which it may ask again."
    )
    id: strawberry.ID = strawberry.field(description="The referral's id.")
    version: int = strawberry.field(
        description="The version that was read: where the referral has changed since, the answer is a `Conflict`."
    )
    person: strawberry.ID = strawberry.field(description="The id of a person whom one's agency named in it.")
    reason: str = strawberry.field(description="Why they are not meant, 4,000 characters at the most.")

"""What people bring to state how others are tied to one another, and what comes of it."""

from typing import Annotated

import strawberry

from schema.changing import Conflict, InvalidInput, NotFound, NotPermitted
from schema.enums import AssertionType, PersonTie
from schema.people import Person
from schema.scalars import Date

_KEY = "A text of the client's own, 8 to 200 characters, by which it may ask again."
_PERSON = "The person's id; of a parent and a child, the parent's."
_OTHER = "The other person's id."


@strawberry.input(description="How two people are tied to one another, as the asking agency holds it.")
class LinkPeopleInput:
    idempotency_key: str = strawberry.field(description=_KEY)
    person: strawberry.ID = strawberry.field(description=_PERSON)
    other: strawberry.ID = strawberry.field(description=_OTHER)
    tie: PersonTie = strawberry.field(description="What the person is to the other.")
    assertion_type: AssertionType = strawberry.field(description="What the statement claims to be.")
    since: Date | None = strawberry.field(
        description="Since when they associate, today or earlier; of kin it is not said.", default=None
    )


@strawberry.input(description="A tie that the asking agency stated in the hub, and holds no longer.")
class EndLinkInput:
    idempotency_key: str = strawberry.field(description=_KEY)
    person: strawberry.ID = strawberry.field(description=_PERSON)
    other: strawberry.ID = strawberry.field(description=_OTHER)
    tie: PersonTie = strawberry.field(description="What the person was said to be to the other.")
    reason: str = strawberry.field(description="Why, 4,000 characters at the most.")


@strawberry.type(description="It is stated; the person as this viewer may see them now.")
class PeopleLinked:
    person: Person | None = strawberry.field(description="The person; null where this viewer may not see them.")


PeopleResult = Annotated[
    PeopleLinked | NotPermitted | NotFound | Conflict | InvalidInput,
    strawberry.union("PeopleResult", description="The person as they are now, or why it is as it was."),
]

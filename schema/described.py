"""People whom a referrer knows by name, and has no record of."""

import strawberry

from schema.enums import CaseRole
from schema.scalars import PartialDate

_GIVEN = "Their given name."
_FAMILY = "Their family name."
_BORN = "When they were born, as far as it is known."
_ROLE = "Which part they have in it."


@strawberry.type(description="Somebody who is involved, as the referrer describes them.")
class DescribedPerson:
    given_name: str = strawberry.field(description=_GIVEN)
    family_name: str = strawberry.field(description=_FAMILY)
    date_of_birth: PartialDate | None = strawberry.field(description=_BORN)
    phone: str | None = strawberry.field(description="A telephone number, as the referrer tells it.")
    address: str | None = strawberry.field(description="Where they live, in the referrer's words.")
    role: CaseRole = strawberry.field(description=_ROLE)


@strawberry.input(description="Somebody who is involved and known by name.")
class DescribedPersonInput:
    given_name: str = strawberry.field(description=f"{_GIVEN[:-1]}, 100 characters at the most.")
    family_name: str = strawberry.field(description=f"{_FAMILY[:-1]}, 100 characters at the most.")
    date_of_birth: PartialDate | None = strawberry.field(
        description="When they were born, a day, a month or a year, guessed if need be.", default=None
    )
    phone: str | None = strawberry.field(description="A telephone number, 100 characters at the most.", default=None)
    address: str | None = strawberry.field(description="Where they live, 200 characters at the most.", default=None)
    role: CaseRole = strawberry.field(description=_ROLE)

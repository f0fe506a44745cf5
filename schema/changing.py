"""What people bring to change cases, and what comes of it: the case as it is now, or a refusal."""

from typing import Annotated, Any

import strawberry

from schema.cases import Case
from schema.enums import AssertionType, CaseRole, Sensitivity
from schema.scalars import GeoJSON


def _of(description: str) -> Any:  # noqa: ANN401 - strawberry's own field function has no better type
    return strawberry.field(description=description)


def _if(description: str) -> Any:  # noqa: ANN401 - as above
    return strawberry.field(description=description, default=None)


_KEY = (
    "A text of the client's own, 8 to 200 characters: who sends it again within seven days is answered for the same "
    "change, which is made once."
)
_CASE = "The case's id."
_VERSION = "The version that was read: where the case has changed since, the answer is a `Conflict`."
_REFERENCE = "The agency's own reference, 100 characters at the most."
_TYPE = "What the case is about, 100 characters at the most."
_SUMMARY = "What happened, in a few words, 4,000 characters at the most."
_WHY = "Why, 4,000 characters at the most."
_SAYS = "Why it was not done, in a sentence."


@strawberry.input(description="A case to be opened; the asking agency leads it.")
class OpenCaseInput:
    idempotency_key: str = _of(_KEY)
    case_type: str = _of(_TYPE)
    reference: str | None = _if(_REFERENCE)
    summary: str | None = _if(_SUMMARY)
    sensitivity: Sensitivity = strawberry.field(
        description="Its marking; that of the referral, where that is higher.", default=Sensitivity.OFFICIAL
    )
    referral: strawberry.ID | None = _if(
        "The id of the referral from which it is opened, which this accepts; whom that names is not involved by it."
    )


@strawberry.input(description="What is to be changed of a case; what is left out stays as it is.")
class ChangeCaseInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_CASE)
    version: int = _of(_VERSION)
    case_type: str | None = _if(_TYPE)
    reference: str | None = _if(_REFERENCE)
    summary: str | None = _if(_SUMMARY)


@strawberry.input(description="A case that the asking agency joins or leaves.")
class CaseInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_CASE)


@strawberry.input(description="An agency that is to take part in a case.")
class InviteToCaseInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_CASE)
    agency: str = _of("The agency's code.")


@strawberry.input(description="A person whom a case concerns.")
class InvolvePersonInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_CASE)
    person: strawberry.ID = _of("The person's id.")
    role: CaseRole = _of("In which role.")


@strawberry.input(description="Premises that a case concerns.")
class InvolvePremisesInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_CASE)
    premises: strawberry.ID = _of("The id of the premises.")


@strawberry.input(description="A person, or premises, that the asking agency stated in the hub a case concerns.")
class EndInvolvementInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_CASE)
    person: strawberry.ID | None = _if("The person's id; either this or `premises`.")
    premises: strawberry.ID | None = _if("The id of the premises.")
    role: CaseRole | None = _if("In which role a person is no longer held to be in it; in none, where it is left out.")
    reason: str | None = _if(_WHY)


@strawberry.input(description="A note in a case.")
class AddNoteInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_CASE)
    text: str = _of("What is noted, 20,000 characters at the most.")
    assertion_type: AssertionType = _of("What it claims to be.")


@strawberry.input(description="The ground that a case is about, in the place of what was drawn before.")
class SetFootprintInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_CASE)
    version: int = _of(_VERSION)
    footprint: GeoJSON = _of("A Polygon inside the area of the partnership, with 2,000 points at the most.")


@strawberry.input(description="A case that another agency is to lead.")
class TransferLeadInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_CASE)
    version: int = _of(_VERSION)
    agency: str = _of("The code of an agency that takes part.")
    reason: str = _of(_WHY)


@strawberry.input(description="What somebody said who was asked whether they agree that a case is worked on.")
class ConfirmConsentInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_CASE)
    version: int = _of(_VERSION)
    is_given: bool = _of("Whether they agree.")
    text: str = _of("Who was asked and how, 4,000 characters at the most.")


@strawberry.input(description="A case that is to be closed or opened again.")
class EndCaseInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_CASE)
    version: int = _of(_VERSION)
    reason: str = _of(_WHY)


@strawberry.type(description="It is done; the case as this viewer may see it now.")
class CaseChanged:
    case: Case | None = strawberry.field(description="The case; null where this viewer may not see it.")


@strawberry.type(description="No agreement lets this viewer do that, whatever the case; or not with this one.")
class NotPermitted:
    message: str = strawberry.field(description=_SAYS)


@strawberry.type(description="There is no such thing, or this viewer may not see it.")
class NotFound:
    message: str = strawberry.field(description=_SAYS)
    path: list[str] = strawberry.field(description="Where in the input it is named.")


@strawberry.type(description="It has changed since the client read it, or is no longer in the state that this takes.")
class Conflict:
    message: str = strawberry.field(description=_SAYS)
    current_version: int | None = strawberry.field(description="Its version now, where this viewer may see that.")


@strawberry.type(description="A field of an input that has a value which it cannot have.")
class InvalidField:
    path: list[str] = strawberry.field(description="Where in the input it stands.")
    message: str = strawberry.field(description="What it must be.")


@strawberry.type(description="The input is not as it must be.")
class InvalidInput:
    message: str = strawberry.field(description=_SAYS)
    fields: list[InvalidField] = strawberry.field(description="Every field that is not.")


@strawberry.type(description="Its agency keeps it in a system of its own: it is changed there, and imported.")
class Locked:
    message: str = strawberry.field(description=_SAYS)


CaseResult = Annotated[
    CaseChanged | NotPermitted | NotFound | Conflict | InvalidInput | Locked,
    strawberry.union("CaseResult", description="The case as it is now, or why it is as it was."),
]

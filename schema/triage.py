"""The triage of referrals: the criteria, what people bring to do something with a referral, and what comes of it."""

from typing import Annotated, Any

import strawberry

from schema.changing import Conflict, InvalidInput, NotFound, NotPermitted
from schema.enums import ReferralRoute
from schema.referrals import Referral
from schema.scalars import Date


def _of(description: str) -> Any:  # noqa: ANN401 - strawberry's own field function has no better type
    return strawberry.field(description=description)


_KEY = "A text of the client's own, 8 to 200 characters, by which it may ask again."
_REFERRAL = "The referral's id."
_VERSION = "The version that was read: where the referral has changed since, the answer is a `Conflict`."


@strawberry.type(description="One answer that there is to a question of triage.")
class TriageAnswer:
    key: str = _of("What it is called when it is given.")
    text: str = _of("What it says.")
    points: int = _of("What it counts.")


@strawberry.type(description="A question of triage.")
class TriageQuestion:
    key: str = _of("What it is called when it is answered.")
    text: str = _of("What it asks.")
    answers: list[TriageAnswer] = _of("Every answer that there is.")


@strawberry.type(description="What follows from a number of points.")
class TriageBand:
    band: str = _of("What it is called.")
    least: int = _of("The fewest points that it holds.")
    most: int = _of("The most points that it holds.")
    route: ReferralRoute = _of("The route that it proposes.")
    reason: str = _of("Why it proposes that.")


@strawberry.type(description="Whom a route reaches.")
class TriageRoute:
    route: ReferralRoute = _of("The route.")
    services: list[str] = _of("The codes of agencies that are told whenever it is taken, named or not.")
    needs_services: bool = _of("Whether one agency at least has to be named.")


@strawberry.type(description="Criteria in force by which referrals are triaged.")
class TriageCriteria:
    id: strawberry.ID = _of("Their id, which all versions have.")
    version: int = _of("Their version.")
    title: str = _of("Their title.")
    valid_until: Date = _of("The last day on which they apply.")
    target_hours: int = _of("The working hours in which a referral is to be triaged.")
    questions: list[TriageQuestion] = _of("What is asked; all of it is answered.")
    bands: list[TriageBand] = _of("What follows, from the fewest points to the most.")
    routes: list[TriageRoute] = _of("Every route, and whom it reaches.")


@strawberry.input(description="An answer to a question of triage.")
class TriageAnswerInput:
    question: str = _of("The question's key.")
    answer: str = _of("The answer's key.")


@strawberry.input(description="A referral that is triaged.")
class TriageReferralInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_REFERRAL)
    version: int = _of(_VERSION)
    criteria: strawberry.ID = _of("The id of criteria in force.")
    answers: list[TriageAnswerInput] = _of("An answer to each of their questions.")
    route: ReferralRoute = _of("Where it goes, whatever the criteria propose.")
    services: list[str] = strawberry.field(
        description="The codes of agencies to which it goes beside those that its route reaches, 20 at the most.",
        default_factory=list,
    )
    reason: str | None = strawberry.field(
        description="Why, 4,000 characters at the most; needed where another route than the proposed one is taken.",
        default=None,
    )


@strawberry.input(description="A referral about which its referrer is asked for more.")
class ReturnReferralInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_REFERRAL)
    version: int = _of(_VERSION)
    question: str = _of("What is asked, 4,000 characters at the most; the referrer's agency reads it.")


@strawberry.input(description="What a referrer's agency adds to a referral about which it was asked.")
class AnswerReferralInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_REFERRAL)
    version: int = _of(_VERSION)
    text: str = _of("What is added to the narrative, 20,000 characters at the most; it is kept sealed as that is.")


@strawberry.input(description="A referral of the same matter as another.")
class MarkDuplicateInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of("The id of the referral that is not followed further.")
    version: int = _of(_VERSION)
    of: strawberry.ID = _of("The id of the referral that is followed instead.")
    reason: str = _of("Why they are of the same matter, 4,000 characters at the most.")


@strawberry.input(description="A referral that is taken up for triage.")
class TakeReferralInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_REFERRAL)
    version: int = _of(_VERSION)


@strawberry.input(description="A referral that was taken up and is to wait again.")
class HandBackReferralInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_REFERRAL)
    version: int = _of(_VERSION)
    reason: str | None = strawberry.field(
        description="Why, 4,000 characters at the most; needed where somebody else has taken it up.", default=None
    )


@strawberry.input(description="A referral with which nothing more is to be done.")
class CloseReferralInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_REFERRAL)
    version: int = _of(_VERSION)
    reason: str = _of("Why, 4,000 characters at the most.")


@strawberry.input(description="A referral that its referrer takes back.")
class WithdrawReferralInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_REFERRAL)
    version: int = _of(_VERSION)
    reason: str = _of("Why, 4,000 characters at the most.")


@strawberry.input(description="A referral that is to be looked at again.")
class ReopenReferralInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_REFERRAL)
    version: int = _of(_VERSION)
    reason: str = _of("Why, 4,000 characters at the most.")


@strawberry.type(description="It is done; the referral as this viewer may see it now.")
class ReferralChanged:
    referral: Referral | None = strawberry.field(description="The referral; null where this viewer may not see it.")


TriageResult = Annotated[
    ReferralChanged | NotPermitted | NotFound | Conflict | InvalidInput,
    strawberry.union("TriageResult", description="The referral as it is now, or why it is as it was."),
]

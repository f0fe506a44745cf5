"""What was referred in a time: the baselines against which trends are seen."""

import strawberry


@strawberry.type(description="How many referrals have something in common.")
class BaselineCount:
    name: str | None = strawberry.field(
        description="What it is: a code, or of a week its Monday; null where they have none."
    )
    count: int = strawberry.field(description="How many there are.")


@strawberry.type(
    description="What was referred in a time, counted over the referrals of which this viewer may see all that is "
    "counted, and over no others."
)
class Baselines:
    received: int = strawberry.field(description="How many were received.")
    returned: int = strawberry.field(description="Of how many the referrer was asked for more.")
    share_returned: float | None = strawberry.field(description="Those as a share of all.")
    triaged: int = strawberry.field(description="How many were triaged, until now.")
    median_hours_to_triage: float | None = strawberry.field(
        description="How many hours of the clock it took to triage those, in the middle."
    )
    by_heading: list[BaselineCount] = strawberry.field(
        description="By kind of behaviour; one that is of several kinds is counted with each."
    )
    by_ward: list[BaselineCount] = strawberry.field(description="By the ward of the pin.")
    by_route: list[BaselineCount] = strawberry.field(description="By where they went.")
    by_source: list[BaselineCount] = strawberry.field(description="By for whom they were made.")
    by_week: list[BaselineCount] = strawberry.field(description="By the week in which they were received.")

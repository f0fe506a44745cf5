"""The root of every subscription."""

from collections.abc import AsyncGenerator

import strawberry

from schema.alerts import Alert
from schema.arguments import After, Id
from schema.cases import Case
from schema.enums import UpdateKind
from schema.paging import unbound
from schema.referrals import Referral
from schema.tasks import Task

_CURSOR = "Where to go on: give it as `after` to miss nothing and hear nothing twice."
_KIND = "Whether it is told, or can be seen no more."


@strawberry.type(description="A case as this viewer may see it from now on.")
class CaseUpdate:
    cursor: str = strawberry.field(description=_CURSOR)
    kind: UpdateKind = strawberry.field(description=_KIND)
    case: Case | None = strawberry.field(description="The case; null where it is withdrawn.")


@strawberry.type(description="A task as this viewer may see it from now on.")
class TaskUpdate:
    cursor: str = strawberry.field(description=_CURSOR)
    kind: UpdateKind = strawberry.field(description=_KIND)
    task: Task | None = strawberry.field(description="The task.")


@strawberry.type(description="A referral as this viewer may see it from now on.")
class ReferralUpdate:
    cursor: str = strawberry.field(description=_CURSOR)
    kind: UpdateKind = strawberry.field(description=_KIND)
    referral: Referral | None = strawberry.field(description="The referral.")


@strawberry.type(description="An alert that was raised.")
class AlertUpdate:
    cursor: str = strawberry.field(description=_CURSOR)
    kind: UpdateKind = strawberry.field(description=_KIND)
    alert: Alert | None = strawberry.field(description="The alert, as far as this viewer may see it at that moment.")


@strawberry.type(
    description="What is told as it happens, over WebSocket (`graphql-transport-ws`). Each event is decided anew for "
    "who hears it, and recorded before it leaves."
)
class Subscription:
    @strawberry.subscription(
        description="A case: at once, unless it is as it was at the cursor, and whenever what was selected of it "
        "changes. Who can see it no more is told that it is withdrawn, and nothing after."
    )
    async def case_updates(self, id: Id, after: After = None) -> AsyncGenerator[CaseUpdate, None]:  # noqa: A002 - the contract's word
        yield unbound()

    @strawberry.subscription(description="The tasks of the viewer's agency with which something is done from now on.")
    async def task_updates(self, after: After = None) -> AsyncGenerator[TaskUpdate, None]:
        yield unbound()

    @strawberry.subscription(
        description="The referrals with which something is done from now on. `version` is to be selected: of those of "
        "which this viewer is told it everything is heard, of others what concerns their agency."
    )
    async def referral_updates(self, after: After = None) -> AsyncGenerator[ReferralUpdate, None]:
        yield unbound()

    @strawberry.subscription(
        description="The alerts of the viewer's agency: those of which nobody has taken notice, or all after the "
        "cursor, and from then on each that is raised."
    )
    async def alerts(self, after: After = None) -> AsyncGenerator[AlertUpdate, None]:
        yield unbound()

"""Actions: what agencies are to do in a case, and what came of it."""

import strawberry

from schema.classified import classified
from schema.enums import ActionStatus, DataClass
from schema.paging import Access, Connection, Node
from schema.scalars import Date, DateTime

_KEY = "A text of the client's own, 8 to 200 characters, by which it may ask again."
_CASE = "The case's id."


@strawberry.type(description="What an agency is to do in a case by a day.")
class Action(Node):
    text: str | None = classified(DataClass.CRIMINAL_OFFENCE, "What is to be done.")
    agency: str | None = classified(DataClass.PERSONAL, "The code of the agency that is to do it.")
    person: str | None = classified(DataClass.PERSONAL, "Who is to do it, as their agency names them, if somebody.")
    target_on: Date | None = classified(DataClass.PERSONAL, "The day by which it is to be done.")
    status: ActionStatus | None = classified(DataClass.PERSONAL, "Whether it is still to be done.")
    outcome: str | None = classified(DataClass.CRIMINAL_OFFENCE, "What came of it.")
    finished_at: DateTime | None = classified(DataClass.PERSONAL, "When it was over.")
    access: Access = strawberry.field(description="What this viewer may see of it.")


@strawberry.type(description="An action of a case.")
class CaseActionEdge:
    node: Action = strawberry.field(description="The action.")
    cursor: str = strawberry.field(description="Where it stands among them.")


@strawberry.type(description="Actions of a case.")
class CaseActionConnection(Connection):
    edges: list[CaseActionEdge] = strawberry.field(description="The actions of this page.")


@strawberry.input(description="Something that is to be done in a case.")
class AddActionInput:
    idempotency_key: str = strawberry.field(description=_KEY)
    id: strawberry.ID = strawberry.field(description=_CASE)
    text: str = strawberry.field(description="What, 4,000 characters at the most.")
    target_on: Date = strawberry.field(description="By which day, not a past one.")
    agency: str | None = strawberry.field(
        description="The code of the agency that is to do it; one's own, if none is named.", default=None
    )
    person: str | None = strawberry.field(
        description="Who of that agency, as it names them, 100 characters at the most.", default=None
    )


@strawberry.input(description="An action of a case that is over.")
class FinishActionInput:
    idempotency_key: str = strawberry.field(description=_KEY)
    id: strawberry.ID = strawberry.field(description=_CASE)
    action: strawberry.ID = strawberry.field(description="The action's id.")
    outcome: str = strawberry.field(description="What came of it, 4,000 characters at the most.")

"""Tasks: what people ask of one another across agencies, who has it now, and whether it was answered."""

from enum import Enum

import strawberry

from schema import filters, orders
from schema.arguments import After, By, First, Which
from schema.cases import Case
from schema.classified import classified
from schema.enums import DataClass, StepKind, TaskStatus
from schema.paging import Access, Connection, Node, unbound
from schema.scalars import Date, DateTime

_ACCESS = "What this viewer may see of it."
_PLACE = "Where it stands among them."


@strawberry.type(description="Something that is asked of a person, a team or an agency inside the hub.")
class Task(Node):
    title: str | None = classified(DataClass.CRIMINAL_OFFENCE, "What it is, in a line.")
    text: str | None = classified(DataClass.CRIMINAL_OFFENCE, "What is asked.")
    target_on: Date | None = classified(DataClass.PERSONAL, "The day by which an answer is asked for.")
    status: TaskStatus | None = classified(DataClass.PERSONAL, "How far it has come.")
    sent_at: DateTime | None = classified(DataClass.PERSONAL, "When it was sent.")
    sender: str | None = classified(DataClass.PERSONAL, "Who sent it, as their agency names them.")
    sender_agency: str | None = classified(DataClass.PERSONAL, "The code of the sender's agency.")
    agency: str | None = classified(DataClass.PERSONAL, "The code of the agency that it is with.")
    team: str | None = classified(DataClass.PERSONAL, "The code of the team that it is with, if it is one's.")
    person: str | None = classified(DataClass.PERSONAL, "Whom it is with, as their agency names them, if somebody.")
    received_at: DateTime | None = classified(DataClass.PERSONAL, "When it came to whom it is with.")
    answered_at: DateTime | None = classified(DataClass.PERSONAL, "When they first answered.")
    finished_at: DateTime | None = classified(DataClass.PERSONAL, "When it was over.")
    version: int | None = classified(
        DataClass.PERSONAL, "How often it has changed; who does something with it says from which version."
    )
    access: Access = strawberry.field(description=_ACCESS)

    @strawberry.field(description="What was done with it; nothing of that is ever changed.")
    def entries(
        self,
        first: First,
        which: Which[filters.TaskEntryFilter] = None,
        order_by: By[orders.TaskEntryOrder] = orders.TaskEntryOrder.ID,
        after: After = None,
    ) -> "TaskEntryConnection":
        return unbound()

    @strawberry.field(description="The case in which it came up, as far as this viewer may see it.")
    def cases(
        self,
        first: First,
        which: Which[filters.CaseFilter] = None,
        order_by: By[orders.CaseOrder] = orders.CaseOrder.ID,
        after: After = None,
    ) -> "TaskCaseConnection":
        return unbound()


@strawberry.type(description="What somebody did with a task; it is never changed.")
class TaskEntry(Node):
    number: int | None = classified(DataClass.PERSONAL, "Its place among what was done with the task, from 1.")
    kind: StepKind | None = classified(DataClass.PERSONAL, "What was done.")
    made_at: DateTime | None = classified(DataClass.PERSONAL, "When.")
    author: str | None = classified(
        DataClass.PERSONAL, "Who did it, as their agency names them; of what an absence does, who is away."
    )
    author_agency: str | None = classified(DataClass.PERSONAL, "The code of their agency.")
    text: str | None = classified(DataClass.CRIMINAL_OFFENCE, "What was answered, or why it was done.")
    agency: str | None = classified(DataClass.PERSONAL, "The code of the agency that it went to.")
    team: str | None = classified(DataClass.PERSONAL, "The code of the team that it went to.")
    person: str | None = classified(DataClass.PERSONAL, "Whom it went to, as their agency names them.")
    access: Access = strawberry.field(description=_ACCESS)


@strawberry.type(description="From when until when somebody is away, and who stands in.")
class Absence(Node):
    person: str | None = classified(DataClass.PERSONAL, "Who, as their agency names them.")
    from_day: Date | None = classified(DataClass.PERSONAL, "The first day.")
    until_day: Date | None = classified(DataClass.PERSONAL, "The last day.")
    stand_in: str | None = classified(DataClass.PERSONAL, "The colleague who stands in, as the agency names them.")
    stated_at: DateTime | None = classified(DataClass.PERSONAL, "When it was said; what was said last counts.")
    access: Access = strawberry.field(description=_ACCESS)


@strawberry.type(description="Something that was done with a task.")
class TaskEntryEdge:
    node: TaskEntry = strawberry.field(description="The entry.")
    cursor: str = strawberry.field(description=_PLACE)


@strawberry.type(description="What was done with a task.")
class TaskEntryConnection(Connection):
    edges: list[TaskEntryEdge] = strawberry.field(description="The entries of this page.")


@strawberry.type(description="A case in which a task came up.")
class TaskCaseEdge:
    node: Case = strawberry.field(description="The case.")
    cursor: str = strawberry.field(description=_PLACE)


@strawberry.type(description="Cases in which a task came up.")
class TaskCaseConnection(Connection):
    edges: list[TaskCaseEdge] = strawberry.field(description="The cases of this page.")


@strawberry.type(description="A task that came up in a case.")
class CaseTaskEdge:
    node: Task = strawberry.field(description="The task.")
    cursor: str = strawberry.field(description=_PLACE)


@strawberry.type(description="Tasks that came up in a case.")
class CaseTaskConnection(Connection):
    edges: list[CaseTaskEdge] = strawberry.field(description="The tasks of this page.")


@strawberry.type(description="A task in a list.")
class TaskEdge:
    node: Task = strawberry.field(description="The task.")
    cursor: str = strawberry.field(description="Where it stands in the list.")


@strawberry.type(description="A page of tasks.")
class TaskConnection(Connection):
    edges: list[TaskEdge] = strawberry.field(description="The tasks of this page.")


@strawberry.type(description="An absence in a list.")
class AbsenceEdge:
    node: Absence = strawberry.field(description="The absence.")
    cursor: str = strawberry.field(description="Where it stands in the list.")


@strawberry.type(description="A page of absences.")
class AbsenceConnection(Connection):
    edges: list[AbsenceEdge] = strawberry.field(description="The absences of this page.")


@strawberry.enum(description="Whose tasks are counted together.")
class WorkloadBy(Enum):
    PERSON = strawberry.enum_value("PERSON", description="Those with one person.")
    TEAM = strawberry.enum_value("TEAM", description="Those with one team, whichever of its people has them.")
    AGENCY = strawberry.enum_value("AGENCY", description="Those with one agency.")


@strawberry.type(
    description="How much is asked of a person, a team or an agency, and how soon it is answered: counted over the "
    "tasks of which this viewer may see all that is counted, and over no others."
)
class Workload:
    agency: str = strawberry.field(description="The code of the agency.")
    team: str | None = strawberry.field(description="The code of the team, where it is one's.")
    person: str | None = strawberry.field(description="Who, as their agency names them, where it is somebody's.")
    open: int = strawberry.field(description="Tasks that are not over.")
    unanswered: int = strawberry.field(description="Tasks that nobody has answered.")
    overdue: int = strawberry.field(description="Those of them of which the target day is past.")
    oldest: DateTime | None = strawberry.field(description="When the one that waits longest for an answer came.")
    median_hours_to_answer: float | None = strawberry.field(
        description="How many hours it took to answer those that were answered in the last 90 days, in the middle."
    )

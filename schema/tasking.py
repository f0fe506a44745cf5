"""What people bring to do something with tasks, and what comes of it: the task as it is now, or a refusal."""

from typing import Annotated, Any

import strawberry

from schema.changing import Conflict, InvalidInput, NotFound, NotPermitted
from schema.enums import Sensitivity
from schema.scalars import Date
from schema.tasks import Absence, Task


def _of(description: str) -> Any:  # noqa: ANN401 - strawberry's own field function has no better type
    return strawberry.field(description=description)


def _if(description: str) -> Any:  # noqa: ANN401 - as above
    return strawberry.field(description=description, default=None)


_KEY = "A text of the client's own, 8 to 200 characters, by which it may ask again."
_TASK = "The task's id."
_VERSION = "The version that was read: where the task has changed since, the answer is a `Conflict`."
_AGENCY = "The code of the agency that it goes to."
_TEAM = "The code of a team of that agency."
_PERSON = (
    "A person of that agency, as it names them, 100 characters at the most. Who is away has it handed on to whoever "
    "stands in; nobody is asked whether there is such a person, as the whole agency sees it."
)


@strawberry.input(description="A task for an agency, one of its teams or one of its people.")
class SendTaskInput:
    idempotency_key: str = _of(_KEY)
    agency: str = _of(_AGENCY)
    team: str | None = _if(_TEAM)
    person: str | None = _if(_PERSON)
    title: str = _of("What it is, 100 characters at the most.")
    text: str = _of("What is asked, 20,000 characters at the most.")
    target_on: Date = _of("The day by which an answer is asked for, not a past one.")
    case: strawberry.ID | None = _if("The id of the case in which it comes up; who may not see that is not told.")
    sensitivity: Sensitivity = strawberry.field(
        description="Its marking; that of the case, where that is higher.", default=Sensitivity.OFFICIAL
    )


@strawberry.input(description="A task that somebody takes upon themselves.")
class AcceptTaskInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_TASK)
    version: int = _of(_VERSION)


@strawberry.input(description="An answer to a task.")
class AnswerTaskInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_TASK)
    version: int = _of(_VERSION)
    text: str = _of("The answer, 20,000 characters at the most.")


@strawberry.input(description="A task that is handed on.")
class HandOnTaskInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_TASK)
    version: int = _of(_VERSION)
    agency: str = _of(_AGENCY)
    team: str | None = _if(_TEAM)
    person: str | None = _if(_PERSON)
    reason: str = _of("Why, 4,000 characters at the most.")


@strawberry.input(description="A task that is over.")
class FinishTaskInput:
    idempotency_key: str = _of(_KEY)
    id: strawberry.ID = _of(_TASK)
    version: int = _of(_VERSION)
    text: str | None = _if("What came of it, 20,000 characters at the most.")


@strawberry.input(description="When the asking person is away; what they said of it before counts no more.")
class SetAbsenceInput:
    idempotency_key: str = _of(_KEY)
    from_day: Date = _of("The first day.")
    until_day: Date = _of("The last day; a past one says that they are back.")
    stand_in: str = _of("The colleague who stands in, as the agency names them, 100 characters at the most.")


@strawberry.type(description="It is done; the task as this viewer may see it now.")
class TaskChanged:
    task: Task | None = strawberry.field(description="The task; null where this viewer may not see it.")


@strawberry.type(description="It is noted; the absence as this viewer may see it.")
class AbsenceStated:
    absence: Absence | None = strawberry.field(description="The absence; null where this viewer may not see it.")


TaskResult = Annotated[
    TaskChanged | NotPermitted | NotFound | Conflict | InvalidInput,
    strawberry.union("TaskResult", description="The task as it is now, or why it is as it was."),
]
AbsenceResult = Annotated[
    AbsenceStated | NotPermitted | InvalidInput,
    strawberry.union("AbsenceResult", description="The absence, or why it was not noted."),
]

"""What the forms do: one mutation each, upon the thing in the address, with what stands in the fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hub.errors import BadRequest
from hub.work.pages import ALERTS, CASE, CASES, REFERRAL, TASK, TASKS, Page

STATUSES = {"NotPermitted": 403, "NotFound": 404, "Conflict": 409, "InvalidInput": 422, "Locked": 423}
"""The refusals of the contract, and as what they are sent."""


Form = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Stands below its page under its `name`; `operation` is its mutation, `wanted` and `optional` are its fields.

    `names` says how the input names the thing, `lists` reads what several fields say together, and `then` is the page
    that shows what came of it, where that is another one.
    """

    name: str
    page: Page
    operation: str
    said: str
    wanted: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    versioned: bool = False
    names: str = "id"
    lists: Callable[[Form], Mapping[str, object]] | None = None
    then: Page | None = None

    @property
    def path(self) -> str:
        is_below = self.page.thing is not None or not self.names
        return f"{self.page.path}/{self.name}" if is_below else f"{self.page.path}/{{id}}/{self.name}"

    def input(self, path: Mapping[str, str], form: Form) -> dict[str, object]:
        """Make the mutation's input; raises BadRequest for a form that is not one of the hub's."""
        given: dict[str, object] = {"idempotencyKey": form.get("key", "")}
        if self.names:
            given[self.names] = [path["id"]] if self.names == "ids" else path["id"]
        given |= {name: form.get(name, "") for name in self.wanted}
        given |= {name: form[name] for name in self.optional if form.get(name, "").strip()}
        given |= self.lists(form) if self.lists is not None else {}
        return given | ({"version": _version(form)} if self.versioned else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why an act was not done, for the form that it came from; `fields` says by field what is wanted."""

    act: str
    message: str
    status: int
    fields: Mapping[str, str]


def refusal(act: Act, done: Mapping[str, Any]) -> Refusal | None:
    """Read what a mutation answered; None where it was done."""
    status = STATUSES.get(done["__typename"])
    if status is None:
        return None
    fields = {".".join(one["path"][1:]): one["message"] for one in done.get("fields", ())}
    return Refusal(act=act.name, message=done["message"], status=status, fields=fields)


def _version(form: Form) -> int:
    text = form.get("version", "")
    if not text.isdecimal() or len(text) > 9:  # noqa: PLR2004 - GraphQL's integers end soon after
        raise BadRequest("the form names no version")
    return int(text)


def _judged(form: Form) -> Mapping[str, object]:
    """Read the answers to the questions of triage, and to whom else a referral goes."""
    answers = {name.removeprefix("answers."): text for name, text in form.items() if name.startswith("answers.")}
    return {
        "answers": [{"question": question, "answer": answer} for question, answer in answers.items()],
        "services": [name.removeprefix("services.") for name in form if name.startswith("services.")],
    }


ACTS = (
    Act(
        name="acknowledge",
        page=ALERTS,
        operation="WorkAcknowledgeAlerts",
        names="ids",
        said="You have taken notice of the alert.",
    ),
    Act(
        name="send",
        page=TASKS,
        operation="WorkSendTask",
        names="",
        wanted=("agency", "title", "text", "targetOn"),
        optional=("team", "person"),
        then=TASK,
        said="The task was sent.",
    ),
    Act(name="accept", page=TASK, operation="WorkAcceptTask", versioned=True, said="The task is yours."),
    Act(
        name="answer",
        page=TASK,
        operation="WorkAnswerTask",
        versioned=True,
        wanted=("text",),
        said="Your answer was sent.",
    ),
    Act(
        name="hand-on",
        page=TASK,
        operation="WorkHandOnTask",
        versioned=True,
        wanted=("agency", "reason"),
        optional=("team", "person"),
        said="The task was handed on.",
    ),
    Act(
        name="finish",
        page=TASK,
        operation="WorkFinishTask",
        versioned=True,
        optional=("text",),
        then=TASKS,
        said="The task is finished.",
    ),
    Act(
        name="triage",
        page=REFERRAL,
        operation="WorkTriageReferral",
        versioned=True,
        wanted=("criteria", "route"),
        optional=("reason",),
        lists=_judged,
        said="The referral was triaged.",
    ),
    Act(
        name="return",
        page=REFERRAL,
        operation="WorkReturnReferral",
        versioned=True,
        wanted=("question",),
        said="The referrer's agency was asked.",
    ),
    Act(
        name="reply",
        page=REFERRAL,
        operation="WorkAnswerReferral",
        versioned=True,
        wanted=("text",),
        said="Your answer was added to the referral.",
    ),
    Act(
        name="duplicate",
        page=REFERRAL,
        operation="WorkMarkDuplicate",
        versioned=True,
        wanted=("of", "reason"),
        said="The other referral is followed instead.",
    ),
    Act(
        name="look-again",
        page=REFERRAL,
        operation="WorkReopenReferral",
        versioned=True,
        wanted=("reason",),
        said="The referral waits to be triaged again.",
    ),
    Act(
        name="case",
        page=REFERRAL,
        operation="WorkOpenCase",
        names="referral",
        wanted=("caseType",),
        optional=("reference", "summary"),
        then=CASE,
        said="The case is open.",
    ),
    Act(
        name="open",
        page=CASES,
        operation="WorkOpenCase",
        names="",
        wanted=("caseType",),
        optional=("reference", "summary"),
        then=CASE,
        said="The case is open.",
    ),
    Act(
        name="note",
        page=CASE,
        operation="WorkAddNote",
        wanted=("text", "assertionType"),
        said="Your note stands in the case.",
    ),
    Act(name="join", page=CASE, operation="WorkJoinCase", said="Your agency takes part in the case."),
    Act(
        name="leave",
        page=CASE,
        operation="WorkLeaveCase",
        then=CASES,
        said="Your agency takes no part in the case any more.",
    ),
    Act(name="invite", page=CASE, operation="WorkInviteToCase", wanted=("agency",), said="The agency was invited."),
    Act(
        name="ask",
        page=CASE,
        operation="WorkSendTask",
        names="case",
        wanted=("agency", "title", "text", "targetOn"),
        optional=("team", "person"),
        said="The task was sent.",
    ),
    Act(
        name="close",
        page=CASE,
        operation="WorkCloseCase",
        versioned=True,
        wanted=("reason",),
        said="The case is closed.",
    ),
    Act(
        name="reopen",
        page=CASE,
        operation="WorkReopenCase",
        versioned=True,
        wanted=("reason",),
        said="The case is open again.",
    ),
)
SAID: Mapping[str, str] = {act.name: act.said for act in ACTS}

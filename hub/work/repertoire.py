"""All that people can do on the pages."""

from collections.abc import Mapping

from hub.work.acts import Act, Form
from hub.work.pages import ALERTS, CASE, CASES, INVOLVE, REFERRAL, TASK, TASKS


def _judged(form: Form) -> Mapping[str, object]:
    """Read the answers to the questions of triage, and to whom else a referral goes."""
    answers = {name.removeprefix("answers."): text for name, text in form.items() if name.startswith("answers.")}
    return {
        "answers": [{"question": question, "answer": answer} for question, answer in answers.items()],
        "services": [name.removeprefix("services.") for name in form if name.startswith("services.")],
    }


def _consent(form: Form) -> Mapping[str, object]:
    """Read whether somebody consents; an answer that is neither is none, which the contract does not take."""
    return {"isGiven": {"yes": True, "no": False}.get(form.get("isGiven", ""))}


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
        name="involve",
        page=INVOLVE,
        operation="WorkInvolvePerson",
        wanted=("person", "role"),
        then=CASE,
        said="The case concerns this person.",
    ),
    Act(
        name="plan",
        page=CASE,
        operation="WorkAddAction",
        wanted=("text", "targetOn"),
        optional=("agency", "person"),
        said="It stands among what is to be done.",
    ),
    Act(
        name="tick-off",
        page=CASE,
        operation="WorkFinishAction",
        wanted=("action", "outcome"),
        said="It is done.",
    ),
    Act(
        name="transfer",
        page=CASE,
        operation="WorkTransferLead",
        versioned=True,
        wanted=("agency", "reason"),
        said="The other agency leads the case.",
    ),
    Act(
        name="consent",
        page=CASE,
        operation="WorkConfirmConsent",
        versioned=True,
        wanted=("text",),
        lists=_consent,
        said="The answer on consent stands in the case.",
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
"""What a page says once it is done, by the name in its address."""

"""What people do with alerts, tasks and their own absence."""

from hub.work.acts import Act
from hub.work.pages import ALERTS, TASK, TASKS, TEAM

TASK_ACTS = (
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
        wanted=("title", "text", "targetOn"),
        chosen=("agency",),
        optional=("team", "person"),
        then=TASK,
        otherwise=TASKS,
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
        wanted=("reason",),
        chosen=("agency",),
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
        name="away",
        page=TEAM,
        operation="WorkSetAbsence",
        names="",
        wanted=("fromDay", "untilDay", "standIn"),
        said="While you are away, what is asked of you goes to who stands in.",
    ),
    Act(
        name="back",
        page=TEAM,
        operation="WorkSetAbsence",
        names="",
        wanted=("fromDay", "untilDay", "standIn"),
        said="You are back: what is asked of you is with you again.",
    ),
)

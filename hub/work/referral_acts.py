"""What people do with referrals."""

from hub.work.acts import Act
from hub.work.pages import CASE, REFER, REFERRAL
from hub.work.readings import judged, referred

REFERRAL_ACTS = (
    Act(
        name="submit",
        page=REFER,
        operation="WorkSubmitReferral",
        names="",
        wanted=("narrative",),
        chosen=("source",),
        optional=("address", "wantedOutcome"),
        lists=referred,
        then=REFERRAL,
        said="The referral was received. Quote its reference when you ask after it, unless it is intelligence.",
    ),
    Act(
        name="triage",
        page=REFERRAL,
        operation="WorkTriageReferral",
        versioned=True,
        wanted=("criteria",),
        chosen=("route",),
        optional=("reason",),
        lists=judged,
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
        wanted=("reason",),
        chosen=("of",),
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
)

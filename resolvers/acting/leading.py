"""Who leads a case, and whether whom it concerns agrees."""

from collections.abc import Mapping
from functools import partial

from graph.casework import Target
from graph.facts import Claim
from graph.vocabulary import Node
from graph.work_vocabulary import ConsentStatus, EntryKind
from policies.reach import lets_act
from resolvers.acting.acting import Acting
from resolvers.acting.casework import find_case, require_open, require_version, restate
from resolvers.acting.deeds import Deed, of_one
from resolvers.acting.inputs import LONG, Given
from resolvers.acting.refusals import invalid, not_permitted

_LEADING = "change"
"""Whoever may do this to a case of theirs can lead one."""


async def _transfer(acting: Acting, given: Given) -> str:
    """Let another agency lead the case; the one that led it takes part as before, and consent is asked for again.

    The case is that agency's own from now on, so that the agreements let its people do what leading takes.
    """
    case, agency = await find_case(acting, given, "transferLead"), given.values["agency"]
    require_version(acting, case, given)
    require_open(acting, case)
    if agency == acting.agency or agency not in case.properties["participants"]:
        raise invalid([(("input", "agency"), "is the code of another agency that takes part")])
    if not _can_lead(acting, agency, case):
        raise not_permitted()
    passed = {"owner": agency, "consentStatus": ConsentStatus.TO_CONFIRM.value}
    said = {"text": f"{agency}: {given.text('reason', LONG)}"}
    return await restate(acting, case, EntryKind.TRANSFERRED, passed, said)


async def _confirm_consent(acting: Acting, given: Given) -> str:
    case = await find_case(acting, given, "confirmConsent")
    require_version(acting, case, given)
    require_open(acting, case)
    status = ConsentStatus.CONFIRMED if given.values["isGiven"] else ConsentStatus.REFUSED
    said = {"text": given.text("text", LONG)}
    return await restate(acting, case, EntryKind.CONSENT_ASKED, {"consentStatus": status.value}, said)


def _can_lead(acting: Acting, agency: str, case: Target) -> bool:
    """Whether somebody of an agency could work on such a case if it were theirs: it would be nobody's otherwise."""
    claim = Claim(
        type=Node.CASE,
        owner=agency,
        dataset=case.source.dataset,
        sensitivity=case.marking.sensitivity,
        marked=tuple(case.properties["marked"]),
    )
    engine, day = acting.snapshot.engine, acting.viewer.day
    return lets_act(engine, agency, _LEADING, claim.under(()), day)


def _check_reason(given: Given) -> None:
    given.text("reason", LONG)


def _check_text(given: Given) -> None:
    given.text("text", LONG)


_deed = partial(Deed, node=Node.CASE, done="CaseChanged")
DEEDS: Mapping[str, Deed] = {
    "transferLead": _deed(act="transferLead", check=_check_reason, do=of_one(_transfer)),
    "confirmConsent": _deed(act="confirmConsent", check=_check_text, do=of_one(_confirm_consent)),
}
"""By the mutation's name in the contract."""

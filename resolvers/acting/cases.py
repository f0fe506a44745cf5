"""What people do with cases."""

from collections.abc import Mapping
from functools import partial

from graph import casework
from graph.casework import DATASET, Target
from graph.facts import Claim
from graph.records import Source, Value
from graph.vocabulary import CaseStatus, Node
from graph.work_vocabulary import ConsentStatus, EntryKind
from graph.writer import state
from policies.vocabulary import Sensitivity
from resolvers.acting.acceptance import accept, acceptable
from resolvers.acting.acting import Acting
from resolvers.acting.casework import entry, find_case, require_open, require_version, restate, version_of
from resolvers.acting.deeds import Deed, nothing, of_one
from resolvers.acting.inputs import LONG, NOTE, SHORT, Given
from resolvers.acting.markings import inherited
from resolvers.acting.refusals import conflict, invalid

_TEXTS = (("caseType", SHORT), ("reference", SHORT), ("summary", LONG))


async def _open(acting: Acting, given: Given) -> str:
    change, agency = acting.change, acting.agency
    referral = await acceptable(acting, given)
    marking = inherited(Sensitivity(given.values["sensitivity"]), referral)
    marked = tuple(sorted(marking.protections))
    claim = Claim(type=Node.CASE, owner=agency, dataset=DATASET, sensitivity=marking.sensitivity, marked=marked)
    acting.require_new("open", Node.CASE, claim.under(()), {"case_member": True})
    values: dict[str, Value] = {
        **_texts(given),
        "status": CaseStatus.OPEN.value,
        "openedOn": acting.viewer.day,
        "consentStatus": ConsentStatus.TO_CONFIRM.value,
        "participants": [agency],
        "version": 1,
    }
    case = casework.case(Source(owner=agency, dataset=DATASET, key=change.stamp.chance("")), marking, values)
    stored = await state(change, (), (case, *entry(acting, case, EntryKind.OPENED)))
    if referral is not None:
        await accept(acting, referral, case)
    return stored.ids[f"{Node.CASE}:{case.source}"]


async def _change(acting: Acting, given: Given) -> str:
    case = await find_case(acting, given, "change")
    require_version(acting, case, given)
    return await restate(acting, case, EntryKind.CHANGED, _texts(given))


async def _join(acting: Acting, given: Given) -> str:
    case = await find_case(acting, given, "join")
    return await _admit(acting, case, acting.agency, EntryKind.JOINED)


async def _invite(acting: Acting, given: Given) -> str:
    case, agency = await find_case(acting, given, "invite"), given.values["agency"]
    if agency not in acting.snapshot.engine.agencies:
        raise invalid([(("input", "agency"), "is the code of an agency of the partnership")])
    return await _admit(acting, case, agency, EntryKind.INVITED)


async def _admit(acting: Acting, case: Target, agency: str, kind: EntryKind) -> str:
    require_open(acting, case)
    present = case.properties["participants"]
    if agency in present:
        return case.id
    about = agency if kind is EntryKind.INVITED else None
    return await restate(acting, case, kind, {"participants": [*present, agency]}, {"text": about})


async def _leave(acting: Acting, given: Given) -> str:
    case = await find_case(acting, given, "leave")
    if acting.agency == case.properties["owner"]:
        raise conflict("Your agency leads the case: it can be closed, not left.", version_of(acting, case))
    left = [agency for agency in case.properties["participants"] if agency != acting.agency]
    return await restate(acting, case, EntryKind.LEFT, {"participants": left})


async def _note(acting: Acting, given: Given) -> str:
    case = await find_case(acting, given, "note", is_kept_here=False)
    said = {"text": given.text("text", NOTE), "assertionType": given.values["assertionType"]}
    noted = entry(acting, case, EntryKind.NOTED, said)
    await state(acting.change, (), noted, {case.ref: case.held})
    return case.id


async def _close(acting: Acting, given: Given) -> str:
    case = await find_case(acting, given, "close")
    require_version(acting, case, given)
    require_open(acting, case)
    reason = given.text("reason", LONG)
    ended = {"status": CaseStatus.CLOSED.value, "closedOn": acting.viewer.day, "closureReason": reason}
    return await restate(acting, case, EntryKind.CLOSED, ended, {"text": reason})


async def _reopen(acting: Acting, given: Given) -> str:
    case = await find_case(acting, given, "reopen")
    require_version(acting, case, given)
    if case.properties["status"] != CaseStatus.CLOSED:
        raise conflict("The case is open.", version_of(acting, case))
    begun = {"status": CaseStatus.OPEN.value, "closedOn": None, "closureReason": None}
    return await restate(acting, case, EntryKind.REOPENED, begun, {"text": given.text("reason", LONG)})


def _texts(given: Given) -> dict[str, str]:
    found = {name: given.text(name, most) for name, most in _TEXTS}
    return {name: text for name, text in found.items() if text is not None}


def _check_texts(given: Given) -> None:
    _texts(given)


def _check_changes(given: Given) -> None:
    if not _texts(given):
        given.wrong.append((("input",), "names something to change"))


def _check_note(given: Given) -> None:
    given.text("text", NOTE)


def _check_reason(given: Given) -> None:
    given.text("reason", LONG)


_deed = partial(Deed, node=Node.CASE, done="CaseChanged")
DEEDS: Mapping[str, Deed] = {
    "openCase": _deed(act="open", check=_check_texts, do=of_one(_open)),
    "changeCase": _deed(act="change", check=_check_changes, do=of_one(_change), ends=True),
    "joinCase": _deed(act="join", check=nothing, do=of_one(_join)),
    "leaveCase": _deed(act="leave", check=nothing, do=of_one(_leave)),
    "inviteToCase": _deed(act="invite", check=nothing, do=of_one(_invite)),
    "addNote": _deed(act="note", check=_check_note, do=of_one(_note), adds=True),
    "closeCase": _deed(act="close", check=_check_reason, do=of_one(_close), ends=True),
    "reopenCase": _deed(act="reopen", check=_check_reason, do=of_one(_reopen)),
}
"""By the mutation's name in the contract."""

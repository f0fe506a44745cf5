"""That somebody whom a referral describes is a person of the hub: a judgement, by which nothing is joined.

Made or taken back, it moves no version: whoever is told that, and not of whom it is, would learn that there is one.
"""

from collections.abc import Mapping
from functools import partial

import orjson

from graph.records import LinkFact, Marking, Source
from graph.referral_words import ReferralStep
from graph.referring import DESK
from graph.vocabulary import Link, Node
from graph.writer import end, state
from resolvers.acting.acting import Acting
from resolvers.acting.deeds import Deed, of_one
from resolvers.acting.described import PROTECTED
from resolvers.acting.inputs import LONG, Given
from resolvers.acting.referral_steps import Step, judged, referral_for, stated
from resolvers.acting.refusals import invalid, not_found

_PERSON = ("input", "person")
_SAID = ("author", "madeAt", "reason")


async def _confirm(acting: Acting, given: Given) -> str:
    """Name in the referral whom it describes: what it states stays as it is, and the desk alone hears of it."""
    referral = await acting.find(Node.REFERRAL, given.values["id"], "input", "id")
    acting.require("confirmLikeness", Node.REFERRAL, referral)
    person = await acting.find(Node.PERSON, given.values["person"], *_PERSON)
    if not await acting.likens(given.values["person"], referral):
        raise not_found(*_PERSON)
    if acting.knows_to_be_protected(person):
        raise invalid([(_PERSON, PROTECTED)])
    named = LinkFact(
        type=Link.REFERS_TO,
        source=Source(owner=acting.agency, dataset=DESK, key=f"{referral.id}/{person.id}"),
        marking=Marking(sensitivity=person.marking.sensitivity),
        start=referral.ref,
        end=person.ref,
        values={
            "author": acting.viewer.principal.subject,
            "madeAt": acting.change.stamp.now,
            "reason": given.text("reason", LONG) or "",
        },
    )
    found = {referral.ref: referral.held, person.ref: person.held}
    await state(acting.change, (judged(acting, referral), named), (), found)
    return referral.id


async def _withdraw(acting: Acting, given: Given) -> str:
    """Hold them for that person no longer: a step of the desk's own, and what was said stays with the link's claim."""
    referral = await referral_for(acting, given, "withdrawLikeness")
    await acting.find(Node.PERSON, given.values["person"], *_PERSON)
    named = await acting.named(referral, given.values["person"])
    if not named:
        raise not_found(*_PERSON)
    author, reason = acting.viewer.principal.subject, given.text("reason", LONG)
    for tie in named:
        said = orjson.dumps({name: tie.said[name] for name in _SAID}).decode()
        await end(acting.change, [tie.claim], author, reason, said)
    step = Step(kind=ReferralStep.LIKENESS_WITHDRAWN, agencies=[acting.agency], said={"reason": reason})
    await stated(acting, referral, judged(acting, referral), step)
    return referral.id


def _check(given: Given) -> None:
    given.text("reason", LONG)


_deed = partial(Deed, node=Node.REFERRAL, done="ReferralChanged", check=_check)
DEEDS: Mapping[str, Deed] = {
    "confirmLikeness": _deed(act="confirmLikeness", do=of_one(_confirm)),
    "withdrawLikeness": _deed(act="withdrawLikeness", do=of_one(_withdraw)),
}
"""By the mutation's name in the contract."""

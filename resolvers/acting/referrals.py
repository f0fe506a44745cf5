"""What people do with referrals."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from graph.casework import Target
from graph.facts import Claim
from graph.records import LinkFact, Marking, NodeFact, Ref, Source, Value
from graph.referral_words import ReferralSource, ReferralState
from graph.referring import INTELLIGENCE, ORDINARY, Matter, Resemblance, resembling
from graph.vocabulary import Link, Node
from graph.writer import state
from policies.vocabulary import PUBLIC, Sensitivity
from resolvers.acting.acting import Acting
from resolvers.acting.deeds import Deed, of_one
from resolvers.acting.described import LINE, MOST, PROTECTED, check_described, described, proposed, sealed
from resolvers.acting.inputs import LONG, NOTE, Given
from resolvers.acting.pins import check_pin, place
from resolvers.acting.refusals import invalid

ALIKE_FOR = timedelta(days=28)
"""How long after an earlier referral another may be of the same matter."""
SPOKEN_FOR = {ReferralSource.COUNCILLOR_FOR_CONSTITUENT: "councillor", ReferralSource.PUBLIC: PUBLIC}
"""The role that refers for whom; of others everybody speaks."""
PROTECTED_PLACE = "is a place that is protected: tell those who may know yourself, outside of the hub"
UNNAMED = frozenset({ReferralSource.UNNAMED_PROFESSIONAL, ReferralSource.PUBLIC})


async def _submit(acting: Acting, given: Given) -> str:
    role = SPOKEN_FOR.get(given.values["source"])
    if role is not None and role not in acting.viewer.principal.roles:
        raise invalid([(("input", "source"), "is somebody for whom you refer")])
    named = await _named(acting, Node.PERSON, "people", given)
    places = await _named(acting, Node.PREMISES, "premises", given)
    people = described(acting, given)
    values = {**_values(acting, given), "describedPeople": sealed(acting, people), **await place(acting, given)}
    is_intelligence = given.values["isIntelligence"]
    source = Source(
        owner=acting.agency,
        dataset=INTELLIGENCE if is_intelligence else ORDINARY,
        key=acting.change.stamp.chance(""),
    )
    marking = Marking(sensitivity=Sensitivity.OFFICIAL_SENSITIVE if is_intelligence else Sensitivity.OFFICIAL)
    _require(acting, source, marking, values)
    since = (datetime.fromisoformat(acting.change.stamp.now) - ALIKE_FOR).isoformat().replace("+00:00", "Z")
    matter = Matter(
        dataset=source.dataset,
        values=values,
        persons=[person.properties["personId"] for person in named],
        premises=[premises.id for premises in places],
    )
    alike = await resembling(acting.change.ask, matter, since)
    referral = NodeFact(type=Node.REFERRAL, source=source, marking=marking, values=values)
    links = (
        *(_names(Link.REFERS_TO, referral, person) for person in named),
        *(_names(Link.HAPPENS_AT, referral, premises) for premises in places),
        *(_alike(referral, one) for one in alike),
        *await proposed(acting, people, referral),
    )
    stored = await state(acting.change, (referral, *links))
    return stored.ids[f"{Node.REFERRAL}:{source}"]


async def _named(acting: Acting, node: Node, name: str, given: Given) -> list[Target]:
    """Find whom a referral is about, or where it happens.

    Whoever is told of a protection because they are spared must not pass it on: what they write of such a person or
    place would reach those who are not. Of others this cannot be said, nor to who is spared but knows a pointer alone,
    or it would tell of the protection.
    """
    named, idents = [], given.values[name]
    for ident in dict.fromkeys(idents):
        path = ("input", name, str(idents.index(ident)))
        target = await acting.find(node, ident, *path)
        if acting.knows_to_be_protected(target):
            raise invalid([(path, PROTECTED if node is Node.PERSON else PROTECTED_PLACE)])
        named.append(target)
    return named


def _require(acting: Acting, source: Source, marking: Marking, values: Mapping[str, Value]) -> None:
    claim = Claim(
        type=Node.REFERRAL,
        owner=source.owner,
        dataset=source.dataset,
        sensitivity=marking.sensitivity,
        marked=(),
    )
    is_near = values.get("ward") in acting.viewer.principal.wards
    acting.require_new("submit", Node.REFERRAL, claim.under(()), {"in_area": is_near})


def _values(acting: Acting, given: Given) -> dict[str, Value]:
    """What the referral states besides its place; what is told in words of people and of what happened is sealed."""
    stamp, concerns, source = acting.change.stamp, given.values["concerns"], given.values["source"]
    stated: dict[str, Value | None] = {
        "reference": stamp.chance("R-")[:14].upper(),
        "state": ReferralState.RECEIVED.value,
        "source": source,
        "receivedAt": stamp.now,
        "referrer": None if source in UNNAMED else acting.viewer.principal.subject,
        "headings": [concern["heading"] for concern in concerns],
        "qualifiers": [concern["qualifier"] for concern in concerns],
        "toldPeople": [acting.seal.close(text) for text in given.texts("toldPeople", LINE)],
        "address": given.text("address", LINE),
        "wantedOutcome": given.text("wantedOutcome", LONG),
        "hasConsent": given.values["hasConsent"],
        "narrative": [acting.seal.close(given.text("narrative", NOTE) or "")],
        **({"agencies": []} if given.values["isIntelligence"] else _triaged(acting)),
        "version": 1,
        "turn": acting.change.turn,
        "toldTurn": acting.change.turn,
        "versionTurn": acting.change.turn,
    }
    return {name: value for name, value in stated.items() if value is not None}


def _triaged(acting: Acting) -> dict[str, Value | None]:
    """What is stated of a referral that waits for triage, which intelligence does not."""
    due = acting.snapshot.engine.triage_due(acting.change.stamp.now, acting.viewer.day)
    return {"dueAt": due, "agencies": [acting.agency]}


def _names(link: Link, referral: NodeFact, target: Target) -> LinkFact:
    return LinkFact(
        type=link,
        source=_linked(referral, target.id),
        marking=Marking(sensitivity=target.marking.sensitivity),
        start=referral.ref,
        end=target.ref,
        values={},
    )


def _alike(referral: NodeFact, earlier: Resemblance) -> LinkFact:
    """What two referrals have in common protects that they are alike."""
    return LinkFact(
        type=Link.RESEMBLES,
        source=_linked(referral, earlier.key),
        marking=Marking(
            sensitivity=Sensitivity.highest(referral.marking.sensitivity, earlier.sensitivity),
            protections=earlier.protections,
        ),
        start=referral.ref,
        end=Ref(
            type=Node.REFERRAL,
            source=Source(owner=earlier.owner, dataset=referral.source.dataset, key=earlier.key),
        ),
        values={},
    )


def _linked(referral: NodeFact, other: str) -> Source:
    own = referral.source
    return Source(owner=own.owner, dataset=own.dataset, key=f"{own.key}/{other}")


def _check(given: Given) -> None:
    if not 1 <= len(given.values["concerns"]) <= MOST:
        given.refuse("concerns", f"names 1 to {MOST} concerns")
    for name in ("people", "toldPeople"):
        if len(given.values[name]) > MOST:
            given.refuse(name, f"names {MOST} people at the most")
    if len(given.values["premises"]) > MOST:
        given.refuse("premises", f"names {MOST} premises at the most")
    check_described(given)
    check_pin(given)
    given.text("narrative", NOTE)
    given.text("address", LINE)
    given.text("wantedOutcome", LONG)
    given.texts("toldPeople", LINE)


DEEDS: Mapping[str, Deed] = {
    "submitReferral": Deed(
        act="submit", node=Node.REFERRAL, done="ReferralSubmitted", check=_check, do=of_one(_submit)
    ),
}
"""By the mutation's name in the contract."""

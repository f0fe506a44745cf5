"""Made-up facts of a few people in a few places, and how hypothesis draws them."""

from dataclasses import replace
from itertools import product
from typing import Any

from hypothesis import strategies as st

from graph.records import NodeFact
from graph.vocabulary import Link, Node
from policies.vocabulary import Protection
from tests.support.scenes import (
    SENSITIVE,
    Facts,
    associate,
    case,
    concerns,
    link,
    person,
    premises,
    resides,
    sibling,
    thing,
)

OWNERS = ("council", "police", "housing", "larkhall", "victim_support")
LANDLORDS = ("council", "housing", "victim_support")
IDENTITIES: tuple[dict[str, str], ...] = (
    {"givenName": "Grace", "familyName": "Hart", "dateOfBirth": "1991-04-02", "nationalInsuranceNumber": "QQ123456C"},
    {"givenName": "Noah", "familyName": "Hart", "dateOfBirth": "2015-09-30", "nhsNumber": "9434765919"},
    {"givenName": "Pat", "familyName": "Quill", "dateOfBirth": "1970-12-12", "phone": "+447700900123"},
)
HOMES: tuple[dict[str, str], ...] = (
    {"address": "1 Dean Street", "postcode": "W1D 3DH", "ward": "E05013808"},
    {"address": "2 Moxon Street", "postcode": "W1U 4EW", "ward": "E05013794"},
    {"address": "3 Sutherland Avenue", "postcode": "W9 2HQ", "ward": "E05013795"},
)
MOMENT = "2026-11-19T10:00:00Z"
CASES = ("council/council-asb-cases/1", "police/crimes/1")
ROLES = ("VICTIM", "PERPETRATOR", "PROFESSIONAL")
SCHOOL = thing(Node.SCHOOL, "hub/schools-register/900001", urn="900001", name="Larkhall", ward=HOMES[0]["ward"])
PROBATION = thing(Node.AGENCY, "hub/agencies/probation")
_people = st.integers(0, len(IDENTITIES) - 1)
_homes = st.integers(0, len(HOMES) - 1)
_MARKS: tuple[tuple[Any, ...], ...] = (
    *((mark,) for mark in Protection),
    (Protection.REFUGE, SENSITIVE),
    (SENSITIVE,),
)
_marks = st.sampled_from((*((),) * 6, *_MARKS))


def _record(owner: str, who: int, marks: tuple[Any, ...], home: int | None, more: dict[str, Any]) -> Facts:
    values: dict[str, Any] = {**IDENTITIES[who], **({} if home is None else HOMES[home]), **more}
    return person(f"{owner}/{who}", *marks, **values)


def _place(owner: str, home: int, marks: tuple[Any, ...] = ()) -> Any:  # noqa: ANN401 - a node fact
    return premises(f"{owner}/home-{home}", *marks, **HOMES[home])


def _who(owner: str, who: int) -> Any:  # noqa: ANN401 - a node fact
    return person(f"{owner}/{who}")


_more = st.fixed_dictionaries(
    {},
    optional={
        "phone": st.sampled_from(("+447700900123", "+447700900777")),
        "email": st.sampled_from(("a@example.org", "b@example.org")),
        "warningMarkers": st.sampled_from((["VIOLENT"], ["DOG", "KNIFE"])),
        "gender": st.sampled_from(("FEMALE", "MALE")),
        "aliases": st.sampled_from((["Gigi"], ["P."])),
    },
)
records = st.builds(_record, st.sampled_from(OWNERS), _people, _marks, st.one_of(st.none(), _homes), _more)
covert = st.builds(
    _record,
    st.sampled_from(OWNERS),
    _people,
    st.sampled_from(
        ((Protection.COVERT,), (Protection.SILENT,), (Protection.WITNESS,), (Protection.REFUGE, SENSITIVE))
    ),
    _homes,
    _more,
)
facts: st.SearchStrategy[Facts] = st.one_of(
    covert,
    records,
    records,
    st.builds(_place, st.sampled_from(LANDLORDS), _homes, _marks),
    st.builds(
        lambda owner, who, home, more: resides(_who(owner, who), _place(owner, home), **more),
        st.sampled_from(LANDLORDS),
        _people,
        _homes,
        st.sampled_from(({}, {"since": "2024-01-01"})),
    ),
    st.builds(
        lambda name, agencies, status: case(name, name.partition("/")[0], *sorted(agencies), status=status),
        st.sampled_from(CASES),
        st.frozensets(st.sampled_from(("council", "police", "housing", "larkhall", "victim_support"))),
        st.sampled_from(("OPEN", "OPEN", "CLOSED")),
    ),
    st.builds(
        lambda name, owner, who, role: concerns(case(name), _who(owner, who), role),
        st.sampled_from(CASES),
        st.sampled_from(OWNERS),
        _people,
        st.sampled_from(ROLES),
    ),
    st.builds(
        lambda name, owner, home: concerns(case(name), _place(owner, home)),
        st.sampled_from(CASES),
        st.sampled_from(LANDLORDS),
        _homes,
    ),
    st.builds(
        lambda owner, one, other: sibling(_who(owner, one), _who(owner, other)),
        st.sampled_from(("council", "larkhall", "victim_support")),
        st.just(0),
        st.just(1),
    ),
    st.builds(
        lambda owner, one, since: associate(_who(owner, one), _who(owner, 2), since=since),
        st.sampled_from(("council", "police")),
        st.sampled_from((0, 1)),
        st.sampled_from(("2020-01-01", "2021-01-01")),
    ),
)


def _group(name: str, marks: tuple[Any, ...] = (SENSITIVE,)) -> NodeFact:
    return thing(Node.GROUP, "police/police-groups/1", *marks, name=name, groupType="CREW")


def _pupil(who: int, marks: tuple[Any, ...], since: str) -> Facts:
    return link(Link.PUPIL_AT, _who("larkhall", who), SCHOOL, *marks, since=since)


def _supervised(who: int, marks: tuple[Any, ...], order: str) -> Facts:
    client = person(f"probation/probation-supervisions/{who}", **IDENTITIES[who])
    return link(Link.SUPERVISED_BY, client, PROBATION, *marks, order=order)


def _incident(category: str) -> Facts:
    return thing(Node.INCIDENT, "police/street/1", category=category, month="2025-01", ward=HOMES[0]["ward"])


def entry(owner: str, matter: str, marks: tuple[Any, ...], text: str) -> list[Facts]:
    """What somebody noted in a case, what is to be done there, and what happened."""
    noted = thing(
        Node.CASE_ENTRY,
        f"{owner}/casework/{matter.partition('/')[0]}-{text}",
        *marks,
        kind="NOTED",
        madeAt="2026-11-20T10:00:00Z",
        author="somebody",
        text=text,
        assertionType="OPINION",
    )
    action = thing(
        Node.ACTION,
        f"{owner}/casework/{matter.partition('/')[0]}-{text}-action",
        *marks,
        text=text,
        agency=owner,
        person=text,
        targetOn="2026-11-30",
        status="OPEN",
    )
    incident = thing(
        Node.CASE_INCIDENT,
        f"{owner}/casework/{matter.partition('/')[0]}-{text}-incident",
        *marks,
        heading="NOISE",
        qualifier="NUISANCE",
        happenedOn="2026-11-19",
        text=text,
        ward=HOMES[0]["ward"],
        longitude=-0.1337,
        latitude=51.5136,
    )
    found = (noted, action, incident)
    return [*found, *(link(Link.RECORDED_IN, one, case(matter)) for one in found)]


def assessed(owner: str, matter: str, who: NodeFact, marks: tuple[Any, ...], text: str) -> list[Facts]:
    """How high the risk is held to be to somebody in a case."""
    found = thing(
        Node.RISK_ASSESSMENT,
        f"{owner}/casework/{matter.partition('/')[0]}-{text}-risk",
        *marks,
        template="asb-victim",
        templateVersion=1,
        answers=[f"harm={text}"],
        points=9,
        scored="MEDIUM",
        band="HIGH",
        reason="ESCALATION",
        why=text,
        status="CURRENT",
        assessedAt="2026-11-20T10:00:00Z",
        assessedBy="somebody",
    )
    return [found, link(Link.RECORDED_IN, found, case(matter)), link(Link.ASSESSES, found, who)]


def asked(owner: str, other: str, matter: str | None, marks: tuple[Any, ...], text: str) -> list[Facts]:
    """What one agency asked of another, perhaps in a case, and that it did."""
    moment = "2026-11-20T10:00:00Z"
    task = thing(
        Node.TASK,
        f"{owner}/tasks/{other}-{text}",
        *marks,
        title=text,
        text=text,
        targetOn="2026-11-22",
        status="SENT",
        sentAt=moment,
        sender="somebody",
        senderAgency=owner,
        agency=other,
        person=text,
        receivedAt=moment,
        version=1,
        steps=1,
        agencies=sorted({owner, other}),
    )
    step = thing(
        Node.TASK_ENTRY,
        f"{owner}/tasks/{other}-{text}-1",
        *marks,
        number=1,
        kind="SENT",
        madeAt=moment,
        author="somebody",
        authorAgency=owner,
        agency=other,
    )
    about = [] if matter is None else [link(Link.RAISED_IN, task, case(matter))]
    return [task, step, link(Link.STEP_OF, step, task), *about]


def _referral(owner: str, marks: tuple[Any, ...], text: str, latitude: float = 51.5136) -> NodeFact:
    return thing(
        Node.REFERRAL,
        f"{owner}/referrals/{text}",
        *marks,
        reference=text,
        state="ROUTED",
        source="PARTNER",
        referrer=text,
        headings=["NOISE"],
        qualifiers=["NUISANCE"],
        address=text,
        ward=HOMES[0]["ward"],
        longitude=-0.1337,
        latitude=latitude,
        receivedAt=MOMENT,
        triagedAt="2026-11-20T10:00:00Z",
        route="POLICE",
        version=1,
        agencies=[owner],
    )


def referred(owner: str, matter: str, who: NodeFact, marks: tuple[Any, ...], text: str) -> list[Facts]:
    """What an agency referred of somebody and was triaged, from which a case was opened of which it was alerted."""
    referral = _referral(owner, marks, text)
    step = thing(
        Node.REFERRAL_ENTRY,
        f"{owner}/referrals/{text}-1",
        *marks,
        number=1,
        kind="TRIAGED",
        madeAt=MOMENT,
        author="somebody",
        authorAgency=owner,
        agencies=[owner],
    )
    told = {"title": text, "rule": "child-near-concern", "tie": "SIBLING_OF", "leadAgency": owner, "status": "RAISED"}
    alert = thing(Node.ALERT, f"{owner}/alerts/{text}", *marks, **told, raisedAt=MOMENT)
    own = [mark for mark in marks if isinstance(mark, Protection)]
    likened, home = link(Link.LIKENED_IN, who, referral, *own), _place("council", 0)
    return [
        *(link(Link.REFERS_TO, referral, who, *own), link(Link.TELLS_OF, alert, who, *own, part="CHILD")),
        *(link(Link.HAPPENS_AT, referral, home, *own), link(Link.HAPPENS_AT, FIRST, home)),
        replace(likened, source=replace(likened.source, dataset="referrals")),
        *(FIRST, link(Link.RESEMBLES, referral, FIRST, *own)),
        *(referral, step, link(Link.DONE_WITH, step, referral, *own)),
        link(Link.OPENED_FROM, case(matter), referral, *own),
        *(alert, link(Link.TELLS_OF, alert, case(matter), *own)),
    ]


FIRST = _referral("housing", (), "First", latitude=51.5536)
"""What others are like, by the place that they name and not by their pins."""
_protections = st.sampled_from(((), (), *((mark,) for mark in Protection)))
_dates = st.sampled_from(("2024-09-01", "2025-09-01"))
ties: st.SearchStrategy[Facts] = st.one_of(
    st.builds(_pupil, _people, _protections, _dates),
    st.builds(_supervised, _people, _protections, st.sampled_from(("Licence", "Community"))),
    st.builds(
        lambda who, marks, since: link(Link.MEMBER_OF, _who("police", who), _group("Crew"), *marks, since=since),
        *(_people, _protections, _dates),
    ),
    st.builds(
        lambda owner, marks: link(Link.PARENT_OF, _who(owner, 0), _who(owner, 1), *marks),
        *(st.sampled_from(("council", "larkhall", "victim_support")), _protections),
    ),
    st.builds(_group, st.sampled_from(("Crew", "Gang")), st.sampled_from(((SENSITIVE,), (Protection.COVERT,), ()))),
    st.builds(_incident, st.sampled_from(("Burglary", "Drugs"))),
)
"""Families, schools, groups and supervision, and what happens in a street."""


def beginning() -> list[Facts]:
    """What every scene has: the council's people, a case of theirs, and a tenancy."""
    matter = case(CASES[0], "council", "police", "housing", "larkhall")
    found: list[Facts] = [_record("council", at, (), at, {}) for at in range(len(IDENTITIES))]
    found += [_record("housing", 0, (), 0, {}), _place("housing", 0), resides(_who("housing", 0), _place("housing", 0))]
    found += [matter, concerns(matter, _who("council", 0), "VICTIM"), _place("council", 1), _place("council", 0)]
    found.append(premises("council/home-9", **{**HOMES[0], "postcode": "W1D 3DI"}))
    found += [resides(_who("council", 1), _place("council", 1)), concerns(matter, _place("council", 1))]
    pupil, client = _record("larkhall", 1, (), 1, {}), person("probation/probation-supervisions/2", **IDENTITIES[2])
    return [*found, SCHOOL, _group("Crew"), _incident("Burglary"), pupil, client, _record("police", 2, (), 2, {})]


def every_class() -> list[Facts]:
    """Somebody of each kind, with a home and every tie, so that facts are of classes which were seen before."""
    dates = {"openedOn": "2024-01-01", "closedOn": "2024-06-01"}
    found: list[Facts] = [SCHOOL, _incident("Burglary"), *(case(one, one.partition("/")[0], **dates) for one in CASES)]
    found += [_group("Crew", marks) for marks in ((), (Protection.COVERT,), (SENSITIVE,))]
    for at, (marks, by) in enumerate(product(((), *_MARKS), (OWNERS, ("victim_support",)))):
        for owner in (*OWNERS, "probation/probation-supervisions"):
            found += _entangled(f"{owner}/{at}", marks if owner in by or "/" in owner else (), at)
            found += _touched(f"{owner}/{at}-touched", marks)
    return found


def _touched(name: str, marks: tuple[Any, ...]) -> list[Facts]:
    """Somebody unmarked in a marked home, and an unmarked home with somebody marked in it."""
    who, home = person(name, givenName="Kim", familyName="Kind"), premises(f"{name}-home", *marks, **HOMES[1])
    other, place = person(f"{name}-other", *marks, givenName="Lee"), premises(f"{name}-place", **HOMES[1])
    return [who, home, other, place, resides(who, home), resides(other, place)]


def _entangled(name: str, marks: tuple[Any, ...], at: int) -> list[Facts]:
    own = [mark for mark in marks if isinstance(mark, Protection)]
    values = {"givenName": "Kim", "familyName": f"Kind {at}", "nationalInsuranceNumber": f"QQ{at:06}A"}
    span = {"since": "2024-01-01", "until": "2024-06-01"}
    since = {"since": "2024-01-01"}
    more: dict[str, Any] = {"phone": "1", "email": "k@example.org", "warningMarkers": ["DOG"], "aliases": ["Kay"]}
    who = person(name, *marks, **values, **HOMES[1], **more)
    other = person(f"{name}-other", givenName="Lee", familyName="Kind", gender="MALE", nhsNumber="9434765919")
    home = premises(f"{name}-home", *marks, name="Home", uprn="100023336956", **HOMES[0])
    matters = [case(one) for one in CASES]
    return [
        *(who, other, home, resides(who, home, **span), sibling(who, other), associate(who, other, **since)),
        link(Link.PARENT_OF, who, other, *own),
        link(Link.PUPIL_AT, who, SCHOOL, *own, **span),
        link(Link.MEMBER_OF, who, _group("Crew"), *own, **since),
        link(Link.SUPERVISED_BY, who, PROBATION, *own, **span, order="Licence"),
        *(concerns(matter, what) for matter in matters for what in (who, home)),
        *(fact for one in CASES for fact in entry(name.partition("/")[0], one, marks, f"Kind {at}")),
        *assessed(name.partition("/")[0], CASES[1], who, marks, f"Kind {at}"),
        *asked(name.partition("/")[0], "council", CASES[0], marks, f"Kind {at}"),
        *referred(name.partition("/")[0], CASES[0], who, marks, f"Kind {at}"),
    ]


def told_otherwise(who: int, otherwise: dict[str, Any]) -> Facts:
    """The council's record of somebody, with a value that is another."""
    return _record("council", who, (), who, otherwise)


def placed_otherwise(home: int, otherwise: dict[str, Any]) -> Facts:
    """The council's premises, with a value that is another."""
    return premises(f"council/home-{home}", **{**HOMES[home], **otherwise})


otherwise: tuple[dict[str, Any], ...] = (
    {"phone": "+447700900123"},
    {"phone": "+447700900777"},
    {"email": "a@example.org"},
    {"familyName": "Hill"},
    {"givenName": "Gail"},
    {"dateOfBirth": "1991-04-03"},
    {"dateOfBirth": "1993-04-02"},
    {"postcode": "W1D 3DJ"},
    {"postcode": "W9 2HA"},
    {"address": "1A Dean Street"},
    {"ward": "E05013792"},
    {"warningMarkers": ["VIOLENT"]},
    {"warningMarkers": ["DOG"]},
    {"nhsNumber": "9434765919"},
    {"gender": "MALE"},
)
"""A value of the council's that is another; many viewers are told it in part or not at all."""
changes: st.SearchStrategy[Facts] = st.one_of(
    st.builds(told_otherwise, _people, st.sampled_from(otherwise)),
    st.builds(told_otherwise, _people, st.sampled_from(otherwise)),
    st.builds(
        placed_otherwise, _homes, st.sampled_from(({"name": "Haven"}, {"uprn": "100023336956"}, *otherwise[7:11]))
    ),
    covert,
    facts,
    ties,
)
noted: st.SearchStrategy[list[Facts]] = st.builds(
    entry, st.sampled_from(OWNERS), st.sampled_from(CASES), _marks, st.sampled_from(("Seen again", "Moved away"))
)
requested: st.SearchStrategy[list[Facts]] = st.builds(
    asked,
    st.sampled_from(OWNERS),
    st.sampled_from(OWNERS),
    st.sampled_from((None, *CASES)),
    _marks,
    st.sampled_from(("Whose flat", "Who called")),
)
heard_of: st.SearchStrategy[list[Facts]] = st.builds(
    referred,
    st.sampled_from(OWNERS),
    st.sampled_from(CASES),
    st.builds(_who, st.just("council"), _people),
    _marks,
    st.sampled_from(("Noise again", "Fires")),
)
marked = st.builds(
    _record, st.just("victim_support"), _people, st.just((Protection.REFUGE, SENSITIVE)), _homes, st.just({})
)
"""Victim support's own marking of somebody whom the council knows."""

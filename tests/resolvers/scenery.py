"""Made-up facts of a few people in a few places, and how hypothesis draws them."""

from typing import Any

from hypothesis import strategies as st

from policies.vocabulary import Protection
from tests.support.scenes import (
    SENSITIVE,
    Facts,
    associate,
    case,
    concerns,
    person,
    premises,
    resides,
    sibling,
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
CASES = ("council/council-asb-cases/1", "police/crimes/1")
ROLES = ("VICTIM", "PERPETRATOR", "PROFESSIONAL")
_people = st.integers(0, len(IDENTITIES) - 1)
_homes = st.integers(0, len(HOMES) - 1)
_marks = st.sampled_from(
    (
        *((),) * 6,
        (Protection.REFUGE,),
        (Protection.REFUGE, SENSITIVE),
        (Protection.COVERT,),
        (Protection.WITNESS,),
        (Protection.ADOPTION,),
        (Protection.SILENT,),
        (SENSITIVE,),
    )
)


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


def beginning() -> list[Facts]:
    """What every scene has: the council's people, a case of theirs, and a tenancy."""
    matter = case(CASES[0], "council", "police", "housing", "larkhall")
    found: list[Facts] = [_record("council", at, (), at, {}) for at in range(len(IDENTITIES))]
    found += [_record("housing", 0, (), 0, {}), _place("housing", 0), resides(_who("housing", 0), _place("housing", 0))]
    found += [matter, concerns(matter, _who("council", 0), "VICTIM"), _place("council", 1), _place("council", 0)]
    found.append(premises("council/home-9", **{**HOMES[0], "postcode": "W1D 3DI"}))
    return [*found, resides(_who("council", 1), _place("council", 1)), concerns(matter, _place("council", 1))]


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
)
marked = st.builds(
    _record, st.just("victim_support"), _people, st.just((Protection.REFUGE, SENSITIVE)), _homes, st.just({})
)
"""Victim support's own marking of somebody whom the council knows."""

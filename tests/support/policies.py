"""Made-up policies, viewers and classes, and how hypothesis draws them.

What a draw leads to is made once: to make strategies takes many times as long as to draw from them.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from policies.classes import FactClass
from policies.viewer import ViewerClass
from policies.vocabulary import Protection, Purpose, Sensitivity

DAY = "2026-11-24"
TYPES = ("Person", "Premises", "Case", "RESIDES_AT", "SIBLING_OF", "CONCERNS", "PARTICIPATES_IN")
PURPOSES = (Purpose.ASB_PREVENTION, Purpose.CRIME_PREVENTION)
OWNERS = ("police", "council", "larkhall", "fennel")
DATASETS = ("nominals", "people", "roll")
ROLES = {"police": ("officer", "analyst"), "council": ("asb_officer",), "larkhall": ("dsl",), "fennel": ("dsl",)}
_AGENCY_TYPES = {"police": "POLICE", "council": "LOCAL_AUTHORITY", "larkhall": "SCHOOL", "fennel": "SCHOOL"}
_CONDITIONS: Mapping[str, tuple[str, ...]] = {
    "Person": ("in_area", "case_member", "child"),
    "Premises": ("in_area", "case_member"),
    "Case": ("in_area", "case_member"),
    "RESIDES_AT": ("in_area", "case_member", "child"),
    "SIBLING_OF": ("in_area", "case_member", "child"),
    "CONCERNS": ("in_area", "case_member", "role"),
    "PARTICIPATES_IN": (),
    "Task": ("addressed",),
    "Referral": ("in_area", "addressed"),
    "REFERS_TO": ("in_area", "addressed"),
}
_SHOWS: Mapping[str, tuple[Any, ...]] = {
    "Person": (
        "pointer",
        {"full": ["name"], "dateOfBirth": "year"},
        {"full": ["name", "dateOfBirth", "home", "phone"]},
        {"name": "initials", "dateOfBirth": "decade", "address": "ward"},
        {"address": "postcode_district", "postcode": "postcode_district", "warningMarkers": "present"},
        {"full": ["warningMarkers", "phone"]},
    ),
    "Premises": ("pointer", {"full": ["place"]}, {"address": "ward", "location": "grid_1km"}),
    "Case": ("pointer", {"full": ["reference", "status"]}, {"full": ["summary"]}),
    "RESIDES_AT": ("pointer", {"full": ["home"]}),
    "SIBLING_OF": ("pointer",),
    "CONCERNS": ("pointer", {"full": ["role"]}),
    "PARTICIPATES_IN": ("pointer",),
    "Task": ("pointer", {"full": ["status", "agency"]}, {"full": ["text"]}),
    "Referral": ("pointer", {"full": ["reference", "state"]}, {"location": "grid_1km"}),
    "REFERS_TO": ("pointer",),
}
ACTS: Mapping[str, tuple[str, ...]] = {
    "Person": ("correct", "merge"),
    "Case": ("open", "join", "note", "close"),
    "CONCERNS": ("withdraw",),
}
"""On types with all the conditions there are, some more than the contract has."""
_CAPS: tuple[Mapping[str, Any], ...] = (
    {"Person": {"nothing": ["home"]}, "RESIDES_AT": "nothing"},
    {"Person": {"dateOfBirth": "year"}},
    {"Person": {"nothing": ["dateOfBirth", "phone"]}},
    {"Person": {"address": "ward", "postcode": "postcode_district"}},
    {"Person": "nothing", "RESIDES_AT": "nothing"},
    {"Premises": "nothing"},
    {"Premises": {"nothing": ["place"]}},
    {"Case": {"nothing": ["summary"]}},
    {"Case": "nothing"},
    {"SIBLING_OF": "nothing"},
    {"CONCERNS": {"nothing": ["role"]}},
    {"CONCERNS": "nothing"},
    {"Task": {"nothing": ["text"]}},
    {"Referral": {"nothing": ["state"]}},
    {"REFERS_TO": "nothing"},
)

Texts = dict[str, str]


def text(document: object) -> str:
    """A document as the YAML that JSON is."""
    return json.dumps(document, indent=1)


def partnership() -> str:
    """`agencies.yaml` of four agencies, two of them schools."""
    contact = {"name": "Desk", "email": "desk@example.org"}
    agencies = {
        code: {"name": code, "type": _AGENCY_TYPES[code], "roles": list(roles), "contact": contact}
        for code, roles in ROLES.items()
    }
    return text({"agencies": agencies})


def agreement(id_: str, grants: Sequence[object], flows: Sequence[object] | None = None, **changes: object) -> str:
    """An agreement in force that all four have signed; by default the council's records go to the police."""
    usual = [{"from": ["council"], "to": {"police": ["officer"]}}]
    document = {
        "id": id_,
        "version": 1,
        "title": id_,
        "tier": "ISP",
        "status": "in_force",
        "valid": {"from": "2025-01-01", "until": "2028-12-31", "review_by": "2027-12-31"},
        "signed_by": list(OWNERS),
        "uses": [{"purpose": purpose, "gateway": "CDA1998_S115", "article6": "e"} for purpose in PURPOSES],
        "flows": usual if flows is None else flows,
        "grants": grants,
    }
    return text(document | changes)


def limits(*entries: Mapping[str, object]) -> str:
    """`limits.yaml`; each entry has at least `when` and `caps`."""
    usual = {"title": "a limit", "protective": False, "spares": {}}
    return text({"limits": [{"id": f"limit-{at}", **usual, **entry} for at, entry in enumerate(entries)]})


def texts(*agreements: str, limits: str = '{"limits": []}') -> Texts:
    """A whole folder of documents."""
    numbered = {f"agreements/a{at}.yaml": one for at, one in enumerate(agreements)}
    return {"agencies.yaml": partnership(), "limits.yaml": limits, **numbered}


def viewer(agency: str = "police", *roles: str, purpose: Purpose | None = Purpose.ASB_PREVENTION) -> ViewerClass:
    return ViewerClass(agency=agency, roles=frozenset(roles or ROLES[agency][:1]), purpose=purpose)


def assignments(count: int) -> list[tuple[bool | None, ...]]:
    """Every three-valued assignment of some conditions."""
    return list(product((True, False, None), repeat=count))


def policies(*types: str, acts: Mapping[str, Sequence[str]] = MappingProxyType({})) -> st.SearchStrategy[Texts]:
    """Folders that the check has no errors in, with agreements on some types and limits that touch them."""
    named = types or TYPES
    acted = {name: words for name, words in acts.items() if name in named}
    touching = [caps for caps in _CAPS if set(caps) & {*named, "Person"}]
    limited = {at: _limit(caps) for at, caps in enumerate(touching)}
    return st.builds(
        lambda agreements, entries: texts(*agreements, limits=limits(*entries)),
        st.lists(_agreement(named, acted), min_size=1, max_size=2),
        st.lists(st.sampled_from(tuple(limited)).flatmap(limited.__getitem__), min_size=1, max_size=3),
    )


def viewer_classes() -> st.SearchStrategy[ViewerClass]:
    """Viewers of the partnership, in one of their roles or two, some of them strangers' roles."""
    return st.sampled_from(OWNERS).flatmap(_viewer_classes_of)


@cache
def _viewer_classes_of(agency: str) -> st.SearchStrategy[ViewerClass]:
    return st.builds(
        ViewerClass,
        agency=st.just(agency),
        roles=st.sampled_from((ROLES[agency][:1], ROLES[agency], (ROLES[agency][0], "visitor"))).map(frozenset),
        purpose=st.sampled_from(PURPOSES),
    )


@cache
def fact_classes(type_name: str) -> st.SearchStrategy[str]:
    """Classes of a type as they are stored, all of whose facts are known; see `less_known`."""
    markings = (frozenset[Protection](), frozenset({Protection.REFUGE}), frozenset({Protection.WITNESS}))
    return st.builds(
        lambda owner, dataset, sensitivity, marked, more: str(
            FactClass(
                type=type_name,
                owner=owner,
                dataset=dataset,
                sensitivity=sensitivity,
                marked=marked,
                protections=marked | more,
            )
        ),
        st.sampled_from(OWNERS),
        st.sampled_from(DATASETS),
        st.sampled_from(tuple(Sensitivity)),
        st.sampled_from(markings),
        st.sampled_from(markings),
    )


def less_known(fact_class: str, part: int) -> str:
    """The class without one of its facts: owner (1), dataset, sensitivity, marked, protections (5)."""
    words = fact_class.split("/")
    return "/".join((*words[:part], "?", *words[part + 1 :]))


def _agreement(types: Sequence[str], acts: Mapping[str, Sequence[str]]) -> st.SearchStrategy[str]:
    everybody = {agency: list(roles) for agency, roles in ROLES.items()}
    flow = st.fixed_dictionaries(
        {
            "from": st.sampled_from((list(OWNERS), ["council", {"type": "SCHOOL"}], ["police", "council"], "own")),
            "to": st.sampled_from(
                (everybody, everybody, {"police": ["officer"]}, [{"type": "SCHOOL", "roles": ["dsl"]}])
            ),
        },
        optional={"for": st.sampled_from(PURPOSES).map(lambda one: [one])},
    )
    return st.builds(
        lambda number, flows, grants, may: agreement(
            f"agreement-{number}",
            [{"id": f"g{at}", **grant} for at, grant in enumerate(grants)],
            [*flows, {"from": "own", "to": everybody}] if any({"by", "for"} & set(one) for one in may) else flows,
            may=[{"id": f"m{at}", **one} for at, one in enumerate(may)],
        ),
        st.uuids(),
        st.lists(flow, min_size=1, max_size=2),
        st.lists(st.sampled_from(types).flatmap(_grant), min_size=2, max_size=5),
        st.lists(st.sampled_from(list(acts.items())).flatmap(_may), min_size=2, max_size=4) if acts else st.just([]),
    )


@cache
def _grant(type_name: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "type": st.just(type_name),
            "when": _when(_CONDITIONS[type_name], {}),
            "show": st.sampled_from(_SHOWS[type_name]),
        }
    )


@cache
def _may(acts: tuple[str, Sequence[str]]) -> st.SearchStrategy[dict[str, Any]]:
    type_name, words = acts
    return st.fixed_dictionaries(
        {
            "act": st.lists(st.sampled_from(words), min_size=1, max_size=2, unique=True),
            "type": st.just(type_name),
            "when": _when(_CONDITIONS[type_name], {}),
        },
        optional={
            "by": st.sampled_from(
                ({"police": ["officer", "analyst"]}, {"council": ["asb_officer"], "fennel": ["dsl"]})
            ),
            "for": st.sampled_from(PURPOSES).map(lambda one: [one]),
        },
    )


def _limit(caps: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    defined = [set(_CONDITIONS[name]) for name in caps]
    conditions = tuple(sorted(set.intersection(*defined)))
    protections = {"protections": st.sampled_from((["refuge"], ["witness"], ["refuge", "witness"]))}
    spares = st.sampled_from(({}, {"police": ["officer"]}, {"council": ["asb_officer"], "larkhall": ["dsl"]}))
    ordinary = st.fixed_dictionaries(
        {
            "when": _when(conditions, protections),
            "caps": st.just(caps),
            "spares": spares,
            "protective": st.just(value=False),
        }
    )
    protective = st.fixed_dictionaries(
        {
            "when": st.fixed_dictionaries(protections, optional=_asked(conditions)),
            "caps": st.just(caps),
            "spares": spares,
            "protective": st.just(value=True),
        }
    )
    return st.one_of(ordinary, protective)


def _asked(conditions: Sequence[str]) -> dict[str, st.SearchStrategy[Any]]:
    roles = st.sampled_from((["VICTIM"], ["VICTIM", "WITNESS"], ["PERPETRATOR"]))
    return {one: roles if one == "role" else st.just(value=True) for one in conditions}


def _when(conditions: Sequence[str], more: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Facts of the class now and then, conditions more often: they are what is hard."""
    facts: dict[str, st.SearchStrategy[Any]] = {
        "owner": st.sampled_from(OWNERS),
        "dataset": st.sampled_from(DATASETS),
        "sensitivity_at_most": st.sampled_from(tuple(Sensitivity)),
        **_asked(conditions),
        **more,
    }
    names = (*sorted(facts), *conditions, *conditions, *more)

    @cache
    def stated(*named: str) -> st.SearchStrategy[dict[str, Any]]:
        return st.fixed_dictionaries({one: facts[one] for one in named})

    plain = st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True).flatmap(lambda named: stated(*named))
    any_of = st.builds(
        lambda own, others: {**own, "any_of": others},
        st.one_of(st.just({}), plain),
        st.lists(plain, min_size=2, max_size=2),
    )
    return st.one_of(plain, plain, any_of, st.just({"unconditional": True}))

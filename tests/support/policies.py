"""Made-up policies, viewers and classes, and how hypothesis draws them."""

import json
from collections.abc import Mapping, Sequence
from itertools import product
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
}
_CAPS: tuple[Mapping[str, Any], ...] = (
    {"Person": {"nothing": ["home"]}, "RESIDES_AT": "nothing"},
    {"Person": {"dateOfBirth": "year"}},
    {"Person": {"nothing": ["dateOfBirth", "phone"]}},
    {"Person": {"address": "ward", "postcode": "postcode_district"}},
    {"Person": "nothing", "RESIDES_AT": "nothing"},
    {"Premises": "nothing"},
    {"Premises": {"nothing": ["place"]}},
    {"Case": {"nothing": ["summary"]}},
    {"SIBLING_OF": "nothing"},
    {"CONCERNS": {"nothing": ["role"]}},
    {"CONCERNS": "nothing"},
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


def policies() -> st.SearchStrategy[Texts]:
    """Folders that the check has no errors in, with agreements and limits of all kinds."""
    return st.builds(
        lambda agreements, entries: texts(*agreements, limits=limits(*entries)),
        st.lists(_agreement(), min_size=1, max_size=3),
        st.lists(_limit(), max_size=3),
    )


def viewer_classes() -> st.SearchStrategy[ViewerClass]:
    """Viewers of the partnership, with one role, two, none, or a stranger's."""
    return st.sampled_from(OWNERS).flatmap(
        lambda agency: st.builds(
            ViewerClass,
            agency=st.just(agency),
            roles=st.frozensets(st.sampled_from((*ROLES[agency], "visitor")), max_size=2),
            purpose=st.sampled_from(PURPOSES),
        )
    )


def fact_classes(type_name: str) -> st.SearchStrategy[str]:
    """Classes of a type as they are stored, now and then with an unknown fact."""
    protections = st.frozensets(st.sampled_from((Protection.REFUGE, Protection.WITNESS)))
    return st.builds(
        lambda owner, dataset, sensitivity, marked, more: str(
            FactClass(
                type=type_name,
                owner=owner,
                dataset=dataset,
                sensitivity=sensitivity,
                marked=marked,
                protections=None if more is None or marked is None else marked | more,
            )
        ),
        _mostly(st.sampled_from(OWNERS)),
        _mostly(st.sampled_from(DATASETS)),
        _mostly(st.sampled_from(tuple(Sensitivity))),
        _mostly(protections),
        _mostly(protections),
    )


def _mostly(known: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A fact that is unknown once in a while."""
    return st.integers(0, 19).flatmap(lambda chance: known if chance else st.none())


def _agreement() -> st.SearchStrategy[str]:
    flow = st.fixed_dictionaries(
        {
            "from": st.one_of(
                st.just("own"),
                st.lists(st.sampled_from((*OWNERS, {"type": "SCHOOL"})), min_size=1, max_size=2, unique_by=str),
            ),
            "to": st.sampled_from(
                (
                    {"police": ["officer"]},
                    {"police": ["officer", "analyst"], "council": ["asb_officer"]},
                    {"council": ["asb_officer"]},
                    [{"type": "SCHOOL", "roles": ["dsl"]}],
                )
            ),
        },
        optional={"for": st.sampled_from(PURPOSES).map(lambda one: [one])},
    )
    return st.builds(
        lambda number, flows, grants: agreement(
            f"agreement-{number}", [{"id": f"g{at}", **grant} for at, grant in enumerate(grants)], flows
        ),
        st.uuids(),
        st.lists(flow, min_size=1, max_size=3),
        st.lists(st.sampled_from(TYPES).flatmap(_grant), min_size=1, max_size=6),
    )


def _grant(type_name: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "type": st.just(type_name),
            "when": _when(_CONDITIONS[type_name], {}),
            "show": st.sampled_from(_SHOWS[type_name]),
        }
    )


def _limit() -> st.SearchStrategy[dict[str, Any]]:
    return st.sampled_from(_CAPS).flatmap(_limit_on)


def _limit_on(caps: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
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
    facts: dict[str, st.SearchStrategy[Any]] = {
        "owner": st.sampled_from(OWNERS),
        "dataset": st.sampled_from(DATASETS),
        "sensitivity_at_most": st.sampled_from(tuple(Sensitivity)),
        **_asked(conditions),
        **more,
    }
    plain = st.lists(st.sampled_from(sorted(facts)), min_size=1, max_size=2, unique=True).flatmap(
        lambda named: st.fixed_dictionaries({one: facts[one] for one in named})
    )
    any_of = st.builds(
        lambda own, others: {**own, "any_of": others},
        st.one_of(st.just({}), plain),
        st.lists(plain, min_size=1, max_size=2),
    )
    return st.one_of(st.just({"unconditional": True}), plain, plain, any_of)

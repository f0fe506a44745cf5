"""What there is for a viewer, worked out from a dump of the whole graph and the decision alone."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from graph.columns import sources
from graph.conditions import ROLE, first_end
from graph.store import Store
from graph.vocabulary import Link, Node
from policies.classes import FactClass
from policies.conditions import source
from policies.masks import MASKS
from policies.view import Snapshot, View
from policies.viewer import Viewer

Properties = Mapping[str, Any]
_RECORDS = "MATCH (n:PersonRecord)-[:ABOUT]->(p:Person) RETURN collect([properties(n), properties(p)])"
_NODES = "MATCH (n:{label}) RETURN collect([properties(n), null])"
_EDGES = "MATCH (a:{start})-[e:{type}]->(b:{end}) RETURN collect([a.{near}, properties(e), b.{far}])"
_KINDS = (
    *(Node.PERSON, Node.PREMISES, Node.ESTABLISHMENT, Node.CASE, Node.CASE_ENTRY, Node.TASK, Node.TASK_ENTRY),
    *(Node.REFERRAL, Node.REFERRAL_ENTRY, Node.ALERT),
    *(Node.ACTION, Node.RISK_ASSESSMENT, Node.CASE_INCIDENT, Node.SCHOOL, Node.INCIDENT, Node.GROUP, Node.AGENCY),
)
_RUNS = (
    (Node.PERSON, Link.RESIDES_AT, Node.PREMISES),
    (Node.PERSON, Link.SIBLING_OF, Node.PERSON),
    (Node.PERSON, Link.PARENT_OF, Node.PERSON),
    (Node.PERSON, Link.ASSOCIATES_WITH, Node.PERSON),
    (Node.PERSON, Link.MEMBER_OF, Node.GROUP),
    (Node.PERSON, Link.SUPERVISED_BY, Node.AGENCY),
    (Node.PERSON, Link.PUPIL_AT, Node.SCHOOL),
    (Node.CASE, Link.CONCERNS, Node.PERSON),
    (Node.CASE, Link.CONCERNS, Node.PREMISES),
    (Node.ESTABLISHMENT, Link.OCCUPIES, Node.PREMISES),
    (Node.SCHOOL, Link.OCCUPIES, Node.PREMISES),
    (Node.SCHOOL, Link.SUCCEEDS, Node.SCHOOL),
    (Node.AGENCY, Link.PARTICIPATES_IN, Node.CASE),
    (Node.CASE_ENTRY, Link.RECORDED_IN, Node.CASE),
    (Node.ACTION, Link.RECORDED_IN, Node.CASE),
    (Node.RISK_ASSESSMENT, Link.RECORDED_IN, Node.CASE),
    (Node.CASE_INCIDENT, Link.RECORDED_IN, Node.CASE),
    (Node.RISK_ASSESSMENT, Link.ASSESSES, Node.PERSON),
    (Node.TASK, Link.RAISED_IN, Node.CASE),
    (Node.TASK_ENTRY, Link.STEP_OF, Node.TASK),
    (Node.REFERRAL, Link.REFERS_TO, Node.PERSON),
    (Node.REFERRAL, Link.HAPPENS_AT, Node.PREMISES),
    (Node.REFERRAL_ENTRY, Link.DONE_WITH, Node.REFERRAL),
    (Node.CASE, Link.OPENED_FROM, Node.REFERRAL),
    (Node.ALERT, Link.TELLS_OF, Node.CASE),
    (Node.ALERT, Link.TELLS_OF, Node.PERSON),
    (Node.REFERRAL, Link.RESEMBLES, Node.REFERRAL),
    (Node.PERSON, Link.LIKENED_IN, Node.REFERRAL),
)
Dump = tuple[dict[Node, dict[str, tuple[Properties, Properties]]], list[tuple[Node, Link, Node, str, Properties, str]]]


async def dump(store: Store) -> Dump:
    """Everything that agencies state, by type and id."""
    things: dict[Node, dict[str, tuple[Properties, Properties]]] = {}
    for kind in _KINDS:
        rows = await store.read(_RECORDS if kind is Node.PERSON else _NODES.format(label=kind.label))
        things[kind] = {own[kind.id_property]: (own, person or {}) for own, person in rows}
    edges = []
    for start, link, end in _RUNS:
        text = _EDGES.format(start=start.label, type=link, end=end.label, near=start.id_property, far=end.id_property)
        edges += [(start, link, end, near, own, far) for near, own, far in await store.read(text)]
    return things, edges


def projection(snapshot: Snapshot, viewer: Viewer, whole: Dump) -> dict[str, object]:
    """Visible things and links with what is disclosed of them, and the facts on which that depends."""
    things, edges = whole
    seen: dict[str, object] = {}
    for kind, found in things.items():
        view = snapshot.view(viewer.cls, kind.value, viewer.day)
        for ident, (own, person) in found.items():
            raw = tuple(_condition(one, kind, (own, person), own, viewer) for one in view.conditions)
            facts = _known(snapshot, view, viewer, own["facts"], raw)
            mask = view.mask(own["facts"], facts)
            if mask:
                told = {name: own.get(name) for name in ("owner", "dataset", "firstSeen", "lastSeen", "reliability")}
                seen[ident] = (own["facts"], facts, mask, told, person.get("personId"), _disclosed(view, mask, own))
    for start, link, end, near, own, far in edges:
        view = snapshot.view(viewer.cls, link.value, viewer.day)
        kind = first_end(link) if start is not Node.SCHOOL else start
        raw = tuple(_condition(one, kind, things[start][near], own, viewer) for one in view.conditions)
        facts = _known(snapshot, view, viewer, own["facts"], raw)
        mask = view.mask(own["facts"], facts)
        if mask and near in seen and far in seen:
            values = {
                field.name: own.get(field.name) for field in view.entry.fields if view.entry.rung(mask, field.name)
            }
            seen[own["linkId"]] = (start, end, near, far, own["facts"], facts, mask, own.get("lastSeen"), values)
    return seen


def _disclosed(view: View, mask: int, own: Properties) -> dict[str, Any]:
    told = {}
    for field in view.entry.fields:
        rung = view.entry.rung(mask, field.name)
        if field.name == "location":
            told[field.name] = (own.get("latitude"), own.get("longitude")) if rung else None
        elif rung:
            told[field.name] = MASKS[field.ladder[rung - 1]](own.get(sources(field.name, len(field.ladder))[rung - 1]))
    return told


def _known(
    snapshot: Snapshot, view: View, viewer: Viewer, classed: str, raw: tuple[bool | None, ...]
) -> tuple[bool | None, ...]:
    """The conditions without those that a limit hides from this viewer.

    The class of a link says what protects what it starts from, and not whose record that is.
    """
    limits = [limit for role in viewer.principal.roles for limit in snapshot.engine.limits_on(viewer.cls, role)]
    facts, name = FactClass.parse(classed), view.entry.name

    hidden: set[str] = set()
    for limit in limits:
        lost = {one for one in view.conditions if limit.hides(name, one)}
        is_own = all(origin[0] == name for one in lost if (origin := source(name, one)) is not None)
        if any(clause.meets(facts) if is_own else clause.protects(facts) for clause in limit.clauses):
            hidden |= lost
    return tuple(None if one in hidden else value for one, value in zip(view.conditions, raw, strict=True))


def _condition(
    condition: str, kind: Node, first: tuple[Properties, Properties], own: Properties, viewer: Viewer
) -> bool | None:
    node, person = first
    if condition.startswith(ROLE):
        role = own.get("role")
        return None if role is None else role in condition.removeprefix(ROLE).split("+")
    if condition == "child":
        adult = person.get("adultOn")
        return None if adult is None else adult > viewer.day
    if condition == "case_member":
        agencies = node["participants"] if kind is Node.CASE else _members(node, person)
        return None if agencies is None else viewer.principal.agency in agencies
    if condition == "addressed":
        with_whom = node.get("agencies")
        return None if with_whom is None else viewer.principal.agency in with_whom
    wards = node.get("wards") if kind is Node.CASE else None if node.get("ward") is None else [node["ward"]]
    return None if wards is None else bool(viewer.principal.wards.intersection(wards))


def _members(node: Properties, person: Properties) -> Sequence[str] | None:
    """Who takes part in cases, of a person as the person has it and not as the record repeats it."""
    if person:
        return cast("Sequence[str] | None", person.get("caseAgencies"))
    text = node.get("caseMembers")
    return None if text is None else text.split(",")

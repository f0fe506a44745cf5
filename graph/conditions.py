"""What the conditions of agreements mean in Cypher."""

from dataclasses import dataclass

from graph.vocabulary import ENDS, RECORDED, Former, Link, Node

ROLE = "role:"
"""How a condition on the role of a CONCERNS link begins: `role:VICTIM+WITNESS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """How a statement calls a node (of a person: a record), its person and, for a link's facts, the link."""

    node: str
    person: str | None = None
    link: str | None = None


def expression(condition: str, first: Node, alias: Alias) -> str:
    """Render a condition on a node, or on a link whose first end is `alias.node`: true, false or null for unknown."""
    if condition.startswith(ROLE):
        roles = ", ".join(f"'{role}'" for role in condition.removeprefix(ROLE).split("+"))
        return f"{alias.link}.role IN [{roles}]"
    return _EXPRESSIONS[condition, first].format(node=alias.node, person=alias.person)


def distance(condition: str, first: Node) -> int:
    """How far a condition looks: 0 to an index, 1 to the node or link at hand, 2 to the person behind it."""
    rendered = _EXPRESSIONS.get((condition, first), "")
    return 2 if "{person}" in rendered else int(not rendered.startswith("{node}.ward "))


def first_end(link: Link | Former) -> Node:
    """Name the type of node whose facts decide a link's conditions, or one of several that have the same."""
    if isinstance(link, Former):
        return first_end(link.link)
    return _FIRST_OF_SEVERAL.get(link) or next(iter(ENDS[link][0]))


_FIRST_OF_SEVERAL = {
    Link.OCCUPIES: Node.ESTABLISHMENT,
    Link.RECORDED_IN: Node.CASE_ENTRY,
    Link.ASSESSES: Node.RISK_ASSESSMENT,
}
_EXPRESSIONS = {
    ("in_area", Node.PERSON): "{node}.ward IN $wards",
    ("in_area", Node.PREMISES): "{node}.ward IN $wards",
    ("in_area", Node.ESTABLISHMENT): "{node}.ward IN $wards",
    ("in_area", Node.SCHOOL): "{node}.ward IN $wards",
    ("in_area", Node.INCIDENT): "{node}.ward IN $wards",
    ("in_area", Node.REFERRAL): "{node}.ward IN $wards",
    ("in_area", Node.CASE): "any(ward IN {node}.wards WHERE ward IN $wards)",
    **{
        ("case_member", node): "{node}.caseMembers CONTAINS $member"
        for node in (Node.PERSON, Node.PREMISES, Node.ESTABLISHMENT, *RECORDED)
    },
    ("case_member", Node.CASE): "$agency IN {node}.participants",
    ("addressed", Node.TASK): "$agency IN {node}.agencies",
    ("addressed", Node.TASK_ENTRY): "$agency IN {node}.agencies",
    ("addressed", Node.REFERRAL): "$agency IN {node}.agencies",
    ("addressed", Node.REFERRAL_ENTRY): "$agency IN {node}.agencies",
    ("child", Node.PERSON): "{person}.adultOn > $day",
}

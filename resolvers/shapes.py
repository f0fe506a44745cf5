"""Where the contract's fields lead: which type is which node, which connection is which link."""

from dataclasses import dataclass

from graph.plan import Direction
from graph.vocabulary import Link, Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a connection leads from one type to another."""

    link: Link
    direction: Direction
    target: Node


def _way(link: Link, direction: Direction, target: Node) -> Way:
    return Way(link=link, direction=direction, target=target)


WAYS: dict[tuple[str, str], Way] = {
    ("Person", "residences"): _way(Link.RESIDES_AT, Direction.OUT, Node.PREMISES),
    ("Person", "siblings"): _way(Link.SIBLING_OF, Direction.BOTH, Node.PERSON),
    ("Person", "associates"): _way(Link.ASSOCIATES_WITH, Direction.BOTH, Node.PERSON),
    ("Person", "parents"): _way(Link.PARENT_OF, Direction.IN, Node.PERSON),
    ("Person", "children"): _way(Link.PARENT_OF, Direction.OUT, Node.PERSON),
    ("Person", "schools"): _way(Link.PUPIL_AT, Direction.OUT, Node.SCHOOL),
    ("Person", "supervisions"): _way(Link.SUPERVISED_BY, Direction.OUT, Node.AGENCY),
    ("Person", "groups"): _way(Link.MEMBER_OF, Direction.OUT, Node.GROUP),
    ("Person", "cases"): _way(Link.CONCERNS, Direction.IN, Node.CASE),
    ("Premises", "residents"): _way(Link.RESIDES_AT, Direction.IN, Node.PERSON),
    ("Premises", "occupants"): _way(Link.OCCUPIES, Direction.IN, Node.ESTABLISHMENT),
    ("Premises", "schools"): _way(Link.OCCUPIES, Direction.IN, Node.SCHOOL),
    ("Premises", "cases"): _way(Link.CONCERNS, Direction.IN, Node.CASE),
    ("Establishment", "premises"): _way(Link.OCCUPIES, Direction.OUT, Node.PREMISES),
    ("Establishment", "cases"): _way(Link.CONCERNS, Direction.IN, Node.CASE),
    ("School", "premises"): _way(Link.OCCUPIES, Direction.OUT, Node.PREMISES),
    ("School", "pupils"): _way(Link.PUPIL_AT, Direction.IN, Node.PERSON),
    ("School", "predecessors"): _way(Link.SUCCEEDS, Direction.OUT, Node.SCHOOL),
    ("School", "successors"): _way(Link.SUCCEEDS, Direction.IN, Node.SCHOOL),
    ("Group", "members"): _way(Link.MEMBER_OF, Direction.IN, Node.PERSON),
    ("Alert", "people"): _way(Link.TELLS_OF, Direction.OUT, Node.PERSON),
    ("Alert", "cases"): _way(Link.TELLS_OF, Direction.OUT, Node.CASE),
    ("Task", "entries"): _way(Link.STEP_OF, Direction.IN, Node.TASK_ENTRY),
    ("Task", "cases"): _way(Link.RAISED_IN, Direction.OUT, Node.CASE),
    ("Case", "tasks"): _way(Link.RAISED_IN, Direction.IN, Node.TASK),
    ("Referral", "people"): _way(Link.REFERS_TO, Direction.OUT, Node.PERSON),
    ("Referral", "premises"): _way(Link.HAPPENS_AT, Direction.OUT, Node.PREMISES),
    ("Referral", "resembles"): _way(Link.RESEMBLES, Direction.OUT, Node.REFERRAL),
    ("Referral", "likenesses"): _way(Link.LIKENED_IN, Direction.IN, Node.PERSON),
    ("Referral", "entries"): _way(Link.DONE_WITH, Direction.IN, Node.REFERRAL_ENTRY),
    ("Referral", "duplicateOf"): _way(Link.DUPLICATE_OF, Direction.OUT, Node.REFERRAL),
    ("Referral", "duplicates"): _way(Link.DUPLICATE_OF, Direction.IN, Node.REFERRAL),
    ("Referral", "cases"): _way(Link.OPENED_FROM, Direction.IN, Node.CASE),
    ("Case", "referrals"): _way(Link.OPENED_FROM, Direction.OUT, Node.REFERRAL),
    ("Case", "entries"): _way(Link.RECORDED_IN, Direction.IN, Node.CASE_ENTRY),
    ("Case", "actions"): _way(Link.RECORDED_IN, Direction.IN, Node.ACTION),
    ("Case", "incidents"): _way(Link.RECORDED_IN, Direction.IN, Node.CASE_INCIDENT),
    ("Case", "riskAssessments"): _way(Link.RECORDED_IN, Direction.IN, Node.RISK_ASSESSMENT),
    ("RiskAssessment", "people"): _way(Link.ASSESSES, Direction.OUT, Node.PERSON),
    ("Case", "people"): _way(Link.CONCERNS, Direction.OUT, Node.PERSON),
    ("Case", "premises"): _way(Link.CONCERNS, Direction.OUT, Node.PREMISES),
    ("Case", "establishments"): _way(Link.CONCERNS, Direction.OUT, Node.ESTABLISHMENT),
    ("Case", "agencies"): _way(Link.PARTICIPATES_IN, Direction.IN, Node.AGENCY),
    ("Agency", "teams"): _way(Link.HAS_TEAM, Direction.OUT, Node.TEAM),
}

LINK_FIELDS = {"roles": "role"}
"""Fields of edges that gather one field of several links."""

LISTS: dict[str, Node] = {
    "people": Node.PERSON,
    "premisesList": Node.PREMISES,
    "establishments": Node.ESTABLISHMENT,
    "cases": Node.CASE,
    "alerts": Node.ALERT,
    "tasks": Node.TASK,
    "absences": Node.ABSENCE,
    "referrals": Node.REFERRAL,
    "schools": Node.SCHOOL,
    "incidents": Node.INCIDENT,
    "groups": Node.GROUP,
    "agencies": Node.AGENCY,
    "wards": Node.WARD,
    "lsoas": Node.LSOA,
    "importRuns": Node.IMPORT_RUN,
}
"""The root fields that answer with a page of nodes."""

SINGLES: dict[str, Node] = {
    "person": Node.PERSON,
    "premises": Node.PREMISES,
    "establishment": Node.ESTABLISHMENT,
    "case": Node.CASE,
    "alert": Node.ALERT,
    "task": Node.TASK,
    "absence": Node.ABSENCE,
    "referral": Node.REFERRAL,
    "school": Node.SCHOOL,
    "incident": Node.INCIDENT,
    "group": Node.GROUP,
    "agency": Node.AGENCY,
    "ward": Node.WARD,
    "lsoa": Node.LSOA,
    "importRun": Node.IMPORT_RUN,
}
"""The root fields that answer with one node by its id."""

PUBLIC = frozenset(
    {
        *("Agency", "Team", "Ward", "Lsoa", "Establishment", "School", "Incident", "Agreement"),
        *(Link.HAS_TEAM.value, Link.SUCCEEDS.value),
    }
)
"""The types whose non-personal fields answer without a purpose."""

QUARANTINE = ("line", "column", "reason")
"""What of a row that was set aside may leave: never the row itself."""

"""The catalogue that the policy engine works from, read off the contract itself."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from strawberry.types.base import StrawberryObjectDefinition

from graph.vocabulary import Link
from policies.catalogue import Catalogue, Field, TypeEntry
from schema.acts import Act
from schema.classified import Classified
from schema.contract import contract

if TYPE_CHECKING:
    import strawberry
    from strawberry.types.field import StrawberryField

DISCLOSED = (
    *("Person", "Premises", "Establishment", "Case", "CaseEntry", "Action", "RiskAssessment"),
    "CaseIncident",
    *("Alert", "Task", "TaskEntry", "Absence"),
    *("Referral", "ReferralEntry", "School", "Incident", "Group"),
    *("Ward", "Lsoa", "Agency", "Team", "Agreement", "ImportRun"),
)
"""Types of node whose fields are granted."""
ASSERTED_BY: dict[str, Link] = {
    "ResidenceEdge": Link.RESIDES_AT,
    "ResidentEdge": Link.RESIDES_AT,
    "SiblingEdge": Link.SIBLING_OF,
    "ParentEdge": Link.PARENT_OF,
    "ChildEdge": Link.PARENT_OF,
    "AssociateEdge": Link.ASSOCIATES_WITH,
    "MembershipEdge": Link.MEMBER_OF,
    "MemberEdge": Link.MEMBER_OF,
    "SupervisionEdge": Link.SUPERVISED_BY,
    "SchoolingEdge": Link.PUPIL_AT,
    "PupilEdge": Link.PUPIL_AT,
    "CasePersonEdge": Link.CONCERNS,
    "PersonCaseEdge": Link.CONCERNS,
    "CasePremisesEdge": Link.CONCERNS,
    "CaseEstablishmentEdge": Link.CONCERNS,
    "PlaceCaseEdge": Link.CONCERNS,
    "OccupantEdge": Link.OCCUPIES,
    "OccupiedEdge": Link.OCCUPIES,
    "PremisesSchoolEdge": Link.OCCUPIES,
    "SuccessionEdge": Link.SUCCEEDS,
    "CaseAgencyEdge": Link.PARTICIPATES_IN,
    "CaseEntryEdge": Link.RECORDED_IN,
    "CaseActionEdge": Link.RECORDED_IN,
    "CaseIncidentEdge": Link.RECORDED_IN,
    "CaseRiskAssessmentEdge": Link.RECORDED_IN,
    "AssessedPersonEdge": Link.ASSESSES,
    "AlertPersonEdge": Link.TELLS_OF,
    "AlertCaseEdge": Link.TELLS_OF,
    "TaskEntryEdge": Link.STEP_OF,
    "TaskCaseEdge": Link.RAISED_IN,
    "CaseTaskEdge": Link.RAISED_IN,
    "ReferralPersonEdge": Link.REFERS_TO,
    "ReferralPremisesEdge": Link.HAPPENS_AT,
    "ReferralResemblanceEdge": Link.RESEMBLES,
    "ReferralLikenessEdge": Link.LIKENED_IN,
    "ReferralEntryEdge": Link.DONE_WITH,
    "ReferralDuplicateEdge": Link.DUPLICATE_OF,
    "ReferralCaseEdge": Link.OPENED_FROM,
    "CaseReferralEdge": Link.OPENED_FROM,
    "TeamEdge": Link.HAS_TEAM,
}
"""Which link an edge shows; the edge's own fields are fields of the link."""
LINK_GROUPS = {Link.RESIDES_AT: "home"}
"""Links that tell the same fact as a group of fields."""
STRUCTURE = frozenset({"id", "access", "node", "edges", "cursor", "pageInfo", "totalCount"})
"""Fields that every type has and that disclose no value."""
ABOUT_HOLDERS = frozenset({("Person", "knownTo"), ("Person", "records")})
"""Fields that a pointer discloses: who holds something."""
UNDISCLOSING = frozenset(
    {
        "Query",
        "Mutation",
        "Subscription",
        "CaseUpdate",
        "TaskUpdate",
        "ReferralUpdate",
        "AlertUpdate",
        "CaseChanged",
        "AlertsAcknowledged",
        "TaskChanged",
        "AbsenceStated",
        "Workload",
        "ReferralSubmitted",
        "ReferralChanged",
        "DescribedPerson",
        "Baselines",
        "BaselineCount",
        "TriageCriteria",
        "TriageQuestion",
        "TriageAnswer",
        "TriageBand",
        "TriageRoute",
        "PeopleLinked",
        "NotPermitted",
        "NotFound",
        "Conflict",
        "InvalidInput",
        "InvalidField",
        "Locked",
        "_Service",
        "PageInfo",
        "Access",
        "WithheldField",
        "Me",
        "Permission",
        "Holder",
        "RiskTemplate",
        "RiskQuestion",
        "RiskChoice",
        "RiskLevel",
        "PersonRecord",
        "QuarantinedRow",
        "TimelineEvent",
    }
)
"""Types whose fields are classified elsewhere, or tell of the viewer, of documents, of what is withheld or refused."""


class Unclassified(Exception):  # noqa: N818 - named as the state of the field
    """A field of the contract does not say what it discloses."""


@cache
def catalogue() -> Catalogue:
    """Give the catalogue of the contract, which is read once."""
    return read_catalogue(contract())


def read_catalogue(schema: "strawberry.Schema") -> Catalogue:
    """Read the classification of every field, and the acts; raises Unclassified naming the first field without one."""
    fields: dict[str, dict[str, Field]] = {name: {} for name in (*DISCLOSED, *map(str, Link))}
    for definition in _objects(schema):
        name = str(ASSERTED_BY.get(definition.name, definition.name))
        for entry in definition.fields:
            field = _classification(schema, definition, entry)
            if field is not None:
                fields[name][field.name] = field
    entries = (
        TypeEntry(
            name=name, fields=tuple(found.values()), group=LINK_GROUPS.get(Link(name)) if name in set(Link) else None
        )
        for name, found in fields.items()
    )
    return Catalogue.of(entries, _acts(schema))


def _acts(schema: "strawberry.Schema") -> dict[str, list[str]]:
    """Read which acts the mutations are, by type; raises Unclassified naming the first that does not say."""
    acts: dict[str, list[str]] = {}
    mutation = schema.get_type_by_name("Mutation")
    for entry in mutation.fields if isinstance(mutation, StrawberryObjectDefinition) else ():
        found = next((directive for directive in entry.directives if isinstance(directive, Act)), None)
        if found is None:
            raise Unclassified(f"Mutation.{entry.name} has no @act: say which act it is")
        if found.name not in acts.setdefault(found.on, []):
            acts[found.on].append(found.name)
    return acts


def _objects(schema: "strawberry.Schema") -> Iterator[StrawberryObjectDefinition]:
    for concrete in schema.schema_converter.type_map.values():
        definition = concrete.definition
        if not isinstance(definition, StrawberryObjectDefinition):
            continue
        if definition.is_input or definition.is_interface or definition.name in UNDISCLOSING:
            continue
        yield definition


def _classification(
    schema: "strawberry.Schema", definition: StrawberryObjectDefinition, entry: "StrawberryField"
) -> Field | None:
    name = schema.config.name_converter.get_graphql_name(entry)
    found = next((directive for directive in entry.directives if isinstance(directive, Classified)), None)
    if found is None:
        if name in STRUCTURE or (definition.name, name) in ABOUT_HOLDERS or _leads_to_links(entry):
            return None
        raise Unclassified(f"{definition.name}.{name} has no @classified: say what it discloses")
    if definition.name not in DISCLOSED and definition.name not in ASSERTED_BY:
        raise Unclassified(f"{definition.name}.{name} is classified, but its type is not one that agreements grant")
    return Field(name=_property(name), data_class=found.data_class, ladder=tuple(found.ladder), group=found.group)


def _property(name: str) -> str:
    """The field of the link behind a field of an edge: a person's roles in a case are one `role` a link."""
    return "role" if name == "roles" else name


def _leads_to_links(entry: "StrawberryField") -> bool:
    return entry.base_resolver is not None

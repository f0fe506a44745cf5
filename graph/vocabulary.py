"""The words of the graph: what nodes, links and codes are called."""

from enum import StrEnum


class Node(StrEnum):
    """Types of node that datasets state; the value is the type's name in the contract and in agreements."""

    PERSON = "Person"
    PREMISES = "Premises"
    ESTABLISHMENT = "Establishment"
    CASE = "Case"
    CASE_ENTRY = "CaseEntry"
    ACTION = "Action"
    RISK_ASSESSMENT = "RiskAssessment"
    CASE_INCIDENT = "CaseIncident"
    ALERT = "Alert"
    TASK = "Task"
    TASK_ENTRY = "TaskEntry"
    ABSENCE = "Absence"
    REFERRAL = "Referral"
    REFERRAL_ENTRY = "ReferralEntry"
    SCHOOL = "School"
    INCIDENT = "Incident"
    GROUP = "Group"
    WARD = "Ward"
    LSOA = "Lsoa"
    AGENCY = "Agency"
    TEAM = "Team"
    IMPORT_RUN = "ImportRun"

    @property
    def label(self) -> str:
        """The label of the node that carries the facts: what an agency says of a person is a PersonRecord."""
        return "PersonRecord" if self is Node.PERSON else self.value

    @property
    def id_property(self) -> str:
        """The property that holds the public id (of a record, for persons)."""
        return _ID_PROPERTIES[self]

    @property
    def prefix(self) -> str:
        """What the public id of such a node begins with (of a record, for persons)."""
        return _PREFIXES[self]


_ID_PROPERTIES = {
    Node.PERSON: "recordId",
    Node.PREMISES: "premisesId",
    Node.ESTABLISHMENT: "establishmentId",
    Node.CASE: "caseId",
    Node.CASE_ENTRY: "entryId",
    Node.ACTION: "actionId",
    Node.RISK_ASSESSMENT: "riskAssessmentId",
    Node.CASE_INCIDENT: "caseIncidentId",
    Node.ALERT: "alertId",
    Node.TASK: "taskId",
    Node.TASK_ENTRY: "stepId",
    Node.ABSENCE: "absenceId",
    Node.REFERRAL: "referralId",
    Node.REFERRAL_ENTRY: "referralEntryId",
    Node.SCHOOL: "schoolId",
    Node.INCIDENT: "incidentId",
    Node.GROUP: "groupId",
    Node.WARD: "wardId",
    Node.LSOA: "lsoaId",
    Node.AGENCY: "agencyId",
    Node.TEAM: "teamId",
    Node.IMPORT_RUN: "importRunId",
}
_PREFIXES = {
    Node.PERSON: "rec_",
    Node.PREMISES: "pre_",
    Node.ESTABLISHMENT: "est_",
    Node.CASE: "case_",
    Node.CASE_ENTRY: "ent_",
    Node.ACTION: "act_",
    Node.RISK_ASSESSMENT: "risk_",
    Node.CASE_INCIDENT: "cinc_",
    Node.ALERT: "alr_",
    Node.TASK: "task_",
    Node.TASK_ENTRY: "step_",
    Node.ABSENCE: "abs_",
    Node.REFERRAL: "ref_",
    Node.REFERRAL_ENTRY: "rfe_",
    Node.SCHOOL: "sch_",
    Node.INCIDENT: "inc_",
    Node.GROUP: "grp_",
    Node.WARD: "ward_",
    Node.LSOA: "lsoa_",
    Node.AGENCY: "agy_",
    Node.TEAM: "team_",
    Node.IMPORT_RUN: "run_",
}
PERSON_PREFIX = "per_"
RECORDED = frozenset({Node.CASE_ENTRY, Node.ACTION, Node.RISK_ASSESSMENT, Node.CASE_INCIDENT})
"""What is recorded in a case: it is known to the agencies that take part in that, and protected as it is."""


class Link(StrEnum):
    """Types of assertion between two nodes; each is owned, marked and granted like a node."""

    RESIDES_AT = "RESIDES_AT"
    SIBLING_OF = "SIBLING_OF"
    PARENT_OF = "PARENT_OF"
    ASSOCIATES_WITH = "ASSOCIATES_WITH"
    MEMBER_OF = "MEMBER_OF"
    SUPERVISED_BY = "SUPERVISED_BY"
    PUPIL_AT = "PUPIL_AT"
    CONCERNS = "CONCERNS"
    OCCUPIES = "OCCUPIES"
    SUCCEEDS = "SUCCEEDS"
    PARTICIPATES_IN = "PARTICIPATES_IN"
    RECORDED_IN = "RECORDED_IN"
    ASSESSES = "ASSESSES"
    TELLS_OF = "TELLS_OF"
    RAISED_IN = "RAISED_IN"
    STEP_OF = "STEP_OF"
    REFERS_TO = "REFERS_TO"
    HAPPENS_AT = "HAPPENS_AT"
    RESEMBLES = "RESEMBLES"
    LIKENED_IN = "LIKENED_IN"
    DONE_WITH = "DONE_WITH"
    DUPLICATE_OF = "DUPLICATE_OF"
    OPENED_FROM = "OPENED_FROM"
    HAS_TEAM = "HAS_TEAM"


ENDS: dict[Link, tuple[frozenset[Node], frozenset[Node]]] = {
    Link.RESIDES_AT: (frozenset({Node.PERSON}), frozenset({Node.PREMISES})),
    Link.SIBLING_OF: (frozenset({Node.PERSON}), frozenset({Node.PERSON})),
    Link.PARENT_OF: (frozenset({Node.PERSON}), frozenset({Node.PERSON})),
    Link.ASSOCIATES_WITH: (frozenset({Node.PERSON}), frozenset({Node.PERSON})),
    Link.MEMBER_OF: (frozenset({Node.PERSON}), frozenset({Node.GROUP})),
    Link.SUPERVISED_BY: (frozenset({Node.PERSON}), frozenset({Node.AGENCY})),
    Link.PUPIL_AT: (frozenset({Node.PERSON}), frozenset({Node.SCHOOL})),
    Link.CONCERNS: (frozenset({Node.CASE}), frozenset({Node.PERSON, Node.PREMISES, Node.ESTABLISHMENT})),
    Link.OCCUPIES: (frozenset({Node.ESTABLISHMENT, Node.SCHOOL}), frozenset({Node.PREMISES})),
    Link.SUCCEEDS: (frozenset({Node.SCHOOL}), frozenset({Node.SCHOOL})),
    Link.PARTICIPATES_IN: (frozenset({Node.AGENCY}), frozenset({Node.CASE})),
    Link.RECORDED_IN: (RECORDED, frozenset({Node.CASE})),
    Link.ASSESSES: (frozenset({Node.RISK_ASSESSMENT, Node.CASE_ENTRY}), frozenset({Node.PERSON})),
    Link.TELLS_OF: (frozenset({Node.ALERT}), frozenset({Node.PERSON, Node.CASE})),
    Link.RAISED_IN: (frozenset({Node.TASK}), frozenset({Node.CASE})),
    Link.STEP_OF: (frozenset({Node.TASK_ENTRY}), frozenset({Node.TASK})),
    Link.REFERS_TO: (frozenset({Node.REFERRAL}), frozenset({Node.PERSON})),
    Link.HAPPENS_AT: (frozenset({Node.REFERRAL}), frozenset({Node.PREMISES})),
    Link.RESEMBLES: (frozenset({Node.REFERRAL}), frozenset({Node.REFERRAL})),
    Link.LIKENED_IN: (frozenset({Node.PERSON}), frozenset({Node.REFERRAL})),
    Link.DONE_WITH: (frozenset({Node.REFERRAL_ENTRY}), frozenset({Node.REFERRAL})),
    Link.DUPLICATE_OF: (frozenset({Node.REFERRAL}), frozenset({Node.REFERRAL})),
    Link.OPENED_FROM: (frozenset({Node.CASE}), frozenset({Node.REFERRAL})),
    Link.HAS_TEAM: (frozenset({Node.AGENCY}), frozenset({Node.TEAM})),
}
"""From which types of node to which each type of link leads; the first end's facts decide its conditions."""


class Former(StrEnum):
    """What becomes of a link that somebody ended: it is told as far as such a link is, and nothing is found by it."""

    SIBLING_OF = "WAS_SIBLING_OF"
    PARENT_OF = "WAS_PARENT_OF"
    ASSOCIATES_WITH = "WAS_ASSOCIATED_WITH"
    CONCERNS = "CONCERNED"

    @property
    def link(self) -> Link:
        """The type of link that it was, by which agreements and limits decide on it."""
        return Link[self.name]


class CaseRole(StrEnum):
    """How a case concerns a person."""

    VICTIM = "VICTIM"
    COMPLAINANT = "COMPLAINANT"
    WITNESS = "WITNESS"
    ALLEGED_PERPETRATOR = "ALLEGED_PERPETRATOR"
    PERPETRATOR = "PERPETRATOR"
    VULNERABLE_PERSON = "VULNERABLE_PERSON"
    ASSOCIATE = "ASSOCIATE"
    PARENT_CARER = "PARENT_CARER"
    SIBLING = "SIBLING"
    PROFESSIONAL = "PROFESSIONAL"


class CaseStatus(StrEnum):
    """Whether work on a case goes on; only open cases make a participant a `case_member`."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


class AlertStatus(StrEnum):
    """Whether somebody has taken notice of an alert."""

    RAISED = "RAISED"
    ACKNOWLEDGED = "ACKNOWLEDGED"


class AlertPart(StrEnum):
    """Which part a person plays in what an alert tells of."""

    CHILD = "CHILD"
    OF_CONCERN = "OF_CONCERN"


class TaskStatus(StrEnum):
    """How far a task has come: who has it sees it, works on it, has answered, or it is over."""

    SENT = "SENT"
    ACCEPTED = "ACCEPTED"
    ANSWERED = "ANSWERED"
    FINISHED = "FINISHED"


class StepKind(StrEnum):
    """What became of a task; `STOOD_IN` and `RETURNED` are what an absence makes of it."""

    SENT = "SENT"
    ACCEPTED = "ACCEPTED"
    ANSWERED = "ANSWERED"
    HANDED_ON = "HANDED_ON"
    STOOD_IN = "STOOD_IN"
    RETURNED = "RETURNED"
    FINISHED = "FINISHED"


class Gender(StrEnum):
    """As recorded by the agency."""

    FEMALE = "FEMALE"
    MALE = "MALE"
    OTHER = "OTHER"
    UNKNOWN = "UNKNOWN"


class Verdict(StrEnum):
    """A judgement about two records: whether they are about one person."""

    SAME = "SAME"
    NOT_SAME = "NOT_SAME"
    UNSURE = "UNSURE"


class RunState(StrEnum):
    """How an import run stands."""

    RUNNING = "RUNNING"
    FINISHED = "FINISHED"
    FAILED = "FAILED"
    REFUSED = "REFUSED"

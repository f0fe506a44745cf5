"""The words of what people do in cases, and state of others."""

from enum import StrEnum

from graph.vocabulary import Link


class EntryKind(StrEnum):
    """What somebody did in a case."""

    OPENED = "OPENED"
    CHANGED = "CHANGED"
    JOINED = "JOINED"
    INVITED = "INVITED"
    LEFT = "LEFT"
    NOTED = "NOTED"
    CLOSED = "CLOSED"
    REOPENED = "REOPENED"
    ACTION_ADDED = "ACTION_ADDED"
    ACTION_FINISHED = "ACTION_FINISHED"
    RISK_ASSESSED = "RISK_ASSESSED"
    INCIDENT_ADDED = "INCIDENT_ADDED"
    FOOTPRINT_SET = "FOOTPRINT_SET"
    TRANSFERRED = "TRANSFERRED"
    CONSENT_ASKED = "CONSENT_ASKED"


class AssertionType(StrEnum):
    """What a statement claims to be."""

    FACT = "FACT"
    OPINION = "OPINION"
    ALLEGATION = "ALLEGATION"
    INTELLIGENCE = "INTELLIGENCE"


class PersonTie(StrEnum):
    """How people may be said to be tied to one another; of a parent and a child the parent comes first."""

    SIBLING_OF = Link.SIBLING_OF.value
    PARENT_OF = Link.PARENT_OF.value
    ASSOCIATES_WITH = Link.ASSOCIATES_WITH.value


class ActionStatus(StrEnum):
    """Whether an action of a case is still to be taken."""

    OPEN = "OPEN"
    FINISHED = "FINISHED"


class RiskReason(StrEnum):
    """Why a risk is held to be as high as it is."""

    SCORE = "SCORE"
    PROFESSIONAL_JUDGEMENT = "PROFESSIONAL_JUDGEMENT"
    ESCALATION = "ESCALATION"
    REPEAT = "REPEAT"


class RiskStatus(StrEnum):
    """Whether an assessment is the latest by its template of that person in that case."""

    CURRENT = "CURRENT"
    SUPERSEDED = "SUPERSEDED"


class ConsentStatus(StrEnum):
    """Whether whom a case concerns agrees to its being worked on; whoever comes to lead it asks again."""

    TO_CONFIRM = "TO_CONFIRM"
    CONFIRMED = "CONFIRMED"
    REFUSED = "REFUSED"

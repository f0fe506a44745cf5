"""What people do in the hub, as neomodel classes: what is recorded, asked, and told them."""

from neomodel import ArrayProperty, BooleanProperty, FloatProperty, IntegerProperty, StringProperty

from graph.stating import Stated


class CaseEntry(Stated):
    """What somebody did or noted in a case; the agencies that take part in the case are known on it too."""

    entry_id = StringProperty(unique_index=True, required=True, db_property="entryId")
    kind = StringProperty()
    made_at = StringProperty(db_property="madeAt")
    author = StringProperty()
    text = StringProperty()
    assertion_type = StringProperty(db_property="assertionType")
    footprint = StringProperty()
    case_members = StringProperty(db_property="caseMembers")


class Action(Stated):
    """What an agency is to do in a case by a day; the agencies that take part in the case are known on it too."""

    action_id = StringProperty(unique_index=True, required=True, db_property="actionId")
    text = StringProperty()
    agency = StringProperty()
    person = StringProperty()
    target_on = StringProperty(db_property="targetOn")
    status = StringProperty()
    outcome = StringProperty()
    finished_at = StringProperty(db_property="finishedAt")
    case_members = StringProperty(db_property="caseMembers")


class RiskAssessment(Stated):
    """How high an agency holds a risk to be, or to come from, somebody in a case, by one version of a template.

    `answers` are pairs of keys, `question=answer`; `scored` is the band that the points come to, `band` the one held.
    """

    risk_assessment_id = StringProperty(unique_index=True, required=True, db_property="riskAssessmentId")
    template = StringProperty()
    template_version = IntegerProperty(db_property="templateVersion")
    answers = ArrayProperty(StringProperty())
    points = IntegerProperty()
    scored = StringProperty()
    band = StringProperty()
    reason = StringProperty()
    why = StringProperty()
    status = StringProperty()
    assessed_at = StringProperty(db_property="assessedAt")
    assessed_by = StringProperty(db_property="assessedBy")
    superseded_at = StringProperty(db_property="supersededAt")
    case_members = StringProperty(db_property="caseMembers")


class CaseIncident(Stated):
    """Something that happened, which a case is about; the agencies that take part in the case are known on it too."""

    case_incident_id = StringProperty(unique_index=True, required=True, db_property="caseIncidentId")
    heading = StringProperty()
    qualifier = StringProperty()
    happened_on = StringProperty(db_property="happenedOn")
    text = StringProperty()
    ward = StringProperty()
    latitude = FloatProperty()
    longitude = FloatProperty()
    case_members = StringProperty(db_property="caseMembers")


class Alert(Stated):
    """What the hub tells an agency's people because of a change that somebody else made; they own it.

    `turn` is that of the change that raised it.
    """

    alert_id = StringProperty(unique_index=True, required=True, db_property="alertId")
    rule = StringProperty(index=True)
    title = StringProperty()
    tie = StringProperty()
    lead_agency = StringProperty(db_property="leadAgency")
    raised_at = StringProperty(index=True, db_property="raisedAt")
    status = StringProperty(index=True)
    acknowledged_at = StringProperty(db_property="acknowledgedAt")
    acknowledged_by = StringProperty(db_property="acknowledgedBy")
    turn = IntegerProperty(index=True)


class Task(Stated):
    """Something that one agency's person asks of another's, or of a colleague; the sender's agency owns it.

    `agencies` are those that it was ever with, and the sender's; `received_at` is when it came to whom it is with now;
    `steps` counts what was done with it, `turn` is that of the last change of it.
    """

    task_id = StringProperty(unique_index=True, required=True, db_property="taskId")
    title = StringProperty()
    text = StringProperty()
    target_on = StringProperty(index=True, db_property="targetOn")
    status = StringProperty(index=True)
    sent_at = StringProperty(index=True, db_property="sentAt")
    sender = StringProperty()
    sender_agency = StringProperty(db_property="senderAgency")
    agency = StringProperty(index=True)
    team = StringProperty()
    person = StringProperty(index=True)
    received_at = StringProperty(index=True, db_property="receivedAt")
    answered_at = StringProperty(db_property="answeredAt")
    finished_at = StringProperty(db_property="finishedAt")
    version = IntegerProperty()
    steps = IntegerProperty()
    turn = IntegerProperty(index=True)
    agencies = ArrayProperty(StringProperty())


class TaskEntry(Stated):
    """What somebody did with a task, the `number`-th thing; the agencies that it was ever with are known here too."""

    step_id = StringProperty(unique_index=True, required=True, db_property="stepId")
    number = IntegerProperty()
    kind = StringProperty()
    made_at = StringProperty(db_property="madeAt")
    author = StringProperty()
    author_agency = StringProperty(db_property="authorAgency")
    text = StringProperty()
    agency = StringProperty()
    team = StringProperty()
    person = StringProperty()
    agencies = ArrayProperty(StringProperty())


class Absence(Stated):
    """From when until when somebody is away, and who stands in; of one person the highest `number` counts."""

    absence_id = StringProperty(unique_index=True, required=True, db_property="absenceId")
    person = StringProperty(index=True)
    number = IntegerProperty()
    from_day = StringProperty(db_property="fromDay")
    until_day = StringProperty(index=True, db_property="untilDay")
    stand_in = StringProperty(db_property="standIn")
    stated_at = StringProperty(db_property="statedAt")


class Referral(Stated):
    """What somebody asks the partnership to look into.

    Each text of the `narrative`, of whom it tells by `told_people` and of the `described_people` is sealed
    (policies.sealing); of the latter it is the JSON of one person.

    `agencies` are those that it is with: who made it, and the services that triage sent it to; of intelligence nobody.
    `officer` is who has taken it up for triage. `turn` is that of its last change, `told_turn` that of the last
    step that concerned all of its agencies, `version_turn` that in which its version moved last. The `judges` are
    the agencies that judged of whom it tells, each with the turn in which it did so last: `council 12`.
    """

    __together__ = (("ward", "referralId", "facts"),)
    referral_id = StringProperty(unique_index=True, required=True, db_property="referralId")
    reference = StringProperty(index=True)
    state = StringProperty(index=True)
    source = StringProperty()
    received_at = StringProperty(index=True, db_property="receivedAt")
    referrer = StringProperty()
    headings = ArrayProperty(StringProperty())
    qualifiers = ArrayProperty(StringProperty())
    told_people = ArrayProperty(StringProperty(), db_property="toldPeople")
    described_people = ArrayProperty(StringProperty(), db_property="describedPeople")
    address = StringProperty()
    ward = StringProperty(index=True)
    latitude = FloatProperty()
    longitude = FloatProperty()
    wanted_outcome = StringProperty(db_property="wantedOutcome")
    has_consent = BooleanProperty(db_property="hasConsent")
    narrative = ArrayProperty(StringProperty())
    due_at = StringProperty(index=True, db_property="dueAt")
    triaged_at = StringProperty(db_property="triagedAt")
    returned_at = StringProperty(db_property="returnedAt")
    route = StringProperty(index=True)
    services = ArrayProperty(StringProperty())
    agencies = ArrayProperty(StringProperty())
    officer = StringProperty(index=True)
    closed_at = StringProperty(db_property="closedAt")
    version = IntegerProperty()
    turn = IntegerProperty(index=True)
    told_turn = IntegerProperty(db_property="toldTurn")
    version_turn = IntegerProperty(db_property="versionTurn")
    judges = ArrayProperty(StringProperty())


class ReferralEntry(Stated):
    """What somebody did with a referral, and by which criteria: the `number`-th thing.

    `agencies` are those whom it concerns.
    """

    referral_entry_id = StringProperty(unique_index=True, required=True, db_property="referralEntryId")
    number = IntegerProperty()
    kind = StringProperty()
    made_at = StringProperty(db_property="madeAt")
    author = StringProperty()
    author_agency = StringProperty(db_property="authorAgency")
    question = StringProperty()
    reason = StringProperty()
    criteria = StringProperty()
    criteria_version = IntegerProperty(db_property="criteriaVersion")
    questions = ArrayProperty(StringProperty())
    answers = ArrayProperty(StringProperty())
    points = IntegerProperty()
    band = StringProperty()
    proposed_route = StringProperty(db_property="proposedRoute")
    proposed_reason = StringProperty(db_property="proposedReason")
    route = StringProperty()
    is_override = BooleanProperty(db_property="isOverride")
    services = ArrayProperty(StringProperty())
    agencies = ArrayProperty(StringProperty())

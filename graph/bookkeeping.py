"""What the graph keeps beside the facts: how links and judgements are found, runs, turns and migrations."""

from neomodel import ArrayProperty, BooleanProperty, FloatProperty, IntegerProperty, StringProperty, StructuredNode


class Assertion(StructuredNode):
    """Where a stated link runs, by what states it: links have no index that both engines use.

    Of a link that was ended without becoming one that was (graph.vocabulary.Former) this is what is left: who ended it,
    when and why, and what it said (`said`, JSON).
    """

    claim = StringProperty(unique_index=True, required=True)
    link_id = StringProperty(required=True, db_property="linkId")
    start = StringProperty(required=True)
    start_type = StringProperty(required=True, db_property="startType")
    end = StringProperty(required=True)
    end_type = StringProperty(required=True, db_property="endType")
    fingerprint = StringProperty(required=True)
    said = StringProperty()
    ended_at = StringProperty(db_property="endedAt")
    ended_by = StringProperty(db_property="endedBy")
    reason = StringProperty()


class Judgement(StructuredNode):
    """What somebody, or a rule, holds of two records: about one person or not."""

    judgement_id = StringProperty(unique_index=True, required=True, db_property="judgementId")
    left = StringProperty(index=True, required=True)
    right = StringProperty(index=True, required=True)
    verdict = StringProperty(required=True)
    author = StringProperty(required=True)
    score = FloatProperty()
    reason = StringProperty()
    made_at = StringProperty(required=True, db_property="madeAt")
    withdrawn_at = StringProperty(db_property="withdrawnAt")
    withdrawn_by = StringProperty(db_property="withdrawnBy")
    withdrawn_reason = StringProperty(db_property="withdrawnReason")


class FactClass(StructuredNode):
    """A fact class that some record or link has, or had."""

    name = StringProperty(unique_index=True, required=True)


class ImportRun(StructuredNode):
    """One reading of one file, and how far it came."""

    import_run_id = StringProperty(unique_index=True, required=True, db_property="importRunId")
    connector = StringProperty(index=True, required=True)
    file = StringProperty(required=True)
    owner = StringProperty(required=True)
    dataset = StringProperty(required=True)
    process = StringProperty(required=True)
    started_at = StringProperty(required=True, db_property="startedAt")
    finished_at = StringProperty(db_property="finishedAt")
    state = StringProperty(index=True, required=True)
    rows_in = IntegerProperty(required=True, db_property="rowsIn")
    stored = IntegerProperty(required=True)
    unchanged = IntegerProperty(required=True)
    quarantined = IntegerProperty(required=True)
    facts = StringProperty(required=True)


class Quarantine(StructuredNode):
    """A row, or one value of it, that could not be stored."""

    import_run_id = StringProperty(index=True, required=True, db_property="importRunId")
    line = IntegerProperty(required=True)
    column = StringProperty()
    reason = StringProperty(required=True)
    raw = StringProperty(required=True)


class Turn(StructuredNode):
    """What a writer touches first, so that writers whose facts reach across the graph come one after the other."""

    name = StringProperty(unique_index=True, required=True)
    taken = IntegerProperty(required=True)
    held_until = IntegerProperty(db_property="heldUntil")
    holder = StringProperty()


class Migration(StructuredNode):
    """A step that this graph has taken."""

    name = StringProperty(unique_index=True, required=True)
    applied_at = StringProperty(required=True, db_property="appliedAt")


class Receipt(StructuredNode):
    """What came of a change that a client asked for, by its key; `request` is a digest of what it asked."""

    key = StringProperty(unique_index=True, required=True)
    request = StringProperty(required=True)
    subject = StringProperty(required=True)
    made_at = StringProperty(index=True, required=True, db_property="madeAt")


class OutboxRecord(StructuredNode):
    """A change that was made, for whoever has to hear of it; `position` grows in the order of the changes.

    `records`, `persons` and `cases` are those whose ties changed, `things` what people work with besides; what people
    did says who did what, for what and by which agreements, or by hand of those who run the hub for what reason, and
    which `change` the ledger tells of, `through` which part of it; `origin` and `causes` say how it was made and what
    it was that changed. Those of one transaction come after the position `since`; where there is none, it is alone.
    """

    position = IntegerProperty(unique_index=True, required=True)
    since = IntegerProperty()
    act = StringProperty()
    type = StringProperty()
    subject = StringProperty()
    agency = StringProperty()
    author = StringProperty()
    purpose = StringProperty()
    agreements = ArrayProperty(StringProperty())
    reason = StringProperty()
    change = StringProperty()
    through = StringProperty()
    records = ArrayProperty(StringProperty(), required=True)
    persons = ArrayProperty(StringProperty(), required=True)
    cases = ArrayProperty(StringProperty(), required=True)
    things = ArrayProperty(StringProperty())
    origin = StringProperty()
    causes = ArrayProperty(StringProperty())
    made_at = StringProperty(required=True, db_property="madeAt")


class Undelivered(StructuredNode):
    """An alert that nobody could be told; `looked` is the day, and the policies, when that was looked at last."""

    key = StringProperty(unique_index=True, required=True)
    rule = StringProperty(required=True)
    child = StringProperty(required=True)
    is_kept_back = BooleanProperty(required=True, db_property="isKeptBack")
    noticed_at = StringProperty(required=True, db_property="noticedAt")
    looked = StringProperty(required=True)


class Ground(StructuredNode):
    """What an alert was raised of, whether it still `stands`, and how often it `lapsed`, see graph.grounds."""

    key = StringProperty(unique_index=True, required=True)
    rule = StringProperty(required=True)
    child = StringProperty(index=True, required=True)
    concern = StringProperty(index=True, required=True)
    case_id = StringProperty(index=True, required=True, db_property="caseId")
    lapsed = IntegerProperty(required=True)
    stands = BooleanProperty(required=True)


class Reading(StructuredNode):
    """How far somebody has read the outbox."""

    name = StringProperty(unique_index=True, required=True)
    position = IntegerProperty(required=True)

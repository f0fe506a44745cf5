"""The documents that say when somebody is told of something without having asked."""

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import BeforeValidator, model_validator

from policies import phrases
from policies.documents import Asked, Document, Validity
from policies.phrases import Day, Words
from policies.vocabulary import Cause, Origin, Protection, Sensitivity, Tie

Ties = Annotated[tuple[Tie, ...], BeforeValidator(phrases.listed)]
DATASET, TYPE = "alerts", "Alert"
SENSITIVITY = Sensitivity.OFFICIAL_SENSITIVE
"""How every alert is marked, beside what protects those of whom it tells."""
NOBODY = "nobody"


class Trigger(Document):
    """What a change touched, and how it was made: what wakes a rule, or what happened in a scenario.

    `ties` came, changed or ended; `involvement`: a case, or who is in it in which role; `person`: when somebody was
    born, their school, what protects them, which records are theirs.
    """

    by: Annotated[tuple[Origin, ...], BeforeValidator(phrases.listed)]
    ties: Ties = ()
    involvement: Asked = None
    person: Asked = None

    @property
    def causes(self) -> frozenset[str]:
        """The same, as changes say it of themselves."""
        asked = {Cause.INVOLVEMENT: self.involvement, Cause.PERSON: self.person}
        return frozenset((*self.ties, *(cause for cause, is_asked in asked.items() if is_asked)))

    def wakes(self, origin: str | None, causes: Collection[str]) -> bool:
        """Whether a change that says so of itself wakes the rule; one that does not say it does."""
        return (origin is None or origin in self.by) and (not causes or not self.causes.isdisjoint(causes))


class Situation(Document):
    """What a pattern could find; `protections` are all that protect it.

    `school`, `lead` and `related` are agencies; the contact of each of the last is tied to the child or lives with it.
    """

    tie: Tie
    case_type: str
    case_status: Literal["OPEN", "CLOSED"] = "OPEN"
    role: str
    school: str | None = None
    lead: str
    related: Words = ()
    protections: Annotated[tuple[Protection, ...], BeforeValidator(phrases.listed)] = ()


class Nearness(Document):
    """A child, by one of the ties near somebody whom a case of one of the types concerns in one of the roles."""

    ties: Ties
    case_types: Words
    case_status: Annotated[tuple[Literal["OPEN", "CLOSED"], ...], BeforeValidator(phrases.listed)] = ("OPEN",)
    roles: Words

    def fits(self, found: Situation) -> bool:
        """Whether it finds that."""
        return (
            found.tie in self.ties
            and found.case_type in self.case_types
            and found.case_status in self.case_status
            and found.role in self.roles
        )


class Told(Document):
    """Who is alerted: whoever reads alerts at the child's school, at the agency that leads the case, or at an agency.

    With `unless_related` they are passed over where the agency's contact is tied to the child or lives with it.
    """

    school_of: Literal["child"] | None = None
    lead_of: Literal["case"] | None = None
    agency: str | None = None
    unless_related: Asked = None

    @model_validator(mode="after")
    def _one(self) -> "Told":
        if sum(named is not None for named in (self.school_of, self.lead_of, self.agency)) != 1:
            raise ValueError("name an agency, or `school_of: child`, or `lead_of: case`")
        return self


class Payload(Document):
    """What an alert says beside its title, and of which things it tells: of these agreements show what they show."""

    says: Annotated[tuple[Literal["tie", "lead_agency"], ...], BeforeValidator(phrases.listed)] = ()
    tells_of: Annotated[tuple[Literal["child", "of_concern", "case"], ...], BeforeValidator(phrases.listed)]


class Tried(Document):
    """A change on a day, what there is then, and which agency is alerted of it, or nobody."""

    name: str
    day: Day
    change: Trigger
    found: Situation
    alerted: str


class Alert(Document):
    """When somebody is alerted of what, without having asked; the first of `recipients` who can be told is told."""

    id: str
    version: int
    title: str
    status: Literal["draft", "in_force", "suspended", "ended"]
    valid: Validity
    trigger: Trigger
    pattern: Nearness
    recipients: tuple[Told, ...]
    payload: Payload
    scenarios: tuple[Tried, ...]

    def applies(self, day: str) -> bool:
        """Whether it is raised on a day (ISO)."""
        return self.status == "in_force" and self.holds(day)

    def holds(self, day: str) -> bool:
        """Whether it would be raised on a day, were it in force."""
        return self.valid.from_ <= day <= self.valid.until

"""Policy documents as values: what an officer may write, and nothing else."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from policies import phrases
from policies.phrases import Day, Levels, Words
from policies.vocabulary import AgencyType, LegalGateway, Protection, Purpose, Sensitivity

Asked = Literal[True] | None


class Document(BaseModel):
    """Anything an officer writes: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class When(Document):
    """A conjunction of facts; several words for one fact mean any of them."""

    unconditional: Asked = None
    owner: Words = ()
    dataset: Words = ()
    sensitivity_at_most: Sensitivity | None = None
    protections: Annotated[tuple[Protection, ...], BeforeValidator(phrases.listed)] = ()
    in_area: Asked = None
    case_member: Asked = None
    child: Asked = None
    addressed: Asked = None
    consent: Asked = None
    role: Words = ()
    any_of: tuple["When", ...] = ()


class Grant(Document):
    """What an agreement shows of one type; an empty `show` is `pointer`."""

    id: str
    type: str
    when: When
    show: Annotated[Mapping[str, str], BeforeValidator(phrases.shown)]


class May(Document):
    """What an agreement lets people do to records of one type; `by` and `for` narrow whom its flows reach."""

    id: str
    act: Words
    type: str
    by: Annotated[tuple["Recipient", ...] | None, BeforeValidator(phrases.recipients)] = None
    purposes: Annotated[tuple[Purpose, ...] | None, BeforeValidator(phrases.listed), Field(alias="for")] = None
    when: When


class Use(Document):
    """A purpose, and the law that allows sharing for it."""

    purpose: Purpose
    gateway: LegalGateway
    article6: Literal["a", "b", "c", "d", "e", "ea", "f"]
    article9: Literal["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"] | None = None


class Party(Document):
    """Whose records: an agency, every agency of a type, or the asking agency's `own`."""

    agency: str | None = None
    type: AgencyType | None = None

    @model_validator(mode="before")
    @classmethod
    def _code(cls, value: object) -> object:
        return {"agency": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one(self) -> "Party":
        if (self.agency is None) == (self.type is None):
            raise ValueError("name an agency, or a type as in `{type: SCHOOL}`")
        return self


class Recipient(Document):
    """Who is told: roles of an agency or of every agency of a type, or everyone."""

    agency: str | None = None
    type: AgencyType | None = None
    roles: Words = ()
    everyone: bool = False

    @model_validator(mode="after")
    def _one(self) -> "Recipient":
        if (self.agency is not None) + (self.type is not None) + self.everyone != 1:
            raise ValueError("name an agency, or a type as in `{type: SCHOOL, roles: [dsl]}`, or `everyone`")
        if bool(self.roles) == self.everyone:
            raise ValueError("name the roles that are told")
        return self


class Flow(Document):
    """Whose records go to whom; `for` narrows the agreement's uses."""

    from_: Annotated[tuple[Party, ...], BeforeValidator(phrases.listed), Field(alias="from")]
    to: Annotated[tuple[Recipient, ...], BeforeValidator(phrases.recipients)]
    purposes: Annotated[tuple[Purpose, ...] | None, BeforeValidator(phrases.listed), Field(alias="for")] = None


class Validity(Document):
    """The days, both included, on which an agreement applies."""

    from_: Annotated[Day, Field(alias="from")]
    until: Day
    review_by: Day


class Agreement(Document):
    """A sharing agreement.

    `uses: none` needs no stated purpose; `uses: any` applies whatever purpose is stated, and is for data published
    under a `licence` only.
    """

    id: str
    version: int
    title: str
    tier: Literal["ACCORD", "ISP", "DDA", "JCA"]
    status: Literal["draft", "in_force", "suspended", "ended"]
    licence: str | None = None
    valid: Validity
    signed_by: Words
    uses: Annotated[
        Annotated[Literal["none", "any"], Tag("word")] | Annotated[tuple[Use, ...], Tag("list")],
        Discriminator(phrases.form),
    ]
    flows: tuple[Flow, ...]
    grants: tuple[Grant, ...]
    may: tuple[May, ...] = ()

    @property
    def purposes(self) -> tuple[Purpose, ...]:
        """The purposes that it serves, in the order of the vocabulary."""
        if isinstance(self.uses, str):
            return tuple(Purpose) if self.uses == "any" else ()
        named = {use.purpose for use in self.uses}
        return tuple(purpose for purpose in Purpose if purpose in named)


class Limit(Document):
    """A cap that wins over every grant, for everyone whom it does not spare."""

    id: str
    title: str
    when: When
    protective: bool
    spares: Mapping[str, Words]
    caps: Annotated[Mapping[str, Levels | None], BeforeValidator(phrases.caps)]


class Limits(Document):
    """All limits."""

    limits: tuple[Limit, ...]


class Contact(Document):
    """Whom to ask."""

    name: str
    email: str
    phone: str | None = None


class TeamEntry(Contact):
    """A team of an agency."""

    code: str


class AgencyEntry(Document):
    """A partner agency: who acts for it, in which roles, and which datasets it brings."""

    code: str
    name: str
    type: AgencyType
    urn: str | None = None
    roles: Words
    contact: Contact
    teams: tuple[TeamEntry, ...] = ()
    datasets: Words = ()


def _coded(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return {code: {**entry, "code": code} if isinstance(entry, dict) else entry for code, entry in value.items()}


class Agencies(Document):
    """The partnership, by agency code; `hub_datasets` are what the hub itself states."""

    agencies: Annotated[Mapping[str, AgencyEntry], BeforeValidator(_coded)]
    hub_datasets: Words = ()


class Who(Document):
    """A viewer of a scenario."""

    agency: str
    roles: Words
    purpose: Purpose | None = None
    day: Day


class RecordFacts(Document):
    """A record of a scenario; a condition that is not named is unknown."""

    type: str
    owner: str
    dataset: str
    sensitivity: Sensitivity = Sensitivity.OFFICIAL
    marked: Annotated[tuple[Protection, ...], BeforeValidator(phrases.listed)] = ()
    protections: Annotated[tuple[Protection, ...], BeforeValidator(phrases.listed)] = ()
    role: str | None = None
    conditions: Mapping[Literal["in_area", "case_member", "child", "addressed"], bool | Literal["unknown"]] = {}


class Expectation(Document):
    """What the viewer is to be shown; `others: nothing` speaks of every field that `fields` does not name.

    `may` and `may_not` are the acts that are and are not permitted.
    """

    visible: Literal["yes", "no", "pointer"] | None = None
    fields: Levels = {}
    others: Literal["nothing"] | None = None
    may: Words = ()
    may_not: Words = ()

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, value: Any) -> object:  # noqa: ANN401 - whatever the document holds
        if not isinstance(value, dict):
            return value
        own = {key: entry for key, entry in value.items() if key in {"visible", "others", "may", "may_not"}}
        return {**own, "fields": {key: entry for key, entry in value.items() if key not in own}}


class Scenario(Document):
    """Somebody, a record, and what they are to be shown of it and may do to it."""

    name: str
    who: str
    record: RecordFacts
    expect: Expectation


class Scenarios(Document):
    """A table of scenarios; `viewers` names who asks."""

    viewers: Mapping[str, Who]
    scenarios: tuple[Scenario, ...]

"""The documents that say when somebody is told of something without having asked."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, model_validator

from policies import phrases
from policies.documents import Asked, Document, Validity
from policies.phrases import Words
from policies.vocabulary import Tie


class Nearness(Document):
    """A child, by one of the ties near somebody whom an open case of one of the types concerns in one of the roles."""

    ties: Annotated[tuple[Tie, ...], BeforeValidator(phrases.listed)]
    case_types: Words
    roles: Words


class Told(Document):
    """Who is alerted: whoever reads alerts at the child's school, or at an agency.

    With `unless_related` they are passed over where the agency's contact is tied to the child or lives with it.
    """

    school_of: Literal["child"] | None = None
    agency: str | None = None
    unless_related: Asked = None

    @model_validator(mode="after")
    def _one(self) -> "Told":
        if (self.school_of is None) == (self.agency is None):
            raise ValueError("name an agency, or `school_of: child`")
        return self


class Alert(Document):
    """When somebody is alerted of what, without having asked; the first of `recipients` who can be told is told."""

    id: str
    version: int
    title: str
    status: Literal["draft", "in_force", "suspended", "ended"]
    valid: Validity
    pattern: Nearness
    recipients: tuple[Told, ...]

    def applies(self, day: str) -> bool:
        """Whether it is raised on a day (ISO)."""
        return self.status == "in_force" and self.valid.from_ <= day <= self.valid.until

"""What a member of the public sends: the form of it, and what is wrong with it, by the path of each field."""

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, FiniteFloat, ValidationError
from pydantic.alias_generators import to_camel

from graph.referral_words import AsbHeading, NsirQualifier
from graph.vocabulary import CaseRole

Wrong = Sequence[tuple[Sequence[str], str]]
"""Paths of fields, each with what it must be."""


class FormError(Exception):
    """What was sent has not the form; `wrong` says of each field what it must be, and quotes nothing."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(f"{len(wrong)} fields are not as they must be")
        self.wrong = wrong


class Part(BaseModel):
    """Anything that is sent: what is not asked for is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, alias_generator=to_camel)


class Concern(Part):
    """One incident, or a kind of them."""

    heading: AsbHeading
    qualifier: NsirQualifier


class Described(Part):
    """Somebody who is involved and known by name."""

    given_name: str
    family_name: str
    date_of_birth: str | None = None
    phone: str | None = None
    address: str | None = None
    role: CaseRole


class Pin(Part):
    """A point on the map, longitude first."""

    type: Literal["Point"]
    coordinates: tuple[FiniteFloat, FiniteFloat]


class PublicReferral(Part):
    """What somebody tells who is not asked for a name; how long texts may be is the contract's to say."""

    concerns: list[Concern]
    narrative: str
    told_people: list[str] = []
    described_people: list[Described] = []
    address: str | None = None
    pin: Pin | None = None
    wanted_outcome: str | None = None
    has_consent: bool


def read(body: bytes) -> dict[str, Any]:
    """Read a form as variables of the contract; raises FormError."""
    try:
        form = PublicReferral.model_validate_json(body)
    except ValidationError as error:
        raise FormError([(tuple(map(str, one["loc"])), _must(one["type"])) for one in error.errors()]) from None
    return form.model_dump(mode="json", by_alias=True, exclude_none=True)


def _must(kind: str) -> str:
    return _MUST.get(kind, "is of another kind")


_MUST = {
    "missing": "is there",
    "extra_forbidden": "is not asked for",
    "enum": "is a word of the contract",
    "literal_error": "is `Point`",
    "json_invalid": "is one JSON object",
    "model_type": "is one JSON object",
}

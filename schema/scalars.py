"""Scalars that say what a string is."""

from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig

Date = NewType("Date", str)
DateTime = NewType("DateTime", str)
PartialDate = NewType("PartialDate", str)
Moment = NewType("Moment", str)
GeoJSON = NewType("GeoJSON", object)
Uprn = NewType("Uprn", str)
Urn = NewType("Urn", str)
Postcode = NewType("Postcode", str)
PhoneNumber = NewType("PhoneNumber", str)

_SCALARS = (
    (Date, "Date", "A day, `2026-11-24`.", "https://scalars.graphql.org/andimarek/local-date.html"),
    (DateTime, "DateTime", "A moment with its offset, RFC 3339.", "https://scalars.graphql.org/andimarek/date-time.html"),
    (
        PartialDate,
        "PartialDate",
        "A date that may be known in part (EDTF): `198X`, `1987`, `1987-03` or `1987-03-12`.",
        "https://www.loc.gov/standards/datetime/",
    ),
    (
        Moment,
        "Moment",
        "A day, or a part of it, as exactly as it is known (EDTF): `2026-11-24` or `2026-11-24T09:00:00Z`.",
        "https://www.loc.gov/standards/datetime/",
    ),
    (GeoJSON, "GeoJSON", "A GeoJSON geometry in WGS84, longitude first.", "https://www.rfc-editor.org/rfc/rfc7946"),
    (Uprn, "Uprn", "A unique property reference number.", "https://www.geoplace.co.uk/addresses-streets/location-data/the-uprn"),
    (Urn, "Urn", "A school's unique reference number.", "https://get-information-schools.service.gov.uk/Glossary"),
    (Postcode, "Postcode", "A United Kingdom postcode, or its outward part where it is blurred.", "https://www.royalmail.com/find-a-postcode"),
    (PhoneNumber, "PhoneNumber", "A telephone number in E.164 form.", "https://www.itu.int/rec/T-REC-E.164/"),
)  # fmt: skip


def unchanged(value: Any) -> Any:  # noqa: ANN401 - the read path already made it ready for the answer
    return value


def config() -> StrawberryConfig:
    """How Python types print as scalars."""
    return StrawberryConfig(
        scalar_map={
            kind: strawberry.scalar(
                name=name,
                description=text,
                specified_by_url=url,
                serialize=unchanged,
                parse_value=_geometry if kind is GeoJSON else _text(name),
            )
            for kind, name, text, url in _SCALARS
        },
        disable_field_suggestions=True,
    )


def _geometry(value: object) -> object:
    if not isinstance(value, dict):
        raise GraphQLError("GeoJSON is written as an object")
    return value


def _text(name: str) -> Any:  # noqa: ANN401 - strawberry's own type for parsers
    def parse(value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            raise GraphQLError(f"{name} is written as a string")
        return value.strip()

    return parse

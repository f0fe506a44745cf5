"""The catalogue that policy tests are written against."""

from policies.catalogue import Catalogue, Field, TypeEntry
from policies.vocabulary import DataClass

_PERSONAL = DataClass.PERSONAL
_PUBLIC = DataClass.NON_PERSONAL
_OFFENCE = DataClass.CRIMINAL_OFFENCE
_SPECIAL = DataClass.SPECIAL_CATEGORY


def example_catalogue() -> Catalogue:
    """Every type that agreements can speak of."""
    return Catalogue.of([_person(), _premises(), _case(), *_public(), *_records(), *_links()])


def _field(
    name: str, ladder: str = "full", group: str | None = None, data_class: DataClass = DataClass.PERSONAL
) -> Field:
    return Field(name=name, data_class=data_class, ladder=tuple(ladder.split()), group=group)


def _plain(name: str, fields: str, data_class: DataClass) -> TypeEntry:
    return TypeEntry(name=name, fields=tuple(_field(field, data_class=data_class) for field in fields.split()))


def _person() -> TypeEntry:
    return TypeEntry(
        name="Person",
        fields=(
            _field("givenName", "initials full", "name"),
            _field("familyName", "initials full", "name"),
            _field("aliases", group="name"),
            _field("dateOfBirth", "decade year full"),
            _field("gender"),
            _field("address", "ward postcode_district postcode full", "home"),
            _field("postcode", "postcode_district full", "home"),
            _field("ward", group="home"),
            _field("phone"),
            _field("email"),
            _field("warningMarkers", "present full", data_class=_OFFENCE),
            _field("nhsNumber", data_class=_SPECIAL),
            _field("nationalInsuranceNumber"),
        ),
    )


def _premises() -> TypeEntry:
    return TypeEntry(
        name="Premises",
        fields=(
            _field("name", group="place"),
            _field("address", "ward postcode_district postcode full", "place"),
            _field("postcode", "postcode_district full", "place"),
            _field("ward", group="place"),
            _field("uprn", group="place"),
            _field("location", "grid_1km grid_100m full", "place"),
        ),
    )


def _case() -> TypeEntry:
    plain = _plain("Case", "reference caseType status openedOn closedOn", _PERSONAL)
    return TypeEntry(name="Case", fields=(*plain.fields, _field("summary", data_class=_OFFENCE)))


def _public() -> tuple[TypeEntry, ...]:
    hygiene = "ratingValue ratingDate hygieneScore structuralScore confidenceScore"
    return (
        _plain("Establishment", f"name businessType address postcode ward location {hygiene}", _PUBLIC),
        _plain("Ward", "code name vintage localAuthority boundary", _PUBLIC),
        _plain("Agency", "code name agencyType urn contactName contactEmail contactPhone", _PUBLIC),
        _plain("Team", "name email phone", _PUBLIC),
        _plain("Agreement", "title version tier status validFrom validUntil reviewBy signedBy purposes", _PUBLIC),
    )


def _records() -> tuple[TypeEntry, ...]:
    counts = "connector file dataset startedAt finishedAt state rowsIn stored unchanged quarantined"
    plain = _plain("ImportRun", counts, _PUBLIC)
    return (TypeEntry(name="ImportRun", fields=(*plain.fields, _field("quarantine"))),)


def _links() -> tuple[TypeEntry, ...]:
    stay = (_field("since", group="home"), _field("until", group="home"))
    return (
        TypeEntry(name="RESIDES_AT", fields=stay, group="home"),
        TypeEntry(name="SIBLING_OF", fields=()),
        TypeEntry(name="ASSOCIATES_WITH", fields=(_field("since", data_class=_OFFENCE),)),
        TypeEntry(name="CONCERNS", fields=(_field("role", data_class=_OFFENCE),)),
        TypeEntry(name="OCCUPIES", fields=()),
        TypeEntry(name="PARTICIPATES_IN", fields=()),
        TypeEntry(name="HAS_TEAM", fields=()),
    )

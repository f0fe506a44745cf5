"""The town as the peer holds it: the labels begin with Peer, as ours stand in the same database."""

from collections.abc import Iterator
from datetime import date

from bench.loading import Row, Step, pairs
from bench.town import AGENCIES, Inhabitant, Matter, Place, Town, Venue

LABELS = ("PeerPerson", "PeerPremises", "PeerCase", "PeerIncident", "PeerAgency")
SCHEMA = (
    *(f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE" for label in LABELS),
    "CREATE CONSTRAINT peercase_reference IF NOT EXISTS FOR (n:PeerCase) REQUIRE n.reference IS UNIQUE",
    *(
        f"CREATE INDEX {label.lower()}_{name.lower()} IF NOT EXISTS FOR (n:{label}) ON (n.{name})"
        for label, name in (
            ("PeerPerson", "ward"),
            ("PeerPerson", "owner"),
            ("PeerPerson", "familyName"),
            ("PeerPerson", "dateOfBirth"),
            ("PeerPremises", "ward"),
            ("PeerIncident", "month"),
        )
    ),
)


def steps(town: Town) -> Iterator[Step]:
    """Give the steps by which an empty database comes to hold the town."""
    people, places, matters, venues = town.people, town.places, town.matters, town.venues
    yield _nodes("PeerAgency", ({"id": code, "name": code.title(), "kind": code} for code in AGENCIES))
    yield _nodes("PeerPremises", map(_place, places))
    yield _nodes("PeerPerson", (_person(one, places[one.stays[0].place]) for one in people))
    stays = ((one.id, stay) for one in people for stay in one.stays)
    lives = (
        (who, places[at.place].id, {"since": date.fromisoformat(at.since), "owner": at.owner}) for who, at in stays
    )
    yield _links("PeerPerson", "PEER_LIVES_AT", "PeerPremises", lives)
    yield _nodes("PeerCase", map(_matter, matters))
    involved = ((one.id, people[at].id, {"role": role}) for one in matters for at, role in one.people)
    yield _links("PeerCase", "PEER_INVOLVES", "PeerPerson", involved)
    concerned = ((one.id, places[at].id, Row()) for one in matters for at in one.places)
    yield _links("PeerCase", "PEER_CONCERNS", "PeerPremises", concerned)
    shared = ((one.id, code, Row()) for one in matters for code in one.agencies)
    yield _links("PeerCase", "PEER_SHARED_WITH", "PeerAgency", shared)
    yield _nodes("PeerIncident", map(_venue, venues))
    located = ((one.id, places[one.place].id, Row()) for one in venues if one.place is not None)
    yield _links("PeerIncident", "PEER_AT", "PeerPremises", located)
    parts = ((venues[at].id, one.id, Row()) for one in matters for at in one.venues)
    yield _links("PeerIncident", "PEER_PART_OF", "PeerCase", parts)


def _nodes(label: str, rows: Iterator[Row]) -> Step:
    return Step(clause=f"CREATE (n:{label}) SET n = row", rows=rows)


def _links(start: str, type_: str, end: str, rows: Iterator[tuple[str, str, Row]]) -> Step:
    return Step(
        clause=f"MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
        f"CREATE (a)-[e:{type_}]->(b) SET e = row.values",
        rows=pairs(rows),
    )


def _place(place: Place) -> Row:
    return {
        "id": place.id,
        "uprn": place.uprn,
        "name": place.name,
        "address": place.address,
        "postcode": place.postcode,
        "ward": place.ward,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _person(one: Inhabitant, home: Place) -> Row:
    return {
        "id": one.id,
        "owner": one.owner,
        "givenName": one.given_name,
        "familyName": one.family_name,
        "dateOfBirth": date.fromisoformat(one.date_of_birth),
        "gender": one.gender,
        "phone": one.phone,
        "email": one.email,
        "nationalInsurance": one.national_insurance_number,
        "addressLine": home.address,
        "postcode": home.postcode,
        "ward": home.ward,
        "sensitivity": "OFFICIAL_SENSITIVE" if one.is_sensitive else "OFFICIAL",
        "refuge": one.refuge,
        "covert": one.covert,
    }


def _matter(one: Matter) -> Row:
    return {
        "id": one.id,
        "reference": one.reference,
        "type": one.type,
        "lead": one.agencies[0],
        "status": "OPEN",
        "opened": date.fromisoformat(one.opened),
    }


def _venue(one: Venue) -> Row:
    return {"id": one.id, "category": one.name, "month": one.month}

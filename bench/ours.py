"""The town as the hub holds it: as its importer would have stored it, with every fact that follows.

Left out are assertions, which find a link again by what states it, and which no read touches.
"""

from collections.abc import Iterator

from bench.facts import Classes, Consequences, marked
from bench.loading import Row, Step, pairs
from bench.town import Inhabitant, Matter, Place, Town, Venue, ident
from graph.facts import Claim, adult_on
from graph.matching import keys
from graph.memberships import told
from graph.sheets import sheet
from graph.vocabulary import Node

SEEN = "2026-11-24T09:00:00Z"
RELIABILITY = 3
End = tuple[str, str]
RECORD: End = ("PersonRecord", "recordId")
PREMISES: End = ("Premises", "premisesId")
CASE: End = ("Case", "caseId")
ESTABLISHMENT: End = ("Establishment", "establishmentId")
AGENCY: End = ("Agency", "code")
"""Labels, each with the property by which a row names the node."""
Ends = Iterator[tuple[str, str, Row]]
_PEOPLE = """CREATE (p:Person) SET p = row.person
CREATE (r:PersonRecord) SET r = row.record CREATE (r)-[:ABOUT]->(p)"""


def steps(town: Town) -> Iterator[Step]:
    """Give the steps by which a migrated graph with its agencies comes to hold the town."""
    writing = _Writing(town)
    yield Step(clause=_PEOPLE, rows=map(writing.person, range(len(town.people))))
    yield _nodes("Premises", map(writing.place, range(len(town.places))))
    yield _nodes("Case", map(writing.matter, range(len(town.matters))))
    yield _nodes("Establishment", map(writing.venue, _concerned(town)))
    yield _links(RECORD, "RESIDES_AT", PREMISES, writing.stays())
    yield _links(CASE, "CONCERNS", RECORD, writing.involvements())
    yield _links(CASE, "CONCERNS", PREMISES, writing.scenes())
    yield _links(CASE, "CONCERNS", ESTABLISHMENT, writing.topics())
    yield _links(ESTABLISHMENT, "OCCUPIES", PREMISES, writing.occupations())
    yield _links(AGENCY, "PARTICIPATES_IN", CASE, writing.participations())
    yield Step(clause="MERGE (:FactClass {name: row.name})", rows=({"name": name} for name in writing.classes()))


def _nodes(label: str, rows: Iterator[Row]) -> Step:
    return Step(clause=f"CREATE (n:{label}) SET n = row", rows=rows)


def _links(start: End, type_: str, end: End, rows: Ends) -> Step:
    return Step(
        clause=f"MATCH (a:{start[0]} {{{start[1]}: row.start}}) MATCH (b:{end[0]} {{{end[1]}: row.end}}) "
        f"CREATE (a)-[e:{type_}]->(b) SET e = row.values",
        rows=pairs(rows),
    )


def _concerned(town: Town) -> Iterator[tuple[Venue, list[str]]]:
    """Each venue with the agencies that take part in the case that concerns it."""
    agencies = {at: sorted(matter.agencies) for matter in town.matters for at in matter.venues}
    for at, venue in enumerate(town.venues):
        yield venue, agencies.get(at, [])


class _Writing:
    def __init__(self, town: Town) -> None:
        self._town = town
        self._classes = Classes()
        self._facts = Consequences(town)

    def classes(self) -> list[str]:
        return sorted(set(self._classes.known.values()))

    def person(self, number: int) -> Row:
        one = self._town.people[number]
        agencies = sorted(self._facts.case_agencies.get(number, ()))
        facts = {
            "personId": one.id,
            "createdAt": SEEN,
            "protections": list(marked(one)),
            "caseAgencies": agencies,
            "adultOn": adult_on([one.date_of_birth]),
        }
        record = self._record(one, self._town.places[one.stays[0].place])
        record["caseMembers"] = told(agencies)
        return {"person": facts, "record": record | keys(record)}

    def place(self, number: int) -> Row:
        place = self._town.places[number]
        values = {
            "name": place.name,
            "address": place.address,
            "postcode": place.postcode,
            "ward": place.ward,
            "uprn": place.uprn,
            "latitude": place.latitude,
            "longitude": place.longitude,
        }
        stated = _stated(place.owner, f"{place.owner}-places", place.uprn, values)
        facts = self._classes.of("Premises", place.owner, f"{place.owner}-places", self._facts.protections(number))
        members = told(self._facts.place_agencies.get(number, ()))
        row = stated | _node("premisesId", place.id) | {"facts": facts, "caseMembers": members}
        return _with_sheet(Node.PREMISES, row)

    def matter(self, number: int) -> Row:
        matter = self._town.matters[number]
        owner, dataset = _case_of(matter)
        values = {
            "reference": matter.reference,
            "caseType": matter.type,
            "status": "OPEN",
            "openedOn": matter.opened,
            "participants": list(matter.agencies),
        }
        stated = _stated(owner, dataset, matter.reference, values) | _node("caseId", matter.id)
        row = stated | {"facts": self._classes.of("Case", owner, dataset), "wards": self._facts.wards(number)}
        return _with_sheet(Node.CASE, row)

    def venue(self, concerned: tuple[Venue, list[str]]) -> Row:
        venue, agencies = concerned
        dataset = f"{venue.owner}-cases"
        values = {"name": venue.name, "ratingDate": f"{venue.month}-01"}
        stated = _stated(venue.owner, dataset, venue.id, values) | _node("establishmentId", venue.id)
        facts = self._classes.of("Establishment", venue.owner, dataset)
        return _with_sheet(Node.ESTABLISHMENT, stated | {"facts": facts, "caseMembers": told(agencies)})

    def stays(self) -> Ends:
        for one in self._town.people:
            for at, stay in enumerate(one.stays):
                key, dataset = f"{one.record}/{at}", f"{stay.owner}-people"
                values = self._link("RESIDES_AT", stay.owner, dataset, key, marked(one)) | {"since": stay.since}
                yield one.record, self._town.places[stay.place].id, values

    def involvements(self) -> Ends:
        for matter in self._town.matters:
            for at, role in matter.people:
                one = self._town.people[at]
                key = f"{matter.reference}/{one.record}"
                yield matter.id, one.record, self._of_case(matter, key, marked(one)) | {"role": role}

    def scenes(self) -> Ends:
        for matter, scenes in zip(self._town.matters, self._facts.scenes, strict=True):
            for at, hidden in zip(matter.places, scenes, strict=True):
                place = self._town.places[at]
                yield matter.id, place.id, self._of_case(matter, f"{matter.reference}/{place.uprn}", hidden)

    def topics(self) -> Ends:
        for matter in self._town.matters:
            for at in matter.venues:
                venue = self._town.venues[at]
                yield matter.id, venue.id, self._of_case(matter, f"{matter.reference}/{venue.id}")

    def occupations(self) -> Ends:
        for venue in self._town.venues:
            if venue.place is not None:
                values = self._link("OCCUPIES", venue.owner, f"{venue.owner}-cases", venue.id)
                yield venue.id, self._town.places[venue.place].id, values

    def participations(self) -> Ends:
        for matter in self._town.matters:
            owner, dataset = _case_of(matter)
            for code in matter.agencies:
                yield code, matter.id, self._link("PARTICIPATES_IN", owner, dataset, f"{matter.reference}/{code}")

    def _record(self, one: Inhabitant, home: Place) -> Row:
        sensitivity = "OFFICIAL_SENSITIVE" if one.is_sensitive else "OFFICIAL"
        dataset, marks = f"{one.owner}-people", marked(one)
        values = {
            "givenName": one.given_name,
            "familyName": one.family_name,
            "aliases": [one.alias],
            "dateOfBirth": one.date_of_birth,
            "gender": one.gender,
            "address": home.address,
            "postcode": home.postcode,
            "ward": home.ward,
            "phone": one.phone,
            "email": one.email,
            "nationalInsuranceNumber": one.national_insurance_number,
            "nhsNumber": one.nhs_number,
        }
        claim = Claim(type="Person", owner=one.owner, dataset=dataset, sensitivity=sensitivity, marked=marks)
        facts = self._classes.under(claim, marks)
        marking = {"sensitivity": sensitivity, "marked": list(marks), "stated": list(marks), "facts": facts}
        stated = _stated(one.owner, dataset, one.record, values) | _node("recordId", one.record)
        return _with_sheet(Node.PERSON, stated | {"personId": one.id} | marking)

    def _of_case(self, matter: Matter, key: str, protections: tuple[str, ...] = ()) -> Row:
        owner, dataset = _case_of(matter)
        return self._link("CONCERNS", owner, dataset, key, protections)

    def _link(self, type_: str, owner: str, dataset: str, key: str, protections: tuple[str, ...] = ()) -> Row:
        facts = self._classes.of(type_, owner, dataset, protections)
        return _stated(owner, dataset, key, {}) | {"linkId": ident("lnk_", f"{type_}/{key}"), "facts": facts}


def _case_of(matter: Matter) -> tuple[str, str]:
    """Whose case it is, and of which dataset."""
    lead = matter.agencies[0]
    return lead, f"{lead}-cases"


def _stated(owner: str, dataset: str, key: str, values: Row) -> Row:
    return {
        **values,
        "owner": owner,
        "dataset": dataset,
        "key": key,
        "sourceKey": f"{owner}/{dataset}/{key}",
        "sensitivity": "OFFICIAL",
        "marked": [],
        "lastSeen": SEEN,
        "fingerprint": ident("", f"{dataset}/{key}"),
    }


def _with_sheet(kind: Node, row: Row) -> Row:
    return row | {"sheet": sheet(kind, row)}


def _node(name: str, ident_: str) -> Row:
    return {name: ident_, "stated": [], "reliability": RELIABILITY, "firstSeen": SEEN}

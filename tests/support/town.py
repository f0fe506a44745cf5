"""Thousands of people, created in bulk with the facts and classes that the writer would have given them."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from graph.facts import Claim, adult_on
from graph.memberships import told
from graph.sheets import sheet
from graph.store import Store, Transaction
from graph.vocabulary import Node
from hub.demo_people import WESTMINSTER

PAGE = 4_000
WARDS = sorted(WESTMINSTER)
GIVEN = ("Ada", "Ben", "Cleo", "Dev", "Esi", "Finn", "Gwen", "Hugo", "Ines", "Jan")
FAMILY = ("Abbott", "Brandt", "Chowdhury", "Doyle", "Eze", "Farrell", "Gupta", "Hart", "Ito", "Jones")
CASES = "council-asb-cases"
PARTICIPANTS = ["council", "police", "housing"]
_PEOPLE = "CREATE (p:Person {personId: row.person}) SET p += row.facts"
_RECORDS = """MATCH (p:Person {personId: row.person})
CREATE (r:PersonRecord {recordId: row.record, personId: row.person}) SET r += row.values CREATE (r)-[:ABOUT]->(p)"""
_PREMISES = "CREATE (m:Premises {premisesId: row.premises}) SET m += row.values"
_CASES = "CREATE (c:Case {caseId: row.case}) SET c += row.values"
_RESIDES = """MATCH (r:PersonRecord {recordId: row.record}) MATCH (m:Premises {premisesId: row.premises})
CREATE (r)-[e:RESIDES_AT]->(m) SET e += row.values"""
_CONCERNS = """MATCH (c:Case {caseId: row.case}) MATCH (r:PersonRecord {recordId: row.record})
CREATE (c)-[e:CONCERNS]->(r) SET e += row.values"""
_SCENES = """MATCH (c:Case {caseId: row.case}) MATCH (m:Premises {premisesId: row.premises})
CREATE (c)-[e:CONCERNS]->(m) SET e += row.values"""
_TAKES_PART = """MATCH (a:Agency {code: row.agency}) MATCH (c:Case {caseId: row.case})
CREATE (a)-[e:PARTICIPATES_IN]->(c) SET e += row.values"""
_CLASSES = "MERGE (:FactClass {name: row})"


async def settle(store: Store, people: int) -> None:
    """Create that many people: the council knows all, housing every fourth, every twentieth has a case."""
    town = _Town(people)
    for clause, rows in town.statements():
        await _create(store, clause, iter(rows))


async def _create(store: Store, clause: str, rows: Iterator[Any]) -> None:
    while page := list(islice(rows, PAGE)):

        async def work(tx: Transaction, page: list[Any] = page) -> None:
            await tx.run(f"UNWIND $rows AS row {clause}", {"rows": page})

        await store.write(work)


class _Town:
    def __init__(self, people: int) -> None:
        self.people = people
        self.classes: set[str] = set()

    def statements(self) -> Iterator[tuple[str, list[Any]]]:
        everybody = range(self.people)
        known = [(at, "council", "council-asb-people") for at in everybody]
        known += [(at, "housing", "housing-tenancies") for at in everybody if at % 4 == 0]
        with_case = [at for at in everybody if self._has_case(at)]
        yield _PEOPLE, [self._facts(at) for at in everybody]
        yield _RECORDS, [self._record(*one) for one in known]
        yield _PREMISES, [self._place(*one) for one in known if one[0] % 2 == 0]
        yield _RESIDES, [self._stay(*one) for one in known]
        yield _CASES, [self._case(at) for at in with_case]
        yield _CONCERNS, [self._concern(at, role) for at in with_case for role in ("VICTIM", "COMPLAINANT")]
        yield _SCENES, [self._scene(at) for at in with_case]
        yield _TAKES_PART, [self._part(at, code) for at in with_case for code in PARTICIPANTS]
        yield _CLASSES, sorted(self.classes)

    @staticmethod
    def _has_case(at: int) -> bool:
        return at % 20 == 0

    def _facts(self, at: int) -> dict[str, Any]:
        agencies = sorted(PARTICIPANTS) if self._has_case(at) else []
        born = self._person(at)["dateOfBirth"]
        facts = {"protections": [], "caseAgencies": agencies, "adultOn": adult_on([born])}
        return {"person": f"per_{at:06}", "facts": facts}

    @staticmethod
    def _home(at: int) -> dict[str, str]:
        house = at // 2
        ward = WARDS[house % len(WARDS)]
        return {"address": f"{house} Long Lane", "postcode": f"W1D {house % 10}DH", "ward": ward}

    def _record(self, at: int, owner: str, dataset: str) -> dict[str, Any]:
        values = self._person(at) | self._home(at) | self._stated("Person", owner, dataset, f"{at}")
        values["caseMembers"] = told(PARTICIPANTS if self._has_case(at) else [])
        values["sheet"] = sheet(Node.PERSON, values | {"recordId": f"rec_{owner[0]}{at:06}"})
        return {"person": f"per_{at:06}", "record": f"rec_{owner[0]}{at:06}", "values": values}

    def _place(self, at: int, owner: str, dataset: str) -> dict[str, Any]:
        members = told(PARTICIPANTS if owner == "council" and self._has_case(at) else [])
        values = self._home(at) | self._stated("Premises", owner, dataset, f"{at // 2}") | {"caseMembers": members}
        values["sheet"] = sheet(Node.PREMISES, values)
        return {"premises": f"pre_{owner[0]}{at // 2:06}", "values": values}

    def _stay(self, at: int, owner: str, dataset: str) -> dict[str, Any]:
        values = self._link("RESIDES_AT", owner, dataset, f"{at}") | {"since": "2020-01-01"}
        return {"record": f"rec_{owner[0]}{at:06}", "premises": f"pre_{owner[0]}{at // 2:06}", "values": values}

    def _case(self, at: int) -> dict[str, Any]:
        stated = self._stated("Case", "council", CASES, f"{at}")
        work = {"reference": f"ASB-{at}", "status": "OPEN", "openedOn": "2026-01-05", "participants": PARTICIPANTS}
        values = stated | work | {"wards": [self._home(at)["ward"]]}
        return {"case": f"case_{at:06}", "values": values | {"sheet": sheet(Node.CASE, values)}}

    def _concern(self, at: int, role: str) -> dict[str, Any]:
        values = self._link("CONCERNS", "council", CASES, f"{at}-{role}") | {"role": role}
        return {"case": f"case_{at:06}", "record": f"rec_c{at:06}", "values": values}

    def _scene(self, at: int) -> dict[str, Any]:
        values = self._link("CONCERNS", "council", CASES, f"{at}-scene")
        return {"case": f"case_{at:06}", "premises": f"pre_c{at // 2:06}", "values": values}

    def _part(self, at: int, code: str) -> dict[str, Any]:
        return {
            "case": f"case_{at:06}",
            "agency": code,
            "values": self._link("PARTICIPATES_IN", "council", CASES, f"{at}/{code}"),
        }

    @staticmethod
    def _person(at: int) -> dict[str, Any]:
        born = f"{1940 + at % 75}-{1 + at % 12:02}-{1 + at % 28:02}"
        return {
            "givenName": GIVEN[at % 10],
            "familyName": f"{FAMILY[at // 10 % 10]}-{at % 97}",
            "dateOfBirth": born,
            "gender": ("FEMALE", "MALE")[at % 2],
            "phone": f"+4477{at:08}",
            "email": f"p{at}@example.org",
            "warningMarkers": ["DOG"] if at % 7 == 0 else [],
        }

    def _stated(self, type_name: str, owner: str, dataset: str, key: str) -> dict[str, Any]:
        claim = Claim(type=type_name, owner=owner, dataset=dataset, sensitivity="OFFICIAL", marked=())
        facts = claim.under(())
        self.classes.add(facts)
        return {
            "owner": owner,
            "dataset": dataset,
            "key": key,
            "sourceKey": f"{type_name}/{owner}/{dataset}/{key}",
            "sensitivity": "OFFICIAL",
            "stated": [],
            "marked": [],
            "facts": facts,
            "reliability": 3,
            "lastSeen": "2026-11-24T09:00:00Z",
        }

    def _link(self, type_name: str, owner: str, dataset: str, key: str) -> dict[str, Any]:
        stated = self._stated(type_name, owner, dataset, key) | {"linkId": f"lnk_{type_name}-{owner}-{key}"}
        del stated["reliability"]
        return stated

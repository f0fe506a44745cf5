"""Families, schools, groups and supervision of people who are protected: nobody who is not spared notices them."""

import asyncio
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest

from graph.store import Connection
from graph.vocabulary import Link, Node
from policies.vocabulary import Protection
from tests.resolvers.stage import staged
from tests.support.engine import on_one_engine
from tests.support.hub import TestHub
from tests.support.scenes import (
    SENSITIVE,
    Facts,
    associate,
    case,
    concerns,
    link,
    person,
    premises,
    resides,
    thing,
    write,
)

pytestmark = on_one_engine


WARD = "E05013808"
CHILD = {"givenName": "Noah", "familyName": "Hart", "dateOfBirth": "2015-09-30", "nhsNumber": "9434765919"}
MOTHER = {
    "givenName": "Grace",
    "familyName": "Hart",
    "dateOfBirth": "1991-04-02",
    "nationalInsuranceNumber": "QQ123456C",
}
MAN = {
    "givenName": "Pat",
    "familyName": "Quill",
    "dateOfBirth": "1970-12-12",
    "nationalInsuranceNumber": "QQ654321A",
}
OTHER = {"givenName": "Sam", "familyName": "Quill", "dateOfBirth": "1972-01-12"}
MORE = "totalCount pageInfo { hasNextPage endCursor }"
ACCESS = "access { level withheld { field reason agreement } }"
WHO = f"id givenName familyName dateOfBirth address ward phone {ACCESS} knownTo {{ agency {{ code }} lastSeen }}"
NEWEST = "orderBy: DATE_OF_BIRTH_DESC"
SINCE = 'filter: {not: {familyName: {eq: "Quill"}}}'
TIES = f"""{WHO} records {{ id dataset agency {{ code }} {ACCESS} }}
  parents(first: 1, {NEWEST}) {{ {MORE} edges {{ cursor node {{ {WHO} }} }} }}
  children(first: 2) {{ {MORE} edges {{ cursor node {{ {WHO} schools(first: 1) {{ {MORE} }} }} }} }}
  siblings(first: 2, {SINCE}) {{ {MORE} edges {{ node {{ {WHO} }} }} }}
  associates(first: 1, {NEWEST}) {{ {MORE} edges {{ since cursor node {{ {WHO} }} }} }}
  schools(first: 1, orderBy: NAME_DESC) {{ {MORE} edges {{ since until cursor node {{ name }} }} }}
  current: schools(first: 1, edge: {{current: true}}) {{ {MORE} }}
  supervisions(first: 1) {{ {MORE} edges {{ since until order cursor node {{ code }} }} }}
  under: supervisions(first: 1, edge: {{not: {{order: {{eq: "x"}}}}}}) {{ {MORE} }}
  groups(first: 1, orderBy: NAME_DESC) {{ {MORE} edges {{ since cursor node {{ name groupType {ACCESS} }} }} }}
  residences(first: 1) {{ {MORE} edges {{ node {{ address }} }} }}
  cases(first: 2) {{ {MORE} edges {{ roles node {{ reference }} }} }}
  timeline(first: 3) {{ {MORE} edges {{ cursor node {{
    at kind roles dataset agency {{ code }} subject {{ __typename id }} }} }} }}"""
PEOPLE = f"""query($f: PersonFilter!) {{ people(first: 9, filter: $f, orderBy: DATE_OF_BIRTH_DESC) {{
  {MORE} edges {{ cursor node {{ {TIES} }} }} }} }}"""
GROUPS = f"""query($f: GroupFilter) {{ groups(first: 2, filter: $f, orderBy: NAME_DESC) {{
  {MORE} edges {{ cursor node {{ id name groupType {ACCESS}
  members(first: 1, {NEWEST}) {{ {MORE} edges {{ since cursor node {{ {WHO} }} }} }}
  old: members(first: 1, edge: {{since: {{gte: "2020-01-01"}}}}, filter: {{familyName: {{eq: "Quill"}}}}) {{ {MORE} }}
  }} }} }} }}"""
SCHOOLS = f"""{{ schools(first: 3, orderBy: NAME) {{ {MORE} edges {{ cursor node {{ id name
  pupils(first: 1, orderBy: FAMILY_NAME_DESC) {{ {MORE} edges {{ since until cursor node {{ {WHO} }} }} }}
  born: pupils(first: 1, filter: {{dateOfBirth: {{gte: "2015"}}}}) {{ {MORE} }}
  now: pupils(first: 1, edge: {{current: true}}) {{ {MORE} }}
  premises(first: 2) {{ {MORE} edges {{ node {{ id address ward }} }} }} }} }} }} }}"""
CASES = f"""{{ cases(first: 3, orderBy: OPENED_ON_DESC) {{ {MORE} edges {{ cursor node {{ id reference
  agencies(first: 9) {{ totalCount }} people(first: 2) {{ {MORE} edges {{ roles node {{ {WHO} }} }} }}
  timeline(first: 9) {{ {MORE} edges {{ cursor node {{ at kind roles subject {{ __typename id }} }} }} }} }} }} }} }}"""
PLACES = f"""{{ premisesList(first: 9, filter: {{ward: {{eq: "{WARD}"}}}}) {{ {MORE} edges {{ node {{ id address
  schools(first: 2) {{ {MORE} edges {{ node {{ id }} }} }} residents(first: 2) {{ {MORE} }} }} }} }} }}"""
QUESTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    (PEOPLE, {"f": {"familyName": {"in": ["Hart", "Quill"]}}}),
    (PEOPLE, {"f": {"familyName": {"in": ["Hart", "Quill"]}, "knownTo": {"in": ["larkhall", "probation"]}}}),
    (PEOPLE, {"f": {"or": [{"phone": {"eq": "+447700900123"}}, {"ward": {"eq": WARD}}]}}),
    (GROUPS, {"f": None}),
    (GROUPS, {"f": {"not": {"groupType": {"eq": "CREW"}}}}),
    (SCHOOLS, {}),
    (CASES, {}),
    (PLACES, {}),
)
VIEWERS = (
    ("youth-worker", "CHILD_SAFEGUARDING"),
    ("youth-worker", "SERIOUS_VIOLENCE"),
    ("practitioner", "CHILD_SAFEGUARDING"),
    ("probation-officer", "SERIOUS_VIOLENCE"),
    ("probation-officer", "CRIME_PREVENTION"),
    ("safeguarding-lead", "CHILD_SAFEGUARDING"),
    ("asb-officer", "CRIME_PREVENTION"),
)
SCHOOL = thing(Node.SCHOOL, "hub/schools-register/900001", urn="900001", name="Larkhall Academy", ward=WARD)
FENNEL = thing(Node.SCHOOL, "hub/schools-register/900002", urn="900002", name="Fennel Street", ward=WARD)
SITE = premises("hub/schools-register/900001", address="1 Lark Hill", postcode="W1D 3DH", ward=WARD)
GROUP = thing(Node.GROUP, "police/police-groups/1", SENSITIVE, name="Crew", groupType="CREW")
MATTER = case("council/council-asb-cases/1", "council", "police", "housing", "larkhall", "probation", "health")
PROBATION = thing(Node.AGENCY, "hub/agencies/probation")
child, mother = person("council/child", **CHILD), person("council/mother", **MOTHER)
man, other = person("police/man", **MAN), person("police/other", **OTHER)


def ordinary() -> list[Facts]:
    """A family, two men, a group of one of them, and a case with all."""
    pupil, contact = person("larkhall/pupil", familyName="Quill"), person("larkhall/contact", familyName="Quill")
    return [
        *(
            SCHOOL,
            FENNEL,
            SITE,
            link(Link.OCCUPIES, SCHOOL, SITE),
            GROUP,
            MATTER,
            child,
            mother,
            man,
            other,
            pupil,
            contact,
        ),
        *(link(Link.PARENT_OF, contact, pupil), link(Link.PUPIL_AT, pupil, SCHOOL, since="2024-09-01")),
        *(link(Link.MEMBER_OF, other, GROUP, since="2021-01-01"), concerns(MATTER, other, "PERPETRATOR")),
        *(concerns(MATTER, child, "SIBLING"), concerns(MATTER, mother, "VICTIM"), concerns(MATTER, man, "WITNESS")),
    ]


def marked(protection: Protection) -> list[Facts]:
    """What somebody who is spared has recorded of the mother and the child."""
    return [
        person("victim_support/mother", protection, SENSITIVE, **MOTHER),
        person("victim_support/child", protection, SENSITIVE, **CHILD),
    ]


def schooling(*marks: Protection) -> list[Facts]:
    """What the child's school has recorded."""
    pupil = person("larkhall/noah", *marks, **CHILD, phone="+447700900123", ward=WARD)
    parent = person("larkhall/school-contacts/grace", **MOTHER, phone="+447700900123")
    return [
        *(pupil, parent, link(Link.PARENT_OF, parent, pupil)),
        *(
            link(Link.PUPIL_AT, pupil, SCHOOL, since="2024-09-01"),
            link(Link.PUPIL_AT, pupil, FENNEL, until="2024-08-31"),
        ),
    ]


def doings(protection: Protection) -> list[Facts]:
    """What the police have marked of a man, in whose group he is, and that probation supervises him."""
    him, client = (
        person("police/marked", protection, **MAN),
        person("probation/probation-supervisions/1", protection, **MAN),
    )
    return [
        *(him, client, link(Link.MEMBER_OF, him, GROUP, since="2022-01-01"), associate(him, other, since="2022-01-01")),
        *(link(Link.SUPERVISED_BY, client, PROBATION, since="2023-01-01", order="Licence"), concerns(MATTER, him)),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """What is stored in the end, and who may notice it; `before` is stored in any case."""

    before: tuple[Facts, ...] = ()
    after: tuple[Facts, ...]
    spared: frozenset[str] = frozenset()


REFUGE, ADOPTION, WITNESS, COVERT, SILENT = Protection
THIRD = person("police/third", givenName="Lee", familyName="Quill", dateOfBirth="1980-01-01")
CREW = thing(Node.GROUP, "police/police-groups/2", COVERT, name="Covert", groupType="CREW")
HIDDEN = {
    "the school of a child in a refuge": Hidden(
        before=tuple(marked(REFUGE)),
        after=tuple(schooling()),
        spared=frozenset({"victim-support", "safeguarding-lead"}),
    ),
    "the school of an adopted child": Hidden(
        after=tuple(schooling(ADOPTION)[:1] + schooling(ADOPTION)[2:]), spared=frozenset({"safeguarding-lead"})
    ),
    "what a protected witness does": Hidden(
        before=(person("police/marked", WITNESS, **MAN),),
        after=tuple(doings(WITNESS)),
        spared=frozenset({"police-officer"}),
    ),
    "what somebody does who is watched": Hidden(
        before=(person("police/marked", COVERT, **MAN),),
        after=tuple(doings(COVERT)),
        spared=frozenset({"police-officer"}),
    ),
    "what nobody is to know of somebody": Hidden(
        before=(person("police/marked", SILENT, **MAN),), after=tuple(doings(SILENT))
    ),
    "a covert group with a member": Hidden(
        after=(CREW, link(Link.MEMBER_OF, other, CREW, since="2023-05-05")), spared=frozenset({"police-officer"})
    ),
    "a covert membership": Hidden(
        after=(link(Link.MEMBER_OF, man, GROUP, COVERT, since="2023-05-05"),), spared=frozenset({"police-officer"})
    ),
    "a covert part in a case": Hidden(
        before=(THIRD,),
        after=(concerns(MATTER, THIRD, "WITNESS", COVERT),),
        spared=frozenset({"police-officer"}),
    ),
    "who lives in a refuge where a school is": Hidden(
        before=tuple(marked(REFUGE)),
        after=(resides(mother, SITE), resides(child, SITE)),
        spared=frozenset({"victim-support"}),
    ),
}


async def answers(hub: TestHub) -> dict[tuple[tuple[str, str], int], bytes]:
    await hub.watch.refresh(hub.store)
    return {
        (viewer, at): await hub.body(*viewer, *question)
        for viewer, (at, question) in product(VIEWERS, enumerate(QUESTIONS))
    }


@pytest.mark.parametrize("name", HIDDEN)
def test_nobody_notices(engine_connection: Connection, name: str) -> None:
    hidden = HIDDEN[name]

    async def whole() -> None:
        async with staged(engine_connection) as hub:
            await write(hub.store, *ordinary(), seed="ordinary")
            await write(hub.store, *hidden.before, seed="before")
            never = await answers(hub)
            await write(hub.store, *hidden.after, seed="after")
            now = await answers(hub)
            noticed = [key for key, one in never.items() if key[0][0] not in hidden.spared and one != now[key]]
            assert not noticed, [(key, never[key].decode(), now[key].decode()) for key in noticed]

    asyncio.run(whole())

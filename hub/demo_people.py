"""The people of the demo: who they are, where they work, and what they may ask for."""

from dataclasses import dataclass

from policies.viewer import Principal
from policies.vocabulary import Purpose

WESTMINSTER = frozenset(f"E050{number}" for number in range(13792, 13810))
"""The eighteen wards of 2025."""
CHURCH_STREET, HARROW_ROAD, QUEENS_PARK, WEST_END, WESTBOURNE = (
    "E05013794",
    "E05013795",
    "E05013804",
    "E05013808",
    "E05013809",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """Somebody who does not exist, with the purposes that the shipped agreements permit to such a role."""

    name: str
    title: str
    agency: str
    role: str
    wards: frozenset[str]
    purposes: tuple[Purpose, ...]

    @property
    def principal(self) -> Principal:
        return Principal(subject=self.name, agency=self.agency, roles=frozenset({self.role}), wards=self.wards)


DEMO_PEOPLE: tuple[DemoPerson, ...] = (
    DemoPerson(
        name="asb-officer",
        title="Anti-social behaviour officer, council",
        agency="council",
        role="asb_officer",
        wards=WESTMINSTER,
        purposes=(Purpose.ASB_PREVENTION, Purpose.CRIME_PREVENTION),
    ),
    DemoPerson(
        name="housing-officer",
        title="Housing officer, housing provider",
        agency="housing",
        role="housing_officer",
        wards=frozenset({CHURCH_STREET, HARROW_ROAD, QUEENS_PARK, WEST_END, WESTBOURNE}),
        purposes=(Purpose.ASB_PREVENTION,),
    ),
    DemoPerson(
        name="safeguarding-lead",
        title="Designated safeguarding lead, Larkhall Academy",
        agency="larkhall",
        role="dsl",
        wards=frozenset(),
        purposes=(Purpose.ASB_PREVENTION, Purpose.CHILD_SAFEGUARDING),
    ),
    DemoPerson(
        name="councillor",
        title="Ward councillor, West End",
        agency="council",
        role="councillor",
        wards=frozenset({WEST_END}),
        purposes=(Purpose.ASB_PREVENTION,),
    ),
    DemoPerson(
        name="police-officer",
        title="Neighbourhood officer, police",
        agency="police",
        role="officer",
        wards=WESTMINSTER,
        purposes=(Purpose.ASB_PREVENTION, Purpose.CRIME_PREVENTION),
    ),
    DemoPerson(
        name="victim-support",
        title="Caseworker, victim support",
        agency="victim_support",
        role="caseworker",
        wards=frozenset(),
        purposes=(Purpose.ASB_PREVENTION, Purpose.ADULT_SAFEGUARDING),
    ),
    DemoPerson(
        name="probation-officer",
        title="Probation officer",
        agency="probation",
        role="probation_officer",
        wards=frozenset(),
        purposes=(Purpose.CRIME_PREVENTION, Purpose.MARAC_DA, Purpose.SERIOUS_VIOLENCE),
    ),
    DemoPerson(
        name="youth-worker",
        title="Youth offending worker",
        agency="youth_offending",
        role="youth_worker",
        wards=frozenset(),
        purposes=(Purpose.CHILD_SAFEGUARDING, Purpose.SERIOUS_VIOLENCE),
    ),
    DemoPerson(
        name="practitioner",
        title="Practitioner, mental health trust",
        agency="health",
        role="practitioner",
        wards=frozenset(),
        purposes=(Purpose.CHILD_SAFEGUARDING, Purpose.ADULT_SAFEGUARDING, Purpose.MARAC_DA),
    ),
    DemoPerson(
        name="auditor",
        title="Auditor, council",
        agency="council",
        role="auditor",
        wards=frozenset(),
        purposes=(Purpose.AUDIT,),
    ),
)

"""The people that every sample holds, whatever its size and seed: those that the demo shows and the tests look for."""

from dataclasses import dataclass
from datetime import date

from connectors.sample.copies import Copy, exact
from connectors.sample.extracts import FENNEL, LARKHALL, Extracts, Group, Incident
from connectors.sample.people import Person
from connectors.sample.places import Atlas, Home

WARD = "E05013808"
"""West End, where all of them live: the ward of the demo's councillor."""
FAMILY = "Adeyemi-Hart"
MOTHER, FATHER, SON, DAUGHTER = "Folasade", "Daniel", "Tobi", "Ife"
ASSOCIATE = ("Rafe", "Dunmorrow")
REFUGE = ("Marisol", "Quennell")
ADOPTED = ("Linnet", "Farrowby")
WITNESS = ("Corwin", "Ashdale")
COVERT = ("Ottoline", "Brackett-Snow")
SILENT = ("Perpetua", "Lockwether")
SON_CASE, MOTHER_CASE, REFUGE_CASE, OTHER_CASE = "ASB-2026-0001", "ASB-2026-0002", "ASB-2026-0003", "ASB-2026-0004"
KEYS = {
    "mother": (
        "council/council-asb-people/AP0000001",
        "housing/housing-tenancies/T0000001",
        "victim_support/victim-support-clients/VS0000001",
        "larkhall/school-contacts/SC0000001",
        "fennel/school-contacts/SC0000001",
    ),
    "father": (
        "housing/housing-tenancies/T0000002",
        "larkhall/school-contacts/SC0000002",
        "fennel/school-contacts/SC0000002",
        "health/health-patients/HP0000001",
    ),
    "son": (
        "council/council-asb-people/AP0000002",
        "police/police-nominals/N0000001",
        "larkhall/school-roll/LA0000001",
        "youth_offending/youth-offending-caseload/YO0000001",
    ),
    "daughter": ("fennel/school-roll/FS0000001",),
    "associate": ("police/police-nominals/N0000002", "probation/probation-supervisions/X0000001"),
    "refuge": ("council/council-asb-people/AP0000003", "victim_support/victim-support-clients/VS0000002"),
    "adopted": ("council/council-asb-people/AP0000004", "fennel/school-roll/FS0000002"),
    "witness": ("housing/housing-tenancies/T0000003", "police/police-nominals/N0000003"),
    "covert": ("council/council-asb-people/AP0000005", "police/police-nominals/N0000004"),
    "silent": ("housing/housing-tenancies/T0000004", "victim_support/victim-support-clients/VS0000003"),
}
"""The source keys of everyone's records."""
CREW = Group(key="G0001", name="Stairwell Crew", kind="C")
REFUGE_MARKING, ADOPTION_MARKING, WITNESS_MARKING, COVERT_MARKING, SILENT_MARKING = (
    "OFFICIAL-SENSITIVE refuge",
    "OFFICIAL-SENSITIVE adoption",
    "OFFICIAL-SENSITIVE witness",
    "OFFICIAL-SENSITIVE covert",
    "OFFICIAL-SENSITIVE silent",
)
PEOPLE = 10
"""How many there are; everyone else is numbered from here."""
_WEST_END = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The pinned people, each written down exactly."""

    mother: Copy
    father: Copy
    son: Copy
    daughter: Copy
    associate: Copy
    refuge: Copy
    adopted: Copy
    witness: Copy
    covert: Copy
    silent: Copy


def write(extracts: Extracts, atlas: Atlas) -> None:
    """Write everything that the agencies hold of the pinned people."""
    cast = _cast(atlas)
    _write_cases(extracts, cast)
    _write_family(extracts, cast)
    _write_protected(extracts, cast)
    _write_ties(extracts, cast)


def _cast(atlas: Atlas) -> Cast:
    family, other = atlas.home(_WEST_END, 0, 14, 2), atlas.home(_WEST_END, 3, 71, 0)
    refuge = atlas.refuge(_WEST_END)
    shared = "07700 900112"
    return Cast(
        mother=_person(0, (MOTHER, FAMILY, "F"), date(1984, 5, 17), shared, family),
        father=_person(1, (FATHER, FAMILY, "M"), date(1981, 11, 2), "07700 900113", family),
        son=_person(2, (SON, FAMILY, "M"), date(2010, 9, 3), "07700 900114", family),
        daughter=_person(3, (DAUGHTER, FAMILY, "F"), date(2018, 2, 11), shared, family),
        associate=_person(4, (*ASSOCIATE, "M"), date(2001, 1, 29), "07700 900115", other),
        refuge=_person(5, (*REFUGE, "F"), date(1991, 7, 23), "07700 900417", refuge),
        adopted=_person(6, (*ADOPTED, "F"), date(2017, 4, 8), "07700 900418", atlas.home(_WEST_END, 6, 22, 0)),
        witness=_person(7, (*WITNESS, "M"), date(1976, 12, 12), "07700 900419", atlas.home(_WEST_END, 7, 9, 1)),
        covert=_person(8, (*COVERT, "F"), date(1988, 3, 30), "07700 900420", atlas.home(_WEST_END, 8, 35, 4)),
        silent=_person(9, (*SILENT, "F"), date(1969, 10, 5), "07700 900421", atlas.home(_WEST_END, 9, 48, 0)),
    )


def _person(serial: int, name: tuple[str, str, str], born: date, phone: str, home: Home) -> Copy:
    given, family, gender = name
    return exact(
        Person(
            serial=serial,
            household=f"H-{family}",
            given=given,
            family=family,
            known_as="",
            born=born,
            gender=gender,
            phone=phone,
            email="",
            home=home,
        )
    )


def _write_cases(extracts: Extracts, cast: Cast) -> None:
    for incident in (*_cases_at_home(cast.mother.person.home), *_cases_elsewhere()):
        extracts.case(incident)


def _cases_at_home(home: Home) -> tuple[Incident, ...]:
    return (
        Incident(
            reference=SON_CASE,
            kind="ROWDY_INCONSIDERATE",
            opened="2026-09-14",
            lead="council",
            participants=("police", "housing"),
            summary="A group gathers in the stairwell late at night and threatens residents who complain.",
            scene=home,
        ),
        Incident(
            reference=MOTHER_CASE,
            kind="NOISE",
            opened="2026-06-02",
            lead="council",
            participants=("housing", "victim_support"),
            summary="Music from the flat above at night; the household has asked for help several times.",
            scene=home,
        ),
    )


def _cases_elsewhere() -> tuple[Incident, ...]:
    return (
        Incident(
            reference=REFUGE_CASE,
            kind="MALICIOUS_COMMUNICATIONS",
            opened="2026-08-20",
            lead="council",
            participants=("housing", "police"),
            summary="Repeated messages from a former partner.",
        ),
        Incident(
            reference=OTHER_CASE,
            kind="STREET_DRINKING",
            opened="2026-03-11",
            closed="2026-05-29",
            lead="council",
            participants=("police",),
            summary="Drinking and litter in a shared garden.",
        ),
    )


def _write_family(extracts: Extracts, cast: Cast) -> None:
    extracts.council("AP0000001", cast.mother, MOTHER_CASE, "victim")
    extracts.another_role("AP0000001", cast.mother, SON_CASE, "parent or carer")
    extracts.council("AP0000002", cast.son, SON_CASE, "alleged perpetrator")
    extracts.housing("T0000001", cast.mother, "TEN-00001", "01/04/2019")
    extracts.housing("T0000002", cast.father, "TEN-00001", "01/04/2019")
    extracts.victim_support("VS0000001", cast.mother, "2026-06-09")
    extracts.police("N0000001", cast.son, ("WE",))
    extracts.police("N0000002", cast.associate, ("VI", "DR"))
    extracts.association("N0000001", "N0000002", "05/2026")
    extracts.school(LARKHALL, "LA0000001", cast.son)
    extracts.school(FENNEL, "FS0000001", cast.daughter)
    extracts.siblings(LARKHALL, "LA0000001", FENNEL, "FS0000001")
    extracts.siblings(FENNEL, "FS0000001", LARKHALL, "LA0000001")


def _write_ties(extracts: Extracts, cast: Cast) -> None:
    for school, pupil in ((LARKHALL, "LA0000001"), (FENNEL, "FS0000001")):
        for key, parent in (("SC0000001", cast.mother), ("SC0000002", cast.father)):
            extracts.parent(school, key, parent, pupil)
            extracts.told(school, "school-contacts", key, parent)
    extracts.group(CREW, "N0000001", "06/2026")
    extracts.group(CREW, "N0000002", "2024")
    extracts.supervised("probation", "X0000001", cast.associate, "Community order", "2026-02-03")
    extracts.supervised("youth_offending", "YO0000001", cast.son, "Prevention", "2026-09-21")
    extracts.health("HP0000001", cast.father)


def _write_protected(extracts: Extracts, cast: Cast) -> None:
    extracts.council("AP0000003", cast.refuge, REFUGE_CASE, "victim")
    extracts.victim_support("VS0000002", cast.refuge, "2026-08-21", REFUGE_MARKING)
    extracts.council("AP0000004", cast.adopted, OTHER_CASE, "vulnerable person")
    extracts.school(FENNEL, "FS0000002", cast.adopted, ADOPTION_MARKING)
    extracts.housing("T0000003", cast.witness, "TEN-00002", "15/02/2026", WITNESS_MARKING)
    extracts.police("N0000003", cast.witness)
    extracts.council("AP0000005", cast.covert, OTHER_CASE, "complainant")
    extracts.police("N0000004", cast.covert, ("ES",), COVERT_MARKING)
    extracts.housing("T0000004", cast.silent, "TEN-00003", "01/10/2008")
    extracts.victim_support("VS0000003", cast.silent, "2026-01-15", SILENT_MARKING)

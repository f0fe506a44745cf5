"""The files that the agencies of a made-up partnership hand over, and the truth beside them."""

import csv
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from connectors.sample.copies import Copy
from connectors.sample.places import Home

LARKHALL, FENNEL = "larkhall", "fennel"
COLUMNS: Mapping[str, str] = {
    "council-asb-cases": "case_ref,case_type,status,opened,closed,summary,lead,participants,"
    "address,postcode,ward,uprn,marking",
    "council-asb-people": "case_ref,person_id,role,given_name,family_name,aliases,date_of_birth,gender,phone,email,"
    "address,postcode,ward,uprn,marking",
    "housing-tenancies": "Tenancy,Tenant,Forename,Surname,Date of Birth,Sex,Telephone,E-mail,NI Number,"
    "Address,Postcode,Ward,UPRN,Latitude,Longitude,Tenancy Start,Tenancy End,Marking",
    "police-nominals": "NOMINAL,FORENAME,SURNAME,ALIASES,DOB,SEX,PHONE,EMAIL,NI_NO,"
    "ADDRESS,POSTCODE,WARD,UPRN,WARNINGS,MARKING",
    "police-associations": "NOMINAL_A,NOMINAL_B,SINCE,MARKING",
    "school-roll-larkhall": "Pupil,Legal forename,Legal surname,Known as,DOB,Sex,Contact phone,Contact email,"
    "NHS number,Address,Postcode,Ward,Marking",
    "school-siblings-larkhall": "Pupil,Sibling,Sibling's school,Marking",
    "school-roll-fennel": "Pupil,Legal forename,Legal surname,Known as,DOB,Sex,Contact phone,Contact email,"
    "NHS number,Address,Postcode,Ward,Marking",
    "school-siblings-fennel": "Pupil,Sibling,Sibling's school,Marking",
    "victim-support-clients": "client,first_name,last_name,birth_date,gender,mobile,email,nhs_number,"
    "address,postcode,ward,uprn,client_since,marking",
    **{
        f"school-contacts-{school}": "Contact,Pupil,Forename,Surname,DOB,Phone,Email,Marking"
        for school in ("larkhall", "fennel")
    },
    "police-groups": "GROUP,GROUP_NAME,KIND,NOMINAL,SINCE,MARKING",
    "probation-supervisions": "crn,first_name,last_name,born,sex,telephone,address,postcode,ward,order,"
    "start,end,marking",
    "youth-offending-caseload": "case_number,first_name,last_name,born,sex,telephone,address,postcode,ward,programme,"
    "start,end,marking",
    "health-patients": "patient,nhs_number,forename,surname,birth_date,gender,mobile,address,postcode,ward,marking",
    "truth": "person,agency,dataset,key,household,family,markings,slip",
}
"""The header of each file; every name but `truth` is a dataset's, with the school's code where schools bring it."""
_DAY, _ISO = "%d/%m/%Y", "%Y-%m-%d"
_GENDERS = {"F": "female", "M": "male"}
_POLICE_SEX = {"F": "2", "M": "1"}


class Rows(Protocol):
    """Where rows go."""

    def writerow(self, row: tuple[str, ...], /) -> object: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A case of the council: what it is, who leads it and who takes part, and where it happened."""

    reference: str
    kind: str
    opened: str
    lead: str
    closed: str = ""
    summary: str = ""
    participants: tuple[str, ...] = ()
    scene: Home | None = None
    marking: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People who act together, as the police hold them."""

    key: str
    name: str
    kind: str


SUPERVISIONS = {"probation": "probation-supervisions", "youth_offending": "youth-offending-caseload"}


class Extracts:
    """The open files of a partnership, each with its header."""

    def __init__(self, files: Mapping[str, Rows]) -> None:
        self._files = files

    def case(self, incident: Incident) -> None:
        scene = incident.scene
        self._files["council-asb-cases"].writerow(
            (
                *(incident.reference, incident.kind, "closed" if incident.closed else "open"),
                *(incident.opened, incident.closed, incident.summary, incident.lead, ";".join(incident.participants)),
                *((scene.address, scene.postcode, scene.ward, scene.uprn) if scene else ("", "", "", "")),
                incident.marking,
            )
        )

    def council(self, key: str, copy: Copy, case: str, role: str) -> None:
        self.another_role(key, copy, case, role)
        self._truth("council", "council-asb-people", key, copy, "")

    def another_role(self, key: str, copy: Copy, case: str, role: str) -> None:
        """Name somebody in a case again, whom the council already holds."""
        who, home = copy.person, copy.person.home
        self._files["council-asb-people"].writerow(
            (
                *(case, key, role, copy.given, copy.family, who.known_as, copy.birth(_ISO), _GENDERS[who.gender]),
                *(copy.phone, copy.email, home.address, home.postcode, home.ward, home.uprn, ""),
            )
        )

    def housing(self, key: str, copy: Copy, tenancy: str, since: str, marking: str = "") -> None:
        who, home = copy.person, copy.person.home
        self._files["housing-tenancies"].writerow(
            (
                *(tenancy, key, copy.given, copy.family, copy.birth(_DAY), who.gender, copy.phone, copy.email),
                *(who.national_insurance_number, home.address, home.postcode, home.ward, home.uprn),
                *(home.latitude, home.longitude, since, "", marking),
            )
        )
        self._truth("housing", "housing-tenancies", key, copy, marking)

    def police(self, key: str, copy: Copy, warnings: tuple[str, ...] = (), marking: str = "") -> None:
        who, home = copy.person, copy.person.home
        self._files["police-nominals"].writerow(
            (
                *(key, copy.given.upper(), copy.family.upper(), who.known_as.upper(), copy.birth(_DAY)),
                *(_POLICE_SEX[who.gender], copy.phone, copy.email, who.national_insurance_number),
                *(home.address, home.postcode, home.ward, home.uprn, ";".join(warnings), marking),
            )
        )
        self._truth("police", "police-nominals", key, copy, marking)

    def association(self, one: str, other: str, since: str, marking: str = "") -> None:
        self._files["police-associations"].writerow((one, other, since, marking))

    def school(self, school: str, key: str, copy: Copy, marking: str = "") -> None:
        who, home = copy.person, copy.person.home
        self._files[f"school-roll-{school}"].writerow(
            (
                *(key, copy.given, copy.family, who.known_as, copy.birth(_DAY), who.gender),
                *(copy.phone, copy.email, who.nhs_number, home.address, home.postcode, home.ward, marking),
            )
        )
        self._truth(school, "school-roll", key, copy, marking)

    def siblings(self, school: str, pupil: str, other_school: str, other: str, marking: str = "") -> None:
        self._files[f"school-siblings-{school}"].writerow((pupil, other, other_school, marking))

    def victim_support(self, key: str, copy: Copy, since: str, marking: str = "") -> None:
        who, home = copy.person, copy.person.home
        self._files["victim-support-clients"].writerow(
            (
                *(key, copy.given, copy.family, copy.birth(_ISO), _GENDERS[who.gender], copy.phone, copy.email),
                *(who.nhs_number, home.address, home.postcode, home.ward, home.uprn, since, marking),
            )
        )
        self._truth("victim_support", "victim-support-clients", key, copy, marking)

    def parent(self, school: str, key: str, copy: Copy, pupil: str, marking: str = "") -> None:
        """Name somebody as a pupil's parent; the first time of several tells of them too."""
        row = (key, pupil, copy.given, copy.family, copy.birth(_DAY), copy.phone, copy.email, marking)
        self._files[f"school-contacts-{school}"].writerow(row)

    def group(self, group: Group, nominal: str, since: str, marking: str = "") -> None:
        self._files["police-groups"].writerow((group.key, group.name, group.kind, nominal, since, marking))

    def supervised(self, agency: str, key: str, copy: Copy, order: str, since: str) -> None:
        """Write down a supervision of probation, or of the youth offending service."""
        who, home, dataset = copy.person, copy.person.home, SUPERVISIONS[agency]
        self._files[dataset].writerow(
            (
                *(key, copy.given, copy.family, copy.birth(_ISO), who.gender, copy.phone),
                *(home.address, home.postcode, home.ward, order, since, "", ""),
            )
        )
        self._truth(agency, dataset, key, copy, "")

    def health(self, key: str, copy: Copy) -> None:
        who, home = copy.person, copy.person.home
        self._files["health-patients"].writerow(
            (
                *(key, who.nhs_number, copy.given, copy.family, copy.birth(_ISO), _GENDERS[who.gender], copy.phone),
                *(home.address, home.postcode, home.ward, ""),
            )
        )
        self._truth("health", "health-patients", key, copy, "")

    def told(self, agency: str, dataset: str, key: str, copy: Copy, marking: str = "") -> None:
        """Note whose record a key is, where several rows tell of it."""
        self._truth(agency, dataset, key, copy, marking)

    def _truth(self, agency: str, dataset: str, key: str, copy: Copy, marking: str) -> None:
        who = copy.person
        self._files["truth"].writerow((who.name, agency, dataset, key, who.household, who.family, marking, copy.slip))


@contextmanager
def opened(folder: Path) -> Iterator[Extracts]:
    """Create the files in a folder, in place of any that are there; raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        files: dict[str, Rows] = {}
        for name, header in COLUMNS.items():
            file = stack.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            files[name] = csv.writer(file, lineterminator="\n")
            files[name].writerow(tuple(header.split(",")))
        yield Extracts(files)

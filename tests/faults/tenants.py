"""Files of tenants who do not exist, each file of its own people, two to a home."""

from pathlib import Path

DATASET, OWNER = "housing-tenancies", "housing"
WARD = "E05013808"
HEADER = (
    "Tenancy,Tenant,Forename,Surname,Date of Birth,Sex,Telephone,E-mail,NI Number,Address,Postcode,Ward,UPRN,"
    "Latitude,Longitude,Tenancy Start,Tenancy End,Marking"
)
MARKINGS = ("", "", "", "", "", "", "OFFICIAL-SENSITIVE witness")
"""Every seventh tenant is one whose marking has consequences for the others of the home."""


def write_tenants(file: Path, at: int, count: int) -> Path:
    """Write the `at`-th file, of so many tenants."""
    rows = (_row(f"{at}-{number}", number) for number in range(count))
    file.write_text("\n".join((HEADER, *rows, "")), encoding="utf-8")
    return file


def _row(key: str, number: int) -> str:
    home = f"{number // 2} Lorriment Close {key.partition('-')[0]},W1D 4VC,{WARD}"
    born = f"{1 + number % 28:02}/{1 + number % 12:02}/{1940 + number % 60}"
    marking = MARKINGS[number % len(MARKINGS)]
    return f"TEN-{key},T{key},Ada,Ashdale-{key},{born},F,,,,{home},,,,01/04/2019,,{marking}"

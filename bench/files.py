"""Files to import: as many made-up rows as are asked for, with keys that no other file has."""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.town import ROADS, SYLLABLES, ward

WARDS = 20
SHARING = 10
"""Of so many people, one has the identifier of the one before."""
FILES = 20
"""How many files of people may have identifiers of their own."""


def write(kind: str, file: Path, rows: int, number: int) -> None:
    """Write the file of that number; of the same kind and number it is always the same."""
    made = (MADE[kind](number, at) for at in range(rows))
    first = MADE[kind](number, 0)
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(first), lineterminator="\n")
        writer.writeheader()
        writer.writerows(made)


def _place(number: int, at: int) -> dict[str, str]:
    return {"name": f"{SYLLABLES[0][at % 20]}{SYLLABLES[2][at % 12]} House", **_address(number, at)}


def _address(number: int, at: int) -> dict[str, str]:
    return {
        "key": f"{number}-{at}",
        "address": f"{number}.{at + 1} {ROADS[at % 10]} Road",
        "postcode": f"ZZ{at % 97 + 1} {at // 97 % 9 + 1}{chr(65 + at // 873 % 20)}{chr(65 + at // 17460 % 20)}",
        "ward": ward(at % WARDS),
    }


def _venue(number: int, at: int) -> dict[str, str]:
    place = _place(number, at)
    return {
        "FHRSID": f"{number * 10_000_000 + at}",
        "BusinessName": place["name"],
        "BusinessType": "Restaurant/Cafe/Canteen",
        "AddressLine1": place["address"],
        "AddressLine2": "",
        "AddressLine3": "",
        "AddressLine4": "",
        "PostCode": place["postcode"],
        "RatingValue": str(at % 6),
        "RatingDate": f"2025-{1 + at % 12:02d}-{1 + at % 28:02d}",
        "Hygiene": str(at % 4 * 5),
        "Structural": str(at % 3 * 5),
        "ConfidenceInManagement": str(at % 2 * 5),
        "Longitude": "",
        "Latitude": "",
    }


def _person(number: int, at: int) -> dict[str, str]:
    first, second, third = SYLLABLES
    given, family = first[at % 20] + second[at // 20 % 10], first[at // 7 % 20] + third[at % 12]
    same = number + FILES * (at - 1 if at % SHARING == 1 else at)
    return {
        "given_name": given,
        "family_name": family,
        "born": f"{1940 + at % 75}-{1 + at % 12:02d}-{1 + at % 28:02d}",
        "phone": f"+447700900{at % 1000:03d}",
        "email": f"p{at}.{number}@example.org",
        "number": f"{chr(65 + same // 4_000_000)}Q{same // 4 % 1_000_000:06d}{'ABCD'[same % 4]}",
        **_address(number, at * 2 // 5),
        "key": f"{number}-{at}",
    }


MADE: Mapping[str, Callable[[int, int], dict[str, str]]] = {"places": _place, "venues": _venue, "people": _person}

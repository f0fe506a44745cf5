"""Invented homes in real wards: streets that do not exist, postcodes that cannot, points near the middle of a ward."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from random import Random

WARDS_FILE = "westminster-wards-2025.geojson"
_OUTWARD: Mapping[str, str] = {
    "E05013792": "NW8",
    "E05013793": "W2",
    "E05013794": "NW8",
    "E05013795": "W9",
    "E05013796": "W2",
    "E05013797": "SW1X",
    "E05013798": "W2",
    "E05013799": "W9",
    "E05013800": "W9",
    "E05013801": "W1U",
    "E05013802": "SW1V",
    "E05013803": "SW1V",
    "E05013804": "W10",
    "E05013805": "NW1",
    "E05013806": "SW1Y",
    "E05013807": "SW1P",
    "E05013808": "W1D",
    "E05013809": "W2",
}
_UNUSED_LETTERS = "CIKMOV"
"""Letters that never end a real postcode (Royal Mail, Postcode Address File), so that these are nobody's."""
_STEMS = [
    "Ambrelow",
    "Tarquith",
    "Oskerbeck",
    "Quillard",
    "Wendlemoor",
    "Fennywick",
    "Brathelow",
    "Corvanny",
    "Dunnisthorpe",
    "Ellerquay",
    "Farthenby",
    "Gorsehollow",
    "Hesperwick",
    "Inkerlow",
    "Jessamoor",
    "Kelverdine",
    "Lorriment",
    "Mostelby",
    "Nantherow",
    "Orlingsby",
    "Pellamoor",
    "Querniby",
    "Rosthwick",
    "Sallowmere",
    "Thistlequay",
    "Umberlow",
    "Vellacombe",
    "Wrenthorne",
    "Yarrowick",
    "Zephyrine",
]
_KINDS = ("Street", "Row", "Mews", "Gardens", "Terrace", "Place", "Walk", "Court", "Close", "Yard")
STREETS_PER_WARD = 16
_HOUSES, _FLATS = 180, 10
_REFUGE_STREET, _REFUGE_HOUSE = 5, 190
_SPREAD = 0.0006
"""Degrees: at most some 70 m from the middle of the ward."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """An address with all that an agency may hold of it."""

    address: str
    postcode: str
    ward: str
    uprn: str
    latitude: str
    longitude: str
    is_refuge: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Middle:
    """The middle of a ward, as its publisher gives it."""

    code: str
    latitude: float
    longitude: float


def middles() -> tuple[Middle, ...]:
    """The wards of the shipped file, by code."""
    text = files("connectors").joinpath("data", WARDS_FILE).read_text(encoding="utf-8")
    found = (feature["properties"] for feature in json.loads(text)["features"])
    wards = (Middle(code=each["WD25CD"], latitude=each["LAT"], longitude=each["LONG"]) for each in found)
    return tuple(sorted(wards, key=lambda ward: ward.code))


class Atlas:
    """Every invented home there is."""

    def __init__(self, wards: tuple[Middle, ...]) -> None:
        self._wards = wards

    def anywhere(self, chance: Random) -> Home:
        """Some home; two households seldom have the same."""
        ward, street = int(chance.random() * len(self._wards)), int(chance.random() * STREETS_PER_WARD)
        return self.home(ward, street, 1 + int(chance.random() * _HOUSES), int(chance.random() * _FLATS))

    def refuge(self, ward: int) -> Home:
        """The one refuge of a ward, at a house number that no other household has."""
        return replace(self.home(ward, _REFUGE_STREET, _REFUGE_HOUSE, 0), is_refuge=True)

    def any_refuge(self, chance: Random) -> Home:
        return self.refuge(int(chance.random() * len(self._wards)))

    def home(self, ward: int, street: int, house: int, flat: int) -> Home:
        """The home of a house number and a flat (0 is the whole house) in a street of a ward, both counted from 0."""
        place, serial = self._wards[ward], ward * STREETS_PER_WARD + street
        name = f"{_STEMS[serial % len(_STEMS)]} {_KINDS[serial // len(_STEMS)]}"
        east, north = (house * 37 + street * 11) % 101 - 50, (house * 53 + flat * 17) % 101 - 50
        return Home(
            address=f"Flat {flat}, {house} {name}" if flat else f"{house} {name}",
            postcode=f"{_OUTWARD[place.code]} {_inward(serial * 4 + house // 50)}",
            ward=place.code,
            uprn=f"9990{ward:02d}{street:02d}{house:03d}{flat}",
            latitude=f"{place.latitude + north / 50 * _SPREAD:.6f}",
            longitude=f"{place.longitude + east / 50 * _SPREAD:.6f}",
        )


def _inward(serial: int) -> str:
    first, second = divmod(serial // 10 % 36, 6)
    return f"{serial % 10}{_UNUSED_LETTERS[first]}{_UNUSED_LETTERS[second]}"

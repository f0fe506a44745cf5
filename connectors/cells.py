"""Cells as values: what a text must look like to be a date, a phone number or an NHS number."""

import re
from collections.abc import Iterable
from datetime import date

from connectors.errors import BadValue

TEXT_LIMIT = 4_000
_YEARS = range(1850, 2101)
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
_WARD = re.compile(r"[EW]05[0-9]{6}")
_OUTPUT_AREA = re.compile(r"[EW]01[0-9]{6}")
_WEBSITE = re.compile(r"(https?://)?[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?(/[^\s<>\"]*)?", re.ASCII | re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\".]+")
_NATIONAL_INSURANCE = re.compile(r"[A-Z]{2}[0-9]{6}[A-D]")
_FORMS = {
    "YYYY-MM-DD": re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)", re.ASCII),
    "YYYYMMDD": re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)", re.ASCII),
    "DD/MM/YYYY": re.compile(r"(?P<d>\d\d?)/(?P<m>\d\d?)/(?P<y>\d{4})", re.ASCII),
    "DD-MM-YYYY": re.compile(r"(?P<d>\d\d?)-(?P<m>\d\d?)-(?P<y>\d{4})", re.ASCII),
    "DD.MM.YYYY": re.compile(r"(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<y>\d{4})", re.ASCII),
    "YYYY-MM": re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)", re.ASCII),
    "MM/YYYY": re.compile(r"(?P<m>\d\d?)/(?P<y>\d{4})", re.ASCII),
    "YYYY": re.compile(r"(?P<y>\d{4})", re.ASCII),
}
DATE_FORMS = frozenset(_FORMS)


def text(cell: str) -> str:
    """Text on one line, with single spaces; raises BadValue where it is longer than the limit."""
    plain = " ".join(cell.split())
    if len(plain) > TEXT_LIMIT:
        raise BadValue(f"is longer than {TEXT_LIMIT:,} characters")
    if not plain.isprintable():
        raise BadValue("holds control characters")
    return plain


def calendar(cell: str, forms: Iterable[str]) -> str:
    """A date as ISO 8601, as exact as it is written: `1987`, `1987-03` or `1987-03-12`."""
    for form in forms:
        found = _FORMS[form].fullmatch(cell)
        if found:
            return _iso({name: int(part) for name, part in found.groupdict().items()})
    raise BadValue(f"is no date of the form {' or '.join(forms)}")


def past(cell: str, forms: Iterable[str], today: str) -> str:
    """A date as `calendar` reads it that is not after `today`, as exactly as both are known."""
    day = calendar(cell, forms)
    if day > today[: len(day)]:
        raise BadValue("is a date that is still to come")
    return day


def _iso(parts: dict[str, int]) -> str:
    try:
        day = date(parts["y"], parts.get("m", 1), parts.get("d", 1))
    except ValueError as error:
        raise BadValue("is no day of the calendar") from error
    if day.year not in _YEARS:
        raise BadValue(f"is a date outside the years {_YEARS[0]} to {_YEARS[-1]}")
    return day.isoformat()[: {1: 4, 2: 7, 3: 10}[len(parts)]]


def integer(cell: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,15}", cell):
        raise BadValue("is no whole number")
    return int(cell)


def degrees(cell: str, bound: int) -> float:
    """A latitude (bound 90) or longitude (bound 180)."""
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,20})?", cell):
        raise BadValue("is no number of degrees")
    if abs(float(cell)) > bound:
        raise BadValue(f"lies beyond {bound} degrees")
    return float(cell)


def phone(cell: str) -> str:
    """A telephone number as `+447700900123`; one without a country code is British."""
    digits = re.sub(r"\(0\)|[\s().\-]", "", cell)
    digits = re.sub(r"^00", "+", digits)
    if re.fullmatch(r"0[1-9][0-9]{8,9}", digits):
        return f"+44{digits[1:]}"
    if re.fullmatch(r"\+[1-9][0-9]{7,14}", digits):
        return digits
    raise BadValue("is no telephone number")


def email(cell: str) -> str:
    if not _EMAIL.fullmatch(cell):
        raise BadValue("is no e-mail address")
    return cell.lower()


def postcode(cell: str) -> str:
    """A postcode as `W1D 4AA`."""
    found = _POSTCODE.fullmatch(re.sub(r"\s", "", cell).upper())
    if not found:
        raise BadValue("has not the form of a postcode")
    return f"{found[1]} {found[2]}"


def ward(cell: str) -> str:
    if not _WARD.fullmatch(cell):
        raise BadValue("is no ward code (E05 or W05 and six digits)")
    return cell


def lsoa(cell: str) -> str:
    """The code of a lower layer super output area."""
    if not _OUTPUT_AREA.fullmatch(cell):
        raise BadValue("is no code of an output area (E01 or W01 and six digits)")
    return cell


def urn(cell: str) -> str:
    """A school's unique reference number."""
    if not re.fullmatch(r"[1-9][0-9]{5}", cell):
        raise BadValue("is no unique reference number of a school (six digits)")
    return cell


def metres(cell: str) -> int:
    """An easting or northing of the National Grid."""
    if not re.fullmatch(r"[0-9]{1,7}", cell):
        raise BadValue("is no number of metres")
    return int(cell)


def website(cell: str) -> str:
    """A web address of the public web, with or without its scheme."""
    if not _WEBSITE.fullmatch(cell):
        raise BadValue("is no web address")
    return cell


def uprn(cell: str) -> str:
    """A unique property reference number without leading zeros, by which two datasets' spellings agree."""
    if not re.fullmatch(r"[0-9]{1,12}", cell) or not cell.strip("0"):
        raise BadValue("is no unique property reference number (up to twelve digits)")
    return cell.lstrip("0")


def nhs_number(cell: str) -> str:
    """Ten digits of which the last is the check digit (weights 10 to 2, modulo 11)."""
    digits = re.sub(r"[\s-]", "", cell)
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise BadValue("is no NHS number: it has not ten digits")
    if nhs_check(digits[:9]) != int(digits[9]):
        raise BadValue("is no NHS number: its check digit does not fit")
    return digits


def nhs_check(digits: str) -> int:
    """The check digit of nine digits; 10 where there is none, so that the number is never given out."""
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=True))
    return (11 - total % 11) % 11


def national_insurance_number(cell: str) -> str:
    compact = re.sub(r"[\s-]", "", cell).upper()
    if not _NATIONAL_INSURANCE.fullmatch(compact):
        raise BadValue("has not the form of a National Insurance number")
    return compact

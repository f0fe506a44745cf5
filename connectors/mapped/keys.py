"""Keys: how a row's cells become the name of a thing in its dataset."""

import re
from collections.abc import Iterable


def joined(parts: Iterable[str]) -> str:
    """One key of several parts, so that different parts never make the same key."""
    return "|".join(part.replace("%", "%25").replace("|", "%7C") for part in parts)


def place(uprn: str | None, address: str | None, postcode: str | None) -> str | None:
    """The key of a place: its UPRN, else its address (without punctuation, case and spaces) and postcode.

    Two tenants of one flat so share one place. None where there is neither.
    """
    if uprn:
        return uprn
    if not address:
        return None
    plain = " ".join(re.findall(r"\w+", address.casefold()))
    return joined((plain, postcode or ""))

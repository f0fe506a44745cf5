"""How people, places and cases are looked for by what somebody types, since the hub compares letter by letter."""

from collections.abc import Mapping

BEGINNING = 3
"""As many letters of a name as the hub looks for the rest of it by."""

Filter = Mapping[str, object]


def named(text: str) -> Filter:
    """Filter people by a family name, or by a given name and a family name."""
    if " " not in text:
        return {"or": [{"familyName": _beginning(name)} for name in _spellings(text)]}
    names = (name.partition(" ") for name in _spellings(text))
    pairs = ({"givenName": _beginning(given), "familyName": _beginning(family)} for given, _, family in names)
    return {"or": [{"familyName": _beginning(text)}, *pairs]}


def there(text: str) -> Filter:
    """Filter premises by the beginning of their address, postcode or name."""
    places = ({name: _beginning(place)} for name in ("address", "name") for place in _spellings(text))
    return {"or": [{"postcode": _beginning(text.upper())}, *places]}


def referred_to(text: str) -> Filter:
    """Filter cases by the beginning of their reference."""
    return {"or": [{"reference": _beginning(reference)} for reference in dict.fromkeys((text, text.upper()))]}


def _spellings(text: str) -> list[str]:
    """How agencies may have written it: as it is typed, or with capitals where there are none, and in capitals."""
    return list(dict.fromkeys((text.title() if text.islower() else text, text.upper())))


def _beginning(text: str) -> Filter:
    return {"startsWith": text} if len(text) >= BEGINNING else {"eq": text}

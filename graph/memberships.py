"""The agencies that take part in open cases of somebody or something, as one text: `,adults,education,fire,`.

It stands on each record of a person, on places, and on what is recorded in cases, so that the node at hand answers
whether an agency is among them. An engine finds a word in a short text sooner than in a list, and far sooner than in a
list on another node. It is empty where nobody takes part, and not there where that is unknown.
"""

from collections.abc import Iterable

COMMA = ","
"""What no agency's code contains: these are small letters, digits and `_`."""
NOBODY = ""


def told(agencies: Iterable[str]) -> str:
    """Write the text; what a dataset states that is no code would be found as two, and is left out."""
    codes = sorted({code for code in agencies if COMMA not in code})
    return sought(COMMA.join(codes)) if codes else NOBODY


def sought(agency: str) -> str:
    """What a text that tells of an agency contains, and no other."""
    return f"{COMMA}{agency}{COMMA}"

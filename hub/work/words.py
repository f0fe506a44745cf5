"""How the contract's values read: words for its enums, days and moments of London, and what is not told in full."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from policies.calendar import LONDON

_READ = {
    "ASB_PREVENTION": "Anti-social behaviour",
    "CRIME_PREVENTION": "Crime prevention",
    "MARAC_DA": "Domestic abuse conference",
    "BTP": "Transport police",
    "NOT_GRANTED": "withheld by agreement",
    "LIMIT": "withheld by a limit",
    "UNREADABLE": "cannot be read",
    "MASKED": "blurred",
    "PRESENT": "some",
    "SCORE": "What the points come to",
}
"""Where the word of the contract does not read well by itself."""
_LABELS = {
    "targetOn": "Target day",
    "caseType": "What it is about",
    "assertionType": "What it claims to be",
    "toldPeople": "Who else is involved",
    "pin": "Where it is on the map",
    "fromDay": "First day",
    "untilDay": "Last day",
    "happenedOn": "Day",
    "other": "Whom",
}


def words(value: str) -> str:
    """Write a word of the contract, `ROWDY_INCONSIDERATE`, as people do."""
    return _READ.get(value) or value.replace("_", " ").capitalize()


def day(value: str) -> str:
    """Write a day; what is known in part stays as it is."""
    try:
        at = date.fromisoformat(value)
    except ValueError:
        return value
    return f"{at.day} {at:%B %Y}"


def moment(value: str) -> str:
    """Write a moment as the clocks of London show it; a day, or a part of one, as a day."""
    if "T" not in value:
        return day(value)
    at = datetime.fromisoformat(value).astimezone(LONDON)
    return f"{at.day} {at:%B %Y, %H:%M}"


def withheld(thing: Mapping[str, Any], name: str) -> str | None:
    """Say why a field of a thing is not told in full, or None where it is."""
    reasons = (one["reason"] for one in thing["access"]["withheld"] if one["field"] == name)
    return next((words(reason) for reason in reasons), None)


def shown(value: Any, form: str) -> str:  # noqa: ANN401 - whatever the contract answers
    """Write a value in one of the forms."""
    return _FORMS[form](value)


def answers(given: Sequence[str], template: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give of answers, `harm=afraid`, what was asked and what was answered, as their template has it.

    Where a template was reworded under the number that it had, what it no longer has is told as it was written.
    """
    known = {question["key"]: question for question in template["questions"]}
    for question, _, answer in (one.partition("=") for one in given):
        asked = known.get(question, {"text": question, "answers": ()})
        meant = (one for one in asked["answers"] if one["key"] == answer)
        yield asked["text"], next(meant, {"text": answer, "points": None})


def label(name: str) -> str:
    """Write the name of a field of the contract, `targetOn`, as forms do."""
    return _LABELS.get(name) or re.sub("([A-Z])", r" \1", name).capitalize()


def is_overdue(task: Mapping[str, Any], now: datetime) -> bool:
    """Whether the day by which an answer was asked for is past, and nobody has answered."""
    today = now.astimezone(LONDON).date().isoformat()
    return task["status"] in {"SENT", "ACCEPTED"} and (task["targetOn"] or today) < today


def is_late(referral: Mapping[str, Any], now: datetime) -> bool:
    """Whether the moment by which it was to be triaged is past, and nobody has."""
    due = referral["dueAt"]
    return referral["state"] in {"RECEIVED", "IN_TRIAGE"} and due is not None and datetime.fromisoformat(due) < now


_FORMS: Mapping[str, Callable[[Any], str]] = {
    "text": str,
    "texts": lambda values: ", ".join(_READ.get(value, value) for value in values),
    "words": words,
    "list": lambda values: ", ".join(words(value) for value in values),
    "day": day,
    "moment": moment,
    "answer": lambda value: "yes" if value else "no",
}

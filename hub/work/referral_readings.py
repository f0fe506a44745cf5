"""What the fields of a referral say together, whose rows are as many as its referrer asks room for."""

from hub.work.errors import Unfit
from hub.work.questions import marked
from hub.work.readings import Form, Said, answered, decided, pin

MOST = 20
"""Rows of one kind, as many as the contract takes."""
ROWS = {"concerns": "heading.{}", "describedPeople": "describedPeople.{}.givenName"}
"""The first field of each kind of rows."""
DESCRIBED = ("givenName", "familyName", "dateOfBirth", "phone", "address", "role")
_UNSAID = ("dateOfBirth", "phone", "address")
"""What of them need not be known."""


def judged(form: Form) -> Said:
    """Read the answers to the questions of triage, and to whom else a referral goes."""
    return {**answered(form), "services": marked(form, "services.")}


def referred(form: Form) -> Said:
    """Read a referral: its concerns row by row, who was found and who is told of, and where it is."""
    return {
        "concerns": _concerns(form),
        "people": marked(form, "people."),
        "premises": marked(form, "premises."),
        "describedPeople": _described(form),
        "toldPeople": [line for line in form.get("toldPeople", "").splitlines() if line.strip()],
        "isIntelligence": "isIntelligence" in form,
        **decided(form, "hasConsent"),
        **pin(form),
    }


def rows(form: Form, kind: str) -> int:
    """How many rows of a kind a form has room for: as many as it had, and one more where that was asked for."""
    held = sum(ROWS[kind].format(row) in form for row in range(MOST))
    return min(held + (form.get("more") == kind), MOST)


def _concerns(form: Form) -> list[dict[str, str]]:
    said = [(row, form[f"heading.{row}"], form.get(f"qualifier.{row}", "")) for row in marked(form, "heading.")]
    lacking = {f"{name}.{row}": "is chosen" for row, *both in said for name in _lacking(*both)}
    if lacking:
        raise Unfit(**lacking)
    return [{"heading": heading, "qualifier": qualifier} for _, heading, qualifier in said if heading]


def _described(form: Form) -> list[dict[str, str]]:
    """Read whom the referrer describes, up to the last of whom something is written."""
    people = [
        {name: form.get(f"describedPeople.{row}.{name}", "") for name in DESCRIBED}
        for row in range(rows(form, "describedPeople"))
    ]
    while people and not any(text.strip() for text in people[-1].values()):
        people.pop()
    undecided = {f"describedPeople.{row}.role": "is chosen" for row, one in enumerate(people) if not one["role"]}
    if undecided:
        raise Unfit(**undecided)
    return [{name: text for name, text in one.items() if text.strip() or name not in _UNSAID} for one in people]


def _lacking(heading: str, qualifier: str) -> tuple[str, ...]:
    """What a row lacks of which the other part is chosen."""
    if bool(heading) == bool(qualifier):
        return ()
    return ("qualifier",) if heading else ("heading",)

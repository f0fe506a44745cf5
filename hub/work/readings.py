"""What several fields of a form say together, as the contract takes it; raises Unfit for what cannot be said so."""

from collections.abc import Mapping

from graph.work_vocabulary import PersonTie
from hub.work.choices import CHILD_OF
from hub.work.errors import Unfit
from hub.work.outlines import outline
from hub.work.questions import marked

Form = Mapping[str, str]
Said = Mapping[str, object]
MOST_CONCERNS = 20
"""As many as the contract takes."""


def judged(form: Form) -> Said:
    """Read the answers to the questions of triage, and to whom else a referral goes."""
    return {**answered(form), "services": marked(form, "services.")}


def answered(form: Form) -> Said:
    """Read the answers to the questions of a document."""
    answers = ((question, form[f"answers.{question}"]) for question in marked(form, "answers."))
    return {"answers": [{"question": question, "answer": answer} for question, answer in answers]}


def consent(form: Form) -> Said:
    """Read whether somebody consents."""
    return _decided(form, "isGiven")


def referred(form: Form) -> Said:
    """Read a referral: its concerns row by row, who was found and who is told of, and where it is."""
    return {
        "concerns": _concerns(form),
        "people": marked(form, "people."),
        "toldPeople": [line for line in form.get("toldPeople", "").splitlines() if line.strip()],
        "isIntelligence": "isIntelligence" in form,
        **_decided(form, "hasConsent"),
        **pin(form),
    }


def pin(form: Form) -> Said:
    """Read a point, where one is given; what is no number the hub refuses as it refuses any other point."""
    longitude, latitude = (form.get(name, "").strip() for name in ("longitude", "latitude"))
    if not longitude and not latitude:
        return {}
    return {"pin": {"type": "Point", "coordinates": [_number(longitude), _number(latitude)]}}


def ground(form: Form) -> Said:
    """Read a footprint, also one that stands in what programs for maps write around it."""
    return {"footprint": outline(form.get("footprint", ""))}


def tied(form: Form) -> Said:
    """Read how two people are tied, from whichever side it is said."""
    return _tie(form.get("tie", ""), form.get("person", ""), form.get("other", ""))


def untied(form: Form) -> Said:
    """Read which tie is not held any more: what it is, and to whom."""
    tie, _, other = form.get("which", "").partition(" ")
    if not other:
        raise Unfit(which="is chosen")
    return _tie(tie, form.get("person", ""), other)


def concern_rows(form: Form) -> int:
    """How many concerns a form has room for: as many as it had, and one more where that was asked for."""
    return min(max(len(marked(form, "heading.")), 1) + ("more" in form), MOST_CONCERNS)


def _tie(tie: str, person: str, other: str) -> Said:
    if tie == CHILD_OF:
        return {"tie": PersonTie.PARENT_OF.value, "person": other, "other": person}
    return {"tie": tie, "person": person, "other": other}


def _concerns(form: Form) -> list[dict[str, str]]:
    rows = [(row, form[f"heading.{row}"], form.get(f"qualifier.{row}", "")) for row in marked(form, "heading.")]
    lacking = {f"{name}.{row}": "is chosen" for row, *both in rows for name in _lacking(*both)}
    if lacking:
        raise Unfit(**lacking)
    return [{"heading": heading, "qualifier": qualifier} for _, heading, qualifier in rows if heading]


def _lacking(heading: str, qualifier: str) -> tuple[str, ...]:
    """What a row lacks of which the other part is chosen."""
    if bool(heading) == bool(qualifier):
        return ()
    return ("qualifier",) if heading else ("heading",)


def _decided(form: Form, name: str) -> Said:
    answer = {"yes": True, "no": False}.get(form.get(name, ""))
    if answer is None:
        raise Unfit(**{name: "is yes or no"})
    return {name: answer}


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text

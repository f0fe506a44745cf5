"""What several fields of a form say together, as the contract takes it; raises Unfit for what cannot be said so."""

from collections.abc import Mapping

from graph.work_vocabulary import PersonTie
from hub.work.choices import CHILD_OF
from hub.work.errors import Unfit
from hub.work.outlines import outline
from hub.work.questions import marked

Form = Mapping[str, str]
Said = Mapping[str, object]


def answered(form: Form) -> Said:
    """Read the answers to the questions of a document."""
    answers = ((question, form[f"answers.{question}"]) for question in marked(form, "answers."))
    return {"answers": [{"question": question, "answer": answer} for question, answer in answers]}


def consent(form: Form) -> Said:
    """Read whether somebody consents."""
    return decided(form, "isGiven")


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


def concerned(form: Form) -> Said:
    """Read whom or what a case does not concern any more: what it is, its id, and of people perhaps a role."""
    kind, _, thing = form.get("which", "").partition(" ")
    if kind not in {"person", "premises"} or not thing:
        raise Unfit(which="is chosen")
    ident, _, role = thing.partition(" ")
    return {kind: ident, **({"role": role} if role else {})}


def _tie(tie: str, person: str, other: str) -> Said:
    if tie == CHILD_OF:
        return {"tie": PersonTie.PARENT_OF.value, "person": other, "other": person}
    return {"tie": tie, "person": person, "other": other}


def decided(form: Form, name: str) -> Said:
    """Read a field that is yes or no."""
    answer = {"yes": True, "no": False}.get(form.get(name, ""))
    if answer is None:
        raise Unfit(**{name: "is yes or no"})
    return {name: answer}


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text

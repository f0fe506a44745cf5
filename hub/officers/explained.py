"""An explanation for a terminal: how far each field of a record is shown and what may be done to it, and why."""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from hub.officers import wording
from hub.officers.consultation import Answer, Reading
from hub.officers.reasons import age, reason
from policies.explanation import Barred, Cap, Explained, Explanation
from policies.viewer import Viewer

HEADINGS = ("field", "shown", "granted by", "kept there by a limit", "would be more if")
OF_ACTS = ("act", "may", "by", "kept there by a limit", "would if")


def explained(answer: Answer, viewer: Viewer, *, permitted: bool) -> RenderableType:
    """Everything that a consultation brought, receipt included."""
    parts: list[RenderableType] = [escape(line) for line in _who(viewer, permitted=permitted)]
    told = ""
    for reading in answer.readings:
        if (said := _person(reading, viewer)) and said != told:
            parts.append(escape(told := said))
        record = reading.record
        parts.append(_table(f"{record.id}  {record.facts or 'without a class'}", HEADINGS, _fields(reading, viewer)))
        parts += [escape(line) for line in _notes(reading.explanation, "gives such a viewer anything of", viewer.day)]
        if reading.acts is not None:
            parts.append(_table(f"what may be done to {record.id}", OF_ACTS, _acts(reading.acts, reading, viewer)))
            parts += [escape(line) for line in _notes(reading.acts, "lets such a viewer do anything to", viewer.day)]
    parts.append(escape(f"recorded, receipt {answer.receipt}"))
    return Group(*parts)


def _who(viewer: Viewer, *, permitted: bool) -> Iterator[str]:
    who = viewer.principal
    wards = {0: "no ward", 1: "1 ward"}.get(len(who.wards), f"{len(who.wards)} wards")
    yield f"{who.agency}, {', '.join(sorted(who.roles))}, {wards}, for {viewer.purpose} on {viewer.day}"
    if not permitted:
        yield f"no agreement permits {viewer.purpose} to such a viewer on that day: a request would be refused whole"


def _person(reading: Reading, viewer: Viewer) -> str:
    record = reading.record
    if record.person is None:
        return ""
    facts = record.person.facts
    protected = f"protected: {', '.join(facts.protections)}" if facts.protections else "not protected"
    cases = ", ".join(facts.case_agencies) or "none"
    return f"\nPerson {record.person.id}: {protected}; agencies in open cases: {cases}; {age(record, viewer.day)}"


def _table(title: str, headings: Iterable[str], rows: Iterable[Iterable[str]]) -> Table:
    table = Table(title=escape(title), title_justify="left")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*map(escape, row))
    return table


def _fields(reading: Reading, viewer: Viewer) -> Iterator[tuple[str, ...]]:
    for one in reading.explanation.aspects:
        yield one.name, one.rung, _given(one), _caps(one.caps), _more(one, reading, viewer)


def _acts(said: Explanation, reading: Reading, viewer: Viewer) -> Iterator[tuple[str, ...]]:
    for one in said.aspects:
        yes = "yes" if reading.is_shown else "no: it is not shown"
        yield one.name, yes if one.is_top else "no", _given(one), _caps(one.caps), _more(one, reading, viewer)


def _given(one: Explained) -> str:
    return "\n".join(
        f"{gift.agreement}, {gift.grant}" + ("" if gift.rung == one.rung else f" ({gift.rung})") for gift in one.gifts
    )


def _caps(caps: Iterable[Cap]) -> str:
    return "\n".join(
        f"{cap.limit} leaves {cap.rung}"
        + (f" while {' and '.join(map(wording.literal, cap.conditions))} is not ruled out" if cap.conditions else "")
        for cap in caps
    )


def _more(one: Explained, reading: Reading, viewer: Viewer) -> str:
    unmet = (
        f"{more.rung} by {more.agreement}, {more.grant}; "
        + "; ".join(reason(condition, reading.record, viewer) for condition in more.conditions)
        for more in one.unmet
    )
    veiled = (
        f"{more.agreement}, {more.grant} asks for {' and '.join(map(wording.literal, more.conditions))}, "
        f"which {' and '.join(more.limits)} hides"
        for more in one.veiled
    )
    return "\n".join((*unmet, *veiled))


def _notes(said: Explanation, gives: str, day: str) -> Iterator[str]:
    for fact in said.unknown:
        yield f"its {fact} is not known: nobody is shown it"
    for barred in said.barred:
        yield f"{barred.agreement}, {barred.grant} is for other records: {_facts(barred)}"
    if not (said.unknown or said.barred or any(one.gifts or one.unmet or one.veiled for one in said.aspects)):
        yield f"no agreement in force on {day} {gives} such a record"


def _facts(barred: Barred) -> str:
    return f"not with this {' and '.join(barred.facts)}"

"""What can be wrong with any questions and bands."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from policies.corpus import Sourced
from policies.findings import Finding, unknown
from policies.lints import validity
from policies.questionnaire import AnyBand, AnyScenario, Questionnaire
from policies.texts import Path, Text


def findings(sources: tuple[Sourced[Questionnaire[AnyBand, AnyScenario]], ...], day: str | None) -> Iterator[Finding]:
    """Everything that can be said of each and of its versions; only the latest is warned of once it has ended."""
    yield from _taken(sources)
    in_force = (source for source in sources if source.model.status == "in_force")
    latest = {source.model.id: source for source in sorted(in_force, key=lambda one: one.model.version)}
    for source in sources:
        form, text = source.model, source.text
        yield from validity.findings(text, form.valid, is_in_force=latest.get(form.id) is source, day=day)
        yield from _questions(source)
        yield from _bands(source)
        yield from _scenarios(source)


def _questions(source: Sourced[Questionnaire[AnyBand, AnyScenario]]) -> Iterator[Finding]:
    form, text = source.model, source.text
    if not form.questions:
        yield text.error("`questions` is empty: nothing would be asked", ("questions",))
    yield from _twice(text, ("questions",), [question.key for question in form.questions], "questions have the key")
    for at, question in enumerate(form.questions):
        path = ("questions", at, "answers")
        if not question.answers:
            yield text.error("a question without answers cannot be answered", path)
        yield from _twice(text, path, [choice.key for choice in question.answers], "answers have the key")


def _taken(sources: tuple[Sourced[Questionnaire[AnyBand, AnyScenario]], ...]) -> Iterator[Finding]:
    """Versions of one thing that are the same, or would hold on the same day."""
    for at, source in enumerate(sources):
        for other in sources[:at]:
            one, before = source.model, other.model
            if one.id != before.id:
                continue
            if one.version == before.version:
                yield source.text.error(f"version {one.version} of `{one.id}` is {other.text.file}", ("version",))
            elif (
                one.status == before.status == "in_force"
                and one.valid.from_ <= before.valid.until
                and before.valid.from_ <= one.valid.until
            ):
                message = f"version {before.version} in {other.text.file} holds on some of the same days"
                yield source.text.error(message, ("valid",))


def _twice(text: Text, path: Path, keys: list[str], message: str) -> Iterator[Finding]:
    for key, count in Counter(keys).items():
        if count > 1:
            yield text.error(f"{count} {message} `{key}`", path, key)


def _bands(source: Sourced[Questionnaire[AnyBand, AnyScenario]]) -> Iterator[Finding]:
    form, text = source.model, source.text
    yield from _twice(text, ("bands",), [band.band for band in form.bands], "bands have the name")
    if not form.bands:
        yield text.error("`bands` is empty: nothing would follow", ("bands",))
        return
    for at, band in enumerate(form.bands):
        if band.from_ > band.to:
            yield text.error(f"`{band.band}` ends before it begins", ("bands", at))
    for at, (low, high) in enumerate(pairwise(form.bands), start=1):
        if high.from_ > low.to + 1:
            message = f"a gap: no band holds {low.to + 1} to {high.from_ - 1} points"
            yield text.error(f"{message}, between `{low.band}` and `{high.band}`", ("bands", at))
        elif high.from_ <= low.to:
            message = f"an overlap: `{low.band}` and `{high.band}` both hold {high.from_} points"
            yield text.error(f"{message}; write bands from the fewest points to the most", ("bands", at))
    if form.questions and all(question.answers for question in form.questions):
        yield from _ends(source)


def _ends(source: Sourced[Questionnaire[AnyBand, AnyScenario]]) -> Iterator[Finding]:
    bands, (fewest, most) = source.model.bands, source.model.reach
    if bands[0].from_ != fewest:
        message = f"bands begin with {bands[0].from_} points, but answers come to {fewest} at the fewest"
        yield source.text.error(message, ("bands", 0))
    if bands[-1].to != most:
        message = f"bands end with {bands[-1].to} points, but answers come to {most} at the most"
        yield source.text.error(message, ("bands", len(bands) - 1))


def _scenarios(source: Sourced[Questionnaire[AnyBand, AnyScenario]]) -> Iterator[Finding]:
    form, text = source.model, source.text
    tried = {scenario.band for scenario in form.scenarios}
    names = [band.band for band in form.bands]
    for at, band in enumerate(names):
        if band not in tried:
            yield text.error(f"no scenario comes to the band `{band}`", ("bands", at))
    for at, scenario in enumerate(form.scenarios):
        path = ("scenarios", at)
        if scenario.band not in names:
            yield text.error(unknown("band", scenario.band, names), path, scenario.band)
        for question in form.questions:
            answer = scenario.answers.get(question.key)
            if answer is None:
                yield text.error(f"`{question.key}` is not answered", (*path, "answers"))
            elif answer not in question.points:
                yield text.error(unknown("answer", answer, question.points), (*path, "answers"), answer)
        asked = [question.key for question in form.questions]
        for key in scenario.answers.keys() - set(asked):
            yield text.error(unknown("question", key, asked), (*path, "answers"), key)

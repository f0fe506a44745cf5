"""Questions, points and bands: every answer has one band, and what does not fit is said by its place."""

from hypothesis import given
from hypothesis import strategies as st

from hub.policies import read_policies
from policies.corpus import Sourced, corpus
from policies.criteria_documents import Criteria
from policies.lints import questionnaires
from policies.questionnaire import Misfit, Question
from policies.texts import Text

(TRIAGE,) = (source.model for source in corpus(read_policies(None)).criteria)
ANSWERS = {question.key: question.answers[0].key for question in TRIAGE.questions}
every_answer = st.fixed_dictionaries(
    {question.key: st.sampled_from(sorted(question.points)) for question in TRIAGE.questions}
)


@given(every_answer)
def test_whatever_is_answered_comes_to_exactly_one_band(answers: dict[str, str]) -> None:
    assert list(TRIAGE.misfits(list(answers.items()))) == []
    came = TRIAGE.assess(answers)
    assert [band for band in TRIAGE.bands if band.holds(came.points)] == [came.band]
    least, most = TRIAGE.reach
    assert least <= came.points <= most


@given(every_answer, st.sampled_from(TRIAGE.questions))
def test_a_graver_answer_never_leads_to_an_earlier_band(answers: dict[str, str], question: Question) -> None:
    gravest = max(question.points, key=question.points.__getitem__)
    before, after = (TRIAGE.assess(one).band for one in (answers, {**answers, question.key: gravest}))
    assert TRIAGE.bands.index(before) <= TRIAGE.bands.index(after)


@given(st.lists(st.tuples(st.integers(-3, 25), st.integers(-3, 25)), min_size=1, max_size=4))
def test_bands_have_no_findings_exactly_where_each_number_of_points_has_one(ranges: list[tuple[int, int]]) -> None:
    bands = [
        {"band": f"B{at}", "from": first, "to": last, "route": "POLICE", "reason": "Because"}
        for at, (first, last) in enumerate(ranges)
    ]
    form = Criteria.model_validate({**TRIAGE.model_dump(by_alias=True), "bands": bands})
    text = Text(file="criteria/x.yaml", data={}, marks=())
    words = ("a gap", "an overlap", "bands begin", "bands end", "`B")
    said = [one.message for one in questionnaires.findings((Sourced(model=form, text=text),), None)]
    found = [message for message in said if message.startswith(words)]
    covered = [points for first, last in ranges for points in range(first, last + 1)]
    least, most = TRIAGE.reach
    is_sound = covered == list(range(least, most + 1)) and all(first <= last for first, last in ranges)
    assert (not found) is is_sound


def test_answers_that_do_not_fit_are_named_by_their_place() -> None:
    (first, _), second, *rest = ANSWERS.items()
    at = len(rest) + 1
    answers = [second, *rest, ("mood", "bad"), (first, "perhaps"), second]
    assert [(misfit.at, misfit.part) for misfit in TRIAGE.misfits(answers)] == [
        (at, "question"),
        (at + 1, "answer"),
        (at + 2, "question"),
    ]


def test_a_question_that_is_not_answered_is_named() -> None:
    first, *rest = ANSWERS.items()
    assert list(TRIAGE.misfits(rest)) == [Misfit(at=None, part="answer", message=f"answer `{first[0]}` too")]


def test_criteria_apply_within_their_days_and_in_force_only() -> None:
    assert TRIAGE.applies("2026-11-24")
    assert not TRIAGE.applies("2024-12-31")
    assert not TRIAGE.applies("2028-12-21")
    draft = Criteria.model_validate({**TRIAGE.model_dump(by_alias=True), "status": "draft"})
    assert not draft.applies("2026-11-24")

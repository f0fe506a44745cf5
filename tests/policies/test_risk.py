"""Templates for risk: whatever is answered comes to one band, and a graver answer never to a lower one."""

from hypothesis import given
from hypothesis import strategies as st

from hub.policies import read_policies
from policies.corpus import corpus
from policies.risk_documents import RiskTemplate
from policies.vocabulary import RiskBand

TEMPLATES = tuple(source.model for source in corpus(read_policies(None)).risk)


def answered(template: RiskTemplate) -> st.SearchStrategy[tuple[RiskTemplate, dict[str, str]]]:
    each = {question.key: st.sampled_from(sorted(question.points)) for question in template.questions}
    return st.tuples(st.just(template), st.fixed_dictionaries(each))


every_answer = st.sampled_from(TEMPLATES).flatmap(answered)


def test_those_that_are_shipped_are_of_who_is_harmed_and_of_who_is_said_to_harm() -> None:
    assert [template.id for template in TEMPLATES] == ["asb-perpetrator", "asb-victim"]


@given(every_answer)
def test_whatever_is_answered_comes_to_exactly_one_band(case: tuple[RiskTemplate, dict[str, str]]) -> None:
    template, answers = case
    came = template.assess(answers)
    assert [level for level in template.bands if level.holds(came.points)] == [came.band]


@given(every_answer, st.data())
def test_a_graver_answer_never_comes_to_a_lower_band(
    case: tuple[RiskTemplate, dict[str, str]], data: st.DataObject
) -> None:
    template, answers = case
    question = data.draw(st.sampled_from(template.questions))
    gravest = max(question.points, key=question.points.__getitem__)
    before, after = (template.assess(one).band.band for one in (answers, {**answers, question.key: gravest}))
    assert list(RiskBand).index(before) <= list(RiskBand).index(after)

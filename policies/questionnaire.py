"""Questions whose answers have points, and bands of points that say what follows: so triage and risk are judged."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Field

from policies.documents import Document, Validity

AnyBand = TypeVar("AnyBand", bound="Band")
AnyScenario = TypeVar("AnyScenario", bound="Scored")


class Choice(Document):
    """One answer that there is to a question."""

    key: str
    text: str
    points: int


class Question(Document):
    """A question, and every answer that there is to it."""

    key: str
    text: str
    answers: tuple[Choice, ...]

    @property
    def points(self) -> Mapping[str, int]:
        """By the key of the answer."""
        return {choice.key: choice.points for choice in self.answers}


class Band(Document):
    """A range of points, both ends included, by a name; what follows from it is its subclass's."""

    band: str
    from_: Annotated[int, Field(alias="from")]
    to: int

    def holds(self, points: int) -> bool:
        return self.from_ <= points <= self.to


class Scored(Document):
    """What is expected of some answers; fields of a subclass are expected of the band."""

    name: str
    answers: Mapping[str, str]
    points: int
    band: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Generic[AnyBand]):
    """What all answers come to."""

    points: int
    band: AnyBand


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """An answer that does not fit: its place among those that were given, or None where one was not given."""

    at: int | None
    part: Literal["question", "answer"]
    message: str


class Questionnaire(Document, Generic[AnyBand, AnyScenario]):
    """A version of some questions and bands, with scenarios that prove what it was meant to say."""

    id: str
    version: int
    title: str
    status: Literal["draft", "in_force", "suspended", "ended"]
    valid: Validity
    questions: tuple[Question, ...]
    bands: tuple[AnyBand, ...]
    scenarios: tuple[AnyScenario, ...]

    def applies(self, day: str) -> bool:
        """Whether it is asked on a day (ISO)."""
        return self.status == "in_force" and self.valid.from_ <= day <= self.valid.until

    @property
    def reach(self) -> tuple[int, int]:
        """The fewest and the most points that answers can come to."""
        each = [question.points.values() for question in self.questions]
        return sum(map(min, each)), sum(map(max, each))

    def misfits(self, given: Sequence[tuple[str, str]]) -> Iterator[Misfit]:
        """Compare pairs of a question's key and an answer's with what there is: each is answered once."""
        asked, answered = {question.key: question for question in self.questions}, set[str]()
        for at, (key, answer) in enumerate(given):
            if key not in asked:
                yield Misfit(at=at, part="question", message="is one of the questions")
            elif key in answered:
                yield Misfit(at=at, part="question", message="is answered once")
            elif answer not in asked[key].points:
                yield Misfit(at=at, part="answer", message="is an answer to that question")
            answered.add(key)
        for key in asked:
            if key not in answered:
                yield Misfit(at=None, part="answer", message=f"answer `{key}` too")

    def assess(self, answers: Mapping[str, str]) -> Assessment[AnyBand]:
        """Count the points of answers that have no misfits, and find their band."""
        points = sum(question.points[answers[question.key]] for question in self.questions)
        return Assessment(points=points, band=next(band for band in self.bands if band.holds(points)))

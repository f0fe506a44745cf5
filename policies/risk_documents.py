"""The documents by which risk is assessed: what is asked of somebody in a case, and which band that comes to."""

from policies.questionnaire import Band, Questionnaire, Scored
from policies.vocabulary import RiskBand


class Level(Band):
    """How high the risk is that a number of points means."""

    band: RiskBand


class RiskTemplate(Questionnaire[Level, Scored]):
    """A template for assessing risk."""

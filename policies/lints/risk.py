"""What can be wrong with the templates by which risk is assessed."""

from collections.abc import Iterator

from policies.corpus import Sourced
from policies.findings import Finding
from policies.lints import questionnaires
from policies.lints.scope import Scope
from policies.risk_documents import RiskTemplate
from policies.vocabulary import RiskBand


def findings(scope: Scope, sources: tuple[Sourced[RiskTemplate], ...]) -> Iterator[Finding]:
    """Everything that can be said of each, and bands that are not all of them from the lowest to the highest."""
    yield from questionnaires.findings(sources, scope.day)
    for source in sources:
        if [level.band for level in source.model.bands] != list(RiskBand):
            yield source.text.error(f"`bands` are {', '.join(RiskBand)}, in this order", ("bands",))

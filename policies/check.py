"""The check: what is wrong with policy documents, said so that an officer can put it right."""

from collections.abc import Iterator, Mapping

from policies.catalogue import Catalogue
from policies.corpus import Corpus, corpus
from policies.findings import Finding
from policies.lints import agencies, agreements, alerts, criteria, limits, risk, scenarios
from policies.lints.scope import Scope


def check(texts: Mapping[str, str], catalogue: Catalogue, day: str | None = None) -> list[Finding]:
    """Every finding, by file and line; without a `day` (ISO) nothing is said about what has lapsed."""
    return checked(texts, catalogue, day)[1]


def checked(texts: Mapping[str, str], catalogue: Catalogue, day: str | None = None) -> tuple[Corpus, list[Finding]]:
    """The documents that could be read, and the findings on all."""
    documents = corpus(texts)
    return documents, sorted({*documents.findings, *_findings(documents, catalogue, day)})


def _findings(documents: Corpus, catalogue: Catalogue, day: str | None) -> Iterator[Finding]:
    """What can be said of words; nothing without the agencies, as every word would be unknown."""
    if documents.agencies is None:
        return
    partnership = documents.agencies.model
    brought = (dataset for entry in partnership.agencies.values() for dataset in entry.datasets)
    scope = Scope(
        catalogue=catalogue,
        agencies=partnership.agencies,
        datasets=frozenset({*brought, *partnership.hub_datasets}),
        day=day,
    )
    yield from agencies.findings(documents.agencies)
    yield from agreements.findings(scope, documents.agreements)
    yield from alerts.findings(scope, documents.alerts, documents.agreements)
    yield from criteria.findings(scope, documents.criteria, documents.agreements, documents.calendar)
    yield from risk.findings(scope, documents.risk)
    if documents.limits is not None:
        yield from limits.findings(scope, documents.limits)
    for table in documents.scenarios:
        yield from scenarios.findings(scope, table)

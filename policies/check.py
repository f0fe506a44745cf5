"""The check: what is wrong with policy documents, said so that an officer can put it right."""

from collections.abc import Mapping

from policies.catalogue import Catalogue
from policies.corpus import Corpus, corpus
from policies.findings import Finding


def check(texts: Mapping[str, str], catalogue: Catalogue, day: str | None = None) -> list[Finding]:
    """Every finding, by file and line; without a `day` (ISO) nothing is said about what has lapsed."""
    return checked(texts, catalogue, day)[1]


def checked(texts: Mapping[str, str], catalogue: Catalogue, day: str | None = None) -> tuple[Corpus, list[Finding]]:
    """The documents, and the findings on them."""
    documents = corpus(texts)
    return documents, sorted(documents.findings)

"""What the words of documents are compared with."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from policies.catalogue import Catalogue
from policies.documents import AgencyEntry
from policies.findings import Finding, unknown
from policies.texts import Path, Text
from policies.vocabulary import HUB


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The catalogue, the partnership, and the day (ISO), where it is known."""

    catalogue: Catalogue
    agencies: Mapping[str, AgencyEntry]
    datasets: frozenset[str]
    day: str | None

    def owners(self) -> set[str]:
        """Whose records there can be."""
        return {HUB, *self.agencies}

    def roles(self, codes: Iterable[str]) -> set[str]:
        """The roles that any of some agencies has."""
        return {role for code in codes if code in self.agencies for role in self.agencies[code].roles}

    def strangers(self, text: Text, path: Path, codes: Iterable[str], valid: Iterable[str]) -> Iterator[Finding]:
        """Agencies that are not valid here."""
        known = set(valid)
        for code in codes:
            if code not in known:
                yield text.error(unknown("agency", code, known), path, code)

    def misfits(self, text: Text, path: Path, agency: str, roles: Iterable[str]) -> Iterator[Finding]:
        """Roles that an agency, if it is known, does not have."""
        known = self.roles([agency])
        for role in roles:
            if agency in self.agencies and role not in known:
                yield text.error(unknown(f"role of {agency}", role, known), path, role)

    def unheard(self, text: Text, path: Path, datasets: Iterable[str]) -> Iterator[Finding]:
        """Datasets that no agency is said to bring."""
        for dataset in datasets:
            if self.datasets and dataset not in self.datasets:
                yield text.error(unknown("dataset", dataset, self.datasets), path, dataset)

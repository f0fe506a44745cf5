"""What can be wrong with the list of agencies."""

import re
from collections import Counter
from collections.abc import Iterator

from policies.corpus import Sourced
from policies.documents import Agencies
from policies.findings import Finding
from policies.vocabulary import HUB, PUBLIC

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_DATASET = re.compile(r"[a-z][a-z0-9-]*")
_TAKEN = frozenset({HUB, "own", "everyone"})


def findings(source: Sourced[Agencies]) -> Iterator[Finding]:
    """Codes that would not do in a fact class or in an agreement, and what is there twice."""
    open_ones = [code for code, entry in source.model.agencies.items() if PUBLIC in entry.roles]
    for code in open_ones[1:]:
        message = f"{open_ones[0]} has the role `{PUBLIC}` already; one agency answers for whom nobody knows"
        yield source.text.error(message, ("agencies", code, "roles"), PUBLIC)
    for code, entry in source.model.agencies.items():
        path = ("agencies", code)
        if code in _TAKEN:
            yield source.text.error(f"`{code}` has a meaning of its own and cannot be an agency", path)
        elif not _CODE.fullmatch(code):
            yield source.text.error(f"agency `{code}`: write a code in small letters, digits and `_`", path)
        for dataset in entry.datasets:
            if not _DATASET.fullmatch(dataset):
                yield source.text.error(f"dataset `{dataset}`: use small letters, digits and `-`", path, dataset)
        for team, count in Counter(team.code for team in entry.teams).items():
            if count > 1:
                yield source.text.error(f"two teams of {code} have the code `{team}`", path, team)

"""What goes wrong with policies."""

from collections.abc import Sequence

from policies.findings import Finding


class PolicyError(Exception):
    """The documents cannot be used; `findings` say where and why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))

"""The policy documents, as `hub policy check` sees them."""

from collections.abc import Iterator

from hub.checkup.finding import Finding, note, ok, wrong
from hub.policies import read_policies
from hub.settings import Settings
from policies.catalogue import Catalogue
from policies.check import check
from policies.engine import Engine, compile_engine
from policies.errors import PolicyError


def examine_force(engine: Engine, day: str) -> Finding:
    """Say whether any agreement is in force on that day; where none is, nobody is told anything."""
    count = len({one.agreement for one in engine.rules if one.applies(day)})
    if not count:
        return note("policies", "no agreement is in force today", "see `hub policy check`")
    return ok("policies", f"{count} agreements are in force today")


def examine_policies(settings: Settings, catalogue: Catalogue, day: str) -> Iterator[Finding]:
    """Say whether the documents can be used on that day."""
    try:
        texts = read_policies(settings.policies)
    except PolicyError as error:
        yield wrong("policies", str(error))
        return
    findings = check(texts, catalogue, day)
    errors = [finding for finding in findings if finding.severity == "error"]
    place = settings.policies or "shipped with this program"
    if errors:
        yield wrong("policies", f"{len(errors)} errors, the first: {errors[0]}", "see `hub policy check`")
    else:
        yield ok("policies", f"{len(texts)} documents, {place}")
        yield examine_force(compile_engine(texts, catalogue), day)
    for finding in findings:
        if finding.severity != "error":
            yield note("policies", str(finding))

"""What can be wrong with the days on which a document applies, and what soon will be."""

from collections.abc import Iterator

from policies.documents import Validity
from policies.findings import Finding
from policies.texts import Text


def findings(text: Text, valid: Validity, *, is_in_force: bool, day: str | None) -> Iterator[Finding]:
    """Days in the wrong order; of what is in force, whether on a day (ISO) it has ended or its review was due."""
    if valid.from_ > valid.until:
        yield text.error("it ends before it begins", ("valid", "until"))
    if day is None or not is_in_force:
        return
    if day > valid.until:
        yield text.warning(f"it ended on {valid.until} and gives nothing any more", ("valid", "until"))
    elif day > valid.review_by:
        yield text.warning(f"its review was due by {valid.review_by}", ("valid", "review_by"))

"""A partnership in which the police triage beside the council: two agencies judge of whom a referral tells."""

from hub.policies import read_policies

_DESK = "to: {council: [asb_officer]}"
_DESKS = "to: {council: [asb_officer], police: [officer]}"


def two_desks() -> dict[str, str]:
    """The shipped policies, but for who triages; the scenarios of these have the council alone for it."""
    texts = read_policies(None)
    for name in ("referral-desk", "referral-likenesses"):
        text = texts[f"agreements/{name}.yaml"]
        assert text.count(_DESK) == 1
        texts[f"agreements/{name}.yaml"] = text.replace(_DESK, _DESKS)
        texts.pop(f"scenarios/{name}.yaml", None)
    return texts

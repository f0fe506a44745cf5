"""Why a change is not made, as the contract words it; none quotes what is stored."""

from collections.abc import Mapping, Sequence
from typing import Any

from strawberry.utils.str_converters import to_snake_case

Path = Sequence[str]
NOT_FOUND, NOT_PERMITTED = "NotFound", "NotPermitted"


class Refused(Exception):  # noqa: N818 - a refusal is not a failure
    """Carries the type of the contract that says it, and its fields; `code` is how the ledger says it."""

    def __init__(self, typename: str, **values: Any) -> None:  # noqa: ANN401 - fields of the contract
        super().__init__(typename)
        self.typename = typename
        self.code = str(to_snake_case(typename)).upper()
        self.values: Mapping[str, Any] = values


def not_permitted() -> Refused:
    return Refused(NOT_PERMITTED, message="No agreement in force lets you do this for the stated purpose.")


def not_found(*path: str) -> Refused:
    """Answer the same for what there is not, and for what this viewer may not see."""
    return Refused(NOT_FOUND, message="There is nothing of this id that you may see.", path=list(path))


def conflict(message: str, version: int | None) -> Refused:
    return Refused("Conflict", message=message, currentVersion=version)


def locked() -> Refused:
    return Refused("Locked", message="Its agency keeps it in a system of its own, where it is changed.")


def invalid(fields: Sequence[tuple[Path, str]]) -> Refused:
    wrong = [{"path": list(path), "message": message} for path, message in fields]
    return Refused("InvalidInput", message="Some of the input is not as it must be.", fields=wrong)

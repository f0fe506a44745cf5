"""What a form does: one mutation, upon the thing in the address, with what stands in the fields; or why it does not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hub.errors import BadRequest
from hub.work.errors import Unfit
from hub.work.pages import Page
from hub.work.readings import Form

STATUSES = {"NotPermitted": 403, "NotFound": 404, "Conflict": 409, "InvalidInput": 422, "Locked": 423}
"""The refusals of the contract, and as what they are sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Stands below its page under its `name`; `operation` is its mutation, `wanted` and `optional` are its fields.

    `names` says how the input names the thing, `chosen` are fields with one of several words, `lists` reads what
    several fields say together, and `then` is the page that shows what came of it, where that is another one; or
    `otherwise`, where who did it may not see what it was done to.
    """

    name: str
    page: Page
    operation: str
    said: str
    wanted: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    versioned: bool = False
    names: str = "id"
    lists: Callable[[Form], Mapping[str, object]] | None = None
    then: Page | None = None
    otherwise: Page | None = None

    @property
    def mutation(self) -> str:
        """The field of the contract that its operation, `WorkJoinCase`, is about."""
        name = self.operation.removeprefix("Work")
        return name[0].lower() + name[1:]

    @property
    def done(self) -> str:
        """The word for it once it is done, `case.close`: a referral is closed too."""
        return f"{self.page.name}.{self.name}"

    @property
    def path(self) -> str:
        is_below = self.page.thing is not None or not self.names
        return f"{self.page.path}/{self.name}" if is_below else f"{self.page.path}/{{id}}/{self.name}"

    def input(self, path: Mapping[str, str], form: Form) -> dict[str, object]:
        """Make the mutation's input; raises Unfit, or BadRequest for a form that is not one of the hub's."""
        missing = {name: "is chosen" for name in self.chosen if not form.get(name)}
        if missing:
            raise Unfit(**missing)
        given: dict[str, object] = {"idempotencyKey": form.get("key", "")}
        if self.names:
            given[self.names] = [path["id"]] if self.names == "ids" else path["id"]
        given |= {name: form.get(name, "") for name in (*self.wanted, *self.chosen)}
        given |= {name: form[name] for name in self.optional if form.get(name, "").strip()}
        given |= self.lists(form) if self.lists is not None else {}
        return given | ({"version": _version(form)} if self.versioned else {})

    def after(self, made: Mapping[str, str] | None, path: Mapping[str, str]) -> str:
        """Where it is shown what came of it."""
        if made is None and self.otherwise is not None:
            return self.otherwise.address(path)
        return self.page.address(path) if self.then is None else self.then.address(made or path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why an act was not done, for the form that it came from; `fields` says by field what is wanted."""

    act: str
    message: str
    status: int
    fields: Mapping[str, str] = field(default_factory=dict)

    def about(self, name: str) -> str | None:
        """What is wanted of a field, or of one of the several things that stand in it."""
        return next((wanted for at, wanted in self.fields.items() if f"{at}.".startswith(f"{name}.")), None)


def refusal(act: Act, done: Mapping[str, Any]) -> Refusal | None:
    """Read what a mutation answered; None where it was done."""
    status = STATUSES.get(done["__typename"])
    if status is None:
        return None
    fields = {".".join(one["path"][1:]): one["message"] for one in done.get("fields", ())}
    return Refusal(act=act.name, message=done["message"], status=status, fields=fields)


def _version(form: Form) -> int:
    text = form.get("version", "")
    if not text.isdecimal() or len(text) > 9:  # noqa: PLR2004 - GraphQL's integers end soon after
        raise BadRequest("the form names no version")
    return int(text)

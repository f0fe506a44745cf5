"""What a mapping can say of a column, and the reader that follows from it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from connectors import cells
from connectors.errors import BadValue
from graph.records import Value

Reader = Callable[[str], Value]


class Strict(BaseModel):
    """A part of a mapping; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Plain(Strict):
    """A column of one of the plain types."""

    type: Literal[
        "text",
        "integer",
        "latitude",
        "longitude",
        "phone",
        "email",
        "postcode",
        "ward",
        "uprn",
        "nhs_number",
        "national_insurance_number",
    ]
    required: bool = False

    def reader(self) -> Reader:
        return _PLAIN[self.type]


class Date(Strict):
    """A column of dates; the forms are tried in order, and one may be less exact than a day."""

    type: Literal["date"]
    forms: list[str] = Field(min_length=1)
    required: bool = False

    @model_validator(mode="after")
    def _forms_are_known(self) -> Self:
        unknown = [form for form in self.forms if form not in cells.DATE_FORMS]
        if unknown:
            raise ValueError(f"{unknown[0]} is no form of a date; the forms are {', '.join(sorted(cells.DATE_FORMS))}")
        return self

    def reader(self) -> Reader:
        return partial(cells.calendar, forms=tuple(self.forms))


class Code(Strict):
    """A column of the dataset's own codes, each of which means a word of the hub."""

    type: Literal["code"]
    codes: dict[str, str] = Field(min_length=1)
    required: bool = False

    def reader(self) -> Reader:
        return partial(_coded, {code.casefold(): word for code, word in self.codes.items()})


class Listed(Strict):
    """A column of several texts or codes with a separator between them."""

    type: Literal["list"]
    separator: str = Field(default=";", min_length=1)
    codes: dict[str, str] | None = None
    required: bool = False

    def reader(self) -> Reader:
        codes = None if self.codes is None else {code.casefold(): word for code, word in self.codes.items()}
        return partial(_listed, self.separator, codes)


def _spelled_out(column: object) -> object:
    return {"type": column} if isinstance(column, str) else column


Column = Annotated[Annotated[Plain | Date | Code | Listed, Field(discriminator="type")], BeforeValidator(_spelled_out)]
"""A column as a mapping says it: `phone`, or `{type: phone, required: true}`."""


def _coded(codes: Mapping[str, str], cell: str) -> str:
    word = codes.get(cell.casefold())
    if word is None:
        raise BadValue("is a code that the mapping does not list")
    return word


def _listed(separator: str, codes: Mapping[str, str] | None, cell: str) -> list[str]:
    parts = (cells.text(part) for part in cell.split(separator))
    words = (part if codes is None else _coded(codes, part) for part in parts if part)
    return list(dict.fromkeys(words))


_PLAIN: Mapping[str, Reader] = {
    "text": cells.text,
    "integer": cells.integer,
    "latitude": partial(cells.degrees, bound=90),
    "longitude": partial(cells.degrees, bound=180),
    "phone": cells.phone,
    "email": cells.email,
    "postcode": cells.postcode,
    "ward": cells.ward,
    "uprn": cells.uprn,
    "nhs_number": cells.nhs_number,
    "national_insurance_number": cells.national_insurance_number,
}

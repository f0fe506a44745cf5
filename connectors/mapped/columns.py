"""What a mapping can say of a column, and the reader that follows from it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

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

    def past(self, today: str) -> Reader:
        """The reader of what cannot lie after `today`."""
        return partial(cells.past, forms=tuple(self.forms), today=today)


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


def is_word(value: object) -> bool:
    """Whether it is a word as a mapping has them: a text, or a number, which is read as one."""
    return isinstance(value, str | int) and not isinstance(value, bool)


def _filling(columns: object) -> str | None:
    if isinstance(columns, list):
        return "columns"
    return "a column" if is_word(columns) else None


Values = dict[
    str,
    Annotated[
        Annotated[str, Tag("a column")] | Annotated[list[str], Tag("columns")],
        Discriminator(
            _filling, custom_error_type="filling", custom_error_message="write a column, or a list of columns"
        ),
    ],
]
"""Which column or columns fill a property."""


_KINDS: tuple[type[Strict], ...] = (Plain, Date, Code, Listed)
COLUMNS: Mapping[str, type[Strict]] = {
    name: kind for kind in _KINDS for name in get_args(kind.model_fields["type"].annotation)
}
"""What can be said of a column of each type."""


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

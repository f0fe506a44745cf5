"""The national register of schools."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from connectors.base import Connector, Context
from connectors.schools import extract, listing, stating
from graph.records import Row
from policies.vocabulary import HUB

_ENOUGH = 64


def connector() -> Connector:
    return Connector(
        name=stating.DATASET,
        title="Register of schools",
        dataset=stating.DATASET,
        licence="Open Government Licence v3.0, Department for Education",
        marking=stating.MARKING,
        parse=parse,
        uniform=True,
        owner=HUB,
        places_points=True,
    )


def parse(source: BinaryIO, context: Context) -> Iterator[Row]:
    """Give each school of an export in CSV or a listing in JSON: one reference number is one school in both."""
    source.seek(0)
    is_json = source.read(_ENOUGH).removeprefix(codecs.BOM_UTF8).lstrip().startswith((b"{", b"["))
    yield from (listing if is_json else extract).rows(source, context)

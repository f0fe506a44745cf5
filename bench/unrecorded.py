"""The hub as `hub serve` runs it, but for the ledger: nothing is recorded, every receipt is the same."""

import os
from dataclasses import replace

import uvloop

from hub import journal
from hub.app import create_app
from hub.assembly import assembled
from hub.graphql import GraphQLAnswerer
from hub.services import open_ready
from hub.serving import listening, serve
from hub.settings import Settings
from resolvers.ledger import Entry, Ledger

RECEIPT = "0" * 32


class Unrecorded(Ledger):
    """Takes entries and keeps none."""

    async def record(self, entry: Entry) -> str:
        """Give the receipt."""
        del entry
        return RECEIPT


async def run(settings: Settings) -> None:
    """Serve until told to end."""
    journal.begin(settings.log)
    with listening(settings.host, settings.port) as listener:
        async with open_ready(settings) as services, assembled(settings, services) as parts:
            answerer = parts.answerer
            if not isinstance(answerer, GraphQLAnswerer):
                raise TypeError(f"{type(answerer).__name__} has no ledger to leave out")
            unrecorded = GraphQLAnswerer(means=replace(answerer.means, ledger=Unrecorded()))
            await serve(create_app(replace(parts, answerer=unrecorded)), listener)


if __name__ == "__main__":
    uvloop.run(run(Settings.read(os.environ)))  # as `hub serve` does

"""What an agency stated itself: it may end that, though it takes part no longer in the case by which it saw it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from resolvers.acting.acting import Acting
from resolvers.acting.deeds import Do
from resolvers.acting.inputs import Given
from resolvers.acting.refusals import NOT_FOUND, NOT_PERMITTED, Refused

States = Callable[[Acting, Given], Awaitable[bool]]
"""Whether the acting agency stated what is to be ended, seen or not."""


def own(do: Do, states: States) -> Do:
    """End something; what one's own agency stated as if it took part in the cases still.

    Whatever is refused then is refused as it was without, and what is read back is read as the agency sees it now: so
    an agency that left learns no more than that what it stated stands no longer.
    """

    async def done(acting: Acting, given: Given) -> tuple[str, ...]:
        try:
            return await do(acting, given)
        except Refused as refused:
            if refused.typename not in {NOT_FOUND, NOT_PERMITTED} or not await states(acting, given):
                raise
            try:
                return await do(replace(acting, takes_part=True), given)
            except Refused:
                raise refused from None

    return done

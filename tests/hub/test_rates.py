"""How often somebody may come: as often as the limit says, whatever others do, and in bounded memory."""

from hypothesis import given
from hypothesis import strategies as st

from hub.rates import MOST_KEPT, Rate

HOUR = 3_600.0


class Clock:
    """Shows the seconds that a test lets pass."""

    def __init__(self) -> None:
        self.seconds = 1_234_567.8

    def __call__(self) -> float:
        return self.seconds


def come(rate: Rate, key: str, times: int = 1) -> int:
    """Come some times at once; how often that was let through."""
    let_through = 0
    for _ in range(times):
        if not rate.wait(key):
            rate.count(key)
            let_through += 1
    return let_through


@given(st.integers(1, 300))
def test_as_many_are_let_through_at_once_as_the_limit_says(limit: int) -> None:
    rate = Rate(limit=limit, seconds=HOUR, clock=Clock())
    assert come(rate, "a", 2 * limit) == limit
    assert come(rate, "b", 2 * limit) == limit


@given(st.integers(1, 60), st.lists(st.tuples(st.floats(0, 4_000), st.integers(0, 70)), max_size=8))
def test_never_are_more_let_through_in_an_hour_than_twice_the_limit(
    limit: int, visits: list[tuple[float, int]]
) -> None:
    clock = Clock()
    rate, came = Rate(limit=limit, seconds=HOUR, clock=clock), [(clock(), 0)]
    for pause, times in visits:
        clock.seconds += pause
        came.append((clock(), come(rate, "a", times)))
    for since, _ in came:
        within = sum(times for moment, times in came if since <= moment < since + HOUR)
        assert within <= 2 * limit
    assert sum(times for _, times in came) <= limit * (1 + (clock() - came[0][0]) / HOUR) + 1


def test_who_waits_as_long_as_is_said_is_let_through_again() -> None:
    clock = Clock()
    rate = Rate(limit=4, seconds=HOUR, clock=clock)
    assert come(rate, "a", 9) == 4
    assert rate.wait("a") == HOUR / 4
    clock.seconds += rate.wait("a")
    assert come(rate, "a", 9) == 1
    clock.seconds += HOUR
    assert come(rate, "a", 9) == 4


def test_many_who_come_once_take_bounded_memory_and_are_forgotten() -> None:
    clock = Clock()
    rate = Rate(limit=2, seconds=HOUR, clock=clock)
    for at in range(3 * MOST_KEPT):
        come(rate, str(at))
    assert len(rate._paid) <= MOST_KEPT + 1  # noqa: SLF001 - what it holds is what this is about
    assert come(rate, "one more") == 0
    clock.seconds += HOUR
    assert come(rate, "one more", 5) == 2
    assert len(rate._paid) == 1  # noqa: SLF001 - as above

"""Python's collector of cycles, told to come less often."""

import gc


def spare() -> None:
    """Leave what was made at the start out of the collector's rounds, and let it look after large trees less often.

    A round over everything stops all threads: 70 to 170 ms while large answers were read, and a fifth to a third of
    what an import takes in Python, with Python's own thresholds.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)

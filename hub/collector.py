"""Python's collector of cycles, told to come less often."""

import gc

OF_SERVER, OF_IMPORT = 100, 2
"""After how many rounds over what is not young it looks at everything. What the driver leaves of each batch would pile
up in an import, and there is not much more to look at."""


def spare(rounds: int = OF_SERVER) -> None:
    """Leave what was made at the start out of the collector's rounds, and let it look after large trees less often.

    A round over everything stops all threads: 70 to 170 ms while large answers were read, and a fifth to a third of
    what an import takes in Python, with Python's own thresholds.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, rounds)

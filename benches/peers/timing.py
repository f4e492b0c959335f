"""How the scripts beside this file time a work."""

import statistics
import time


def median(work, times=15):
    """The median of so many runs in milliseconds, behind one that does not count."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1e3)
    return statistics.median(taken)

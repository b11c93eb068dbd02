"""Python's search for cyclic garbage: put off while a batch is worked on.

The search looks at every container that is alive, again and again while a batch makes hundreds of thousands of them,
and finds next to nothing: it took a fifth of all time. Once at the end of a batch is enough for memory to stay flat.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG = 1  # what was made since the last search, and what survived that one


def settle() -> None:
    """Leave all that is alive now out of every later search; a command calls this when modules and model are loaded."""
    gc.freeze()


@contextmanager
def uncollected() -> Iterator[None]:
    """No search inside the block, and one after it.

    Nothing changes for a block within another, nor where the program has switched the search off itself.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect(_YOUNG)

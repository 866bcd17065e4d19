"""Storing on a thread of its own while the next rows are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import Self, TypeVar

T = TypeVar("T", bound=Sized)


class StoringThread:
    """One thread that does what it is given, in order, in the caller's context."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "storing")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._thread.shutdown()

    def run(self, work: Callable[[], None]) -> Future[None]:
        """Does it after what was given before."""
        return self._thread.submit(copy_context().run, work)

    def each(
        self, before: Future[None], work: Callable[[T], None], chunks: Iterable[T]
    ) -> Iterator[int]:
        """Does the work for each chunk while the next one is read; gives the sizes done.

        Raises what the work, or what was to be done before it, raised; no chunk is begun then.
        """
        size, doing = 0, before
        for chunk in chunks:
            doing.result()
            if size:
                yield size
            size, doing = len(chunk), self.run(partial(work, chunk))
        doing.result()
        yield size

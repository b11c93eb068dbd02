"""Processes: one function over many tasks, on all cores, in the order of the tasks."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import Any, TypeVar

from papertwin.data.errors import PapertwinError

Task = TypeVar("Task")
Result = TypeVar("Result")

CAN_FORK = "fork" in multiprocessing.get_all_start_methods()
FEW = 2  # tasks: one alone is done sooner than processes are started


def in_processes(
    work: Callable[[Task], Result], tasks: Iterable[Task], jobs: int
) -> Generator[tuple[Task, Result], None, None]:
    """Each task with its result, in order, by `jobs` processes (1 or more); a few tasks are done in this one.

    `work` must be picklable, and open what it opens when it is first called. Two tasks for each process are under way
    at a time, so that memory stays flat. Raises PapertwinError where the system ends a process.
    """
    rest = iter(tasks)
    first = list(islice(rest, FEW if jobs > 1 else 0))
    if jobs == 1 or len(first) < FEW:
        for task in chain(first, rest):
            yield task, work(task)
        return
    context = multiprocessing.get_context("fork" if CAN_FORK else None)
    pool = ProcessPoolExecutor(jobs, context, _begin, (work,))
    waiting: deque[tuple[Task, Future[Result]]] = deque()
    try:
        for task in chain(first, rest):
            waiting.append((task, pool.submit(_do, task)))
            if len(waiting) > 2 * jobs:
                done, future = waiting.popleft()
                yield done, future.result()
        while waiting:
            done, future = waiting.popleft()
            yield done, future.result()
    except BrokenProcessPool as error:
        raise PapertwinError(
            "the system ended one of the processes, perhaps because memory ran out: try --jobs 1"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def follow_parent() -> None:
    """In a worker process: let the command's own process end it, and end when that was killed and could not."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


_work: Callable[[Any], Any]  # a worker process's own


def _begin(work: Callable[[Any], Any]) -> None:
    global _work  # noqa: PLW0603  a worker process has one
    follow_parent()
    _work = work


def _do(task: Any) -> Any:
    return _work(task)

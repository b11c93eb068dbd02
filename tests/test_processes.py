"""Work on several processes: none of them is left behind."""

import signal
import subprocess
import sys

SLEEPER = """
import os
import time
from papertwin.data.processes import in_processes

def work(task):
    os.write(1, b"begun\\n")  # in one piece: two processes write
    time.sleep(3600)

list(in_processes(work, range(9), 2))
"""


def test_processes_end_with_the_one_that_started_them_even_if_it_is_killed(tmp_path):
    """As the system kills what takes too much memory: what they would print is at its end when all have ended."""
    script = tmp_path / "sleeper.py"
    script.write_text(SLEEPER, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE) as run:
        begun = run.stdout.readline()
        run.send_signal(signal.SIGKILL)
        run.communicate(timeout=60)
    assert begun == b"begun\n"

"""Runs a command and says what it took: seconds, those of processors, MiB at the peak, exit status. A script of its
own, with no imports beyond the standard library, because Linux counts the memory of the process that starts another
one as the other's.
"""

import os
import subprocess
import sys
import time

started = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
seconds = time.perf_counter() - started
per_mebibyte = 1024 * 1024 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux KiB
print(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / per_mebibyte, os.waitstatus_to_exitcode(status))

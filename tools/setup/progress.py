#!/usr/bin/env python3
"""Runs a command that is silent about its work, and says how much of it is done: the bytes in the folders that it fills
and the seconds. On a terminal that is one line which keeps changing; elsewhere one line, and another each half minute.
What the command says goes to a log, which is shown only when it fails.

progress.py LABEL LOG FOLDER COMMAND...
"""
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

LOOK_S = 0.25
PLAIN_LINE_S = 30


def size_of(folders):
    """Bytes of all files below. Files come and go under our eyes, so nothing here may fail."""
    total = 0
    for folder in folders:
        for path, _, names in os.walk(folder):
            for name in names:
                try:
                    total += os.lstat(os.path.join(path, name)).st_size
                except OSError:
                    pass
    return total


def megabytes(size):
    return f'{size / 1e6:.1f} MB'


def run_with_progress(label, command, folders, log, environment=None, directory=None):
    """Returns the command's exit status. Its words are added to `log`."""
    live = sys.stdout.isatty()
    before, start, said_s = size_of(folders), time.monotonic(), 0

    def seconds():
        return time.monotonic() - start

    def done():
        return f'{megabytes(max(0, size_of(folders) - before))}, {seconds():.0f} s'

    def rewrite(line):  # a line that wraps cannot be written over
        print('\r' + line[:shutil.get_terminal_size().columns - 1] + '\x1b[K', end='', flush=True)

    if live:
        rewrite(label)
    else:
        print(label, flush=True)
    with open(log, 'ab') as words:
        child = subprocess.Popen(command, cwd=directory, env={**os.environ, **(environment or {})},
                                 stdin=subprocess.DEVNULL, stdout=words, stderr=subprocess.STDOUT)
        try:
            while True:
                try:
                    return child.wait(LOOK_S if live else 2)
                except subprocess.TimeoutExpired:
                    if live:
                        rewrite(f'{label}: {done()}')
                    elif seconds() - said_s >= PLAIN_LINE_S:
                        said_s = seconds()
                        print(f'  {done()}', flush=True)
        finally:
            if child.poll() is None:  # interrupted
                child.kill()
                child.wait()
            if live:
                rewrite(f'{label}: {done()}')
                print(flush=True)


def main():
    label, log, folder, *command = sys.argv[1:]
    Path(log).parent.mkdir(parents=True, exist_ok=True)
    Path(log).write_bytes(b'')
    status = run_with_progress(label, command, [folder], log)
    if status != 0:
        sys.stderr.write(Path(log).read_text(errors='replace')[-3000:])
    sys.exit(status)


if __name__ == '__main__':
    main()

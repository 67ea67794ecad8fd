#!/usr/bin/env python3
"""Every fuzz target for some seconds each, two at a time: fuzz.py [--seconds N] [--json] [NAME ...]

tests/fuzz/NAME_fuzz.cpp is a libFuzzer program of the preset `fuzz` and begins with tests/fuzz/corpus/NAME; new inputs
that reach new code are kept in build/fuzz/corpus/NAME, from run to run. tests/fuzz/NAME_fuzz.ts runs in Node. An input
that breaks a promise is left in build/fuzz/ (C++) or printed (TypeScript).
"""
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
BUILD = REPOSITORY / 'build/fuzz'
SOURCES = REPOSITORY / 'tests/fuzz'
AT_ONCE = 2
# One input slower than this stands in a user's way.
LONGEST_INPUT_SECONDS = 20
MOST_MEBIBYTES = 1024


@dataclass
class Fuzzed:
    name: str
    runs: int
    holds: bool
    said: str


def targets():
    return sorted(path.name.removesuffix(ending) for ending in ('_fuzz.cpp', '_fuzz.ts') for path in SOURCES.glob('*' + ending))


def run_native(name, seconds):
    found = BUILD / 'corpus' / name
    found.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [BUILD / f'fuzz_{name}', f'-max_total_time={seconds}', f'-timeout={LONGEST_INPUT_SECONDS}', f'-rss_limit_mb={MOST_MEBIBYTES}',
         f'-artifact_prefix={BUILD}/{name}-', '-print_final_stats=1', '-max_len=65536', found, SOURCES / 'corpus' / name],
        cwd=REPOSITORY, capture_output=True, text=True, errors='replace')
    ran = re.search(r'stat::number_of_executed_units: *(\d+)', done.stderr)
    reached = re.findall(r'\bcov: (\d+)', done.stderr)
    runs = int(ran.group(1)) if ran else 0
    if done.returncode == 0 and runs > 0:
        return Fuzzed(name, runs, True, f'{name}: {runs} runs, {reached[-1] if reached else 0} edges reached')
    return Fuzzed(name, runs, False, f'{name}: a promise does not hold\n{done.stderr[-6000:]}')


def run_typescript(name, seconds):
    done = subprocess.run(['node', '--import', './web/typescript_loader.mjs', SOURCES / f'{name}_fuzz.ts', '--seconds', str(seconds)],
                          cwd=REPOSITORY, capture_output=True, text=True)
    ran = re.search(r': (\d+) runs', done.stdout)
    runs = int(ran.group(1)) if ran else 0
    holds = done.returncode == 0 and runs > 0
    return Fuzzed(name, runs, holds, done.stdout.strip() if holds else f'{name}: a promise does not hold\n{done.stderr[-6000:]}')


def run_one(name, seconds):
    is_native = (SOURCES / f'{name}_fuzz.cpp').exists()
    fuzzed = (run_native if is_native else run_typescript)(name, seconds)
    print(fuzzed.said, file=sys.stderr, flush=True)
    return fuzzed


def fuzz(names, seconds):
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda name: run_one(name, seconds), names))


def main():
    arguments = sys.argv[1:]
    seconds = int(arguments[arguments.index('--seconds') + 1]) if '--seconds' in arguments else 300
    known = targets()
    names = [name for name in arguments if name in known] or known
    if subprocess.run(['tools/build.sh', 'fuzz', 'fuzz'], cwd=REPOSITORY, stdout=sys.stderr).returncode != 0:
        sys.exit('fuzz: the targets did not build')
    print(f'{len(names)} targets, {seconds} s each, {AT_ONCE} at a time', file=sys.stderr)
    done = fuzz(names, seconds)
    if '--json' in arguments:
        for one in done:
            line = {'name': f'fuzz.{one.name}.runs', 'value': one.runs, 'unit': 'count', 'n': 1, 'p10': one.runs, 'p90': one.runs, 'peer': None, 'ratio': None}
            print(json.dumps(line))
    sys.exit(0 if all(one.holds for one in done) else 1)


if __name__ == '__main__':
    main()

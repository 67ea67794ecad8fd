#!/usr/bin/env python3
"""Every test there is, in one run: dev test [native|node|types|web|python|fuzz|browser ...]

What runs natively runs under the address and undefined-behaviour sanitizers: one build, and nothing tested without them.

Builds first, then runs each runner and counts what it says it ran: Catch2's and Node's own reports, one for each
type-checked realm. A runner that runs no test, or dies before it can report, counts as failed.
"""
import json
import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import fuzz as fuzzing

REPOSITORY = Path(__file__).resolve().parent.parent
BUILD = REPOSITORY / 'build'
# Each fuzz target's time: a minute where a change is about to land, a look elsewhere.
FUZZ_SECONDS = 60 if os.environ.get('CI') == 'true' else 2
# Far beyond what they take: one that hangs is to be seen as such.
LONGEST_PART_SECONDS = 2400
REALMS = ['tsconfig', 'tsconfig.workers', 'tsconfig.worklet', 'tsconfig.service_worker', 'tsconfig.tests']


class Count:
    def __init__(self, passed=0, failed=0, skipped=0):
        self.passed, self.failed, self.skipped = passed, failed, skipped

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def __str__(self):
        return f'{self.passed} passed, {self.failed} failed' + (f', {self.skipped} skipped' if self.skipped else '')


class BuildError(Exception):
    pass


def run(*command, **options):
    sys.stdout.flush()
    return subprocess.run([str(part) for part in command], cwd=REPOSITORY, **options)


def build(preset, *targets):
    if run('tools/build.sh', preset, *targets).returncode != 0:
        raise BuildError(preset)


def ctest(preset):
    """Each test_<room> is a Catch2 program, which leaves a JUnit report; without one it died. Any other entry is
    one check, and ctest's own report says how it ended."""
    folder = BUILD / preset
    listing = run('ctest', '--test-dir', folder, '--show-only=json-v1', capture_output=True, text=True)
    names = [test['name'] for test in json.loads(listing.stdout)['tests']]
    for name in names:
        (folder / f'{name}.xml').unlink(missing_ok=True)
    ctest_report = folder / 'ctest.xml'
    ctest_report.unlink(missing_ok=True)
    run('ctest', '--test-dir', folder, '--output-on-failure', '--output-junit', ctest_report, '-j2')
    status = {case.get('name'): case.get('status') for case in ElementTree.parse(ctest_report).iter('testcase')}
    count = Count()
    for name in names:
        if name.startswith('test_'):
            count.add(catch_report(folder / f'{name}.xml'))
        else:
            count.add(Count(passed=1) if status.get(name) == 'run' else Count(failed=1))
    return count


def catch_report(path):
    try:
        suites = list(ElementTree.parse(path).getroot().iter('testsuite'))
    except (OSError, ElementTree.ParseError):
        print(f'test: {path.stem} ended before it could report')
        return Count(failed=1)
    # Sections are reported one by one; the test case is what comes first in the name.
    count = Count()
    for suite in suites:
        cases = {}
        for case in suite.iter('testcase'):
            name = case.get('classname', '') + case.get('name', '').split('/')[0]
            bad = case.find('failure') is not None or case.find('error') is not None
            state = 'failed' if bad else 'skipped' if case.find('skipped') is not None else 'passed'
            worse = {'passed': 0, 'skipped': 1, 'failed': 2}
            cases[name] = max(cases.get(name, 'passed'), state, key=worse.get)
        for state in cases.values():
            setattr(count, state, getattr(count, state) + 1)
    return count


def node_tests(folder, *options):
    files = sorted((REPOSITORY / 'tests' / folder).glob('*.test.ts'))
    if not files:
        return Count()
    report = BUILD / f'node_{folder}.tap'
    report.unlink(missing_ok=True)
    BUILD.mkdir(exist_ok=True)
    done = run('timeout', '--signal=INT', '--kill-after=60', LONGEST_PART_SECONDS,
               'node', '--import', './web/typescript_loader.mjs', '--test', *options, '--test-reporter=spec',
               '--test-reporter-destination=stdout', '--test-reporter=tap', f'--test-reporter-destination={report}',
               *files)
    if done.returncode in (124, 137):
        print(f'test: the {folder} tests were not done within {LONGEST_PART_SECONDS} s and were ended')
    written = report.read_text() if report.exists() else ''
    said = dict(re.findall(r'^# (pass|fail|cancelled|skipped|todo) (\d+)$', written, re.MULTILINE))
    number = {name: int(said.get(name, 0)) for name in ('pass', 'fail', 'cancelled', 'skipped', 'todo')}
    failed = number['fail'] + number['cancelled']
    if done.returncode != 0 and failed == 0:
        failed = 1
    return Count(number['pass'], failed, number['skipped'] + number['todo'])


def types():
    count = Count()
    for realm in REALMS:
        done = run('node', 'web/node_modules/typescript/bin/tsc', '-p', f'web/{realm}.json', '--pretty', 'false',
                   capture_output=True, text=True)
        if done.returncode == 0 or 'TS18003' in done.stdout:  # TS18003: the realm has no file yet
            count.passed += done.returncode == 0
            continue
        print(f'type errors in web/{realm}.json:\n{done.stdout}')
        count.failed += 1
    return count


def python_tests():
    build('native-asan', 'chartside')  # whose notes are scored
    files = sorted((REPOSITORY / 'tests/python').glob('test_*.py'))
    if not files:
        return Count()
    done = run(sys.executable, '-m', 'unittest', 'discover', '-s', 'tests/python', '-v', stderr=subprocess.PIPE, text=True)
    print(done.stderr)
    ran = re.search(r'^Ran (\d+) tests?', done.stderr, re.MULTILINE)
    bad = sum(int(number) for number in re.findall(r'(?:failures|errors)=(\d+)', done.stderr))
    skipped = sum(int(number) for number in re.findall(r'skipped=(\d+)', done.stderr))
    if ran is None or (done.returncode != 0 and bad == 0):
        bad = max(bad, 1)
    total = int(ran.group(1)) if ran else 0
    return Count(max(0, total - bad - skipped), bad, skipped)


def native():
    build('native-asan')
    return ctest('native-asan')


def node():
    build('web-release')
    return ctest('web-release')


def web():
    build('native-asan')  # its command line, beside which the wasm modules are held
    build('web-release')
    return node_tests('web', '--test-concurrency=2')


def fuzz():
    build('fuzz', 'fuzz')
    done = fuzzing.fuzz(fuzzing.targets(), FUZZ_SECONDS)
    return Count(passed=sum(one.holds for one in done), failed=sum(not one.holds for one in done))


def browser():
    build('web-release')
    # Two at a time: much of a test is a visit being spoken, or a wait, and there may be two cores.
    return node_tests('browser', '--test-concurrency=2')


RUNNERS = {'native': native, 'node': node, 'types': types, 'web': web, 'python': python_tests, 'fuzz': fuzz, 'browser': browser}


def main():
    wanted = sys.argv[1:] or list(RUNNERS)
    unknown = [name for name in wanted if name not in RUNNERS]
    if unknown:
        sys.exit(f"test: there is no part '{unknown[0]}'. Parts: {' '.join(RUNNERS)}")
    os.environ['CI'] = os.environ.get('CI', '')
    total, lines = Count(), []
    for name in wanted:
        print(f'\n== {name}')
        start = time.monotonic()
        try:
            count = RUNNERS[name]()
        except BuildError as error:
            print(f'test: {error} did not build, so {name} was not tested')
            count = Count(failed=1)
        if count.passed + count.failed == 0:
            print(f'test: {name} ran no test')
            count.failed = 1
        total.add(count)
        lines.append(f'  {name:<11} {count}  ({time.monotonic() - start:.0f} s)')
    print('\n' + '\n'.join(lines))
    print(total)
    sys.exit(1 if total.failed else 0)


main()

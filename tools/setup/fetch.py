#!/usr/bin/env python3
"""Brings every file of fetched.txt into .cache, and refuses bytes whose SHA-256 is not the one written there.

Runs inside the toolchain root. The package clients (cargo, npm, pip, apt-get) do the transfers, so whatever mirror
they are configured with is used. Safe to interrupt and to run again: only missing or damaged files are fetched.
"""
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent.parent / '.cache'
WORK = CACHE / 'fetch'
ATTEMPTS = 5


class FetchError(Exception):
    """A sentence for the person at the terminal."""


def read_manifest():
    """[(kind, name, version, [(sha256, inner path, destination)])]"""
    sources = []
    for line in (HERE / 'fetched.txt').read_text().splitlines():
        if not line.strip() or line.startswith('#'):
            continue
        if line.startswith(' '):
            sources[-1][3].append(tuple(line.split()))
        else:
            sources.append((*line.split(), []))
    return sources


def sha256_of(path):
    with open(path, 'rb') as file:
        return hashlib.file_digest(file, 'sha256').hexdigest()


def is_good(entry):
    destination = CACHE / entry[2]
    return destination.is_file() and sha256_of(destination) == entry[0]


def run(command, directory, environment=None):
    """Retries: a network cut is the common failure, and every one of these clients can start over."""
    for attempt in range(1, ATTEMPTS + 1):
        done = subprocess.run(command, cwd=directory, env={**os.environ, **(environment or {})},
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode == 0:
            return
        if attempt < ATTEMPTS:
            print(f'  {command[0]} failed; trying again ({attempt + 1} of {ATTEMPTS})', flush=True)
            time.sleep(2 ** attempt)
    raise FetchError(f"'{' '.join(command)}' failed {ATTEMPTS} times. Is the network up? Its last words:\n"
                     + done.stdout[-1500:])


def fetch_crate(name, version, directory):
    (directory / 'src').mkdir()
    (directory / 'src/lib.rs').touch()
    (directory / 'Cargo.toml').write_text(
        f'[package]\nname = "fetch"\nversion = "0.0.0"\nedition = "2021"\n\n[dependencies]\n{name} = "={version}"\n')
    run(['cargo', 'vendor', '--quiet'], directory, {'CARGO_NET_RETRY': '5'})
    return directory / 'vendor' / name


def fetch_npm(name, version, directory):
    run(['npm', 'pack', '--silent', '--fetch-retries=5', f'{name}@{version}'], directory)
    return unpack(directory)


def fetch_pypi(name, version, directory):
    run(['pip', 'download', '--quiet', '--disable-pip-version-check', '--retries=5', '--no-deps',
         '--only-binary=:all:', f'{name}=={version}'], directory)
    return unpack(directory)


def fetch_debsrc(name, version, directory):
    """A Debian source package's upstream archive, from the mirror that this system's own apt uses."""
    for folder in ('lists/partial', 'archives/partial', 'src', 'sources'):
        (directory / folder).mkdir(parents=True)
    apt_folder = Path('/etc/apt')
    for file in [apt_folder / 'sources.list', *apt_folder.glob('sources.list.d/*')]:
        if file.is_file():
            text = re.sub(r'^(deb|Types: deb)\b(?!-)', r'\1-src', file.read_text(), flags=re.MULTILINE)
            (directory / 'sources' / (file.stem + (file.suffix if file.suffix == '.sources' else '.list'))).write_text(text)
    apt = ['apt-get', '-qq', '-o', 'Dir::Etc::SourceList=/dev/null', '-o', f'Dir::Etc::SourceParts={directory}/sources',
           '-o', f'Dir::State::Lists={directory}/lists', '-o', f'Dir::Cache={directory}', '-o', 'Acquire::Retries=5',
           '-o', 'APT::Sandbox::User=root']
    run([*apt, 'update'], directory)
    run([*apt, 'source', '--download-only', name], directory / 'src')
    archives = list((directory / 'src').glob(f'{name}_{version}.orig.tar.*'))
    if not archives:
        raise FetchError(f'Debian no longer serves the source of {name} {version}. '
                         'Update its version and sums in tools/setup/fetched.txt.')
    return unpack(directory / 'src', archives[0])


def unpack(directory, archive=None):
    if archive is None:
        (archive,) = [path for path in directory.iterdir() if path.suffix in ('.tgz', '.whl')]
    inside = directory / 'unpacked'
    if archive.suffix == '.whl':
        with zipfile.ZipFile(archive) as bundle:
            bundle.extractall(inside)
    else:
        with tarfile.open(archive) as bundle:
            bundle.extractall(inside, filter='data')
    return inside


FETCHERS = {'crate': fetch_crate, 'npm': fetch_npm, 'pypi': fetch_pypi, 'debsrc': fetch_debsrc}


def bring(kind, name, version, entries):
    missing = [entry for entry in entries if not is_good(entry)]
    if not missing:
        return
    print(f'fetching {name} {version}', flush=True)
    directory = WORK / name.replace('/', '-')
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    root = FETCHERS[kind](name, version, directory)
    for sha256, inner, relative in missing:
        source, destination = root / inner, CACHE / relative
        found = sha256_of(source) if source.is_file() else 'no such file'
        if found != sha256:
            raise FetchError(
                f'{name} {version} holds other bytes than the ones we pinned, so it is refused:\n'
                f'  {inner}\n  expected {sha256}\n  found    {found}\n'
                'If your mirror is sound, someone changed the package: do not go on without looking into it.')
        destination.parent.mkdir(parents=True, exist_ok=True)
        partial = destination.with_name(destination.name + '.part')
        shutil.copyfile(source, partial)
        partial.replace(destination)
    shutil.rmtree(directory)


def main():
    try:
        for source in read_manifest():
            bring(*source)
    except FetchError as error:
        sys.exit(f'set-up: {error}')
    shutil.rmtree(WORK, ignore_errors=True)


main()

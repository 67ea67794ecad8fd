#!/usr/bin/env python3
"""Brings every file of fetched.txt into .cache, and refuses bytes whose SHA-256 is not the one written there.

Runs inside the toolchain root. The package clients (cargo, npm, pip, apt-get) do the transfers, so whatever mirror
they are configured with is used. Safe to interrupt and to run again: only missing or damaged files are fetched, and a
file stands under its name only after its bytes were found right.
"""
import hashlib
import os
import re
import shutil
import sys
import tarfile
import time
import zipfile
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from progress import run_with_progress

HERE = Path(__file__).resolve().parent
MANIFEST = HERE / 'fetched.txt'
CACHE = HERE.parent.parent / '.cache'
ATTEMPTS = 5
PAUSE_S = 2  # doubled with each attempt


class FetchError(Exception):
    """A sentence for the person at the terminal. Trying again would not help."""


class Cut(Exception):
    """The transfer failed or ended early: the next attempt may work."""


def read_manifest():
    """[(kind, name, version, size in words, [(sha256, inner path, destination)])]"""
    sources = []
    for line in MANIFEST.read_text().splitlines():
        if not line.strip() or line.startswith('#'):
            continue
        if line.startswith(' '):
            sources[-1][4].append(tuple(line.split()))
        else:
            sources.append((*line.split(maxsplit=3), []))
    return sources


def sha256_of(path):
    with open(path, 'rb') as file:
        return hashlib.file_digest(file, 'sha256').hexdigest()


def is_good(entry):
    destination = CACHE / entry[2]
    return destination.is_file() and sha256_of(destination) == entry[0]


class Transfer:
    """One source's folder under .cache/fetch, and the commands that fill it."""

    def __init__(self, label, name):
        self.label = label
        self.directory = CACHE / 'fetch' / name.replace('/', '-')
        self.log = CACHE / 'fetch' / (name.replace('/', '-') + '.log')

    def run(self, command, fills, directory=None, environment=None):
        """`fills`: the folders whose growth tells how much has come."""
        status = run_with_progress(self.label, command, fills, self.log, environment, directory or self.directory)
        if status != 0:
            raise Cut(f"'{' '.join(command)}' failed")

    def last_words(self):
        return self.log.read_text(errors='replace')[-1500:].rstrip() if self.log.is_file() else ''


def fetch_crate(transfer, name, version):
    directory = transfer.directory
    (directory / 'src').mkdir()
    (directory / 'src/lib.rs').touch()
    (directory / 'Cargo.toml').write_text(
        f'[package]\nname = "fetch"\nversion = "0.0.0"\nedition = "2021"\n\n[dependencies]\n{name} = "={version}"\n')
    archives = Path(os.environ.get('CARGO_HOME', Path.home() / '.cargo')) / 'registry/cache'
    transfer.run(['cargo', 'vendor', '--quiet'], [archives], environment={'CARGO_NET_RETRY': '5'})
    return directory / 'vendor' / name


# npm and pip keep what they download in the transfer's own folder: it shows how far they are, and refused bytes go
# with it instead of lying in a cache for the next time.
def fetch_npm(transfer, name, version):
    cache = transfer.directory / 'npm'
    transfer.run(['npm', 'pack', '--silent', '--fetch-retries=5', f'{name}@{version}'], [cache],
                 environment={'npm_config_cache': str(cache)})
    return unpack(transfer.directory)


def fetch_pypi(transfer, name, version):
    temporary = transfer.directory / 'tmp'
    temporary.mkdir()
    transfer.run(['pip', 'download', '--quiet', '--disable-pip-version-check', '--retries=5', '--no-deps',
                  '--no-cache-dir', '--only-binary=:all:', f'{name}=={version}'], [temporary],
                 environment={'TMPDIR': str(temporary)})
    return unpack(transfer.directory)


def fetch_debsrc(transfer, name, version):
    """A Debian source package's upstream archive, from the mirror that this system's own apt uses."""
    directory = transfer.directory
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
    transfer.run([*apt, 'update'], [directory])
    transfer.run([*apt, 'source', '--download-only', name], [directory], directory / 'src')
    archives = list((directory / 'src').glob(f'{name}_{version}.orig.tar.*'))
    if not archives:
        raise FetchError(f'Debian no longer serves the source of {name} {version}. '
                         'Update its version and sums in tools/setup/fetched.txt.')
    return unpack(directory / 'src', archives[0])


def unpack(directory, archive=None):
    if archive is None:
        archives = [path for path in directory.iterdir() if path.suffix in ('.tgz', '.whl')]
        if len(archives) != 1:
            raise Cut(f'the client ended well and left {len(archives)} archives')
        (archive,) = archives
    inside = directory / 'unpacked'
    try:
        if archive.suffix == '.whl':
            with zipfile.ZipFile(archive) as bundle:
                bundle.extractall(inside)
        else:
            with tarfile.open(archive) as bundle:
                bundle.extractall(inside, filter='data')
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise Cut(f'{archive.name} is cut short or damaged: {error}') from error
    return inside


FETCHERS = {'crate': fetch_crate, 'npm': fetch_npm, 'pypi': fetch_pypi, 'debsrc': fetch_debsrc}


def fetched(transfer, kind, name, version):
    """The folder with the source's files. A network cut is the common failure, and every client can start over."""
    for attempt in range(1, ATTEMPTS + 1):
        shutil.rmtree(transfer.directory, ignore_errors=True)
        transfer.directory.mkdir(parents=True)
        try:
            return FETCHERS[kind](transfer, name, version)
        except Cut as cut:
            if attempt == ATTEMPTS:
                raise FetchError(f'{name} {version} could not be fetched in {ATTEMPTS} attempts: {cut}.\n'
                                 'Is the network up? Then run the same command again. The last words '
                                 f'(more in {transfer.log}):\n{transfer.last_words()}') from cut
            print(f'  {cut}; trying again ({attempt + 1} of {ATTEMPTS})', flush=True)
            time.sleep(PAUSE_S ** attempt)


def bring(transfer, kind, name, version, missing):
    root = fetched(transfer, kind, name, version)
    for sha256, inner, _ in missing:
        found = sha256_of(root / inner) if (root / inner).is_file() else 'no such file'
        if found != sha256:
            shutil.rmtree(transfer.directory)
            raise FetchError(
                f'{name} {version} holds other bytes than the ones we pinned, so it is refused:\n'
                f'  {inner}\n  expected {sha256}\n  found    {found}\n'
                'If your mirror is sound, someone changed the package: do not go on without looking into it.')
    for _, inner, relative in missing:
        destination = CACHE / relative
        destination.parent.mkdir(parents=True, exist_ok=True)
        partial = destination.with_name(destination.name + '.part')
        shutil.copyfile(root / inner, partial)
        partial.replace(destination)
    shutil.rmtree(transfer.directory)


def main():
    wanted = []
    for kind, name, version, size, entries in read_manifest():
        missing = [entry for entry in entries if not is_good(entry)]
        if missing:
            wanted.append((kind, name, version, size, missing))
    if not wanted:
        return
    try:
        for number, (kind, name, version, size, missing) in enumerate(wanted, 1):
            label = f'fetching {number} of {len(wanted)}: {name} {version} ({size})'
            bring(Transfer(label, name), kind, name, version, missing)
    except FetchError as error:
        sys.exit(f'set-up: {error}')
    except KeyboardInterrupt:
        sys.exit('set-up: interrupted. The same command goes on from here.')
    shutil.rmtree(CACHE / 'fetch', ignore_errors=True)


if __name__ == '__main__':
    main()

"""tools/setup/fetch.py with package clients of our own on PATH: what is taken, what is refused, what is tried again."""
import contextlib
import hashlib
import io
import os
import pathlib
import sys
import tempfile
import unittest

SETUP = pathlib.Path(__file__).resolve().parents[2] / 'tools/setup'
sys.path.insert(0, str(SETUP))
import fetch  # noqa: E402

# Each client leaves what the real one leaves, with the bytes that the test put into $FAKE/bytes; counts its calls; ends
# with an error while $FAKE/failures says so; and cuts its archive in the middle while $FAKE/cuts does.
CLIENT = r'''#!/usr/bin/env python3
import io, os, pathlib, sys, tarfile, zipfile
fake = pathlib.Path(os.environ['FAKE'])
client, arguments = pathlib.Path(sys.argv[0]).name, sys.argv[1:]
with open(fake / 'calls', 'a') as calls:
    calls.write(client + ' ' + ' '.join(arguments) + '\n')

def left(name):
    count = int((fake / name).read_text()) if (fake / name).is_file() else 0
    (fake / name).write_text(str(max(0, count - 1)))
    return count > 0

def tar(path, inner, mode):
    with tarfile.open(path, mode) as archive:
        entry = tarfile.TarInfo(inner)
        entry.size = len(data)
        archive.addfile(entry, io.BytesIO(data))

data = (fake / 'bytes').read_bytes()
if client == 'apt-get' and arguments[-1] == 'update':
    sys.exit(0)
if left('failures'):
    pathlib.Path('half.tgz').write_bytes(b'half')
    sys.exit('fake ' + client + ': connection reset')
if client == 'npm':
    archive = pathlib.Path('thing-1.0.0.tgz')
    tar(archive, 'package/file.txt', 'w:gz')
elif client == 'pip':
    archive = pathlib.Path('thing-1.0.0-py3-none-any.whl')
    with zipfile.ZipFile(archive, 'w') as bundle:
        bundle.writestr('package/file.txt', data)
elif client == 'apt-get':
    archive = pathlib.Path('thing_1.0.0.orig.tar.xz')
    tar(archive, 'package/file.txt', 'w:xz')
else:
    archive = pathlib.Path('vendor/thing/package/file.txt')
    archive.parent.mkdir(parents=True)
    archive.write_bytes(data)
if left('cuts'):
    archive.write_bytes(archive.read_bytes()[:archive.stat().st_size // 2])
'''
RIGHT = bytes(range(256)) * 400


class Fetch(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.fake = pathlib.Path(folder.name)
        (self.fake / 'bin').mkdir()
        for client in ('npm', 'pip', 'cargo', 'apt-get'):
            (self.fake / 'bin' / client).write_text(CLIENT)
            (self.fake / 'bin' / client).chmod(0o755)
        self.put('bytes', RIGHT)
        kept = {name: os.environ.get(name) for name in ('PATH', 'FAKE')}
        self.addCleanup(lambda: [os.environ.pop(name) if value is None else os.environ.update({name: value})
                                 for name, value in kept.items()])
        os.environ['PATH'] = f"{self.fake / 'bin'}:{os.environ['PATH']}"
        os.environ['FAKE'] = str(self.fake)
        for name, value in (('MANIFEST', self.fake / 'fetched.txt'), ('CACHE', self.fake / 'cache'), ('PAUSE_S', 0)):
            self.addCleanup(setattr, fetch, name, getattr(fetch, name))
            setattr(fetch, name, value)

    def put(self, name, content):
        (self.fake / name).write_bytes(content if isinstance(content, bytes) else str(content).encode())

    def pin(self, kind, content=RIGHT):
        inner = 'package/file.txt'
        self.put('fetched.txt', f'# a comment\n\n{kind} thing 1.0.0 1 MB\n'
                                f'  {hashlib.sha256(content).hexdigest()}  {inner}  taken/file.txt\n')

    def fetch(self):
        """What it printed, and the sentence that it ended with ('' when all went well)."""
        with contextlib.redirect_stdout(io.StringIO()) as said:
            try:
                fetch.main()
            except SystemExit as end:
                return said.getvalue(), str(end)
        return said.getvalue(), ''

    def calls(self):
        return (self.fake / 'calls').read_text().splitlines() if (self.fake / 'calls').is_file() else []

    def files(self):
        cache = self.fake / 'cache'
        return sorted(str(path.relative_to(cache)) for path in cache.rglob('*') if path.is_file())

    def test_takes_the_right_bytes_from_every_client_and_leaves_nothing_else(self):
        for kind in fetch.FETCHERS:
            with self.subTest(kind):
                (self.fake / 'cache/taken/file.txt').unlink(missing_ok=True)
                self.pin(kind)
                said, sentence = self.fetch()
                self.assertEqual(sentence, '')
                self.assertIn('fetching 1 of 1: thing 1.0.0 (1 MB)', said)
                self.assertEqual(self.files(), ['taken/file.txt'])
                self.assertEqual((self.fake / 'cache/taken/file.txt').read_bytes(), RIGHT)

    def test_refuses_other_bytes_with_a_sentence_and_keeps_none_of_them(self):
        for kind in fetch.FETCHERS:
            with self.subTest(kind):
                self.pin(kind, RIGHT + b'!')
                _, sentence = self.fetch()
                self.assertIn('thing 1.0.0 holds other bytes than the ones we pinned, so it is refused', sentence)
                self.assertIn('expected ' + hashlib.sha256(RIGHT + b'!').hexdigest(), sentence)
                self.assertIn('found    ' + hashlib.sha256(RIGHT).hexdigest(), sentence)
                self.assertEqual([name for name in self.files() if not name.endswith('.log')], [])

    def test_refuses_a_package_without_the_pinned_file_and_takes_none_of_the_others(self):
        self.pin('npm')
        with open(self.fake / 'fetched.txt', 'a') as manifest:
            manifest.write(f"  {'0' * 64}  package/other.txt  taken/other.txt\n")
        _, sentence = self.fetch()
        self.assertIn('found    no such file', sentence)
        self.assertEqual([name for name in self.files() if not name.endswith('.log')], [])

    def test_tries_again_when_a_client_fails(self):
        for kind in fetch.FETCHERS:
            with self.subTest(kind):
                (self.fake / 'cache/taken/file.txt').unlink(missing_ok=True)
                self.pin(kind)
                self.put('failures', 2)
                said, sentence = self.fetch()
                self.assertEqual(sentence, '')
                self.assertIn('trying again (3 of 5)', said)
                self.assertEqual((self.fake / 'cache/taken/file.txt').read_bytes(), RIGHT)

    def test_gives_up_with_the_clients_last_words(self):
        self.pin('npm')
        self.put('failures', 99)
        _, sentence = self.fetch()
        self.assertIn('could not be fetched in 5 attempts', sentence)
        self.assertIn('fake npm: connection reset', sentence)
        self.assertEqual(len(self.calls()), 5)

    def test_does_not_take_an_archive_that_was_cut_in_the_middle(self):
        for kind in ('npm', 'pypi', 'debsrc'):
            with self.subTest(kind):
                (self.fake / 'cache/taken/file.txt').unlink(missing_ok=True)
                self.pin(kind)
                self.put('cuts', 1)
                said, sentence = self.fetch()
                self.assertEqual(sentence, '')
                self.assertIn('cut short or damaged', said)
                self.assertEqual((self.fake / 'cache/taken/file.txt').read_bytes(), RIGHT)
        self.pin('crate')  # no archive of ours: the bytes themselves are short
        (self.fake / 'cache/taken/file.txt').unlink()
        self.put('cuts', 1)
        self.assertIn('other bytes', self.fetch()[1])
        self.assertFalse((self.fake / 'cache/taken/file.txt').exists())

    def test_fetches_again_what_an_earlier_run_left_damaged(self):
        self.pin('npm')
        (self.fake / 'cache/taken').mkdir(parents=True)
        self.put('cache/taken/file.txt', RIGHT[:1000])
        self.put('cache/taken/file.txt.part', RIGHT[:1000])
        self.assertEqual(self.fetch()[1], '')
        self.assertEqual(self.files(), ['taken/file.txt'])
        self.assertEqual((self.fake / 'cache/taken/file.txt').read_bytes(), RIGHT)

    def test_fetches_nothing_the_second_time(self):
        self.pin('npm')
        self.fetch()
        first = self.calls()
        said, sentence = self.fetch()
        self.assertEqual((said, sentence, self.calls()), ('', '', first))

    def test_says_that_debian_no_longer_serves_a_version(self):
        self.pin('debsrc')
        manifest = (self.fake / 'fetched.txt').read_text().replace('1.0.0', '0.9.0')
        self.put('fetched.txt', manifest)
        self.assertIn('Debian no longer serves the source of thing 0.9.0', self.fetch()[1])
        self.assertEqual(len(self.calls()), 2)


class PinnedFiles(unittest.TestCase):
    def test_every_line_of_the_list_is_whole(self):
        for kind, name, version, size, entries in fetch.read_manifest():
            self.assertIn(kind, fetch.FETCHERS, name)
            self.assertRegex(size, r'^\d+ MB', name)
            self.assertTrue(entries, name)
            for sha256, _, destination in entries:
                self.assertRegex(sha256, '^[0-9a-f]{64}$', name)
                self.assertRegex(destination, '^(assets|third_party)/', name)


if __name__ == '__main__':
    unittest.main()

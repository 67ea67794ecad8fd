"""The shipped token file against the tokenizer it is made from."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PROGRAM = REPOSITORY / "tools/models/tokenizer.py"
SOURCE = REPOSITORY / ".cache/assets/moonshine/tokenizer.json"
SHIPPED = REPOSITORY / "public/models/moonshine_tiny.tokens"


def check(tokens):
    return subprocess.run([sys.executable, PROGRAM, "--check", SOURCE, tokens], capture_output=True, text=True)


class ShippedTokens(unittest.TestCase):
    def test_hold_the_tokenizers_own(self):
        done = check(SHIPPED)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("32768 tokens agree", done.stdout)

    def test_one_changed_letter_is_seen(self):
        changed = bytearray(SHIPPED.read_bytes())
        changed[-1] ^= 1
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "changed.tokens"
            path.write_bytes(changed)
            done = check(path)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("make it again", done.stderr)


if __name__ == "__main__":
    unittest.main()

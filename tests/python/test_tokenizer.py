"""The shipped token file, and the way src/speech/token_encoder.cpp makes tokens, against the tokenizer they come from."""
import json
import random
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


def joined(text, rank_of):
    """`text` in pieces, after joining the pair of the lowest rank for as long as there is one."""
    pieces = list(text)
    while True:
        ranked = [(rank_of(pair), at) for at, pair in enumerate(zip(pieces, pieces[1:]))]
        ranked = [(rank, at) for rank, at in ranked if rank is not None]
        if not ranked:
            return pieces
        at = min(ranked)[1]
        pieces[at : at + 2] = [pieces[at] + pieces[at + 1]]


class MergesNeedNotShip(unittest.TestCase):
    """Which pair is joined next follows from the tokens' numbers alone."""

    @classmethod
    def setUpClass(cls):
        model = json.loads(SOURCE.read_text(encoding="utf-8"))["model"]
        cls.number_of = model["vocab"]
        cls.merges = [tuple(merge.split(" ")) if isinstance(merge, str) else tuple(merge) for merge in model["merges"]]

    def test_every_way_to_split_a_token_in_two_is_a_merge(self):
        splits = {
            (token[:at], token[at:])
            for token in self.number_of
            for at in range(1, len(token))
            if token[:at] in self.number_of and token[at:] in self.number_of
        }
        self.assertEqual(splits, set(self.merges))

    def test_tokens_are_numbered_in_the_order_of_their_merges(self):
        numbers = [self.number_of[left + right] for left, right in self.merges if (left + right).strip("\u2581")]
        self.assertEqual(numbers, sorted(numbers))

    def test_words_come_out_alike(self):
        ranks = {pair: rank for rank, pair in enumerate(self.merges)}
        choice = random.Random(3)
        words = "metoprolol hydrochlorothiazide Sj\u00f6gren's HbA1c semaglutide ceftriaxone vitamin\u2581D three".split()
        words += ["".join(choice.choices("aeioulmnrstpcdxyz", k=choice.randint(2, 16))) for _ in range(500)]
        for word in words:
            text = "\u2581" + word
            self.assertEqual(joined(text, ranks.get), joined(text, lambda pair: self.number_of.get("".join(pair))), word)


if __name__ == "__main__":
    unittest.main()

"""The fact scorer of tools/samples/score.py: what it counts decides what the note model is said to do."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools/samples"))
import score  # noqa: E402


def script_of(name):
    return (score.VISITS / f"{name}.txt").read_text()


class Scorer(unittest.TestCase):
    def test_gives_a_right_note_full_marks(self):
        for name in score.NAMES:
            note = score.note_by_hand(score.VISITS / f"{name}.right_note.txt")
            report = score.score(name, note, script_of(name))
            for kind in ("misplaced", "missing", "false", "unsupported_numbers", "first_person", "wrong_pronoun", "repeated"):
                self.assertEqual(report[kind], [], f"{name}: {kind}")

    def test_catches_every_planted_claim_of_a_wrong_note(self):
        for name in score.NAMES:
            note = score.note_by_hand(score.VISITS / f"{name}.wrong_note.txt")
            caught = {entry["claim"] for entry in score.score(name, note, script_of(name))["false"]}
            for claim in score.expected_of(name)["must_not"]:
                self.assertIn(claim["fact"], caught, name)

    def test_reads_numbers_in_words_and_in_digits_alike(self):
        for spoken, written in (
            ("one forty-six over eighty-eight", "146/88"),
            ("fifty milligrams", "50 mg"),
            ("one hundred and ten degrees", "110 degrees"),
            ("two hundred and four pounds", "204 pounds"),
            ("eight point one percent", "8.1%"),
            ("one thousand milligrams", "1,000 mg"),
            ("five out of five", "5/5"),
        ):
            self.assertEqual(score.normalised(spoken), score.normalised(written))

    def test_a_number_that_nobody_said_is_counted(self):
        note = {"sections": [{"id": "exam", "sentences": [{"text": "Heart rate: 72.", "evidence": [{}]}]}]}
        report = score.score("knee_pain", note, script_of("knee_pain"))
        self.assertEqual(report["unsupported_numbers"], [{"numbers": ["72"], "sentence": "Heart rate: 72."}])

    def test_a_negation_ends_at_a_but(self):
        self.assertTrue(score.holds("no locking but swelling", ["swelling"], "present"))
        self.assertFalse(score.holds("no locking or swelling", ["swelling"], "present"))
        self.assertTrue(score.holds("no locking or swelling", ["swelling"], "denied"))

    def test_the_wrong_pronoun_is_counted_but_not_where_a_relative_is_meant(self):
        said = ["She takes metformin.", "His wife cooks.", "She cooks a lot of rice.", "He walks."]
        self.assertEqual(score.wrong_pronouns(said, "he"), ["She takes metformin."])
        self.assertEqual(score.wrong_pronouns(said, "unstated"), [])

    def test_a_sentence_without_evidence_is_counted(self):
        note = {"sections": [{"id": "exam", "sentences": [{"text": "Heart rate: 64.", "evidence": []}]}]}
        self.assertEqual(score.score("knee_pain", note, script_of("knee_pain"))["without_evidence"], ["Heart rate: 64."])


if __name__ == "__main__":
    unittest.main()

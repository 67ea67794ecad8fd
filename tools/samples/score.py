#!/usr/bin/env python3
"""Scores notes of the made visits against what a right note of them holds (tests/fixtures/visits/*.expected.json).

    python3 tools/samples/score.py                        # `scribe` on the spoken samples, `note` on the scripts
    python3 tools/samples/score.py --from text knee_pain  # only the scripts, only this visit
    python3 tools/samples/score.py --note FILE.json knee_pain   # a note that is already there
    python3 tools/samples/score.py --json                 # one object a line, as ./dev bench writes them

Standard library only. Needs the native command line (--chartside, default build/native/chartside) and, for the
spoken samples, ffmpeg on PATH. Exit status 1 when a note says what it may not, a number nobody said, a sentence
without evidence, or the wrong pronoun.
"""
import argparse
import json
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
VISITS = ROOT / "tests" / "fixtures" / "visits"
NAMES = ["knee_pain", "diabetes_follow_up", "headache"]

ONES = {w: i for i, w in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split())}
TENS = {w: 10 * i for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
UNITS = {"milligram": "mg", "milligrams": "mg", "mgs": "mg", "percent": "%"}
NEGATORS = re.compile(
    r"\b(no|not|never|none|denie[sd]|deny|denying|without|negative|nor|unlikely|absent|\w+n't|cannot|neither)\b")
# A negation reaches no further than this.
SCOPE_END = re.compile(
    r";|\bbut\b|\bhowever\b|\balthough\b|\bexcept\b|\. |\band (?:it|she|he|they|is|was|reports|has|takes|feels)\b")


def normalised(text):
    """Lower case, numbers as digits ("fifty milligrams" -> "50 mg", "one forty-six over eighty-eight" -> "146/88")."""
    text = text.lower().replace("\u2019", "'").replace("\u2013", "-").replace("\u201c", '"').replace("\u201d", '"')
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text.replace("x-ray", "xray"))
    text = re.sub(r"(\d)\s*(mg|%)", r"\1 \2", text)
    text = re.sub(rf"\b(hundred|thousand) and (?={'|'.join([*ONES, *TENS])})", r"\1 ", text)
    out = []
    for token in re.findall(r"\d+(?:\.\d+)?(?:/\d+)?|[a-z0-9']+|[^\sa-z0-9]", text):
        value = ONES.get(token, TENS.get(token))
        last = out[-1] if out else None
        if token in UNITS:
            out.append(UNITS[token])
        elif value is not None:
            if isinstance(last, list) and last[1] == "tens" and 0 < value < 10:
                out[-1] = [last[0] + value, "ones"]
            elif isinstance(last, list) and last[1] == "hundreds" and value < 100:
                out[-1] = [last[0] + value, "tens" if value >= 20 and value % 10 == 0 else "ones"]
            elif isinstance(last, list) and last[1] in ("ones", "tens") and 0 < last[0] < 10 and value >= 10:
                # "one forty-six" is 146
                out[-1] = [last[0] * 100 + value, "tens" if value >= 20 and value % 10 == 0 else "ones"]
            else:
                out.append([value, "tens" if value >= 20 else "ones"])
        elif token in ("hundred", "thousand") and isinstance(last, list):
            out[-1] = [last[0] * (100 if token == "hundred" else 1000), "hundreds"]
        else:
            out.append(token)
    words = " ".join(str(t[0]) if isinstance(t, list) else t for t in out)
    words = re.sub(r"\b(\d+) point (\d+)\b", r"\1.\2", words)
    words = re.sub(r"\b(\d{2,3}) over (\d{2,3})\b", r"\1/\2", words)
    words = re.sub(r"\b(\d+) out of (\d+)\b", r"\1/\2", words)
    return re.sub(r"\s+([,.;:])", r"\1", words).replace("xray", "x-ray")


def pattern_of(group):
    """'swell*|swollen' -> a regular expression over normalised text."""
    choices = []
    for choice in group.split("|"):
        stem = choice.endswith("*")
        plain = normalised(choice.rstrip("*")).replace("*", "")
        inner = re.escape(plain.strip()).replace(r"\ ", r"\s+")
        choices.append((r"(?<![\w./])" if plain[:1].isdigit() else r"\b") + inner
                       + (r"\w*" if stem else (r"(?![\w/]|\.\d)" if plain[-1:].isdigit() else r"(?!\w)")))
    return re.compile("|".join(choices))


def is_negated(sentence, at):
    before = sentence[:at]
    breaks = [m.end() for m in SCOPE_END.finditer(before)]
    return bool(NEGATORS.search(before[breaks[-1] if breaks else 0:]))


def holds(sentence, groups, polarity):
    matches = [list(pattern_of(group).finditer(sentence)) for group in groups]
    if not all(matches):
        return False
    if polarity == "denied":
        return any(is_negated(sentence, m.start()) or pattern_negates(m.group()) for found in matches for m in found)
    return any(not is_negated(sentence, m.start()) for m in matches[0])


def pattern_negates(text):
    return bool(NEGATORS.search(text))


def wrong_pronouns(texts, pronouns):
    """Sentences with the other pronoun that name nobody else it could mean, themselves or just before."""
    if pronouns not in ("she", "he"):
        return []
    other = re.compile(r"\b(he|his|him)\b" if pronouns == "she" else r"\b(she|her|hers)\b")
    relative = re.compile(r"\b(father|dad|husband|brother|son|mother|mom|wife|sister|daughter|nurse|doctor)\b")
    plain = [text.lower() for text in texts]
    return [texts[at] for at, text in enumerate(plain)
            if other.search(text) and not relative.search(" ".join(plain[max(0, at - 1):at + 1]))]


def numbers_of(text):
    found = set()
    for number in re.findall(r"\d+(?:\.\d+)?(?:/\d+)?", normalised(text)):
        found.add(number)
        found.update(number.split("/"))
    return found


def expected_of(name):
    return json.loads((VISITS / f"{name}.expected.json").read_text())


def score(name, note, script):
    expected = expected_of(name)
    sentences = [(section["id"], s["text"], s) for section in note["sections"] for s in section["sentences"]]
    plain = [(section, normalised(text)) for section, text, _ in sentences]
    report = {"found": [], "misplaced": [], "missing": [], "false": [], "unsupported_numbers": [],
              "without_evidence": [], "first_person": [], "wrong_pronoun": [], "repeated": [], "sentences": len(sentences)}

    omitted = [normalised(o["text"]) for o in note.get("omissions", [])]
    for fact in expected["must"]:
        inside = [s for s, text in plain if holds(text, fact["words"], fact["polarity"])]
        kind = "found" if any(s in fact["section"] for s in inside) else "misplaced" if inside else "missing"
        listed = kind == "missing" and any(all(pattern_of(g).search(o) for g in fact["words"]) for o in omitted)
        report[kind].append({"fact": fact["fact"], "weight": fact["weight"], "in_omissions": listed})
    for claim in expected["must_not"]:
        for (_, text), (_, shown, _) in zip(plain, sentences):
            matched = all(pattern_of(g).search(text) for g in claim["words"]) if claim.get("any_polarity") \
                else holds(text, claim["words"], claim["polarity"])
            if matched and not any(pattern_of(g).search(text) for g in claim.get("unless", [])):
                report["false"].append({"claim": claim["fact"], "sentence": shown})
    report["wrong_pronoun"] = wrong_pronouns([text for _, text, _ in sentences], expected["patient"]["pronouns"])
    said = numbers_of(script) | {str(number) for number in range(1, 10)}  # list numbers of the plan
    seen = set()
    for section, text, sentence in sentences:
        # a pain score may be written 6/10 when "six" was said
        unsaid = sorted(n for n in numbers_of(text) - said if not (n.endswith("/10") and n[:-3] in said))
        if unsaid:
            report["unsupported_numbers"].append({"numbers": unsaid, "sentence": text})
        if not sentence.get("evidence"):
            report["without_evidence"].append(text)
        if re.search(r"\b(I|I'm|I'd|I've|my|we)\b", re.sub(r'["\u201c][^"\u201d]*["\u201d]', "", text)):
            report["first_person"].append(text)
        key = re.sub(r"\W+", " ", text.lower()).strip()
        if key in seen:
            report["repeated"].append(text)
        seen.add(key)
    return report


def run_chartside(command, verb, path, pronouns):
    record = ["--pronouns", pronouns] if pronouns else []
    done = subprocess.run([*shlex.split(command), verb, str(path), "--json", *record], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"chartside {verb} {path} failed: {done.stderr.strip() or done.returncode}")
    return json.loads(done.stdout)


def spoken_wav(name, folder):
    wav = folder / f"{name}_16k.wav"
    if not wav.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", "-i", str(ROOT / "public/samples" / f"{name}.opus"),
                        "-ar", "16000", "-ac", "1", "-bitexact", str(wav)], check=True)
    return wav


def share(report, weight):
    counts = {kind: sum(f["weight"] == weight for f in report[kind]) for kind in ("found", "misplaced", "missing")}
    total = sum(counts.values())
    return (counts["found"] + counts["misplaced"]) / total if total else 0.0, total


def note_by_hand(path):
    """A '# section' line opens a section, every other line is one sentence."""
    sections = []
    for line in path.read_text().splitlines():
        if line.startswith("# "):
            sections.append({"id": line[2:], "sentences": []})
        elif line:
            sections[-1]["sentences"].append({"text": line, "evidence": [{"segment": "by hand"}]})
    return {"sections": sections}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("visits", nargs="*", default=NAMES)
    options.add_argument("--from", dest="sources", choices=["text", "audio", "both"], default="both")
    options.add_argument("--note", help="a note's JSON; one visit must be named")
    options.add_argument("--chartside", default=str(ROOT / "build/native/chartside"))
    options.add_argument("--without-record", action="store_true", help="do not tell the patient's pronouns")
    options.add_argument("--json", action="store_true")
    options.add_argument("--brief", action="store_true", help="counts only")
    arguments = options.parse_args()

    bad = 0
    sources = ["text", "audio"] if arguments.sources == "both" else [arguments.sources]
    for name in arguments.visits:
        script_path = VISITS / f"{name}.txt"
        script = script_path.read_text()
        pronouns = None if arguments.without_record else expected_of(name)["patient"]["pronouns"]
        for source in ["given"] if arguments.note else sources:
            if arguments.note:
                note = json.loads(pathlib.Path(arguments.note).read_text())
            elif source == "text":
                note = run_chartside(arguments.chartside, "note", script_path, pronouns)
            else:
                note = run_chartside(arguments.chartside, "scribe", spoken_wav(name, ROOT / "build/samples"), pronouns)
            note = note.get("note", note)
            report = score(name, note, script)
            must, must_count = share(report, "must")
            should, should_count = share(report, "should")
            bad += sum(len(report[k]) for k in ("false", "unsupported_numbers", "without_evidence", "wrong_pronoun"))
            if arguments.json:
                for value_name, value, unit, n in (
                        ("must_facts", must, "share", must_count), ("should_facts", should, "share", should_count),
                        *((k, len(report[k]), "count", report["sentences"]) for k in
                          ("misplaced", "false", "unsupported_numbers", "without_evidence", "first_person", "wrong_pronoun", "repeated"))):
                    print(json.dumps({"name": f"{name}.{source}.{value_name}", "value": round(value, 4), "unit": unit,
                                      "n": n, "p10": None, "p90": None, "peer": None, "ratio": None}))
                continue
            print(f"{name} from {source}: {report['sentences']} sentences; must {must:.0%} of {must_count}, "
                  f"should {should:.0%} of {should_count}; misplaced {len(report['misplaced'])}, "
                  f"FALSE {len(report['false'])}, unsaid numbers {len(report['unsupported_numbers'])}, "
                  f"no evidence {len(report['without_evidence'])}, first person {len(report['first_person'])}, "
                  f"wrong pronoun {len(report['wrong_pronoun'])}, "
                  f"repeated {len(report['repeated'])}")
            if arguments.brief:
                continue
            for fact in sorted(report["missing"], key=lambda f: f["weight"]):
                print(f"  missing ({fact['weight']}{', listed as omitted' if fact['in_omissions'] else ''}): {fact['fact']}")
            for fact in report["misplaced"]:
                print(f"  in another section: {fact['fact']}")
            for entry in report["false"]:
                print(f"  FALSE: {entry['claim']}: {entry['sentence']!r}")
            for entry in report["unsupported_numbers"]:
                print(f"  unsaid number {', '.join(entry['numbers'])}: {entry['sentence']!r}")
            for kind in ("without_evidence", "first_person", "wrong_pronoun", "repeated"):
                for text in report[kind]:
                    print(f"  {kind.replace('_', ' ')}: {text!r}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

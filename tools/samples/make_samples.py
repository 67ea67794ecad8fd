#!/usr/bin/env python3
"""Speaks the made visits of tests/fixtures/visits and writes public/samples.

Run by hand, not by the set-up: what it writes is committed.

    python3 -m venv build/samples-venv
    build/samples-venv/bin/pip install -r tools/samples/requirements.txt
    build/samples-venv/bin/python tools/samples/make_samples.py --opusenc "opusenc"

Needs `opusenc` (Debian: opus-tools). Every random choice (pauses, room tone, the voice's noise) is seeded by the
visit's name, so the same versions write the same sound.
"""
import argparse
import json
import pathlib
import random
import re
import shlex
import shutil
import subprocess
import tempfile
import wave
import zlib

import numpy as np
import pyworld
import scipy.signal
from hibari import Hibari

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "tests" / "fixtures" / "visits"
SAMPLES = ROOT / "public" / "samples"
RATE = 24000

# How a pharmacist says them, where the voice's own spelling rules go wrong (misaki's alphabet).
SAID_AS = {
    "metoprolol": "mətˈOpɹəlˌɔl",
    "lisinopril": "lIsˈɪnəpɹˌɪl",
    "atorvastatin": "ətˌɔɹvəstˈæTᵊn",
    "metformin": "mɛtfˈɔɹmɪn",
    "sumatriptan": "sˌumətɹˈɪptæn",
    "McMurray": "məkmˈɜɹi",
}

# The package holds one voice. The second is that voice with the pitch and the vocal tract of a taller person, made
# by the WORLD vocoder; the factors are pitch, formants, pitch movement, pace, gain in dB.
NATURAL = {"pitch": 1.0, "formant": 1.0, "movement": 1.0, "pace": 1.0, "gain_db": 0.0}
DEEP = {"pitch": 0.60, "formant": 0.87, "movement": 0.85, "pace": 1.04, "gain_db": 0.0}

# who speaks with which voice; the patient sits a little further from the microphone
CAST = {
    "knee_pain": {"Doctor": DEEP, "Patient": NATURAL},
    "diabetes_follow_up": {"Doctor": NATURAL, "Patient": DEEP},
    "headache": {"Doctor": DEEP, "Patient": NATURAL},
}
PATIENT_GAIN_DB = -2.0
ROOM_TONE_DBFS = -62.0
PEAK_DBFS = -1.5


def read_script(path):
    turns = []
    for number, line in enumerate(path.read_text(encoding="ascii").splitlines(), 1):
        match = re.fullmatch(r"(Doctor|Patient): (\S.*)", line)
        if not match:
            raise SystemExit(f"{path.name}:{number}: a line must read 'Doctor: ...' or 'Patient: ...'")
        turns.append((match.group(1), match.group(2)))
    return turns


def with_pronunciations(text):
    for word, phonemes in SAID_AS.items():
        text = re.sub(rf"\b{word}\b", f"[{word}](/{phonemes}/)", text)
    return text


def trimmed(sound):
    """Without the silence around it, but for 30 ms on both sides (a hard cut clips soft consonants)."""
    frame = RATE // 100
    count = len(sound) // frame
    level = np.sqrt(np.mean(sound[: count * frame].reshape(count, frame) ** 2, axis=1))
    loud = np.flatnonzero(level > 0.003)
    if len(loud) == 0:
        return sound[:0]
    first, last = max(0, loud[0] - 3), min(count, loud[-1] + 6)
    return sound[first * frame : last * frame]


def as_voice(sound, voice):
    if voice["pitch"] == 1.0 and voice["formant"] == 1.0:
        return sound
    wide = sound.astype(np.float64)
    pitch, times = pyworld.harvest(wide, RATE, f0_floor=90.0, f0_ceil=500.0)
    pitch = pyworld.stonemask(wide, pitch, times, RATE)
    envelope = pyworld.cheaptrick(wide, pitch, times, RATE)
    aperiodicity = pyworld.d4c(wide, pitch, times, RATE)
    voiced = pitch > 0
    if voiced.any():
        centre = np.exp(np.mean(np.log(pitch[voiced])))
        moved = centre * (pitch[voiced] / centre) ** voice["movement"]
        pitch = pitch.copy()
        pitch[voiced] = moved * voice["pitch"]
    bins = np.arange(envelope.shape[1])
    source = np.minimum(bins / voice["formant"], bins[-1])

    def warped(rows):
        return np.stack([np.interp(source, bins, row) for row in rows])

    envelope = np.ascontiguousarray(np.exp(warped(np.log(envelope))))
    aperiodicity = np.ascontiguousarray(np.clip(warped(aperiodicity), 0.0, 1.0))
    return pyworld.synthesize(pitch, envelope, aperiodicity, RATE).astype(np.float32)


def levelled(sound, rms_dbfs):
    voiced = sound[np.abs(sound) > 0.01]
    if len(voiced) == 0:
        return sound
    return sound * (10 ** (rms_dbfs / 20) / np.sqrt(np.mean(voiced**2)))


def room_tone(sample_count, noise):
    """Noise that falls 6 dB an octave above 200 Hz, like a quiet consulting room with its ventilation on."""
    white = noise.standard_normal(sample_count)
    b, a = scipy.signal.butter(1, 200 / (RATE / 2))
    tone = scipy.signal.lfilter(b, a, white)
    return tone / np.sqrt(np.mean(tone**2)) * 10 ** (ROOM_TONE_DBFS / 20)


def early_reflections(sound):
    """Three walls: a desk microphone never hears a voice quite dry."""
    wet = sound.copy()
    for delay_ms, gain_db in ((7.3, -21), (13.1, -24), (21.7, -27)):
        delay = int(RATE * delay_ms / 1000)
        wet[delay:] += sound[:-delay] * 10 ** (gain_db / 20)
    return wet


def speak(name, turns, voice_engine):
    """-> (float32 sound, [(start_ms, end_ms, role, text)])"""
    seed = zlib.crc32(name.encode())
    choice, noise = random.Random(seed), np.random.default_rng(seed)
    pieces, timing, at = [], [], 0

    def quiet(seconds):
        nonlocal at
        pieces.append(np.zeros(int(seconds * RATE), np.float32))
        at += len(pieces[-1])

    quiet(0.6)
    for number, (role, text) in enumerate(turns):
        voice = CAST[name][role]
        if number:
            quiet(choice.uniform(0.25, 0.70))
        start = at
        for index, phonemes in enumerate(voice_engine.phonemize(with_pronunciations(text))):
            if index:
                quiet(choice.uniform(0.22, 0.42))
            pace = voice["pace"] * choice.uniform(0.97, 1.03)
            sound = trimmed(voice_engine.from_phonemes(phonemes, pace, seed=choice.randrange(1 << 30)))
            gain_db = voice["gain_db"] + (PATIENT_GAIN_DB if role == "Patient" else 0.0)
            pieces.append(levelled(as_voice(sound, voice), -20.0 + gain_db).astype(np.float32))
            at += len(pieces[-1])
        timing.append((round(start * 1000 / RATE), round(at * 1000 / RATE), role, text))
    quiet(0.8)
    sound = early_reflections(np.concatenate(pieces)) + room_tone(at, noise)
    return (sound * (10 ** (PEAK_DBFS / 20) / np.max(np.abs(sound)))).astype(np.float32), timing


def write_wav(path, sound):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--opusenc", default="opusenc", help="the command that runs opusenc")
    options.add_argument("--only", help="one visit's name")
    options.add_argument("--keep-wav", help="also leave the uncompressed sound in this folder")
    arguments = options.parse_args()

    SAMPLES.mkdir(parents=True, exist_ok=True)
    engine = Hibari()
    for name in CAST:
        if arguments.only and name != arguments.only:
            continue
        turns = read_script(SCRIPTS / f"{name}.txt")
        sound, timing = speak(name, turns, engine)
        with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:
            wav = pathlib.Path(folder) / f"{name}.wav"
            write_wav(wav, sound)
            subprocess.run(
                [*shlex.split(arguments.opusenc), "--quiet", "--bitrate", "32", "--serial", "1", "--comp", "10",
                 "--discard-comments", str(wav), str(SAMPLES / f"{name}.opus")], check=True)
            if arguments.keep_wav:
                shutil.copy(wav, arguments.keep_wav)
        (SAMPLES / f"{name}.turns.tsv").write_text(
            "start_ms\tend_ms\trole\ttext\n"
            + "".join(f"{start}\t{end}\t{role}\t{text}\n" for start, end, role, text in timing))
        shutil.copy(SCRIPTS / f"{name}.txt", SAMPLES / f"{name}.txt")
        print(f"{name}: {len(sound) / RATE:.1f} s, {len(turns)} turns, "
              f"{(SAMPLES / f'{name}.opus').stat().st_size / 1e6:.2f} MB")

    index = []
    for name in CAST:
        patient = json.loads((SCRIPTS / f"{name}.expected.json").read_text())["patient"]
        with (SAMPLES / f"{name}.turns.tsv").open() as rows:
            last = rows.readlines()[-1].split("\t")
        index.append({
            "id": name, **patient, "audio": f"{name}.opus", "duration_ms": int(last[1]) + 800,
            "script": f"{name}.txt", "turns": f"{name}.turns.tsv",
        })
    lines = ",\n".join("    " + json.dumps(entry) for entry in index)
    (SAMPLES / "index.json").write_text('{\n  "samples": [\n' + lines + "\n  ]\n}\n")


if __name__ == "__main__":
    main()

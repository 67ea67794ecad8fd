#!/usr/bin/env python3
"""Convert the speech model's tokenizer.json into the compact binary that src/speech/tokenizer.h reads.

    python3 tools/models/tokenizer.py .cache/assets/moonshine/tokenizer.json public/models/moonshine_tiny.tokens
    python3 tools/models/tokenizer.py --check .cache/assets/moonshine/tokenizer.json public/models/moonshine_tiny.tokens

Only decoding is kept: the text of each token. Layout, little endian:

    "CSTK"  u32 version = 1  u32 token_count
    token_count x { u8 kind, u8 byte_count, bytes }

kind 0: text, with the word mark U+2581 already turned into a space; 1: a raw byte (byte fallback), stored as that
byte; 2: special, never shown, stored with its name. Standard library only.
"""
import json
import re
import struct
import sys

MAGIC = b"CSTK"
VERSION = 1
TEXT, BYTE, SPECIAL = 0, 1, 2


def entries_of(tokenizer):
    names = {index: name for name, index in tokenizer["model"]["vocab"].items()}
    special = set()
    for added in tokenizer["added_tokens"]:
        names[added["id"]] = added["content"]
        if added["special"]:
            special.add(added["id"])
    count = max(names) + 1
    missing = [index for index in range(count) if index not in names]
    if missing:
        raise SystemExit(f"tokenizer.json has no token {missing[0]}; this is not the file that was expected")
    entries = []
    for index in range(count):
        name = names[index]
        byte = re.fullmatch(r"<0x([0-9A-Fa-f]{2})>", name)
        if index in special:
            entries.append((SPECIAL, name.encode()))
        elif byte:
            entries.append((BYTE, bytes([int(byte.group(1), 16)])))
        else:
            entries.append((TEXT, name.replace("\u2581", " ").encode()))
    return entries


def pack(entries):
    parts = [MAGIC, struct.pack("<II", VERSION, len(entries))]
    for kind, text in entries:
        if len(text) > 255:
            raise SystemExit("a token is longer than 255 bytes; the format needs a wider length")
        parts.append(struct.pack("<BB", kind, len(text)) + text)
    return b"".join(parts)


def unpack(data):
    if data[:4] != MAGIC:
        raise SystemExit("not a token file")
    version, count = struct.unpack_from("<II", data, 4)
    if version != VERSION:
        raise SystemExit(f"token file of version {version}, expected {VERSION}")
    entries, at = [], 12
    for _ in range(count):
        kind, size = struct.unpack_from("<BB", data, at)
        entries.append((kind, data[at + 2:at + 2 + size]))
        at += 2 + size
    if at != len(data):
        raise SystemExit("bytes follow the last token")
    return entries


def main(arguments):
    check = arguments[:1] == ["--check"]
    if check:
        arguments = arguments[1:]
    if len(arguments) != 2:
        raise SystemExit(__doc__)
    with open(arguments[0], encoding="utf-8") as file:
        entries = entries_of(json.load(file))
    packed = pack(entries)
    if check:
        with open(arguments[1], "rb") as file:
            stored = file.read()
        if unpack(stored) != entries or stored != packed:
            raise SystemExit(f"{arguments[1]} does not hold the tokens of {arguments[0]}; make it again")
        print(f"{len(entries)} tokens agree")
        return
    with open(arguments[1], "wb") as file:
        file.write(packed)
    print(f"{len(entries)} tokens, {len(packed)} bytes")


main(sys.argv[1:])

#!/usr/bin/env python3
"""Writes touchstone-1k.json: golden draws of the keyed scheme, by an implementation of its own.

SipHash-2-4 after Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012), checked against the example of its
appendix A. A draw is the upper 32 bits of the hash of `salt 0x1F id`, times 1,000,000, shifted right by 32.
"""
import json
import random

MASK = (1 << 64) - 1


def rotl(x, b):
    return ((x << b) | (x >> (64 - b))) & MASK


def rounds(v, n):
    v0, v1, v2, v3 = v
    for _ in range(n):
        v0 = (v0 + v1) & MASK
        v1 = rotl(v1, 13) ^ v0
        v0 = rotl(v0, 32)
        v2 = (v2 + v3) & MASK
        v3 = rotl(v3, 16) ^ v2
        v0 = (v0 + v3) & MASK
        v3 = rotl(v3, 21) ^ v0
        v2 = (v2 + v1) & MASK
        v1 = rotl(v1, 17) ^ v2
        v2 = rotl(v2, 32)
    return v0, v1, v2, v3


def siphash(key, message):
    k0, k1 = int.from_bytes(key[:8], "little"), int.from_bytes(key[8:], "little")
    v = (k0 ^ 0x736F6D6570736575, k1 ^ 0x646F72616E646F6D, k0 ^ 0x6C7967656E657261, k1 ^ 0x7465646279746573)
    whole = len(message) // 8 * 8
    last = message[whole:].ljust(7, b"\0") + bytes([len(message) % 256])
    for i in range(0, whole + 8, 8):
        m = int.from_bytes(message[i : i + 8] if i < whole else last, "little")
        v = rounds((v[0], v[1], v[2], v[3] ^ m), 2)
        v = (v[0] ^ m, v[1], v[2], v[3])
    v = rounds((v[0], v[1], v[2] ^ 0xFF, v[3]), 4)
    return v[0] ^ v[1] ^ v[2] ^ v[3]


def slot(key, salt, unit):
    return ((siphash(key, salt.encode() + b"\x1f" + unit.encode()) >> 32) * 1_000_000) >> 32


def units():
    rng = random.Random(4)
    yield from (f"user-{i}" for i in range(400))
    yield from ("".join(rng.choice("0123456789abcdef") for _ in range(rng.randrange(1, 64))) for _ in range(400))
    yield from (f"käufer-{i}-日本-🙂" for i in range(200))
    yield from ("x" * n for n in (1, 7, 8, 9, 255, 256))


def main():
    key = bytes(range(16))
    assert siphash(key, bytes(range(15))) == 0xA129CA6149BE45E5
    salts = ["k3Jd8f_Lq0Zx-1Vb7Nm2Pw9", "AAAAAAAAAAAAAAAAAAAAAAA"]
    cases = [[salts[i % 2], unit, slot(key, salts[i % 2], unit)] for i, unit in enumerate(units())]
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    with open(__file__.rsplit("/", 1)[0] + "/touchstone-1k.json", "w", encoding="utf-8") as out:
        out.write('{"key": "%s", "draws": [\n%s\n]}\n' % (key.hex(), lines))


main()

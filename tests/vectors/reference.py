#!/usr/bin/env python3
"""Writes touchstone-1.json: what every SDK must decide.

This is a second implementation of the rules, written from their description and sharing no code with the first.
Run it as `python3 tests/vectors/reference.py > tests/vectors/touchstone-1.json`; the same bytes come out each time.
"""
import datetime
import ipaddress
import itertools
import json
import random
import re
import string
import sys

SLOTS = 1_000_000
RANDOM = random.Random(20261121)


# --- hash and slot

def murmur3(data, seed=0):
    def scramble(k):
        k = (k * 0xCC9E2D51) & 0xFFFFFFFF
        k = ((k << 15) | (k >> 17)) & 0xFFFFFFFF
        return (k * 0x1B873593) & 0xFFFFFFFF

    h = seed
    whole = len(data) // 4 * 4
    for i in range(0, whole, 4):
        h ^= scramble(int.from_bytes(data[i:i + 4], "little"))
        h = ((h << 13) | (h >> 19)) & 0xFFFFFFFF
        h = (h * 5 + 0xE6546B64) & 0xFFFFFFFF
    h ^= scramble(int.from_bytes(data[whole:], "little"))
    h ^= len(data)
    h = ((h ^ (h >> 16)) * 0x85EBCA6B) & 0xFFFFFFFF
    h = ((h ^ (h >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
    return h ^ (h >> 16)


def draw(salt, unit):
    return murmur3(f"{salt}\x1f{unit}".encode()) * SLOTS // 2 ** 32


def inside(ranges, slot):
    return any(r[0] <= slot < r[1] for r in ranges)


# --- conditions

def version_key(text):
    match = re.fullmatch(r"v?(\d+(?:\.\d+){0,7})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+.*)?", text)
    if not match:
        return None
    core = [int(part) for part in match[1].split(".")]
    core += [0] * (8 - len(core))
    if match[2] is None:
        return core, (1,)
    parts = tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in match[2].split("."))
    return core, (0, parts)


def instant(text):
    if not re.fullmatch(r"\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d))?", text):
        return None
    text = re.sub(r"(\.\d{6})\d+", r"\1", text.upper())
    text = re.sub(r"\.(\d{1,5})(?=[Z+-])", lambda m: "." + m[1].ljust(6, "0"), text)
    try:
        parsed = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=datetime.timezone.utc)


def address(text):
    """128 bits; IPv4 in its mapped form."""
    try:
        parsed = ipaddress.ip_address(text)
    except ValueError:
        return None
    return int(parsed) | (0xFFFF << 32) if parsed.version == 4 else int(parsed)


def in_network(text, networks):
    found = address(text)
    for network in networks:
        base, _, bits = network.partition("/")
        outside = 0 if ":" in base else 96
        shift = 128 - outside - int(bits) if bits else 0
        if found is not None and found >> shift == address(base) >> shift:
            return True
    return False


def ordered(parse, text, operand, accept):
    left = parse(text)
    return left is not None and accept(left, parse(operand))


TEXT_TESTS = {
    "is": lambda a, b: a == b,
    "in": lambda a, b: a in b,
    "contains": lambda a, b: b in a,
    "starts": lambda a, b: a.startswith(b),
    "ends": lambda a, b: a.endswith(b),
    "matches": lambda a, b: re.search(b, a) is not None,
    "before": lambda a, b: ordered(instant, a, b, lambda x, y: x < y),
    "after": lambda a, b: ordered(instant, a, b, lambda x, y: x > y),
    "version_lt": lambda a, b: ordered(version_key, a, b, lambda x, y: x < y),
    "version_ge": lambda a, b: ordered(version_key, a, b, lambda x, y: x >= y),
    "cidr": lambda a, b: in_network(a, b if isinstance(b, list) else [b]),
}
NUMBER_TESTS = {
    "is": lambda a, b: a == b,
    "in": lambda a, b: a in b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
}


def kind(value):
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, (int, float)):
        return "number"
    return "text" if isinstance(value, str) else "list"


def test(attributes, name, op, operand):
    if op == "exists":
        return (name in attributes) == operand
    if name not in attributes:
        return False
    value = attributes[name]
    wanted = kind(operand[0]) if kind(operand) == "list" and operand else kind(operand)
    if kind(value) == "bool":
        return op == "is" and wanted == "bool" and value == operand
    if kind(value) == "number":
        return op in NUMBER_TESTS and wanted == "number" and NUMBER_TESTS[op](value, operand)
    if op not in TEXT_TESTS or wanted not in ("text", "list"):
        return False
    if kind(value) == "text":
        return TEXT_TESTS[op](value, operand)
    return any(element == operand if op == "contains" else TEXT_TESTS[op](element, operand) for element in value)


def holds(condition, subject, segments):
    if isinstance(condition, list):
        return test(subject["attributes"], *condition)
    (name, inner), = condition.items()
    if name == "all":
        return all(holds(c, subject, segments) for c in inner)
    if name == "any":
        return any(holds(c, subject, segments) for c in inner)
    if name == "not":
        return not holds(inner, subject, segments)
    segment = segments[inner]
    if "list" in segment:
        return subject["units"].get(segment["list"]["unit"]) in segment["list"]["ids"]
    return holds(segment, subject, segments)


# --- decisions

PLACED = ("assigned", "sticky", "overridden")


def place(snapshot, key, subject):
    """(cause, variant index, unit) of a subject in an experiment."""
    experiment = snapshot["experiments"][key]
    met = lambda c: holds(c, subject, snapshot["segments"])
    names = [variant["key"] for variant in experiment["variants"]]
    if experiment["scheme"] == "external":
        return "external", None, None
    for forced in experiment.get("overrides", []):
        if met(forced["when"]):
            return "overridden", names.index(forced["variant"]), None
    unit = next(((t, subject["units"][t]) for t in (experiment["unit"], experiment.get("fallback"))
                 if t in subject["units"]), None)
    if unit is None:
        return "unit_missing", None, None
    kept = subject.get("sticky", {}).get(key)
    if kept in names and (experiment.get("sticky", False) or not experiment["enrolling"]):
        return "sticky", names.index(kept), unit
    if not experiment["enrolling"]:
        return "not_enrolling", None, None
    if "when" in experiment and not met(experiment["when"]):
        return "condition", None, None
    layer = snapshot["layers"][experiment["layer"]]
    layer_slot = draw(layer["salt"], unit[1])
    if inside(layer["holdout"], layer_slot):
        return "held_out", None, None
    if not inside(experiment["entry"], layer_slot):
        return "not_in_experiment", None, None
    if any(inside(h["slots"], draw(h["salt"], unit[1])) for h in snapshot["holdouts"].values()):
        return "held_out", None, None
    slot = draw(experiment["salt"], unit[1])
    for begin, end, variant in experiment["slots"]:
        if begin <= slot < end:
            return "assigned", variant, unit
    return "no_variant", None, None


def decide(snapshot, key, subject):
    if key not in snapshot["flags"]:
        return {"reason": "ERROR", "cause": "unknown", "problem": "FLAG_NOT_FOUND"}
    flag = snapshot["flags"][key]
    if not flag["enabled"]:
        return {"value": flag["off"], "reason": "DISABLED", "cause": "disabled"}
    cause, missing = "no_rule", False
    for rule in flag["rules"]:
        if "when" in rule and not holds(rule["when"], subject, snapshot["segments"]):
            cause = "condition"
        elif "value" in rule:
            reason = "TARGETING_MATCH" if "when" in rule else "STATIC"
            return {"value": rule["value"], "reason": reason, "cause": "rule"}
        elif "rollout" in rule:
            rollout = rule["rollout"]
            if rollout["unit"] not in subject["units"]:
                cause, missing = "unit_missing", True
            elif inside(rollout["slots"], draw(rollout["salt"], subject["units"][rollout["unit"]])):
                return {"value": rollout["value"], "reason": "SPLIT", "cause": "rollout"}
            else:
                cause = "not_in_rollout"
        else:
            cause, variant, unit = place(snapshot, rule["experiment"], subject)
            missing = missing or cause == "unit_missing"
            if cause in PLACED:
                return placed(snapshot, flag, key, rule["experiment"], cause, variant, unit)
    if missing and not subject["units"]:
        return {"value": flag["default"], "reason": "ERROR", "cause": cause, "problem": "TARGETING_KEY_MISSING"}
    return {"value": flag["default"], "reason": "DEFAULT" if flag["rules"] else "STATIC", "cause": cause}


def placed(snapshot, flag, key, name, cause, number, unit):
    experiment = snapshot["experiments"][name]
    variant = experiment["variants"][number]
    decision = {"value": variant["values"].get(key, flag["default"]), "variant": variant["key"], "experiment": name,
                "reason": "SPLIT", "cause": cause}
    if cause == "overridden":
        return decision | {"reason": "TARGETING_MATCH"}
    exposure = experiment.get("exposure", "evaluate")
    return decision | {"exposure": {"unit": {"type": unit[0], "id": unit[1]}, "phase": experiment["phase"],
                                    "by": exposure if isinstance(exposure, str) else "event"}}


# --- cases

IDS = (["1", "42", "user-1", "user-2", "a", "ab", "abc", "abcd", "abcde", "x" * 256, " ", " lead", "trail ",
        "ada@example.org", "0b8e9a52-6cc1-4f0e-9f2c-8d1f7f8b6f11", "0B8E9A52-6CC1-4F0E-9F2C-8D1F7F8B6F11",
        "é", "e\u0301", "Zoë", "名前", "ユーザー", "пользователь", "مستخدم", "😀", "👩‍👩‍👧", "ﬁ", "a\u00a0b", "\u200d",
        "\U0010fffd", "ÿ", "߿", "ࠀ", "\ud7ff", "\ue000", "\"quoted\"", "back\\slash", "tab-free", "%41", "a/b", "0"]
       + [f"user-{n}" for n in range(100, 130)] + [str(10 ** n) for n in range(1, 12)])


def salt():
    return "".join(RANDOM.choice(string.ascii_letters + string.digits + "_-") for _ in range(23))


def hash_cases():
    texts = ["", "a", "ab", "abc", "abcd", "hello", "hello, world", "The quick brown fox jumps over the lazy dog"] + IDS
    return [{"text": t, "seed": s, "hash": murmur3(t.encode(), s)}
            for t, s in itertools.product(texts, (0, 1, 0x9747B28C))]


def slot_cases():
    salts = [salt() for _ in range(4)]
    return [{"salt": s, "id": i, "hash": murmur3(f"{s}\x1f{i}".encode()), "slot": draw(s, i)}
            for s, i in itertools.product(salts, IDS)]


SEGMENTS = {
    "pro": {"all": [["plan", "in", ["pro", "team"]]]},
    "adults": ["age", "ge", 18],
    "pro-adults": {"all": [{"segment": "pro"}, {"segment": "adults"}]},
    "beta": {"list": {"unit": "user", "ids": ["user-1", "名前", "ada@example.org"]}},
    "nobody": {"any": []},
    "everybody": {"all": []},
}
VALUES = {
    "plan": ["pro", "team", "free", "", "Pro", 1, True, ["pro"], ["free", "team"], []],
    "age": [17, 17.999999, 18, 18.0, 19, -1, 0, 1e15, "18", True],
    "country": ["DE", "de", "Deutschland", "", "DÉ", ["AT", "DE"]],
    "beta": [True, False, "true", 1],
    "email": ["ada@example.org", "bob@example.com", "ada@example.org.evil", "ADA@EXAMPLE.ORG"],
    "version": ["1.2.3", "1.2", "v1.2.3", "1.2.3-beta.1", "1.2.3-beta.11", "1.2.3-beta", "1.10.0", "1.2.3+build7",
                "01.2.3", "2", "1.2.x", "", "1.2.3-", "1..2", "1.2.3.4", "99999999999999999999.0.0"],
    "ip": ["10.0.0.1", "10.255.255.255", "11.0.0.0", "192.168.1.7", "::ffff:10.0.0.1", "2001:db8::1", "2001:db9::1",
           "::1", "10.0.0", "10.0.0.256", "10.0.0.1 ", "nonsense"],
    "seen": ["2026-01-01", "2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000001Z",
             "2026-01-01T01:00:00+01:00", "2026-01-01T01:00:00+02:00", "2026-02-30", "01/02/2026", "",
             "2026-01-01 00:00:00Z", "2026-01-01T00:00:00"],
}
TESTS = [
    ["plan", "is", "pro"], ["plan", "in", ["pro", "team"]], ["plan", "in", []], ["plan", "contains", "ro"],
    ["plan", "contains", "pro"], ["plan", "contains", ""], ["plan", "starts", "p"], ["plan", "ends", "ee"],
    ["plan", "exists", True], ["plan", "exists", False], ["plan", "is", True], ["plan", "is", 1],
    ["age", "is", 18], ["age", "lt", 18], ["age", "le", 18], ["age", "gt", 18], ["age", "ge", 18],
    ["age", "in", [17, 19, 18]], ["age", "is", "18"], ["age", "gt", -0.5],
    ["country", "is", "DE"], ["country", "in", ["AT", "CH"]], ["country", "starts", "D"], ["country", "is", "DÉ"],
    ["country", "contains", "DE"],
    ["beta", "is", True], ["beta", "is", False], ["beta", "exists", True], ["beta", "is", "true"],
    ["email", "matches", r"@example\.(org|com)$"], ["email", "matches", "^[a-z]+@"], ["email", "matches", ""],
    ["email", "ends", "@example.org"], ["email", "matches", r"^\w{3}@(?:\w+\.)+org$"],
    ["version", "version_lt", "1.2.3"], ["version", "version_ge", "1.2.3"], ["version", "version_ge", "1.2.3-beta.2"],
    ["version", "version_lt", "v1.10"], ["version", "version_ge", "2.0.0-rc.1"], ["version", "version_lt", "1.2.3-1"],
    ["ip", "cidr", "10.0.0.0/8"], ["ip", "cidr", ["192.168.0.0/16", "2001:db8::/32"]], ["ip", "cidr", "10.0.0.1"],
    ["ip", "cidr", "0.0.0.0/0"], ["ip", "cidr", "::/0"], ["ip", "cidr", "10.0.0.0/31"], ["ip", "cidr", "2001:db8::/33"],
    ["seen", "before", "2026-01-01"], ["seen", "after", "2026-01-01"], ["seen", "after", "2025-12-31T23:59:59.5Z"],
    ["seen", "before", "2026-01-01T00:00:00.000001Z"],
]


def random_condition(depth):
    roll = RANDOM.random()
    if depth == 0 or roll < 0.4:
        return RANDOM.choice(TESTS)
    if roll < 0.5:
        return {"segment": RANDOM.choice(list(SEGMENTS))}
    if roll < 0.65:
        return {"not": random_condition(depth - 1)}
    return {RANDOM.choice(["all", "any"]): [random_condition(depth - 1) for _ in range(RANDOM.randint(0, 4))]}


def random_subject():
    names = RANDOM.sample(list(VALUES), RANDOM.randint(0, len(VALUES)))
    return {"units": {"user": RANDOM.choice(IDS)} if RANDOM.random() < 0.9 else {},
            "attributes": {name: RANDOM.choice(VALUES[name]) for name in names}}


def condition_cases():
    cases = []
    for condition in TESTS:
        for attributes in [{condition[0]: value} for value in VALUES[condition[0]]] + [{}]:
            cases.append((condition, {"units": {}, "attributes": attributes}))
    cases += [(random_condition(4), random_subject()) for _ in range(300)]
    cases += [({"segment": "beta"}, {"units": {"user": i}, "attributes": {}}) for i in ("user-1", "名前", "user-2")]
    cases += [({"segment": "beta"}, {"units": {"device": "user-1"}, "attributes": {}})]
    return [{"condition": c, "subject": s, "expect": holds(c, s, SEGMENTS)} for c, s in cases]


def snapshots():
    page, price = salt(), salt()
    edge_layer, edge_salt = salt(), salt()
    edge, split = draw(edge_layer, "user-1"), draw(edge_salt, "user-1")
    variants = [{"key": "control", "values": {"checkout": False}}, {"key": "one-page", "values": {"checkout": True}}]
    base = {"format": 1, "project": "default", "environment": "production", "config_version": 4294967310,
            "published_at": "2026-11-21T14:00:00Z", "segments": SEGMENTS, "holdouts": {}}
    value = lambda name, *values: [{"key": f"v{n}", "values": {name: v}} for n, v in enumerate(values)]

    def experiment(layer, entry, slots, variants_, **more):
        return {"unit": "user", "scheme": "touchstone-1", "layer": layer, "salt": salt(), "phase": 1,
                "enrolling": True, "exposure": "evaluate", "entry": entry, "slots": slots, "variants": variants_} | more

    def flag(kind_, off, rules, default=None, enabled=True):
        return {"type": kind_, "off": off, "default": off if default is None else default, "enabled": enabled,
                "rules": rules}

    half = [[0, 500000, 0], [500000, 1000000, 1]]
    shop = base | {
        "layers": {"page": {"salt": page, "holdout": [[950000, 1000000]]}, "price": {"salt": price, "holdout": []}},
        "experiments": {
            "checkout": experiment("page", [[0, 400000]], half, variants, fallback="device", phase=2,
                                   when={"segment": "pro"}),
            "banner": experiment("page", [[400000, 900000]], [[0, 200000, 0], [200000, 500000, 1], [500000, 600000, 2],
                                                              [600000, 800000, 0], [800000, 1000000, 2]],
                                 value("banner", "blue", "grün", "red"), exposure="client"),
            "price": experiment("price", [[0, 1000000]], [[0, 333334, 0], [333334, 666667, 1], [666667, 1000000, 2]],
                                value("price", 9.99, 12, 15.5), exposure={"event": "basket"}, sticky=True,
                                overrides=[{"when": {"segment": "beta"}, "variant": "v2"}]),
            "ended": experiment("price", [], half, value("ended", 1, 2), enrolling=False),
            "outside": {"unit": "user", "scheme": "external", "phase": 1, "enrolling": True, "exposure": "client",
                        "entry": [], "slots": [], "variants": value("outside", {"a": 1}, {"a": 2})},
            "team": experiment("price", [], [], value("team", True, False), unit="account"),
        },
        "flags": {
            "checkout": flag("bool", False, [{"experiment": "checkout"}]),
            "banner": flag("string", "none", [{"when": ["country", "is", "DE"], "value": "schwarz"},
                                              {"experiment": "banner"}], default="blue"),
            "price": flag("float", 9.99, [{"experiment": "price"}]),
            "ended": flag("int", 0, [{"experiment": "ended"}], default=1),
            "outside": flag("json", None, [{"experiment": "outside"}], default={"a": 0}),
            "team": flag("bool", False, [{"experiment": "team"}, {"rollout": {
                "unit": "user", "salt": salt(), "slots": [[100000, 300000]], "value": True}}]),
            "static": flag("string", "off", [], default="on"),
            "always": flag("string", "off", [{"value": "always"}], default="never"),
            "killed": flag("string", "off", [{"value": "always"}], default="never", enabled=False),
        },
    }
    held = base | {
        "layers": {"l": {"salt": salt(), "holdout": [[0, 100000]]}},
        "holdouts": {"year": {"salt": salt(), "slots": [[0, 100000]]}, "quarter": {"salt": salt(), "slots": [[500000, 600000]]}},
        "experiments": {"e": experiment("l", [[0, 1000000]], half, value("e", 1, 2))},
        "flags": {"e": flag("int", 0, [{"experiment": "e"}])},
    }
    edges = {}
    for name, entry, slots in [
            ("entry-ends-after", [[0, edge + 1]], half), ("entry-ends-before", [[0, edge]], half),
            ("entry-starts-at", [[edge, SLOTS]], half), ("entry-starts-after", [[edge + 1, SLOTS]], half),
            ("entry-one-slot", [[edge, edge + 1]], half), ("entry-hole", [[0, edge], [edge + 1, SLOTS]], half),
            ("split-before", [[0, SLOTS]], [[0, split, 0], [split, SLOTS, 1]]),
            ("split-after", [[0, SLOTS]], [[0, split + 1, 0], [split + 1, SLOTS, 1]]),
            ("split-one-slot", [[0, SLOTS]], [[0, split, 0], [split, split + 1, 1], [split + 1, SLOTS, 0]]),
            ("split-gap", [[0, SLOTS]], [[0, split, 0], [split + 1, SLOTS, 1]])]:
        edges[name] = experiment(name, entry, slots, value(name, 1, 2)) | {"salt": edge_salt}
    edge = base | {
        "layers": {name: {"salt": edge_layer, "holdout": []} for name in edges},
        "experiments": edges,
        "flags": {name: flag("int", 0, [{"experiment": name}]) for name in edges},
    }
    return {"shop": shop, "holdouts": held, "edges": edge}


def decision_cases(all_snapshots):
    cases = []
    shop = all_snapshots["shop"]
    for i, key in itertools.product(IDS[:60], shop["flags"]):
        attributes = {"plan": "pro"} if key == "checkout" or RANDOM.random() < 0.5 else {"country": "DE"}
        cases.append(("shop", key, {"units": {"user": i}, "attributes": attributes}))
    for i in IDS:
        cases.append(("holdouts", "e", {"units": {"user": i}, "attributes": {}}))
    for i, key in itertools.product(["user-1", "user-2", "é"], all_snapshots["edges"]["flags"]):
        cases.append(("edges", key, {"units": {"user": i}, "attributes": {}}))
    pro = {"plan": "pro"}
    for units in ({}, {"device": "d-1"}, {"device": "d-2", "user": "u"}, {"account": "a-1"}):
        for key in list(shop["flags"]) + ["absent"]:
            cases.append(("shop", key, {"units": units, "attributes": pro}))
    for i, kept in itertools.product(["user-2", "user-3", "é"], ["v0", "v1", "v2", "gone"]):
        for key in ("price", "ended", "banner"):
            cases.append(("shop", key, {"units": {"user": i}, "attributes": {}, "sticky": {key: kept}}))
    return [{"snapshot": name, "flag": key, "subject": s, "expect": decide(all_snapshots[name], key, s)}
            for name, key, s in cases]


def lines(cases):
    return "[\n" + ",\n".join(json.dumps(case, ensure_ascii=False, sort_keys=True) for case in cases) + "\n]"


def main():
    all_snapshots = snapshots()
    parts = {
        "murmur3": lines(hash_cases()),
        "slots": lines(slot_cases()),
        "segments": json.dumps(SEGMENTS, ensure_ascii=False),
        "conditions": lines(condition_cases()),
        "snapshots": json.dumps(all_snapshots, ensure_ascii=False),
        "decisions": lines(decision_cases(all_snapshots)),
    }
    body = ",\n".join(f'"{name}": {text}' for name, text in parts.items())
    sys.stdout.buffer.write(f'{{"scheme": "touchstone-1", "version": 1,\n{body}}}\n'.encode())


main()

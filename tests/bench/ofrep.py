"""OFREP beside a Node server around GrowthBook's evaluator and one around flagd's: 20 flags at once, and one."""

import json
import subprocess

from machine import HERE, ROUNDS, Server, Touchstone, answers, free_port, load, middle, number, table

FLAGS = 20
WHEN = {"all": [["country", "in", ["DE", "FR", "NL"]], {"not": ["plan", "is", "free"]}, ["age", "ge", 18]]}
ASKED = {"context": {"targetingKey": "customer-000007", "country": "DE", "plan": "pro", "age": 34}}


def set_up(data):
    with Touchstone(data) as service:
        for key in (f"e{i}" for i in range(FLAGS)):
            service.post("/v1/flags", {"key": key, "type": "string", "off_value": "none", "default": "none"})
            service.post("/v1/experiments?start", {
                "key": key, "when": WHEN,
                "variants": [{"key": one, "values": {key: one}} for one in ("control", "treatment")]})
            service.ask(f"/v1/flags/{key}", json.dumps({"rules": [{"experiment": key}]}).encode(), "PATCH")


def rival(which):
    port = free_port()
    server = Server(["node", HERE / "rivals/ofrep.mjs", which, port], lambda: answers(port), cwd=HERE / "rivals",
                    stderr=subprocess.DEVNULL)
    server.url = lambda path="": f"http://127.0.0.1:{port}{path}"
    server.key = "none"
    return server


def check(service):
    """Everybody is asked the same and answers it: twenty variants, by a split."""
    request = ["curl", "-s", "--fail", "-H", f"Authorization: Bearer {service.key}", "--json", json.dumps(ASKED),
               service.url("/ofrep/v1/evaluate/flags")]
    flags = json.loads(subprocess.run(request, check=True, capture_output=True, text=True).stdout)["flags"]
    if len(flags) != FLAGS or any(flag["value"] not in ("control", "treatment") for flag in flags):
        raise SystemExit(f"{service.url()}: {flags}")


def row(name, ours, theirs):
    def cells(rounds):
        return [number(middle(rounds, "rps")), number(middle(rounds, "cpu_us")), number(middle(rounds, "p99_ms"))]
    return [name, *cells(theirs), number(middle(theirs, "cpu_us") / middle(ours, "cpu_us")),
            number(middle(ours, "p99_ms") / middle(theirs, "p99_ms"))]


def compare(folder):
    """The Markdown and whether the run counts."""
    subprocess.run(["npm", "ci", "--silent"], cwd=HERE / "rivals", check=True)
    set_up(folder / "data")
    with Touchstone(folder / "data", "--rate-limit", "0") as ours, rival("growthbook") as growthbook, \
            rival("flagd") as flagd:
        servers = {"Touchstone": ours, "@growthbook/growthbook": growthbook, "@openfeature/flagd-core": flagd}
        for service in servers.values():
            check(service)
        text = "### OFREP\n\n"
        for kind, words in (("bulk", "20 flags in one call"), ("single", "one flag, exposures on")):
            rounds = {name: [] for name in servers}
            for _ in range(ROUNDS + 1):
                for name, service in servers.items():
                    rounds[name].append(load(service, service.url(), "ofrep.lua", [service.key, kind]))
            warm = {name: seen[1:] for name, seen in rounds.items()}
            text += f"{words}:\n\n" + table(
                ["", "req/s", "CPU µs", "p99 ms", "CPU ratio", "p99 ratio"],
                [row(name, warm["Touchstone"], seen) for name, seen in warm.items()]) + "\n"
        return text, True

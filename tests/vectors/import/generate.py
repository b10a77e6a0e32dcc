"""Writes planout-core.json: what Facebook's own library gives for the configuration of planout-js.json.

pip install --no-deps --target FOLDER planout==0.6.0
python3 generate.py FOLDER
"""

import collections
import collections.abc
import json
import sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])
collections.MutableMapping = collections.abc.MutableMapping  # where the library looks for it
from planout.experiment import SimpleExperiment  # noqa: E402
from planout.interpreter import Interpreter  # noqa: E402
from planout.namespace import SimpleNamespace  # noqa: E402

HERE = Path(__file__).parent


class Allocations(dict):
    """The library was written for Python 2."""

    iteritems = dict.items


class Segments(set):
    """So does a set of small numbers iterate there, whatever was taken out and put back."""

    def __iter__(self):
        return iter(sorted(super().__iter__()))


def experiment(script):
    class Scripted(SimpleExperiment):
        def configure_logger(self):
            pass

        def log(self, _):
            pass

        def previously_logged(self):
            return True

        def assign(self, params, **inputs):
            params.update(Interpreter(script, self.salt, inputs, params).get_params())

    return Scripted


def shop_of(space):
    scripts = {one["definition"]: one["assign"] for one in space["experiment_definitions"]}

    class Shop(SimpleNamespace):
        def setup(self):
            self.name = space["name"]
            self.primary_unit = space["namespace"]["unit"]
            self.num_segments = space["namespace"]["segments"]
            self.segment_allocations = Allocations()
            self.default_experiment_class = experiment(scripts[space["default_experiment"]])

        def setup_experiments(self):
            self.available_segments = Segments(self.available_segments)
            for step in space["experiment_sequence"]:
                if step["action"] == "add":
                    self.add_experiment(step["name"], experiment(scripts[step["definition"]]), step["segments"])
                else:
                    self.remove_experiment(step["name"])

    return Shop


def main():
    source = json.loads((HERE / "planout-js.json").read_text())
    shop = shop_of(source["file"]["namespaces"][0])
    cases = []
    for case in source["cases"]:
        inputs = {"userid": case["unit"], "country": None, **case["attributes"]}
        try:
            space = shop(**inputs)
            gives = {"shop.price": space.get("price"), "shop.label": space.get("label")}
            for one in source["file"]["experiments"]:
                params = Interpreter(one["assign"], one["name"], inputs).get_params()
                gives.update({f"{one['name']}.{name}": value for name, value in params.items()})
        except UnicodeEncodeError:
            continue  # the library hashes ASCII only
        cases.append({**case, "gives": gives})
    lines = ",\n".join("    " + json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in cases)
    file = json.dumps(source["file"], separators=(",", ":"))
    (HERE / "planout-core.json").write_text(
        '{\n  "vendor": "planout-core",\n  "sdk": "facebook/planout 0.6.0",\n  "file": ' + file + ',\n  "cases": [\n'
        + lines + "\n  ]\n}\n")


main()

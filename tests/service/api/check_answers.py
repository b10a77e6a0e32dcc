"""Checks answers against the OpenAPI 3.1 document that describes them.

Reads {"document": ..., "answers": [{"method", "pattern", "target", "sent", "status", "headers", "body"}]} and prints
each answer whose status, media type, headers or body the document does not allow, and each body that was sent with
success though the document does not allow it. Schemas are JSON Schema 2020-12, judged by Debian's python3-jsonschema.
"""

import json
import sys

from jsonschema import Draft202012Validator, RefResolver


class Contract:
    def __init__(self, document):
        self.document = document
        self.resolver = RefResolver("", document)
        for name, schema in document["components"]["schemas"].items():
            Draft202012Validator.check_schema(schema)

    def followed(self, node):
        return self.resolver.resolve(node["$ref"])[1] if "$ref" in node else node

    def faults_of(self, schema, value):
        validator = Draft202012Validator(schema, resolver=self.resolver)
        return [f"/{'/'.join(map(str, e.absolute_path))}: {e.message[:300]}" for e in validator.iter_errors(value)]

    def check(self, answer):
        operation = self.document["paths"][answer["pattern"]][answer["method"]]
        described = operation["responses"].get(str(answer["status"]))
        if described is None:
            return ["the status is not documented"]
        headers = {name.lower(): value for name, value in answer["headers"].items()}
        faults = self.check_headers(described, headers)
        faults += self.check_content(described, headers.get("content-type", ""), answer["body"])
        if answer["status"] < 300 and answer["sent"] and "requestBody" in operation:
            faults += self.check_sent(operation, answer["sent"])
        return faults

    def check_state(self, event):
        data = next(line.removeprefix("data: ") for line in event.splitlines() if line.startswith("data: "))
        return self.faults_of(self.document["components"]["schemas"]["LiveState"], json.loads(data))

    def check_headers(self, described, headers):
        faults = []
        for name, header in described.get("headers", {}).items():
            header = self.followed(header)
            value = headers.get(name.lower())
            if value is None:
                faults += [f"no header {name}"] if header.get("required") else []
                continue
            if header["schema"]["type"] == "integer":
                value = int(value)
            faults += self.faults_of(header["schema"], value)
        return faults

    def check_content(self, described, media, body):
        content = described.get("content", {})
        if not content:
            return ["a body where none is documented"] if body else []
        if media not in content:
            return [f"the media type {media} is not documented"]
        if media == "text/event-stream" and "event: state\n" in body:
            return self.check_state(body)
        if media == "application/x-ndjson":
            lines = [json.loads(line) for line in body.splitlines()]
            return [fault for line in lines for fault in self.faults_of(content[media]["schema"], line)]
        if not media.endswith("json"):
            return [] if body else ["an empty body"]
        return self.faults_of(content[media]["schema"], json.loads(body))

    def check_sent(self, operation, sent):
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        try:
            value = json.loads(sent)
        except ValueError:
            value = [json.loads(line) for line in sent.splitlines()]
        return ["sent: " + fault for fault in self.faults_of(schema, value)]


def main(file):
    with open(file, encoding="utf-8") as text:
        seen = json.load(text)
    contract = Contract(seen["document"])
    bad = 0
    for answer in seen["answers"]:
        for fault in contract.check(answer):
            bad += 1
            print(f"{answer['method']} {answer['target']} {answer['status']}: {fault}")
    print(f"{len(seen['answers'])} answers, {bad} faults")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

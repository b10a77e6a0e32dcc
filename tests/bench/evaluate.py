"""Evaluate beside nginx that answers the same bytes: GET, POST of 300 bytes, GET over TLS."""

import http.client
import shutil
import subprocess

from machine import ROUNDS, Server, Touchstone, answers, free_port, load, middle, number, spread, table, \
    LARGEST_SPREAD

EXPERIMENTS = 1000
UNITS = 100_000

NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  server_tokens off;
  keepalive_requests 1000000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  default_type application/json;
  add_header X-Content-Type-Options nosniff;
  add_header X-Request-Id {request_id};
  server {{
    listen 127.0.0.1:{port};
    listen 127.0.0.1:{tls_port} ssl;
    ssl_certificate {folder}/cert.pem;
    ssl_certificate_key {folder}/key.pem;
    ssl_protocols TLSv1.3;
    location / {{ return 200 '{body}'; }}
  }}
}}
"""


def certificate(folder):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-days", "2", "-subj", "/CN=localhost", "-keyout", folder / "key.pem", "-out",
                    folder / "cert.pem"], check=True, capture_output=True)


def set_up(data):
    """A directory with running experiments, each with its flag."""
    with Touchstone(data) as service:
        for i in range(EXPERIMENTS):
            service.post("/v1/experiments?start", {
                "key": f"exp-{i}", "variants": [{"key": "control"}, {"key": "treatment"}]})


def example(service):
    connection = http.client.HTTPConnection("127.0.0.1", service.port)
    connection.request("GET", "/v1/evaluate?flag=exp-7&unit=customer-000007",
                       headers={"Authorization": f"Bearer {service.key}"})
    response = connection.getresponse()
    return response.read().decode(), response.headers["X-Request-Id"]


def nginx(folder, body, request_id):
    ports = free_port(), free_port()
    (folder / "nginx.conf").write_text(
        NGINX.format(folder=folder, port=ports[0], tls_port=ports[1], body=body, request_id=request_id))
    server = Server(["nginx", "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"],
                    lambda: answers(ports[0]), stderr=subprocess.DEVNULL)
    server.port, server.tls_port = ports
    return server


def row(name, yardstick, ours):
    def cells(rounds):
        return [number(middle(rounds, "rps")), number(middle(rounds, "cpu_us")), number(middle(rounds, "p99_ms"))]
    return [name, *cells(yardstick), *cells(ours), number(middle(ours, "rps") / middle(yardstick, "rps")),
            number(middle(yardstick, "cpu_us") / middle(ours, "cpu_us")),
            number(middle(ours, "p99_ms") / middle(yardstick, "p99_ms"))]


def compare(folder):
    """The Markdown and whether the run counts."""
    certificate(folder)
    set_up(folder / "plain")
    shutil.copytree(folder / "plain", folder / "tls")
    tls = ["--tls-cert", folder / "cert.pem", "--tls-key", folder / "key.pem"]
    with Touchstone(folder / "plain") as plain, Touchstone(folder / "tls", *tls) as secure:
        body, request_id = example(plain)
        with nginx(folder, body, request_id) as yardstick:
            lanes = [("GET", yardstick, f"http://127.0.0.1:{yardstick.port}/", plain, plain.url(), "get"),
                     ("POST 300 B", yardstick, f"http://127.0.0.1:{yardstick.port}/", plain, plain.url(), "post"),
                     ("GET, TLS", yardstick, f"https://127.0.0.1:{yardstick.tls_port}/", secure, secure.url(), "get")]
            return measure(lanes, body)


def warm_up(ours, url):
    """Every unit has met its experiment before figures are taken."""
    asked = 0
    while asked < 1.5 * UNITS:
        asked += load(ours, url, "evaluate.lua", [ours.key, "get"])["requests"]


def measure(lanes, body):
    for ours, url in {lane[3]: lane[4] for lane in lanes}.items():
        warm_up(ours, url)
    results = {lane[0]: ([], []) for lane in lanes}
    for _ in range(ROUNDS):
        for name, yardstick, its_url, ours, our_url, kind in lanes:
            results[name][0].append(load(yardstick, its_url, "evaluate.lua", [ours.key, kind]))
            results[name][1].append(load(ours, our_url, "evaluate.lua", [ours.key, kind]))
    widest = max(spread(yardstick) for yardstick, _ in results.values())
    counts = widest <= LARGEST_SPREAD
    text = (f"### Evaluate\n\nThe complete product with {EXPERIMENTS} experiments, 100 000 units and exposures on, beside "
            f"nginx answering the same {len(body)} bytes; 64 kept connections, wrk, each on the same core.\n\n")
    text += table(["", "nginx req/s", "CPU µs", "p99 ms", "Touchstone req/s", "CPU µs", "p99 ms", "req/s ratio",
                   "CPU ratio", "p99 ratio"], [row(name, *rounds) for name, rounds in results.items()])
    text += f"\nnginx's rounds spread by {widest:.0%}" + (".\n" if counts else ": **void**, to be repeated.\n")
    return text, counts

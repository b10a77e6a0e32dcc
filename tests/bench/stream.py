"""How soon a change reaches 1,000 subscribed streams, from the administrator's answer on."""

import json
import select
import socket
import time

from machine import Touchstone, number, table

STREAMS = 1000
CHANGES = 100
LARGEST = 8192  # bytes to each reader


def opened(port, key):
    stream = socket.create_connection(("127.0.0.1", port))
    stream.sendall(f"GET /v1/stream HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {key}\r\n\r\n".encode())
    text = b""
    while not text.split(b"\r\n\r\n", 1)[-1].endswith(b"\n\n"):
        text += stream.recv(4096)
    return stream


def change(value, port, key):
    body = json.dumps({"default": value})
    return (f"PATCH /v1/flags/watched HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}").encode()


def told(poll, streams, admin):
    """When each stream heard of the change, in seconds after the administrator did, and the bytes it took."""
    heard, answered, most = {}, None, 0
    while answered is None or len(heard) < len(streams):
        ready = poll.poll(10)
        if not ready:
            raise SystemExit(f"{len(streams) - len(heard)} streams heard nothing")
        for descriptor, _ in ready:
            if descriptor == admin.fileno():
                answer = admin.recv(65536)
                answered = time.perf_counter()
                assert answer.startswith(b"HTTP/1.1 200 "), answer
            elif descriptor not in heard:
                most = max(most, len(streams[descriptor].recv(65536)))
                heard[descriptor] = time.perf_counter()
    return [at - answered for at in heard.values()], most


def measure(folder):
    with Touchstone(folder / "data") as service:
        service.post("/v1/flags", {"key": "watched", "type": "int", "off_value": 0, "default": 0})
        streams = {stream.fileno(): stream for stream in (opened(service.port, service.key) for _ in range(STREAMS))}
        poll = select.epoll()
        admin = socket.create_connection(("127.0.0.1", service.port))
        for descriptor in (*streams, admin.fileno()):
            poll.register(descriptor, select.EPOLLIN)
        before, delays, most = service.cpu(), [], 0
        for value in range(1, CHANGES + 1):
            admin.sendall(change(value, service.port, service.key))
            some, size = told(poll, streams, admin)
            delays += some
            most = max(most, size)
        cpu = (service.cpu() - before) / len(delays)
    delays.sort()
    rows = [[number(1000 * max(0.0, delays[int(share * (len(delays) - 1))])) for share in (0.5, 0.99, 1.0)]
            + [number(1e6 * cpu), number(most)]]
    return (f"### Stream\n\n{CHANGES} changes of a flag, each told to {STREAMS} streams over loopback, on one core; "
            "milliseconds from the administrator's answer to the reader's end.\n\n"
            + table(["median ms", "p99 ms", "slowest ms", "CPU µs for each, change included", "bytes"], rows)
            ), most <= LARGEST

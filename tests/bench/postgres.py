"""A PostgreSQL of its own, and COPY into a table with a primary key."""

import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path

from machine import CONNECTIONS, LOAD_CORE, Server, free_port, pinned

BIN = Path("/usr/lib/postgresql/15/bin")
TABLE = ("CREATE TABLE events (id text PRIMARY KEY, type text NOT NULL, name text NOT NULL, unit text NOT NULL, "
         "ts timestamptz NOT NULL, value float8)")


def run_as_its_user(command):
    """PostgreSQL refuses to run as root."""
    become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.getuid() == 0 else []
    return [*become, *map(str, command)]


class Postgres(Server):
    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        if os.getuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
            folder.parent.chmod(0o755)
        subprocess.run(run_as_its_user([BIN / "initdb", "-D", folder / "data", "-A", "trust", "--locale=C",
                                        "--encoding=UTF8", "-U", "bench"]), check=True, capture_output=True)
        self.port = free_port()
        super().__init__(
            run_as_its_user([BIN / "postgres", "-D", folder / "data", "-p", self.port, "-k", folder,
                             "-c", "listen_addresses=127.0.0.1", "-c", "shared_buffers=256MB",
                             "-c", "max_wal_size=4GB", "-c", "max_connections=100"]),
            lambda: self.ask("SELECT 1") == "1", stop_signal=2, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.ask(TABLE)

    def psql(self, *options):
        return ["psql", "-X", "-q", "-At", "-h", "127.0.0.1", "-p", str(self.port), "-U", "bench", "-d", "postgres",
                *map(str, options)]

    def ask(self, statement):
        done = subprocess.run(self.psql("-c", statement), capture_output=True, text=True)
        return done.stdout.strip()

    def syncs(self):
        return int(self.ask("SELECT wal_sync FROM pg_stat_wal") or 0)

    def script(self, path, run, client, batch, batches):
        """COPY after COPY, each its own transaction."""
        with open(path, "w") as out:
            for b in range(batches):
                out.write("COPY events FROM STDIN;\n")
                for i in range(batch):
                    n = b * batch + i
                    out.write(f"{run}-{client}-{n}\tevent\tpurchase\tcustomer-{n % 100000:06d}\t"
                              f"2026-11-21T14:05:{n % 60:02d}.{n % 1000000:06d}Z\t{n % 97}.25\n")
                out.write("\\.\n")

    def load(self, run, batch, batches):
        """All connections at once; events per second, CPU microseconds and syncs per event."""
        scripts = self.folder / "scripts"
        shutil.rmtree(scripts, ignore_errors=True)
        scripts.mkdir()
        for client in range(CONNECTIONS):
            self.script(scripts / str(client), run, client, batch, batches)
        events = CONNECTIONS * batch * batches
        syncs, cpu, start = self.syncs(), self.cpu(), time.monotonic()
        clients = [subprocess.Popen(pinned(LOAD_CORE, self.psql("-v", "ON_ERROR_STOP=1", "-f", scripts / str(client))))
                   for client in range(CONNECTIONS)]
        failed = [client for client in clients if client.wait() != 0]
        seconds = time.monotonic() - start
        if failed:
            raise SystemExit("COPY failed")
        return {"rps": events / seconds, "cpu_us": (self.cpu() - cpu) * 1e6 / events,
                "per_sync": events / max(1, self.syncs() - syncs)}

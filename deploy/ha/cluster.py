"""Three PostgreSQL nodes, two hosts and a balancer on the loopback addresses of one machine, from the files of this folder."""
import json
import os
import secrets
import shutil
import signal
import string
import subprocess
import time
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
NODES = ("pg1", "pg2", "pg3")
HOSTS = ("host1", "host2")


def until(condition, seconds, what):
    """Waits for a condition; a trial that waits for ever tells nothing."""
    end = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds} s: {what}")
        time.sleep(0.1)


def read(url):
    """Status and body; 0 where nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=3) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read()
    except OSError:
        return 0, b""


def descendants(pid):
    """The process and all that it started, as far as they still run."""
    parents = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat", encoding="utf-8", errors="replace") as stat:
                parents.setdefault(int(stat.read().rpartition(")")[2].split()[1]), []).append(int(entry))
        except (OSError, ValueError):
            continue
    found = [pid]
    for one in found:
        found.extend(parents.get(one, []))
    return found


class Cluster:
    """What runs, by name. Only processes that it started itself are ended."""

    def __init__(self, folder, program, base_port):
        self.folder, self.program, self.running = folder, program, {}
        self.address = {name: f"127.0.0.{11 + i}" for i, name in enumerate(NODES)}
        self.address |= {name: f"127.0.0.{21 + i}" for i, name in enumerate(HOSTS)} | {"balancer": "127.0.0.10"}
        with open(os.path.join(HERE, "variables.env"), encoding="utf-8") as file:
            self.values = dict(line.strip().split("=", 1) for line in file if "=" in line and line[0] != "#")
        ports = ("ETCD_PORT", "ETCD_PEER_PORT", "PATRONI_PORT", "POSTGRES_PORT", "HOST_PORT", "BALANCER_PORT")
        self.values |= {port: str(base_port + i) for i, port in enumerate(ports)}
        self.values |= {name.upper(): self.address[name] for name in (*NODES, *HOSTS, "balancer")}
        self.values |= {key: secrets.token_hex(16) for key in self.values if key.endswith("_PASSWORD")}
        newest = max(os.listdir("/usr/lib/postgresql"), key=int)
        self.values |= {"NETWORK": "127.0.0.0/8", "RUN": folder, "POSTGRES_BIN": f"/usr/lib/postgresql/{newest}/bin"}
        # PostgreSQL refuses root.
        self.account = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups"] if os.geteuid() == 0 else []
        os.makedirs(folder, mode=0o755)
        if self.account:
            shutil.chown(folder, "postgres", "postgres")

    def port(self, name):
        return self.values[name + "_PORT"]

    def url(self, path=""):
        return f"http://{self.address['balancer']}:{self.port('BALANCER')}{path}"

    def fill(self, file, name):
        """A file of this folder for one machine; answers its place."""
        values = self.values | {"NAME": name, "ADDRESS": self.address[name], "DATA": os.path.join(self.folder, name, "data")}
        with open(os.path.join(HERE, file), encoding="utf-8") as source:
            text = string.Template(source.read()).substitute(values)
        place = os.path.join(self.folder, name, file)
        with open(place, "w", encoding="utf-8") as target:
            target.write(text)
        if self.account:
            shutil.chown(place, "postgres", "postgres")
        os.chmod(place, 0o600)
        return place

    def start(self, key, command, account=(), environment=None):
        """Starts a process; what it says goes to a file of its name."""
        with open(os.path.join(self.folder, key + ".log"), "ab") as log:
            self.running[key] = subprocess.Popen([*account, *command], stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder, env=os.environ | (environment or {}))

    @staticmethod
    def environment(place):
        with open(place, encoding="utf-8") as file:
            return dict(line.strip().split("=", 1) for line in file if "=" in line and line[0] != "#")

    def start_node(self, name):
        """etcd and Patroni of one machine; Patroni starts PostgreSQL."""
        home = os.path.join(self.folder, name)
        os.makedirs(home, exist_ok=True)
        if self.account:
            shutil.chown(home, "postgres", "postgres")
        settings = self.environment(self.fill("etcd.env", name)) | {"ETCD_DATA_DIR": os.path.join(home, "etcd"), "ETCD_LOG_LEVEL": "warn"}
        self.start(name + "-etcd", ["etcd"], self.account, settings)
        self.start(name + "-patroni", ["patroni", self.fill("patroni.yml", name)], self.account)

    def start_host(self, name, program=None):
        settings = self.environment(self.fill("monolith.env", name)) | {"RateLimits__ApiPerMinute": "0", "RateLimits__LoginPerMinute": "0"}
        self.start(name, [program or self.program], self.account, settings)

    def kill(self, *keys):
        """As a machine that loses its power: all at once, children included."""
        victims = [pid for key in keys for pid in descendants(self.running.pop(key).pid)]
        self.kill_processes(victims)

    @staticmethod
    def kill_processes(victims):
        for pid in victims:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def postmaster(self, name):
        with open(os.path.join(self.folder, name, "data", "postmaster.pid"), encoding="utf-8") as file:
            return int(file.readline())

    def kill_node(self, name):
        # PostgreSQL is no child of Patroni: it outlives it.
        victims = descendants(self.postmaster(name))
        self.kill(name + "-patroni", name + "-etcd")
        self.kill_processes(victims)

    def stop(self, key, seconds=60):
        """As an operator does: SIGTERM, and wait. Answers the exit code."""
        process = self.running.pop(key)
        process.terminate()
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill_processes(descendants(process.pid))
            return process.wait()

    def members(self):
        """What Patroni says of each node; empty while nobody answers."""
        for name in NODES:
            status, body = read(f"http://{self.address[name]}:{self.port('PATRONI')}/cluster")
            if status == 200:
                return {member["name"]: member for member in json.loads(body)["members"]}
        return {}

    def leader(self):
        """The node that leads and says so itself; None while there is none."""
        for name in NODES:
            if read(f"http://{self.address[name]}:{self.port('PATRONI')}/primary")[0] == 200:
                return name
        return None

    def is_whole(self):
        """A leader, a second machine that has every commit, and a third one that follows."""
        members = self.members().values()
        roles = sorted(member["role"] for member in members if member["state"] in ("running", "streaming"))
        return roles == ["leader", "replica", "sync_standby"] and all(member.get("lag", 0) == 0 or member["role"] == "leader" for member in members)

    def sql(self, statement, database="postgres"):
        """Runs a statement on the leader."""
        command = [os.path.join(self.values["POSTGRES_BIN"], "psql"), "-XAtqv", "ON_ERROR_STOP=1", "-h", self.address[self.leader()], "-p", self.port("POSTGRES"), "-U", "postgres", "-d", database, "-c", statement]
        return subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | {"PGPASSWORD": self.values["SUPERUSER_PASSWORD"]}).stdout

    def is_ready(self, name):
        return read(f"http://{self.address[name]}:{self.port('HOST')}/readyz")[0] == 200

    def start_all(self):
        for name in NODES:
            self.start_node(name)
        until(self.is_whole, 180, "three nodes")
        self.sql(f"create role monolith login password '{self.values['MONOLITH_PASSWORD']}'")
        self.sql("create database monolith owner monolith encoding utf8 template template0")
        for name in (*HOSTS, "balancer"):
            os.makedirs(os.path.join(self.folder, name), exist_ok=True)
        for name in HOSTS:
            self.start_host(name)
        for name in HOSTS:
            until(lambda name=name: self.is_ready(name), 120, f"{name} ready")
        self.start("balancer", ["haproxy", "-db", "-f", self.fill("haproxy.cfg", "balancer")], self.account)
        until(lambda: read(self.url("/readyz"))[0] == 200, 30, "the balancer")

    def stop_all(self):
        """Hosts and balancer first, then PostgreSQL, and etcd last."""
        for suffix in ("balancer", "host", "patroni", "etcd"):
            for key in [key for key in self.running if suffix in key]:
                self.stop(key)

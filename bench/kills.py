#!/usr/bin/env python3
"""Kills the host, its embedded PostgreSQL, or both, while writes run, and looks what became of every write that was answered.

    dotnet build -c Release src/Api
    bench/kills.py --program src/Api/bin/Release/net10.0/Monolith.dll --kills 160

Each writer owns what it writes, so it knows what must be there: the last write that was answered, or, where the answer never came, that one or the
one before. Prints a line a kill and a table; the exit code is 1 when an answered write is lost, half done or doubled.
"""
import argparse, collections, http.client, json, os, pathlib, random, shutil, signal, subprocess, sys, tempfile, threading, time, uuid

PASSWORD = "Correct-Horse-9-Battery"


class Host:
    def __init__(self, program, folder, port):
        self.program, self.folder, self.port = program, folder, port
        self.log = open(os.path.join(folder, "log"), "ab")
        self.process = None

    def start(self):
        settings = {
            "Postgres__DataDirectory": os.path.join(self.folder, "postgres"), "RateLimits__ApiPerMinute": "0", "RateLimits__LoginPerMinute": "0",
            "Licensing__DevelopmentKeyDirectory": os.path.join(self.folder, "keys"), "ASPNETCORE_ENVIRONMENT": "Development"}
        command = ["dotnet", self.program] if self.program.endswith(".dll") else [self.program]
        self.process = subprocess.Popen(command + [f"--urls=http://127.0.0.1:{self.port}"], env={**os.environ, **settings}, stdout=self.log, stderr=self.log)

    def database(self):
        return int(pathlib.Path(self.folder, "postgres", "cluster", "postmaster.pid").read_text().split()[0])

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


class Client:
    """One connection; an answer is (status, body), and no answer is None."""

    def __init__(self, port, token=None):
        self.port, self.token, self.connection = port, token, None

    def call(self, method, path, body=None):
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            headers = {"Coder-Session-Token": self.token} if self.token else {}
            text = None
            if body is not None:
                text, headers["Content-Type"] = json.dumps(body), "application/json"
            self.connection.request(method, "/api/v2" + path, text, headers)
            response = self.connection.getresponse()
            raw = response.read()
            return response.status, json.loads(raw) if raw and response.getheader("Content-Type", "").startswith("application/json") else None
        except (OSError, http.client.HTTPException, ValueError):
            if self.connection is not None:
                self.connection.close()
            self.connection = None
            return None


def is_ready(port):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False


def wait_ready(port, limit=90):
    end = time.monotonic() + limit
    while not is_ready(port):
        if time.monotonic() > end:
            sys.exit("The host is not ready after %d s." % limit)
        time.sleep(0.05)


class Writer(threading.Thread):
    """Makes a user, renames, gives a role, makes a token, reports AI use, deletes; then the next user."""

    def __init__(self, number, port, token, organization, gate):
        super().__init__(daemon=True)
        self.number, self.client, self.organization, self.gate = number, Client(port, token), organization, gate
        self.users = {}          # id -> what must be there
        self.unsure = {}         # username -> a creation without an answer
        self.acknowledged = self.errors = 0
        self.serial = 0
        self.successes = collections.deque(maxlen=1)

    def send(self, method, path, body, expected):
        answer = self.client.call(method, path, body)
        if answer is not None and answer[0] == expected:
            self.acknowledged += 1
            self.successes.append(time.monotonic())
            return answer
        self.errors += 1
        if answer is None or answer[0] >= 500:
            time.sleep(0.02)
        return answer if answer is not None and answer[0] < 500 else None

    def run(self):
        while self.gate.wait() and not self.gate.ended:
            self.gate.enter()
            try:
                self.step()
            finally:
                self.gate.leave()

    def step(self):
        self.serial += 1
        name = f"w{self.number}x{self.serial}"
        body = {"email": f"{name}@example.com", "username": name, "password": PASSWORD, "user_status": "active", "organization_ids": [self.organization]}
        made = self.send("POST", "/users", body, 201)
        if made is None:
            self.unsure[name] = True
            return
        user = made[1]["id"]
        state = self.users[user] = {"username": name, "name": {""}, "roles": {()}, "tokens": {}, "events": {}, "deleted": {False}}
        for change in random.sample(["name", "roles", "token", "event", "event"], k=random.randint(1, 4)):
            getattr(self, change)(user, state)
        if random.random() < 0.2:
            state["deleted"] = {False, True}
            gone = self.send("DELETE", f"/users/{user}", None, 200)
            if gone is not None:
                state["deleted"] = {True}

    def name(self, user, state):
        wanted = f"Name {self.serial}"
        state["name"] = state["name"] | {wanted}
        if self.send("PUT", f"/users/{user}/profile", {"username": state["username"], "name": wanted}, 200) is not None:
            state["name"] = {wanted}

    def roles(self, user, state):
        state["roles"] = state["roles"] | {("auditor",)}
        if self.send("PUT", f"/users/{user}/roles", {"roles": ["auditor"]}, 200) is not None:
            state["roles"] = {("auditor",)}

    def token(self, user, state):
        token = f"t{self.serial}"
        state["tokens"][token] = {0, 1}
        if self.send("POST", f"/users/{user}/keys/tokens", {"token_name": token, "lifetime": 0}, 201) is not None:
            state["tokens"][token] = {1}

    def event(self, user, state):
        event = str(uuid.uuid4())
        state["events"][event] = {0, 1}
        report = {"interceptions": [{"id": event, "initiator_id": user, "provider": "anthropic", "model": "m", "started_at": "2026-01-01T09:00:00Z", "ended_at": "2026-01-01T09:00:05Z"}]}
        if self.send("POST", "/ai-usage/interceptions", report, 200) is not None:
            state["events"][event] = {1}


class Gate:
    """Lets all writers through, or none and waits until they stand."""

    def __init__(self):
        self.open, self.lock, self.inside, self.ended = threading.Event(), threading.Condition(), 0, False

    def wait(self):
        return self.open.wait()

    def enter(self):
        with self.lock:
            self.inside += 1

    def leave(self):
        with self.lock:
            self.inside -= 1
            self.lock.notify_all()

    def close(self):
        self.open.clear()
        with self.lock:
            self.lock.wait_for(lambda: self.inside == 0, 60)


def sql(folder, text):
    root = pathlib.Path(folder, "postgres")
    environment = {**os.environ, "PGPASSWORD": (root / "password").read_text().strip()}
    command = ["psql", "-h", "127.0.0.1", "-p", (root / "port").read_text().strip(), "-U", "monolith", "-d", "monolith", "-XAtF", "\t", "-c", text]
    return [line.split("\t") for line in subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.splitlines()]


COUNTS = """
select 'users', (select users from members.user_count) = (select count(*) from members.users where not deleted and not is_system)
union all select 'members', not exists (select from members.organization_counts c where c.members <> (select count(*) from members.organization_members m where m.organization_id = c.organization_id and not m.is_system))
union all select 'seats', (select sum(ai_seats) from entitlements.usage_counts) = (select count(*) from entitlements.ai_seat_state where counted)
union all select 'active', (select sum(active_people) from entitlements.usage_counts) = (select count(*) from members.users where status = 'active' and not deleted and not is_system and not is_service_account)
union all select 'audit', (select count(*) from members.users where username like 'w%x%') <= (select count(distinct resource_id) from platform.audit_logs where resource_type = 'user' and action = 'create' and status < 400)
"""


def check(writers, folder):
    """Compares everything that was written since the last look with the database."""
    faults, checks = [], 0
    users = {row[0]: row[1:] for row in sql(folder, "select id, username, name, array_to_string(site_roles, ','), deleted from members.users where username like 'w%x%'")}
    tokens = collections.Counter((row[0], row[1]) for row in sql(folder, "select user_id, token_name from members.api_keys where login_type = 'token'"))
    events = collections.Counter(row[0] for row in sql(folder, "select id from entitlements.interceptions"))
    names = collections.Counter(row[0] for row in users.values())
    for writer in writers:
        for user, state in writer.users.items():
            row = users.get(user)
            checks += 4 + len(state["tokens"]) + len(state["events"])
            if row is None:
                faults.append(f"{state['username']} is lost")
                continue
            if row[1] not in state["name"]:
                faults.append(f"{state['username']}: name {row[1]}, not one of {state['name']}")
            if tuple(filter(None, row[2].split(","))) not in state["roles"]:
                faults.append(f"{state['username']}: roles {row[2]}")
            deleted = row[3] == "t"
            if deleted not in state["deleted"]:
                faults.append(f"{state['username']}: deleted {deleted}")
            for token, expected in state["tokens"].items():
                if not deleted and tokens[(user, token)] not in expected:
                    faults.append(f"{state['username']}: token {token} is there {tokens[(user, token)]} times")
            for event, expected in state["events"].items():
                if events[event] not in expected:
                    faults.append(f"{state['username']}: event {event} is there {events[event]} times")
            if names[state["username"]] != 1:
                faults.append(f"{state['username']} is there {names[state['username']]} times")
        writer.users.clear()
    for name, holds in sql(folder, COUNTS):
        checks += 1
        if holds != "t":
            faults.append(f"the kept count of {name} is wrong")
    return faults, checks


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--kills", type=int, default=160)
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--port", type=int, default=3499)
    parser.add_argument("--folder", help="kept afterwards; a temporary one by default")
    options = parser.parse_args()
    folder = options.folder or tempfile.mkdtemp(prefix="kills-")
    os.makedirs(folder, exist_ok=True)
    os.chmod(folder, 0o755)
    host = Host(os.path.abspath(options.program), folder, options.port)
    host.start()
    wait_ready(options.port)

    admin = Client(options.port)
    admin.call("POST", "/users/first", {"email": "ada@example.com", "username": "ada", "password": PASSWORD})
    token = admin.call("POST", "/users/login", {"email": "ada@example.com", "password": PASSWORD})[1]["session_token"]
    admin.token = token
    organization = admin.call("GET", "/organizations/default")[1]["id"]
    gate = Gate()
    writers = [Writer(number, options.port, token, organization, gate) for number in range(options.writers)]
    for writer in writers:
        writer.start()

    results, faults, checks = [], [], 0
    kinds = ["host", "database", "both"]
    for number in range(options.kills):
        kind = (["host"] * 5 + ["database"] * 2 + ["both"])[number % 8]
        gate.open.set()
        time.sleep(random.uniform(0.3, 1.2))
        database = host.database()
        killed = time.monotonic()
        if kind in ("host", "both"):
            host.process.kill()
        if kind in ("database", "both"):
            os.kill(database, signal.SIGKILL)
        if kind in ("host", "both"):
            host.process.wait()
            host.start()
        ready = None
        while ready is None:
            latest = max((writer.successes[0] for writer in writers if writer.successes), default=0)
            # A write in flight may still be answered from the moment before.
            if latest > killed + 0.1 and is_ready(options.port):
                ready = latest - killed
            elif time.monotonic() - killed > 90:
                faults.append(f"kill {number} ({kind}): not ready after 90 s")
                break
            else:
                time.sleep(0.02)
        gate.close()
        wait_ready(options.port)
        found, looked = check(writers, folder)
        faults += found
        checks += looked
        results.append((kind, ready or 90))
        print(f"{number + 1:4} {kind:9} write again after {ready or 90:5.2f} s   {looked:5} checks   {len(found)} faults", flush=True)
        for fault in found:
            print("     ", fault, flush=True)

    gate.ended = True
    gate.open.set()
    host.stop()
    left = os.path.exists(os.path.join(folder, "postgres", "cluster", "postmaster.pid"))
    print()
    print("| killed | times | write again after, half | at most |")
    print("| --- | --- | --- | --- |")
    for kind in kinds:
        times = sorted(time for one, time in results if one == kind)
        if times:
            print(f"| {kind} | {len(times)} | {times[len(times) // 2]:.2f} s | {times[-1]:.2f} s |")
    print(f"\n{sum(writer.acknowledged for writer in writers)} writes answered, {sum(writer.errors for writer in writers)} not; {checks} checks, {len(faults)} faults; database left running: {left}")
    if not options.folder:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if faults or left else 0


if __name__ == "__main__":
    sys.exit(main())

"""Writers that go on whatever happens, and remember what was acknowledged, and when."""
import http.client
import itertools
import json
import threading
import time
import uuid

PASSWORD = "Correct-Horse-9-Battery"
PAUSE = 0.05  # after a failure, in seconds


class Api:
    """One connection to the balancer."""

    def __init__(self, address, port, token=None):
        self.address, self.port, self.token, self.connection = address, port, token, None

    def send(self, method, path, body=None):
        """Status and JSON. Any failure below HTTP is an exception, and the next call connects anew."""
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection(self.address, self.port, timeout=40)
            headers = {"Content-Type": "application/json"} | ({"Coder-Session-Token": self.token} if self.token else {})
            self.connection.request(method, "/api/v2" + path, None if body is None else json.dumps(body), headers)
            answer = self.connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text.startswith((b"{", b"[")) else None
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None


class Load:
    """Makes users, puts them into a second organization, and reports their use of AI."""

    def __init__(self, address, port, writers):
        self.address, self.port, self.writers = address, port, writers
        self.lock, self.ended, self.threads = threading.Lock(), threading.Event(), []
        self.times, self.errors = [], []
        self.acknowledged = {"user": set(), "member": set(), "interception": set()}
        self.token = self.sign_up()
        _, organization = self.api().send("POST", "/organizations", {"name": "research"})
        self.team = organization["id"]

    def sign_up(self):
        api = Api(self.address, self.port)
        status, _ = api.send("POST", "/users/first", {"email": "ada@example.com", "username": "ada", "password": PASSWORD})
        assert status == 201, status
        return api.send("POST", "/users/login", {"email": "ada@example.com", "password": PASSWORD})[1]["session_token"]

    def api(self):
        return Api(self.address, self.port, self.token)

    def start(self):
        self.ended.clear()
        with self.lock:
            self.times, self.errors = [], []
        self.threads = [threading.Thread(target=self.write, args=(number,)) for number in range(self.writers)]
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def write(self, number):
        api = self.api()
        for turn in itertools.count():
            if self.ended.is_set():
                break
            # Every other writer connects for each user anew, as command lines do.
            if number % 2:
                api.close()
            name = f"u{uuid.uuid4().hex[:20]}"
            made = self.attempt(api, "POST", "/users", {"username": name, "service_account": True, "organization_ids": [self.team]}, 201)
            if not made:
                continue
            self.acknowledge("user", made["id"])
            self.acknowledge("member", made["id"])
            interception = str(uuid.uuid4())
            event = {"id": interception, "initiator_id": made["id"], "provider": "anthropic", "model": "claude", "started_at": "2026-01-01T09:00:00Z", "ended_at": "2026-01-01T09:01:00Z"}
            answer = self.attempt(api, "POST", "/ai-usage/interceptions", {"interceptions": [event]}, 200)
            if answer and answer["accepted"] == 1:
                self.acknowledge("interception", interception)
            if turn % 3 == 0 and self.attempt(api, "PUT", f"/organizations/{self.team}/members/{made['id']}/roles", {"roles": ["organization-auditor"]}, 200):
                self.acknowledge("role", made["id"])

    def acknowledge(self, kind, key):
        with self.lock:
            self.acknowledged.setdefault(kind, set()).add(key)
            self.times.append(time.monotonic())

    def attempt(self, api, method, path, body, wanted):
        """The answer, or None for a failure, which is counted."""
        try:
            status, answer = api.send(method, path, body)
            if status == wanted:
                return answer
            failure = str(status)
        except (OSError, http.client.HTTPException) as broken:
            failure = type(broken).__name__
        with self.lock:
            self.errors.append((time.monotonic(), failure))
        time.sleep(PAUSE)
        return None

    def count(self):
        with self.lock:
            return len(self.times)

    def longest_gap(self):
        """Seconds between two acknowledged writes that follow each other."""
        times = sorted(self.times)
        return max((later - earlier for earlier, later in zip(times, times[1:])), default=float("inf"))

    def lost(self):
        """What was acknowledged, by whichever run, and is not there."""
        users = {user["id"] for user in self.api().send("GET", "/users?limit=0")[1]["users"]}
        people = self.api().send("GET", f"/organizations/{self.team}/members")[1]
        members = {member["user_id"] for member in people}
        auditors = {member["user_id"] for member in people if any(role["name"] == "organization-auditor" for role in member["roles"])}
        interceptions, after = set(), ""
        while True:
            page = self.api().send("GET", f"/aibridge/interceptions?limit=1000{after}")[1]["results"]
            interceptions |= {one["id"] for one in page}
            if len(page) < 1000:
                break
            after = f"&after_id={page[-1]['id']}"
        there = {"user": users, "member": members, "role": auditors, "interception": interceptions}
        return sum(len(keys - there[kind]) for kind, keys in self.acknowledged.items())

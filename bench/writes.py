#!/usr/bin/env python3
"""What writing many rows costs, beside the same rows by COPY into a copy of their table, with its indexes, in turn.

    dotnet build -c Release src/Api
    bench/writes.py --program src/Api/bin/Release/net10.0/Monolith.dll [--people 20000] [--rounds 10]

Fills a deployment of its own by an import, then sends 1,000 first uses and 1,000 events of people who hold a seat in a call each, and 1,000 new
members of an organization in calls of 100. Needs psql.
The floor has no audit row, no check and no trigger: it is what the rows alone cost. Prints a table; medians.
"""
import argparse, http.client, json, os, pathlib, statistics, subprocess, sys, tempfile, time, uuid

PASSWORD = "Correct-Horse-9-Battery"
AT_ONCE = 1000


class Api:
    def __init__(self, port):
        self.connection, self.token = http.client.HTTPConnection("127.0.0.1", port, timeout=600), None

    def call(self, method, path, body=None, kind="application/json"):
        headers = {"Content-Type": kind, **({"Coder-Session-Token": self.token} if self.token else {})}
        self.connection.request(method, "/api/v2" + path, body if isinstance(body, str) else None if body is None else json.dumps(body), headers)
        answer = self.connection.getresponse()
        raw = answer.read()
        if answer.status >= 300:
            sys.exit(f"{method} {path}: {answer.status} {raw[:300]!r}")
        return json.loads(raw) if raw else None

    def timed(self, *arguments):
        begun = time.perf_counter()
        self.call(*arguments)
        return time.perf_counter() - begun


class Database:
    def __init__(self, data):
        read = lambda name: pathlib.Path(data, name).read_text().strip()
        self.address = f"host=127.0.0.1 port={read('port')} user=monolith dbname=monolith password={read('password')}"

    def sql(self, text):
        return subprocess.run(["psql", self.address, "-qAt", "-v", "ON_ERROR_STOP=1", "-c", text], check=True, capture_output=True, text=True).stdout.split("\n")[:-1]

    def copied(self, table, columns, rows):
        """Seconds that COPY says it took, without the start of psql."""
        text = "\n".join("\t".join(row) for row in rows)
        script = f"create temporary table floor (like {table} including all);\n\\timing on\ncopy floor ({columns}) from stdin;\n{text}\n\\.\n"
        told = subprocess.run(["psql", self.address, "-qAt", "-v", "ON_ERROR_STOP=1", "-f", "-"], input=script, check=True, capture_output=True, text=True).stdout
        return float(next(line for line in told.split("\n") if line.startswith("Time:")).split()[1]) / 1000


def events(users):
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 60))
    return {"interceptions": [{"id": str(uuid.uuid4()), "initiator_id": user, "provider": "openai", "model": "m", "started_at": now, "ended_at": now} for user in users]}


def event_rows(users):
    return [[str(uuid.uuid4()), user, "openai", "m", "2026-01-01Z", "2026-01-01Z", "{}", "2026-01-01Z"] for user in users]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--people", type=int, default=20000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--port", type=int, default=3985)
    options = parser.parse_args()
    if options.people < AT_ONCE * (options.rounds + 1):
        parser.error("a round needs 1,000 people of its own, and one round warms up")
    folder = tempfile.mkdtemp(prefix="writes-")
    os.chmod(folder, 0o755)
    data = os.path.join(folder, "data")
    environment = {**os.environ, "Postgres__DataDirectory": data, "RateLimits__ApiPerMinute": "0", "Licensing__DevelopmentKeyDirectory": os.path.join(folder, "keys"),
                   "ASPNETCORE_ENVIRONMENT": "Development", "Logging__LogLevel__Default": "Warning"}
    command = ["dotnet", options.program] if options.program.endswith(".dll") else [options.program]
    server = subprocess.Popen(command + [f"--urls=http://127.0.0.1:{options.port}"], env=environment, stdout=sys.stderr)
    try:
        while subprocess.run(["curl", "-sf", f"http://127.0.0.1:{options.port}/readyz"], capture_output=True).returncode:
            time.sleep(0.2)
        license = subprocess.run(command + ["license", "issue", "--features", f"ai_governance_user_limit={options.people},multiple_organizations=1"], env=environment, check=True, capture_output=True, text=True)
        run(Api(options.port), Database(data), options, license.stdout.strip().split("\n")[-1])
    finally:
        server.terminate()
        server.wait()


def run(api, database, options, license):
    api.call("POST", "/users/first", {"email": "ada@example.com", "username": "ada", "password": PASSWORD})
    api.token = api.call("POST", "/users/login", {"email": "ada@example.com", "password": PASSWORD})["session_token"]
    api.call("POST", "/licenses", {"license": license})
    second = api.call("POST", "/organizations", {"name": "second"})["id"]
    file = "email,username,name,status\n" + "\n".join(f"person{n}@example.com,person{n},Person Number {n},active" for n in range(options.people))
    imported = api.timed("POST", "/users/import", file, "text/csv")
    stored = database.sql("select id || E'\\t' || username from members.users where username like 'person%' order by id")
    people = [row.split("\t") for row in stored]
    now = "2026-01-01Z"
    import_floor = database.copied("members.users", "id, username, username_folded, email, email_folded, name, name_folded, password_hash, status, login_type, site_roles, is_service_account, created_at, updated_at",
                                   [[identity, f"{name}x", f"{name}x", f"{name}@x", f"{name}@x", name, name, "", "active", "password", "{}", "f", now, now] for identity, name in people])
    import_floor += database.copied("members.organization_members", MEMBER, [[str(uuid.uuid4()), identity, name, f"{name}@x", name, "f", now, now] for identity, name in people])
    results = {}
    for turn in range(options.rounds + 1):
        some = [identity for identity, _ in people[turn * AT_ONCE:(turn + 1) * AT_ONCE]]
        measured = {
            "1,000 first uses": (api.timed("POST", "/ai-usage/interceptions", events(some)), database.copied("entitlements.interceptions", EVENT, event_rows(some))),
            "1,000 events of people who hold a seat": (api.timed("POST", "/ai-usage/interceptions", events(some)), database.copied("entitlements.interceptions", EVENT, event_rows(some))),
            "1,000 members, by 100": (sum(api.timed("POST", f"/organizations/{second}/members", {"user_ids": some[n:n + 100]}) for n in range(0, AT_ONCE, 100)),
                                      database.copied("members.organization_members", MEMBER, [[second, identity, identity, "", "", "f", now, now] for identity in some])),
        }
        for name, (ours, floor) in measured.items() if turn else ():
            results.setdefault(name, ([], []))[0].append(ours)
            results[name][1].append(floor)
    print("| what | ms | by COPY, ms | ratio | rows a second |\n| --- | ---: | ---: | ---: | ---: |")
    for name, (ours, floor) in results.items():
        line(name, statistics.median(ours), statistics.median(floor), AT_ONCE)
    line(f"an import of {options.people:,}", imported, import_floor, options.people)


def line(name, ours, floor, rows):
    print(f"| {name} | {ours * 1000:,.0f} | {floor * 1000:,.0f} | {ours / floor:.1f} | {rows / ours:,.0f} |")


EVENT = "id, initiator_id, provider, model, started_at, ended_at, metadata, reported_at"
MEMBER = "organization_id, user_id, sort_name, email_folded, name_folded, is_system, created_at, updated_at"

if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""How long a start on an existing database takes, and the first pages after it, beside a floor: PostgreSQL by pg_ctl, then bare Kestrel with one query.

    deploy/publish.sh
    rm -rf bench/Floor/obj/Release/net10.0/linux-x64/R2R
    dotnet publish bench/Floor -c Release -r linux-x64 --self-contained -p:PublishSingleFile=true -p:PublishReadyToRun=true -p:PublishReadyToRunComposite=false -o artifacts/floor
    bench/start.py --data DIRECTORY --floor artifacts/floor/Monolith.Floor artifacts/linux-x64/Monolith [another build ...]

DIRECTORY is the data directory of a deployment whose owner is ada@example.com, as bench/members.sh leaves it. All are started in turn, in an empty folder or the one of --folder. Prints a table.
"""
import argparse, http.client, json, os, pathlib, pwd, signal, statistics, subprocess, sys, tempfile, time

PASSWORD = "Correct-Horse-9-Battery"
PAGE = "/api/v2/organizations/default/paginated-members?limit=25"
PAGES = 10
# As long as the pause between the last look whether it is ready and the first page: a machine that rests for a moment is slower by itself.
REST = 0.02


def ask(connection, path, token=None, body=None):
    headers = {"Coder-Session-Token": token} if token else {}
    begun = time.perf_counter()
    connection.request("POST" if body else "GET", path, body, {**headers, **({"Content-Type": "application/json"} if body else {})})
    answer = connection.getresponse()
    raw = answer.read()
    return answer.status, (time.perf_counter() - begun) * 1000, raw


def until(process, port, path):
    """The connection on which the path was answered with 200 for the first time."""
    while process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            if ask(connection, path)[0] == 200:
                return connection
        except OSError:
            pass
        time.sleep(0.01)
    sys.exit("it ended before it was ready")


def seconds(process):
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Product:
    token = None

    def __init__(self, program, options):
        self.name, self.program, self.options = program, program, options

    def start(self):
        environment = {**os.environ, "Postgres__DataDirectory": self.options.data, "RateLimits__ApiPerMinute": "0", "Logging__LogLevel__Default": "Warning", "MALLOC_ARENA_MAX": "2"}
        begun = time.perf_counter()
        process = subprocess.Popen([self.program, "--urls", f"http://127.0.0.1:{self.options.port}"], env=environment, cwd=self.options.folder)
        connection = until(process, self.options.port, "/readyz")
        ready, cpu = time.perf_counter() - begun, seconds(process)
        if Product.token is None:
            body = json.dumps({"email": "ada@example.com", "password": PASSWORD})
            Product.token = json.loads(ask(connection, "/api/v2/users/login", body=body)[2])["session_token"]
            pages = None
        else:
            time.sleep(self.options.pause)
            pages = [ask(connection, PAGE, Product.token)[1] for _ in range(PAGES)]
            time.sleep(REST)
            pages.append(ask(connection, PAGE, Product.token)[1])
        process.send_signal(signal.SIGTERM)
        process.wait()
        return ready, cpu, pages


class Floor:
    name = "floor"

    def __init__(self, options):
        self.options, data = options, pathlib.Path(options.data)
        self.cluster, self.port = data / "cluster", (data / "port").read_text().strip()
        owner = pwd.getpwuid(self.cluster.stat().st_uid)
        as_owner = ["setpriv", "--reuid", str(owner.pw_uid), "--regid", str(owner.pw_gid), "--clear-groups", "--"] if os.geteuid() == 0 else []
        newest = max(pathlib.Path("/usr/lib/postgresql").glob(f"{(self.cluster / 'PG_VERSION').read_text().strip()}/bin/pg_ctl"))
        self.pg_ctl = [*as_owner, str(newest), "-w", "-D", str(self.cluster)]
        self.address = f"Host=127.0.0.1;Port={self.port};Username=monolith;Database=monolith;Password={(data / 'password').read_text().strip()}"

    def start(self):
        begun = time.perf_counter()
        settings = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=256MB -c max_connections=200"
        subprocess.run([*self.pg_ctl, "start", "-l", "/dev/null", "-o", settings], check=True, stdout=subprocess.DEVNULL, cwd="/")
        process = subprocess.Popen([self.options.floor, self.address, f"http://127.0.0.1:{self.options.port}"], cwd=self.options.folder)
        connection = until(process, self.options.port, "/members?limit=25")
        ready, cpu = time.perf_counter() - begun, seconds(process)
        pages = [ask(connection, "/members?limit=25")[1] for _ in range(PAGES)]
        time.sleep(REST)
        pages.append(ask(connection, "/members?limit=25")[1])
        process.send_signal(signal.SIGTERM)
        process.wait()
        subprocess.run([*self.pg_ctl, "stop", "-m", "fast"], check=True, stdout=subprocess.DEVNULL, cwd="/")
        return ready, cpu, pages


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("programs", nargs="+")
parser.add_argument("--data", required=True)
parser.add_argument("--floor")
parser.add_argument("--rounds", type=int, default=10)
parser.add_argument("--pause", type=float, default=0, help="seconds between ready and the first page")
parser.add_argument("--port", type=int, default=4400)
parser.add_argument("--folder", help="where they are started")
options = parser.parse_args()
options.folder = options.folder or tempfile.mkdtemp()

started = [*([Floor(options)] if options.floor else []), *(Product(program, options) for program in options.programs)]
# The first start signs in, and brings the program into the memory of the system.
for one in reversed(started):
    one.start()
results = {one.name: [] for one in started}
for number in range(options.rounds):
    print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
    for one in started:
        results[one.name].append(one.start())

print("| started | ready s, mean | least | most | processor s | first page ms, median | second | third | tenth | one after a rest |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
for name, runs in results.items():
    ready, page = [run[0] for run in runs], [statistics.median(run[2][place] for run in runs) for place in (0, 1, 2, PAGES - 1, PAGES)]
    print(f"| {name} | {statistics.mean(ready):.2f} | {min(ready):.2f} | {max(ready):.2f} | {statistics.mean(run[1] for run in runs):.2f} | " + " | ".join(f"{one:.1f}" for one in page) + " |")

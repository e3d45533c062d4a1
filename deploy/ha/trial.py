#!/usr/bin/env python3
"""Tries the cluster of this folder on one machine: kills the leader under write load, restarts the hosts under write load, and counts.

Needs the Debian packages postgresql, patroni, etcd-server, haproxy and python3-etcd, and the program: deploy/publish.sh.
"""
import argparse
import collections
import os
import shutil
import sys
import tempfile
import time

from cluster import HOSTS, Cluster, read, until
from load import Load

WARM = 300  # acknowledged writes before something happens
AFTER = 300  # and after it


def happened(load):
    """Waits until writes have gone on for a while."""
    mark = load.count()
    until(lambda: load.count() >= mark + AFTER, 180, "writes go on")


def lose_machine(cluster, load):
    """The machine of the leader is gone: PostgreSQL, Patroni and etcd."""
    leader = until(cluster.leader, 60, "a leader")
    cluster.kill_node(leader)
    happened(load)
    successor = until(lambda: cluster.leader() not in (None, leader) and cluster.leader(), 60, "a new leader")
    cluster.start_node(leader)
    return f"{leader} → {successor}"


def lose_process(cluster, load):
    """PostgreSQL of the leader is gone; its machine is well."""
    leader = until(cluster.leader, 60, "a leader")
    os.kill(cluster.postmaster(leader), 9)
    happened(load)
    return f"{leader} → {until(cluster.leader, 60, 'a leader')}"


def lose_host(cluster, load):
    """One of the two hosts is gone."""
    cluster.kill(HOSTS[0])
    happened(load)
    cluster.start_host(HOSTS[0])
    until(lambda: cluster.is_ready(HOSTS[0]), 60, "the host is back")
    return HOSTS[0]


def upgrade(cluster, load):
    """Both hosts, one after the other: asked to stop, waited for, started anew, waited for."""
    codes = []
    for name in HOSTS:
        codes.append(cluster.stop(name))
        cluster.start_host(name, cluster.next_program)
        until(lambda name=name: cluster.is_ready(name), 60, f"{name} ready")
        happened(load)
    return "both, exit codes " + ", ".join(map(str, codes))


TRIALS = {"machine": lose_machine, "process": lose_process, "host": lose_host, "upgrade": upgrade}


def run(number, kind, cluster, load):
    """One trial; answers its row."""
    until(cluster.is_whole, 180, "the cluster is whole")
    load.start()
    try:
        until(lambda: load.count() >= WARM, 120, "writes")
        what = TRIALS[kind](cluster, load)
    finally:
        load.stop()
    until(lambda: read(cluster.url("/readyz"))[0] == 200, 60, "ready")
    failures = collections.Counter(failure for _, failure in load.errors)
    told = ", ".join(f"{count} × {failure}" for failure, count in failures.most_common()) or "0"
    lost = load.lost()
    print(f"| {number} | {kind} | {what} | {load.count()} | {lost} | {load.longest_gap():.1f} s | {told} |", flush=True)
    return lost


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="artifacts/linux-x64/Monolith", help="the program of the hosts")
    parser.add_argument("--next", help="the program that an upgrade goes to; the same one when absent")
    parser.add_argument("--runs", type=int, default=10, help="how often each kind is tried")
    parser.add_argument("--kinds", nargs="+", choices=TRIALS, default=list(TRIALS))
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--base-port", type=int, default=3941, help="six ports from here on, on loopback addresses from 127.0.0.10 on")
    options = parser.parse_args()

    folder = os.path.join(tempfile.mkdtemp(prefix="monolith-ha-"), "cluster")
    os.chmod(os.path.dirname(folder), 0o755)
    cluster = Cluster(folder, os.path.abspath(options.program), options.base_port)
    cluster.next_program = os.path.abspath(options.next) if options.next else None
    lost, began = 0, time.monotonic()
    try:
        cluster.start_all()
        print(f"started in {time.monotonic() - began:.0f} s; logs in {folder}", file=sys.stderr)
        load = Load(cluster.address["balancer"], int(cluster.port("BALANCER")), options.writers)
        print("| run | what is lost | | acknowledged | of all, lost | longest time without a write | failed tries |\n| --- | --- | --- | --- | --- | --- | --- |", flush=True)
        for number, kind in enumerate((kind for kind in options.kinds for _ in range(options.runs)), 1):
            lost += run(number, kind, cluster, load)
    except BaseException:
        print(f"failed; logs in {folder}", file=sys.stderr)
        raise
    finally:
        cluster.stop_all()
    shutil.rmtree(os.path.dirname(folder))
    print(f"acknowledged and lost: {lost}", file=sys.stderr)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())

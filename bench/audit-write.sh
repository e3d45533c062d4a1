#!/bin/sh
# What the sealer costs a write: the same writes with it at work, and held off by its own lock, in turn. A server must run on the database.
# PG* variables name the database. Usage: bench/audit-write.sh [rounds] [seconds]
set -eu
cd "$(dirname "$0")"
for round in $(seq "${1:-3}"); do
    for sealer in on off; do
        if [ $sealer = off ]; then
            psql -qAt -c "select pg_advisory_lock(418581342580)" -c "select pg_sleep(${2:-6} + 1)" > /dev/null &
        fi
        printf '%s %s ' "$round" "$sealer"
        pgbench -n -c 4 -T "${2:-6}" -M prepared -f audit-write.sql 2> /dev/null | sed -n 's/latency average = //p'
        wait
    done
done

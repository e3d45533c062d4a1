#!/usr/bin/env bash
# A page of members against two floors in one run: the same SQL by pgbench, and bare Kestrel with one prepared query and the same JSON.
# Needs curl, jq, psql, pgbench and wrk. Usage: bench/members.sh [people]
set -euo pipefail
cd "$(dirname "$0")/.."
people=${1:-1000000} seconds=${SECONDS_EACH:-10} connections=${CONNECTIONS:-8}
for tool in curl jq psql pgbench wrk; do command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 2; }; done
work=${WORK:-$(mktemp -d)}
server=http://127.0.0.1:3990 floor=http://127.0.0.1:3991
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; wait' EXIT

dotnet build -c Release src/Api -v q --nologo
dotnet build -c Release bench/Floor -v q --nologo
mkdir -p "$work/data"; chmod 755 "$work"
Postgres__DataDirectory="$work/data" RateLimits__ApiPerMinute=0 Logging__LogLevel__Default=Warning ASPNETCORE_ENVIRONMENT=Development \
    src/Api/bin/Release/net10.0/Monolith --urls $server & pids+=($!)
until curl -sf $server/readyz >/dev/null; do sleep 0.2; done

db="host=127.0.0.1 port=$(cat "$work/data/port") user=monolith dbname=monolith"
export PGPASSWORD; PGPASSWORD=$(cat "$work/data/password")
api=$server/api/v2
curl -sf $api/users/first --json '{"email":"ada@example.com","username":"ada","password":"Correct-Horse-9-Battery"}' >/dev/null || true
token=$(curl -sf $api/users/login --json '{"email":"ada@example.com","password":"Correct-Horse-9-Battery"}' | jq -r .session_token)
license=$(Postgres__DataDirectory="$work/data" src/Api/bin/Release/net10.0/Monolith license issue --features ai_governance_user_limit=$people)
curl -s -H "Coder-Session-Token: $token" $api/licenses -d "{\"license\":\"$license\"}" >/dev/null
if [ "$(psql "$db" -Atc 'select count(*) from members.users')" -lt "$people" ]; then
    echo "filling $people people"
    psql "$db" -q -v people="$people" -f bench/fill.sql
fi
dotnet bench/Floor/bin/Release/net10.0/Monolith.Floor.dll "Host=127.0.0.1;Port=$(cat "$work/data/port");Username=monolith;Password=$PGPASSWORD;Database=monolith" $floor & pids+=($!)
until curl -sf "$floor/members?limit=1" >/dev/null; do sleep 0.2; done

rate() { wrk -t1 -c"$connections" -d"${seconds}s" --latency -H "Coder-Session-Token: $token" "$1" | awk '/50%/ {p50=$2} /99%/ {p99=$2} /Requests\/sec/ {r=$2} /Non-2xx/ {print "refused" > "/dev/stderr"} END {print r, p50, p99}'; }
sql() { sed 's/\$1/25/' bench/Floor/members.sql > "$work/q.sql"; pgbench -n -M prepared -c "$connections" -j1 -T "$seconds" -f "$work/q.sql" "$db" | awk '/^tps/ {print $3}'; }

rate "$api/organizations/default/paginated-members?limit=25" >/dev/null # warm
rate "$floor/members?limit=25" >/dev/null
printf '%-44s %10s %9s %9s\n' "$people people, $connections connections" 'a second' p50 p99
printf '%-44s %10s\n' 'same SQL, pgbench, prepared' "$(sql)"
for round in 1 2 3; do
    read -r f f50 f99 <<<"$(rate "$floor/members?limit=25")"
    read -r m m50 m99 <<<"$(rate "$api/organizations/default/paginated-members?limit=25")"
    printf '%-44s %10s %9s %9s\n' "floor: Kestrel, one query ($round)" "$f" "$f50" "$f99"
    printf '%-44s %10s %9s %9s   %s of the floor\n' "page of 25 members ($round)" "$m" "$m50" "$m99" "$(awk "BEGIN { printf \"%.2f\", $m / $f }")"
done
for path in "users?limit=25" "organizations/default/paginated-members?limit=25&offset=$((people * 9 / 10))" "organizations/default/paginated-members?limit=25&q=p99999" "users?limit=25&q=has-ai-seat:true" "users?limit=25&q=has-ai-seat:false" "organizations/default/paginated-members?limit=25&q=has-ai-seat:true" "organizations/default/paginated-members?limit=25&q=has-ai-seat:false" "ai-seats?limit=25" "users/me"; do
    read -r m m50 m99 <<<"$(rate "$api/$path")"
    printf '%-68s %10s %9s %9s\n' "$path" "$m" "$m50" "$m99"
done

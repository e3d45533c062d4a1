#!/usr/bin/env bash
# What requests about members and users cost in CPU time, server and database apart, in turn with a floor: bare Kestrel with one prepared query and the same JSON.
# Needs curl, jq and psql. Usage: bench/members.sh [people...]; WORK keeps the filled databases for the next run, PRODUCT is a program to measure in place of this source.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- 1000 100000 1000000
for tool in curl jq psql; do command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 2; }; done
work=${WORK:-$(mktemp -d)} port=${PORT:-3990}
server=http://127.0.0.1:$port floor=http://127.0.0.1:$((port + 1))
api=$server/api/v2
pids=()
stop() { kill "${pids[@]}" 2>/dev/null || true; wait; pids=(); }
trap stop EXIT

if [ -z "${NO_BUILD:-}" ]; then
    for project in src/Api bench/Floor bench/Meter bench/Cost; do dotnet build -c Release $project -v q --nologo -clp:ErrorsOnly; done
fi
product=${PRODUCT:-src/Api/bin/Release/net10.0/Monolith}
# Without the pause before it compiles what is hot, the warm-up is over when the measuring begins.
export DOTNET_TC_CallCountingDelayMs=0
export DOTNET_STARTUP_HOOKS=$PWD/bench/Meter/bin/Release/net10.0/Monolith.Meter.dll RateLimits__ApiPerMinute=0 RateLimits__LoginPerMinute=0 Logging__LogLevel__Default=Warning ASPNETCORE_ENVIRONMENT=Development
call() { curl -sf -H "Coder-Session-Token: $token" "$@"; }

for people; do
    mkdir -p "$work/$people/data"; chmod 755 "$work" "$work/$people"
    export Postgres__DataDirectory=$work/$people/data
    MONOLITH_METER=$work/product.sock "$product" --urls "$server" >&2 & pids+=($!)
    until curl -sf "$server/readyz" >/dev/null; do kill -0 "${pids[-1]}"; sleep 0.2; done
    db="host=127.0.0.1 port=$(cat "$work/$people/data/port") user=monolith dbname=monolith"
    export PGPASSWORD; PGPASSWORD=$(cat "$work/$people/data/password")
    curl -sf "$api/users/first" --json '{"email":"ada@example.com","username":"ada","password":"Correct-Horse-9-Battery"}' >/dev/null || true
    token=$(curl -sf "$api/users/login" --json '{"email":"ada@example.com","password":"Correct-Horse-9-Battery"}' | jq -r .session_token)
    license=$(DOTNET_STARTUP_HOOKS= "$product" license issue --features ai_governance_user_limit="$people")
    curl -s -H "Coder-Session-Token: $token" "$api/licenses" -d "{\"license\":\"$license\"}" >/dev/null
    if [ "$(psql "$db" -Atc 'select count(*) from members.users')" -lt "$people" ]; then
        echo "filling $people people" >&2
        psql "$db" -qc 'alter system set autovacuum = off' -c 'select pg_reload_conf()' >/dev/null
        psql "$db" -q -v people="$people" -f bench/fill.sql
    fi
    psql "$db" -qc "vacuum analyze members.users, members.organization_members, entitlements.ai_seat_state"
    MONOLITH_METER=$work/floor.sock dotnet bench/Floor/bin/Release/net10.0/Monolith.Floor.dll \
        "Host=127.0.0.1;Port=$(cat "$work/$people/data/port");Username=monolith;Password=$PGPASSWORD;Database=monolith" "$floor" >&2 & pids+=($!)
    until curl -sf "$floor/members?limit=1" >/dev/null; do sleep 0.2; done

    members=organizations/default/paginated-members?limit=25
    at() { psql "$db" -Atc "select id from members.users where not deleted order by username_folded offset $1 limit 1"; }
    near=$(at $((people > 2000 ? 1000 : people / 10))) far=$(at $((people * 9 / 10)))
    deep=$((people > 2000 ? 1000 : people * 9 / 10))
    one=$(psql "$db" -Atc "select username from members.users where id = '$far'")
    # Ordinary pages; SLOW=1 adds the corners.
    {
        printf '%s\t%s\n' 'page of 25 members' "$members" 'page of 25 users' 'users?limit=25' \
            'members, without the count' "$members&count=false" \
            'members after row 1,000' "$members&after_id=$near" 'members after 9 of 10' "$members&after_id=$far" \
            'users after row 1,000' "users?limit=25&after_id=$near" 'users after 9 of 10' "users?limit=25&after_id=$far" \
            'members, a search for 2 %' "$members&q=smith" 'users, a search for 2 %' 'users?limit=25&q=smith' \
            'members, a search for one' "$members&q=$one" 'seats' 'ai-seats?limit=25' 'users/me' 'users/me'
        [ -z "${SLOW:-}" ] || printf '%s\t%s\n' \
            'members, has-ai-seat:false' "$members&q=has-ai-seat:false" 'users, has-ai-seat:true' 'users?limit=25&q=has-ai-seat:true' \
            'members, org-role of nearly nobody' "$members&q=org-role:organization-admin" 'members, name:smith' "$members&q=name:smith" \
            'members, org-role of nearly everybody' "$members&q=org-role:organization-member" \
            'members, one letter' "$members&q=a" 'users, one letter' 'users?limit=25&q=a' 'users, two letters' 'users?limit=25&q=sm' \
            'members, offset 9 of 10' "$members&offset=$((people * 9 / 10))" 'users, offset 9 of 10' "users?limit=25&offset=$((people * 9 / 10))" \
            'members, offset 1 of 2' "$members&offset=$((people / 2))" 'members, offset 1 of 2, descending' "$members&offset=$((people / 2))&dir=desc" \
            'users by seat, as deep as it goes' "users?limit=25&sort=ai_seat&offset=$deep" 'users by seat, holders first' "users?limit=25&sort=ai_seat&dir=desc&offset=$deep" \
            'members by seat, as deep as it goes' "$members&sort=ai_seat&offset=$deep" 'members by status, as deep as it goes' "$members&sort=status&offset=$deep" \
            'members by last use, as deep as it goes' "$members&sort=last_seen&offset=$deep" \
            'members, status:suspended' "$members&q=status:suspended" 'users, status:suspended' 'users?limit=25&q=status:suspended' \
            'members, status:active' "$members&q=status:active" 'users, status:active' 'users?limit=25&q=status:active'
    } | grep -E "${ONLY:-.}" | sed 's/\t/\t\/api\/v2\//' | dotnet bench/Cost/bin/Release/net10.0/Monolith.Cost.dll "title=$people people" "database=Host=127.0.0.1;Port=$(cat "$work/$people/data/port");Username=monolith;Password=$PGPASSWORD;Database=monolith" \
        "floor=$floor" "product=$server" "floor-meter=$work/floor.sock" "product-meter=$work/product.sock" "token=$token" \
        "callers=${CALLERS:-8}" "rounds=${ROUNDS:-5}" "requests=${REQUESTS:-1000}" "seconds=${SECONDS_EACH:-5}" "warm=${WARM:-10}"
    echo
    stop
done

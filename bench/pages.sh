#!/usr/bin/env bash
# What every page of the dashboard costs a browser: bytes on the wire, requests, and what moves while it loads. The demo is what the pages show.
# Needs curl, node and a Chromium, and the browser driver that comes with the build of tests/Dashboard.Tests. Usage: bench/pages.sh; WORK keeps the filled database.
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in curl node; do command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 2; }; done
work=${WORK:-$(mktemp -d)} port=${PORT:-3980}
server=http://127.0.0.1:$port
[ -n "${NO_BUILD:-}" ] || dotnet build tests/Dashboard.Tests -v q --nologo -clp:ErrorsOnly
product=${PRODUCT:-src/Api/bin/Debug/net10.0/Monolith}
export Postgres__DataDirectory=$work/data RateLimits__ApiPerMinute=0 RateLimits__LoginPerMinute=0 Logging__LogLevel__Default=Warning ASPNETCORE_ENVIRONMENT=Development
[ -d "$work/data" ] || "$product" demo --password Correct-Horse-9-Battery >&2
"$product" --urls "$server" >&2 & pid=$!
trap 'kill $pid 2>/dev/null; wait' EXIT
until curl -sf "$server/readyz" >/dev/null; do kill -0 $pid; sleep 0.2; done
node bench/pages.js "$server" maya-lindqvist@example.com Correct-Horse-9-Battery

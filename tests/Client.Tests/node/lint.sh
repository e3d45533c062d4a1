#!/usr/bin/env bash
# Lints an API document: npm ci && ./lint.sh v2.json. A warning is a failure, too.
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/node_modules/.bin:$PATH" REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
redocly lint --config redocly.yaml --max-problems 50 "$1" 2>&1 | tee redocly.log
if grep -q "You have [0-9]* warning" redocly.log; then exit 1; fi
spectral lint --ruleset spectral.yaml --fail-severity warn "$1"

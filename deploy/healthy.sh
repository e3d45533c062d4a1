#!/usr/bin/env bash
# Exit code 0 when the server is ready. Needs bash alone, for images without curl.
# Usage: healthy.sh [port] [path]
set -euo pipefail

exec 3<>"/dev/tcp/127.0.0.1/${1:-3000}"
printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "${2:-/readyz}" >&3
read -r -t 4 _ status _ <&3
[ "$status" = 200 ]

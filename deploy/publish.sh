#!/usr/bin/env bash
# Makes the program as one file that needs no .NET on the machine: artifacts/linux-x64/Monolith.
# Usage: deploy/publish.sh [linux-x64 | linux-arm64 ...]
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

[ $# -gt 0 ] || set -- linux-x64
for runtime in "$@"; do
    case $runtime in
        linux-x64 | linux-arm64) ;;
        *) echo "$runtime: want linux-x64 or linux-arm64" >&2; exit 2 ;;
    esac
    # What another way of publishing left there counts as done, and the program would be compiled when it runs.
    rm -rf "src/Api/obj/Release/net10.0/$runtime/R2R"
    dotnet publish src/Api --configuration Release --runtime "$runtime" --self-contained --output "artifacts/$runtime" \
        -p:PublishSingleFile=true -p:PublishReadyToRun=true -p:PublishReadyToRunComposite=false -p:DebugType=embedded -p:PublishDocumentationFiles=false
    echo "artifacts/$runtime/Monolith"
done

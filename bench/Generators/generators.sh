#!/usr/bin/env bash
# Makes a client with each generator, compiles it with warnings as errors, and walks the README's walk with it, each on a new deployment.
# Run by hand: dotnet build src/Api && bench/Generators/generators.sh [kiota] [hey-api]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
chmod 755 "$work" # the embedded PostgreSQL may run as another user
port=${PORT:-3990}
address=http://127.0.0.1:$port
server=""
monolith=${MONOLITH:-$root/src/Api/bin/Debug/net10.0/Monolith}
wanted='ada=false grace=true
1
organization-admin
It still has 1 other member.
ada=false grace=false
ada=false grace=true'

stop() { [ -z "$server" ] || { kill "$server"; wait "$server" || true; }; server=""; }
trap 'stop; rm -rf "$work"' EXIT

start() { # a deployment without anybody
    export Postgres__DataDirectory=$work/data-$1 ASPNETCORE_ENVIRONMENT=Development
    "$monolith" --urls "$address" >"$work/$1.log" 2>&1 & server=$!
    until curl -sf "$address/readyz" >/dev/null; do
        kill -0 "$server" || { cat "$work/$1.log"; return 1; }
        sleep 1
    done
    license=$("$monolith" license issue --features ai_governance_user_limit=10)
    curl -sf "$address/openapi/v2.json" >"$work/v2.json"
    curl -sf "$address/openapi/v2-3.0.json" >"$work/v2-3.0.json"
}

finish() { # compares what a walk printed
    if [ "$2" = "$wanted" ]; then echo "$1: generated, compiled, walked"; else echo "$1: walked elsewhere:"; echo "$2"; return 1; fi
    stop
}

kiota() {
    start kiota
    dotnet tool install --tool-path "$work/tools" Microsoft.OpenApi.Kiota --version 1.38.0 >/dev/null
    mkdir "$work/kiota"
    "$work/tools/kiota" generate -l CSharp -d "$work/v2.json" -c KiotaClient -n Kiota.Monolith -o "$work/kiota/client" --log-level Error
    cp "$here/KiotaWalk.cs" "$work/kiota/Program.cs"
    cat >"$work/kiota/walk.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.Kiota.Http.HttpClientLibrary" Version="2.1.6" />
    <PackageReference Include="Microsoft.Kiota.Serialization.Form" Version="2.1.6" />
    <PackageReference Include="Microsoft.Kiota.Serialization.Json" Version="2.1.6" />
    <PackageReference Include="Microsoft.Kiota.Serialization.Multipart" Version="2.1.6" />
    <PackageReference Include="Microsoft.Kiota.Serialization.Text" Version="2.1.6" />
  </ItemGroup>
</Project>
PROJECT
    dotnet build "$work/kiota" -v q --nologo
    finish kiota "$(dotnet "$work/kiota/bin/Debug/net10.0/walk.dll" "$address" "$license")"
}

hey-api() {
    start hey-api
    mkdir "$work/hey-api"
    cd "$work/hey-api"
    echo '{"private":true}' >package.json
    npm install --ignore-scripts --no-audit --no-fund --save-exact @hey-api/openapi-ts@0.95.0 typescript@5.9.3 >/dev/null
    npx openapi-ts -i "$work/v2.json" -o client -c @hey-api/client-fetch
    cp "$here/HeyApiWalk.ts" walk.ts
    # Node wants the ends of file names in modules, which a bundler would add: CommonJS does without.
    cat >tsconfig.json <<'CONFIG'
{ "compilerOptions": { "strict": true, "noUncheckedIndexedAccess": true, "target": "es2022", "module": "commonjs", "moduleResolution": "node10",
  "lib": ["es2022", "dom", "dom.iterable"], "types": [], "outDir": "out" }, "files": ["walk.ts"] }
CONFIG
    npx tsc --project .
    finish hey-api "$(node out/walk.js "$address" "$license")"
    cd "$root"
}

for generator in "${@:-kiota hey-api}"; do
    for one in $generator; do "$one"; done
done

#!/bin/sh
# What Maven calls: `npm.sh install|check|test|build`. Each step does nothing when its outcome is there already.
set -eu
cd "$(dirname "$0")/.."

STAMP=node_modules/.installed-package-lock.json

need_node() {
    found=$(node --version 2>/dev/null || echo none)
    if ! command -v npm >/dev/null 2>&1 || ! node -e '
        const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1);' 2>/dev/null; then
        echo "web-ui needs Node 20.19 or newer with npm (found: $found). Install it from https://nodejs.org or your distribution, or build without the UI: ./mvnw -pl '!web-ui' …" >&2
        exit 1
    fi
}

install() {
    if ! cmp -s package-lock.json "$STAMP"; then
        npm ci --no-progress --loglevel=error
        cp package-lock.json "$STAMP"
    fi
}

is_built() {
    [ -f dist/index.html ] && [ -f dist/console/index.html ] && [ -z "$(find src public scripts index.html console package-lock.json vite.config.ts -newer dist/index.html | head -n 1)" ]
}

need_node
case "${1-}" in
install) install ;;
check | test) npm run --silent "$1" ;;
build) is_built || npm run --silent build ;;
*)
    echo "usage: npm.sh install|check|test|build" >&2
    exit 2
    ;;
esac

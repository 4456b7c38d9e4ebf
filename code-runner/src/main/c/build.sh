#!/bin/sh
# build.sh DIRECTORY: compiles the sandbox launcher into DIRECTORY unless it is newer than its sources: as a program, and
# as a library for interpreters that fork.
# Without a C compiler it says so and succeeds: the runner then refuses to start, and its tests skip by name.
set -eu
sources=$(dirname "$0")
target=$1/sandbox-launcher-$(uname -m)
compiler=${CC:-cc}

if [ "$(uname -s)" != Linux ]; then
  echo "code-runner: the sandbox needs Linux; functions cannot run on this machine" >&2
  exit 0
fi
if ! command -v "$compiler" >/dev/null 2>&1; then
  echo "code-runner: no C compiler ($compiler): install one (Debian: apt-get install gcc libc6-dev) to run functions" >&2
  exit 0
fi
if [ -x "$target" ] && [ -x "$target.so" ] && [ -z "$(find "$sources" -newer "$target" -type f)" ]; then
  exit 0
fi
mkdir -p "$1"
build() {
  output=$1
  shift
  "$compiler" -std=c17 -O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong -Wall -Wextra -Werror -o "$output.new" "$@" \
    "$sources/launcher.c" "$sources/child.c" "$sources/namespaces.c" "$sources/sandbox.c" "$sources/filter.c"
  mv "$output.new" "$output"
}
build "$target.so" -shared -fPIC
# Static where the C library allows it: starts faster, and runs on whatever C library the image has.
build "$target" -static "$sources/main.c" 2>/dev/null || build "$target" "$sources/main.c"

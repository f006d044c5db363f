#!/bin/sh
# Static analysis of the C code and the scripts, each tool after the other.
#
#   LANGUAGE='-std=c17 ...' tests/lint_code.sh
set -u

sources=$(find src tests -name '*.c' | LC_ALL=C sort)
headers=$(find src tests -name '*.h' | LC_ALL=C sort)
scripts=$(find tests .ci -name '*.sh' -o -path .ci/run | LC_ALL=C sort)
flags="${LANGUAGE:?} $(pkg-config --cflags yaml-0.1 jansson libidn2 ldns check)"

failures=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# lint NAME COMMAND...: one line where there is nothing to say.
lint() {
    name=$1
    shift
    if "$@" >"$log" 2>&1; then
        echo "ok   $name"
    else
        failures=$((failures + 1))
        echo "FAIL $name"
        sed 's/^/    /' "$log"
    fi
}

# One file a time: given several, clang-tidy 14 takes a va_list that was set in
# one for unset in the next.
tidy() {
    echo "$sources" | xargs -P "$(nproc)" -I '{}' \
        sh -c "clang-tidy --quiet {} -- $flags"
}

# shellcheck disable=SC2086 # lists of files
{
    lint clang-format clang-format --dry-run -Werror $sources $headers
    lint clang-tidy tidy
    lint cppcheck cppcheck --quiet --std=c11 --language=c -j "$(nproc)" \
        --enable=warning,style,performance,portability --inline-suppr \
        --suppressions-list=.cppcheck-suppressions --error-exitcode=1 \
        --template=gcc -D_GNU_SOURCE -Isrc $sources
    lint shellcheck shellcheck $scripts
}

if [ "$failures" -gt 0 ]; then
    echo "lint-code: $failures of 4 tools complain;" \
        "'make deps-lint' installs those that are not there"
    exit 1
fi

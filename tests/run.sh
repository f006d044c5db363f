#!/bin/sh
# Runs the test programs that it is given and adds up what they say.
#
#   tests/run.sh build/release/unit/check_arena ... tests/test_cli.sh ...
#
# A unit program ends with libcheck's line "100%: Checks: 12, Failures: 0,
# Errors: 0".  A script prints a line for each test, "ok - name", "not ok -
# name" or "ok - name # SKIP reason", and may say "1..0 # SKIP reason" for all
# of it.  Whatever ends without its lines, or whose exit status does not fit
# them, counts as a failure of its own.
#
# WRAPPER in the environment is put before each unit program: valgrind, say.
set -u

scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
mkdir "$scratch/tmp"
export TMPDIR="$scratch/tmp"
export CK_VERBOSITY=normal
export CK_DEFAULT_TIMEOUT="${CK_DEFAULT_TIMEOUT:-60}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"
log=$scratch/log

unit_checks=0 script_tests=0 skipped=0 failures=0

fail() {
    failures=$((failures + $1))
    sed 's/^/    /' "$log"
}

run_unit() {
    # shellcheck disable=SC2086 # a command and its options
    ${WRAPPER:-} "$1" >"$log" 2>&1
    status=$?
    summary=$(sed -n 's/^[0-9]*%: Checks: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\)$/\1 \2 \3/p' "$log")
    # shellcheck disable=SC2086 # three numbers, or nothing
    set -- "$1" $summary
    if [ $# -ne 4 ] || [ "$2" -eq 0 ]; then
        echo "FAIL ${1##*/}: ended with status $status and no tests counted"
        fail 1
        return
    fi
    unit_checks=$((unit_checks + $2))
    bad=$(($3 + $4))
    if [ "$bad" -gt 0 ]; then
        echo "FAIL ${1##*/}: $bad of $2"
        fail "$bad"
    elif [ "$status" -ne 0 ]; then
        echo "FAIL ${1##*/}: no test failed, but it ended with status $status"
        fail 1
    else
        echo "ok   ${1##*/}: $2"
    fi
}

run_script() {
    "$1" >"$log" 2>&1
    status=$?
    skips=$(grep -Ec '^(ok|1\.\.0)\b.*# SKIP' "$log")
    good=$(grep -c '^ok\b' "$log")
    bad=$(grep -c '^not ok\b' "$log")
    good=$((good - $(grep -c '^ok\b.*# SKIP' "$log")))
    script_tests=$((script_tests + good + bad))
    skipped=$((skipped + skips))
    if [ "$bad" -gt 0 ]; then
        echo "FAIL ${1##*/}: $bad of $((good + bad))"
        fail "$bad"
    elif [ "$status" -ne 0 ] || [ $((good + skips)) -eq 0 ]; then
        echo "FAIL ${1##*/}: ended with status $status after $good tests"
        fail 1
    else
        echo "ok   ${1##*/}: $good"
        sed -n 's/.*# SKIP/    skipped: &/p' "$log" | sed 's/: ok - /: /'
    fi
}

for program; do
    case $program in
    *.sh) run_script "$program" ;;
    *) run_unit "$program" ;;
    esac
done

echo "$unit_checks unit checks, $script_tests script tests," \
    "$skipped skipped, $failures failures"
[ "$failures" -eq 0 ]

#!/bin/sh
# Runs fuzzers side by side for some seconds.
#
#   tests/fuzz/run.sh 60 build/fuzz/fuzz_topology ... -- tests/topology ...
#
# Behind the -- stand directories of seeds.  What a fuzzer finds of interest
# is kept beside it in corpus/, for the next run; an input that breaks it is
# left there as NAME-crash-..., NAME-leak-... or NAME-timeout-....
set -u

seconds=$1
shift
programs=
while [ $# -gt 0 ] && [ "$1" != -- ]; do
    programs="$programs $1"
    shift
done
[ $# -eq 0 ] || shift

start() {
    program=$1
    shift
    corpus=${program%/*}/corpus/${program##*/}
    dictionary=tests/fuzz/${program##*/}.dict
    [ -e "$dictionary" ] && set -- -dict="$dictionary" "$@"
    mkdir -p "$corpus"
    exec "$program" -max_total_time="$seconds" -timeout=20 \
        -print_final_stats=1 -verbosity=0 -artifact_prefix="$program-" \
        "$corpus" "$@" >"$program.log" 2>&1
}

running=
stop() {
    for one in $running; do
        kill "${one%%:*}" 2>/dev/null
    done
    exit 130
}
trap stop INT TERM

for program in $programs; do
    start "$program" "$@" &
    running="$running $!:$program"
done

failures=0
for one in $running; do
    program=${one#*:}
    if wait "${one%%:*}"; then
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$program.log")
        echo "ok   ${program##*/}: $runs runs in $seconds s"
    else
        failures=$((failures + 1))
        echo "FAIL ${program##*/}"
        tail -n 60 "$program.log" | sed 's/^/    /'
    fi
done
[ "$failures" -eq 0 ]

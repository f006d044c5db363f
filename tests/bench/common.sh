# shellcheck shell=bash
# Sourced by the benchmarks: where things are, and how figures are taken and
# shown.  They run in the project's directory.
set -u
export LC_ALL=C

# shellcheck disable=SC2034 # used by those who source this
rounds=${ROUNDS:-5}
project=$PWD
ocszone=$(realpath "${OCSZONE:?names the program}")
bench=$(realpath "${BENCH:?names the directory of the programs}")
PATH=$bench:${ocszone%/*}:$project/tests/bench:$PATH:/usr/sbin

die() {
    echo "bench: $*" >&2
    exit 1
}

have() {
    command -v "$1" >/dev/null
}

# name_absent PROGRAM...
name_absent() {
    local program absent=
    for program; do
        have "$program" || absent+=" $program,"
    done
    [ -z "$absent" ] ||
        echo "left out, not installed:${absent%,} (see 'make deps-bench')"
}

# median COLUMN FILE
median() {
    sort -n -k "$1,$1" "$2" |
        awk -v column="$1" '
            { value[NR] = $column }
            END {
                half = int((NR + 1) / 2)
                print (value[half] + value[NR + 1 - half]) / 2
            }'
}

# judge TEXT NUMBER GOAL
judge() {
    local verdict=met
    [ "$2" -le "$3" ] || verdict=missed
    printf '%-36s %9d %8d %8s\n' "$1" "$2" "$3" "$verdict"
}

# judge_ratio TEXT NUMBER BY GOAL: what NUMBER is, divided by BY.
judge_ratio() {
    awk -v text="$1" -v number="$2" -v by="$3" -v goal="$4" 'BEGIN {
        ratio = number / by
        printf "%-36s %9.2f %8.2f %8s\n", text, ratio, goal,
            ratio <= goal ? "met" : "missed"
    }'
}

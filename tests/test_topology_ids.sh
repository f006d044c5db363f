#!/bin/sh
# Holds the messages about topologies and their examples in tests/topology
# together: what can be reported is shown there, and what is shown exists.
set -u
export LC_ALL=C

# Whoever can speak of a topology.  Catalogues have tests of their own; their
# reader speaks of a topology only where it names no catalogue.
sources="src/base/utf8.c src/base/yaml_*.c src/topology/*.c src/plan/*.c"
product_id=unknown-product

# ID REASON, for each id that no topology can bring about.
exceptions() {
    cat <<'END'
alias-target-has-no-address needs a catalogue that plans an alias to nothing
cannot-read tells of a file of templates: see tests/test_generate.sh
zone-too-large is a bound of ours
END
}

# result NAME FAULTS: a test passes when there is no fault to show.
failures=0
result() {
    if [ -z "$2" ]; then
        echo "ok - $1"
    else
        failures=$((failures + 1))
        echo "not ok - $1"
        echo "$2" | sed 's/^/#   /'
    fi
}

# The id is the first text of a call, in a line of its own or not.
ids_in() {
    cat "$@" | tr '\n' ' ' |
        grep -oE '\b(diag_(error|warning|info)|fail_name)\([^;"]*"[a-z0-9-]+"' |
        sed 's/.*"\(.*\)"/\1/' | sort -u
}

# shellcheck disable=SC2086 # patterns of files
sources=$(find $sources ! -name catalogue.c)
# shellcheck disable=SC2086 # names of files
known=$({ ids_in $sources; echo "$product_id"; } | sort -u)
shown=$(cat tests/topology/*.want | awk '$3 { print $3 }' | sort -u)

not_in() {
    echo "$1" | while read -r id; do
        echo "$2" | grep -qx -- "$id" || echo "$id"
    done
}

excepted=$(exceptions | sed 's/ .*//')
result 'each message has an example' "$(not_in "$known" "$shown
$excepted")"
# A topology names files with records, which speak for themselves.
read=$(ids_in src/base/file.c src/dns/*.c)
result 'each example shows a message that exists' "$(not_in "$shown" "$known
$read")"
result 'no exception has an example after all' \
    "$(exceptions | while read -r id _; do
        echo "$shown" | grep -x -- "$id"
    done)"
result 'each exception exists' "$(not_in "$excepted" "$known")"
result 'messages are found in the sources' \
    "$([ "$(echo "$known" | wc -l)" -gt 60 ] || echo "$known")"
result 'the reader of catalogues names the product' \
    "$(ids_in src/plan/catalogue.c | grep -qx "$product_id" ||
        echo "$product_id is gone")"

[ "$failures" -eq 0 ]

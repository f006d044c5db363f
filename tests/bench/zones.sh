#!/bin/bash
# Measures how zones are read, by this program and by its peers, side by side.
#
#   OCSZONE=build/ocszone BENCH=build/release/bench tests/bench/zones.sh
#
# BENCH holds the programs of this folder and gets the input, which is made
# once, and the results.  README.md beside this file tells how to read them.
# shellcheck source=tests/bench/common.sh
. tests/bench/common.sh

zones=${ZONES:-10000}
records=${RECORDS:-1000000}
# A process for each zone takes as long for the next one: some are enough.
sample=250
# Instructions do not vary, so a part is enough here, too.
counted_zones=1000
counted_records=100000
most_a_zone=20000
most_a_record=1600

input=$bench/input
results=$bench/results

# What is measured: a group, a name, a command that runs in the directory of
# the input.  In the group "each" it runs for one zone after the other.
commands() {
    cat <<'END'
zones|ocszone, all in one process|bench_zone_file -f small/zones.list
zones|named-checkconf -z|named-checkconf -z small/named.conf
each|ocszone canon, one process each|ocszone canon %f
each|named-checkzone, the same|named-checkzone %z %f
each|kzonecheck, the same|kzonecheck -o %z %f
each|nsd-checkzone, the same|nsd-checkzone %z %f
each|ldns-read-zone, the same|ldns-read-zone %f
each|validns, the same|validns %f
big|ocszone|bench_zone_file big.zone
big|ocszone canon|ocszone canon --origin big.example big.zone
big|named-checkzone -i none|named-checkzone -i none big.example big.zone
big|kzonecheck|kzonecheck -o big.example big.zone
big|nsd-checkzone|nsd-checkzone big.example big.zone
big|ldns-read-zone|ldns-read-zone big.zone
big|validns|validns big.zone
END
}

make_input() {
    local made="$zones zones, $records records"
    local maker=$project/tests/bench/make_zones.sh
    if [ "$input/made" -nt "$maker" ] && [ "$(<"$input/made")" = "$made" ]; then
        return
    fi
    echo "making the input: $made"
    rm -rf "$input"
    mkdir -p "$input" && cd "$input" || return
    "$maker" small "$zones" small &&
        "$maker" big "$records" big.zone &&
        head -n "$sample" small/zones.list >sample.list &&
        echo "$made" >made
}

# check WANTED ARGUMENT...: who reads less is faster, but not better.
check() {
    local wanted=$1 got
    shift
    got=$(bench_zone_file "$@")
    [ "$got" = "$wanted" ] ||
        die "bench_zone_file $*: not '$wanted' but '$got'"
}

# measure_one FILE GROUP COMMAND: a line more in FILE, or FILE.failed.
measure_one() {
    local list=
    [ "$2" != each ] || list='-f sample.list'
    # shellcheck disable=SC2086 # words, by intention
    measure $list $3 >>"$1" 2>"$1.err" || touch "$1.failed"
}

measure_all() {
    local group name command round
    rm -rf "$results"
    mkdir -p "$results"
    for ((round = 0; round < rounds; round++)); do
        while IFS='|' read -r group name command; do
            have "${command%% *}" &&
                measure_one "$results/$group.$name" "$group" "$command"
        done < <(commands)
    done
}

# show GROUP FACTOR OURS: the rows of a group, times FACTOR, beside OURS.
show() {
    local group name command file
    while IFS='|' read -r group name command; do
        file=$results/$group.$name
        if [ "$group" != "$1" ] || ! [ -e "$file" ]; then
            continue
        elif [ -e "$file.failed" ]; then
            printf '%-36s failed: %s\n' "$name" "$(head -n 1 "$file.err")"
        else
            awk -v name="$name" -v cpu="$(median 1 "$file")" \
                -v memory="$(median 2 "$file")" -v factor="$2" -v ours="$3" '
                BEGIN { printf "%-36s %9.3f %8.2f %8.1f\n", name,
                        cpu * factor, cpu * factor / ours, memory }'
        fi
    done < <(commands)
}

# title TEXT
title() {
    printf '\n%-36s %9s %8s %8s\n' "$1" 'CPU s' ratio 'peak MB'
}

show_all() {
    local ours
    echo "medians of $rounds rounds; ratio: CPU time by that of the first row"
    title "$zones zones of 12 records"
    ours=$(median 1 "$results/zones.ocszone, all in one process")
    show zones 1 "$ours"
    show each "$((zones / sample))" "$ours"
    echo "(one process each: measured with $sample zones, times" \
        "$((zones / sample)))"
    title "one zone of $records records"
    show big 1 "$(median 1 "$results/big.ocszone")"
}

# count NAME ARGUMENT...: instructions of bench_zone_file; what they were
# spent on stays in the results, for callgrind_annotate.
count() {
    local file=$results/callgrind.$1
    shift
    valgrind --tool=callgrind --callgrind-out-file="$file" \
        "$bench/bench_zone_file" "$@" >"$file.log" 2>&1 ||
        die "valgrind: $(tail -n 1 "$file.log")"
    sed -n 's/^totals: //p' "$file"
}

# parsing NAME: those of them from text to wire form, and its parts of libc.
parsing() {
    callgrind_annotate --threshold=100 "$results/callgrind.$1" |
        grep -E '^ *[0-9,]+ .*(src/dns/(zone_(plain|lexer|rdata|directives)|name|record|escape)\.|inet_pton|strcspn|memchr)' |
        awk '{ gsub(",", "", $1); sum += $1 } END { print sum + 0 }'
}

count_all() {
    local first second checked none some
    head -n "$counted_zones" small/zones.list >"$results/first.list"
    head -n $((2 * counted_zones)) small/zones.list >"$results/second.list"
    # The directives are two lines, each record but these one.
    head -n $((counted_records + 2)) big.zone >"$results/part.zone"
    check "1 zones, $counted_records records, 0 with errors" \
        "$results/part.zone"
    first=$(count zones-first -r -f "$results/first.list") &&
        second=$(count zones-second -r -f "$results/second.list") &&
        checked=$(count zones-checked -f "$results/second.list") &&
        none=$(count none) &&
        some=$(count part -r "$results/part.zone") || exit
    printf '\n%-36s %9s %8s\n' 'instructions' '' goal
    judge 'a zone of 12 records: parsing' \
        $((($(parsing zones-second) - $(parsing zones-first)) / counted_zones)) \
        "$most_a_zone"
    judge 'all of reading it' $(((second - first) / counted_zones)) \
        "$most_a_zone"
    judge 'a record of the big zone: parsing' \
        $((($(parsing part) - $(parsing none)) / counted_records)) \
        "$most_a_record"
    judge 'all of reading it' $(((some - none) / counted_records)) \
        "$most_a_record"
    printf '%-36s %9d\n' 'checking a zone of 12 records' \
        $(((checked - second) / (2 * counted_zones)))
    echo "(of $counted_zones zones, and of the first $counted_records records)"
}

if [ "$zones" -lt $((2 * counted_zones)) ] ||
    [ $((zones % sample)) -ne 0 ]; then
    die "ZONES: $((2 * counted_zones)) or more, a multiple of $sample"
fi
[ "$records" -ge "$counted_records" ] || die "RECORDS: $counted_records or more"
make_input || die 'the input could not be made'
cd "$input" || exit
check "$zones zones, $((12 * zones)) records, 0 with errors" \
    -f small/zones.list
check "1 zones, $records records, 0 with errors" big.zone
# shellcheck disable=SC2046 # words, by intention
name_absent $(commands | cut -d '|' -f 3 | cut -d ' ' -f 1 | sort -u) valgrind
measure_all
show_all
! have valgrind || count_all

#!/bin/bash
# Measures how zones are generated, by this program and beside its peers.
#
#   OCSZONE=build/ocszone BENCH=build/release/bench tests/bench/generate.sh
#
# BENCH holds the programs of this folder and gets what is written, which goes
# away in the end, and the results.  README.md beside this file tells how to
# read them.
# shellcheck source=tests/bench/common.sh
. tests/bench/common.sh

# Topologies with so many SIP domains each.
sizes=${DOMAINS:-1000 10000}
# Instructions and system calls hardly vary: differences are taken between
# these two.
counted=1000
most_cpu=1.5 most_cpu_unchanged=0.4 most_cpu_scripted=0.2 most_wall=2.5
most_growth=11.5
most_topology=36000 most_rest=42000
most_calls_new=4 most_calls_unchanged=3

results=$bench/results.generate
work=$bench/generate

# What is measured for each size: a name, and a command that runs in the
# directory of that size, {} being a directory that is not there yet.
commands() {
    cat <<'END'
ocszone generate, new tree|ocszone -q generate a.yaml -o {}
ocszone generate, nothing changed|ocszone -q generate a.yaml -o tree
ocszone generate, one zone changed|ocszone -q generate b.yaml -o other
cp -r|cp -r tree {}
Jinja2 and PyYAML, new tree|generate.py a.yaml {}
named-checkconf -z|named-checkconf -z tree/named.conf
END
}

have_peer() {
    case $1 in
    generate.py) python3 -c 'import jinja2, yaml; yaml.CSafeLoader' 2>/dev/null ;;
    *) have "$1" ;;
    esac
}

# make_input SIZE: topologies, and the trees that are there already.
make_input() {
    mkdir -p "$work/$1" && cd "$work/$1" || return
    make_topology.sh "$1" >a.yaml
    # One SIP domain less that allows TCP: one record.
    awk '/tcp: true/ && !done++ { next } { print }' a.yaml >b.yaml
    ocszone -q generate a.yaml -o tree 2>warnings &&
        cp -r tree other
}

# measure_one FILE COMMAND DIRECTORY: a line more in FILE, or FILE.failed.
# named's paths are relative to where it runs.
measure_one() {
    local command=${2//\{\}/$3} directory=.
    [ "${command%% *}" != named-checkconf ] || directory=tree
    # shellcheck disable=SC2086 # words, by intention
    (cd "$directory" && measure ${command//tree\/named/named}) \
        >>"$1" 2>"$1.err" || touch "$1.failed"
}

# measure_size SIZE: every round into directories of its own: to remove a tree
# and to make it again in its place would measure the file system.
measure_size() {
    local name command round
    for ((round = 0; round < rounds; round++)); do
        # A new tree is synced: it is not to wait for what others have written.
        sync
        while IFS='|' read -r name command; do
            ! have_peer "${command%% *}" ||
                measure_one "$results/$1.$name" "$command" \
                    "new.$round.${command%% *}"
        done < <(commands)
        ocszone -q generate a.yaml -o other 2>>warnings
    done
}

# same_bytes SIZE: what the peers write.
same_bytes() {
    local tree
    for tree in new.0.*; do
        diff -rq tree "$tree" >"$results/$1.difference" ||
            echo "($tree is another tree: $results/$1.difference)"
    done
}

# figure SIZE NAME COLUMN: the median, nothing where there is none.
figure() {
    ! [ -e "$results/$1.$2" ] || [ -e "$results/$1.$2.failed" ] ||
        median "$3" "$results/$1.$2"
}

show_size() {
    local name file base
    base=$(figure "$1" 'cp -r' 1)
    printf '\n%-36s %9s %9s %8s %8s\n' "$1 SIP domains" 'CPU s' 'wall s' \
        ratio 'peak MB'
    while IFS='|' read -r name _; do
        file=$results/$1.$name
        if [ -e "$file.failed" ]; then
            printf '%-36s failed: %s\n' "$name" "$(head -n 1 "$file.err")"
        elif [ -e "$file" ]; then
            awk -v name="$name" -v cpu="$(median 1 "$file")" -v base="$base" \
                -v memory="$(median 2 "$file")" -v wall="$(median 3 "$file")" '
                BEGIN { printf "%-36s %9.3f %9.3f %8.2f %8.1f\n", name, cpu,
                        wall, cpu / base, memory }'
        fi
    done < <(commands)
}

judge_size() {
    local copy fresh again script
    copy=$(figure "$1" 'cp -r' 1)
    fresh=$(figure "$1" 'ocszone generate, new tree' 1)
    again=$(figure "$1" 'ocszone generate, nothing changed' 1)
    script=$(figure "$1" 'Jinja2 and PyYAML, new tree' 1)
    printf '\n%-36s %9s %8s\n' "$1 SIP domains" ratio goal
    judge_ratio 'new tree: CPU by cp -r' "$fresh" "$copy" "$most_cpu"
    judge_ratio 'new tree: wall by cp -r' \
        "$(figure "$1" 'ocszone generate, new tree' 3)" \
        "$(figure "$1" 'cp -r' 3)" "$most_wall"
    judge_ratio 'nothing changed: CPU by cp -r' "$again" "$copy" \
        "$most_cpu_unchanged"
    [ -z "$script" ] ||
        judge_ratio 'new tree: CPU by Jinja2' "$fresh" "$script" \
            "$most_cpu_scripted"
}

# judge_growth SIZE LAST: ten times as many may take a little more than ten
# times as long.
judge_growth() {
    local name
    [ "$2" -eq $(($1 / 10)) ] || return
    for name in 'new tree' 'nothing changed'; do
        judge_ratio "$name: CPU by that of $2" \
            "$(figure "$1" "ocszone generate, $name" 1)" \
            "$(figure "$2" "ocszone generate, $name" 1)" "$most_growth"
    done
}

# cost FILE FUNCTION: instructions of a function and all it calls.
cost() {
    callgrind_annotate --inclusive=yes --threshold=100 "$1" |
        awk -v name=":$2" '
            index($0, name " ") {
                gsub(",", "", $1); print $1; exit
            }'
}

# count SIZE: instructions of all and of reading the topology; what they were
# spent on stays in the results, for callgrind_annotate.
count() {
    local file=$results/callgrind.$1
    make_topology.sh "$1" >counted.yaml
    valgrind --tool=callgrind --callgrind-out-file="$file" \
        "$ocszone" -q generate counted.yaml -o "counted.$1" \
        >"$file.log" 2>&1 || die "valgrind: $(tail -n 1 "$file.log")"
    echo "$(sed -n 's/^totals: //p' "$file")" \
        "$(cost "$file" topology_load)" "$(cost "$file" yaml_parser_parse)"
}

count_all() {
    local less more topology
    read -ra less < <(count "$counted")
    read -ra more < <(count $((2 * counted)))
    topology=$(((more[1] - less[1]) / counted))
    printf '\n%-36s %9s %8s\n' 'instructions per SIP domain' '' goal
    judge 'reading the topology' "$topology" "$most_topology"
    judge 'planning and writing' \
        $(((more[0] - less[0]) / counted - topology)) "$most_rest"
    printf '%-36s %9d\n' '(of reading: libyaml)' \
        $(((more[2] - less[2]) / counted))
}

# calls SIZE DIRECTORY: system calls of a run.
calls() {
    make_topology.sh "$1" >counted.yaml
    strace -f -c -U calls,name -o calls "$ocszone" -q generate counted.yaml \
        -o "$2" 2>>warnings || die 'strace failed'
    awk '$NF == "total" { print $1 }' calls
}

# judge_calls TEXT GOAL DIRECTORY
judge_calls() {
    local less more
    less=$(calls "$counted" "$3.$counted") &&
        more=$(calls $((2 * counted)) "$3.$((2 * counted))") || exit
    judge "$1" $(((more - less) / counted)) "$2"
}

judge_all_calls() {
    printf '\n%-36s %9s %8s\n' 'system calls per file' '' goal
    judge_calls 'new tree' "$most_calls_new" traced
    judge_calls 'nothing changed' "$most_calls_unchanged" traced
}

rm -rf "$results" "$work"
mkdir -p "$results" "$work"
trap 'rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM
name_absent named-checkconf valgrind strace
have_peer generate.py || echo "left out, not installed: Jinja2 or PyYAML"
echo "medians of $rounds rounds; ratio: CPU time by that of cp -r"
last=0
for size in $sizes; do
    make_input "$size" || die "the input of $size SIP domains failed"
    measure_size "$size"
    same_bytes "$size"
    show_size "$size"
    judge_size "$size"
    judge_growth "$size" "$last"
    last=$size
    cd "$work" && rm -rf "${work:?}/$size"
done
! have valgrind || count_all
! have strace || judge_all_calls

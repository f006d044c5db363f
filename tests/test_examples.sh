#!/bin/bash
# The worked examples: what stands beside each topology is what follows from
# it, and BIND's own checks have nothing to say against it.
. tests/script.sh

# what_follows EXAMPLE DIRECTORY: as `make zones` does it.
what_follows() {
    "$OCSZONE" generate --serial=1 "$1/topology.yaml" -o "$2" \
        2>"$scratch/messages" >"$scratch/log" &&
        "$OCSZONE" explain "$1/topology.yaml" >"$2/explain.txt" || return
    ! [ -s "$scratch/messages" ] || cp "$scratch/messages" "$2/messages.txt"
}

is_what_follows() {
    what_follows "$1" "$2" >&2 || echo "ended with status $?"
    diff -r --exclude=topology.yaml "$1" "$2"
}

# All that BIND says of a zone that it likes.
named_takes_configuration() {
    (cd "$1" && named-checkconf -z named.conf) >"$scratch/log" 2>&1 ||
        echo "ended with status $?"
    grep -vE '^zone [^ ]*/IN: loaded serial 1$' "$scratch/log"
    [ "$(grep -c . "$scratch/log")" -eq "$(find "$1" -name "*.zone" | wc -l)" ] ||
        echo 'not every zone was loaded'
}

# zones_each COMMAND DIRECTORY: runs the command with VIEW, ZONE and FILE for
# each zone.
zones_each() {
    local file name
    for file in "$2"/*/*.zone; do
        name=${file##*/}
        "$1" "$(basename "${file%/*}")" "${name%.zone}" "$file"
    done
}

# Without a network: targets outside of the zone are not looked up.
zone_is_clean() {
    named-checkzone -i local -k fail -m fail -M fail -n fail -r fail \
        -S fail -T warn -W warn "$2" "$3" 2>&1 |
        diff - <(printf 'zone %s/IN: loaded serial 1\nOK\n' "$2") ||
        echo "# in $3"
}

zone_records() {
    named-compilezone -q -i none -s full -o - "$2" "$3" |
        awk -v zone="$1/$2" '$4 != "SOA" { $1 = $1; print zone, $0 }'
}

holds_the_plan() {
    "$OCSZONE" explain --quiet --format=json "$1/topology.yaml" | jq -r \
        '.records[] | select(.zone) | "\(.view)/\(.zone) \(.owner). \(.ttl) IN \(.type) \(.data)"' |
        sort >"$scratch/plan"
    [ -s "$scratch/plan" ] || echo 'nothing is planned'
    zones_each zone_records "$2" | sort | diff "$scratch/plan" -
}

for topology in zones/*/topology.yaml; do
    example=${topology%/topology.yaml}
    name=${example##*/}
    made=$scratch/$name
    try "$name: all files are what \`make zones\` makes" \
        is_what_follows "$example" "$made"
    try "$name: a second run makes the same" is_what_follows "$example" "$made"
    try "$name: named-checkconf takes it" named_takes_configuration "$made"
    try "$name: named-checkzone has nothing to say" \
        zones_each zone_is_clean "$made"
    try "$name: the zones hold what is planned, and nothing else" \
        holds_the_plan "$example" "$made"
done
end

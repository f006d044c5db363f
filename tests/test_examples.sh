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

# --- What an example is there to show ----------------------------------------

# shows EXAMPLE VIEW PATTERN LINE...: the records of a view that match, as
# OWNER TYPE DATA.
shows() {
    named_records "$1" "$2" | grep -E "$3" | sort |
        diff <(printf '%s\n' "${@:4}" | sort) -
}
named_records() {
    local file name
    for file in "zones/$1/$2"/*.zone; do
        name=${file##*/}
        named-compilezone -q -i none -s full -o - "${name%.zone}" "$file" |
            awk '{ $2 = $3 = ""; gsub(/  +/, " "); print }'
    done
}

try 'multi-region: there is one way in, and no second access edge' \
    shows multi-region external '^_|^sip' \
    '_sip._tls.fabrikam.com. SRV 0 0 443 sip.fabrikam.com.' \
    '_sipfederationtls._tcp.fabrikam.com. SRV 0 0 5061 sip.fabrikam.com.' \
    'sip.fabrikam.com. A 192.0.2.10'
try 'multi-region: media come in at each region' \
    shows multi-region external '^av' \
    'av.fabrikam.com. A 192.0.2.30' \
    'av-uk.fabrikam.com. A 198.51.100.30' \
    'av-au.fabrikam.com. A 198.51.100.130' \
    'av-sg.fabrikam.com. A 203.0.113.30'
try 'multi-region: inside, too, sign-ins begin at one place' \
    shows multi-region internal ' SRV ' \
    '_sipinternaltls._tcp.fabrikam.com. SRV 0 0 5061 sip.fabrikam.com.'
try 'single-address: the sign-in record has the port of the access edge' \
    shows single-address external ' SRV | 203\.0\.113\.25$' \
    '_sip._tls.litware.com. SRV 0 0 5061 sip.litware.com.' \
    '_sipfederationtls._tcp.litware.com. SRV 0 0 5061 sip.litware.com.' \
    'sip.litware.com. A 203.0.113.25' \
    'webconf.litware.com. A 203.0.113.25' \
    'av.litware.com. A 203.0.113.25'
try 'balanced: clients get VIPs, and members have their own addresses' \
    shows balanced internal '^(pool|fe|dir0?|lsedge)[0-9]*\.contoso\.net' \
    'pool01.contoso.net. A 10.45.16.10' \
    'fe01.contoso.net. A 10.45.16.11' \
    'fe02.contoso.net. A 10.45.16.12' \
    'fe03.contoso.net. A 10.45.16.13' \
    'dir.contoso.net. A 10.45.16.20' \
    'dir01.contoso.net. A 10.45.16.21' \
    'dir02.contoso.net. A 10.45.16.22' \
    'lsedge.contoso.net. A 172.25.33.10' \
    'lsedge1.contoso.net. A 172.25.33.11' \
    'lsedge2.contoso.net. A 172.25.33.12'
try 'mixed: phones of both generations find their updates' \
    shows mixed internal '^ucupdates.* A ' \
    'ucupdates.contoso.com. A 10.3.0.30' \
    'ucupdates-r2.contoso.com. A 10.1.0.10' \
    'ucupdates.corp.contoso.com. A 10.3.0.30' \
    'ucupdates-r2.corp.contoso.com. A 10.1.0.10'

whole_zones() {
    find zones/pinpoint/internal -name '*.zone' | sed 's|.*/||; s|\.zone$||' |
        grep -xE '(ad\.)?litwareinc\.com'
}
try 'pinpoint: no zone inside has the name of a domain' whole_zones
end

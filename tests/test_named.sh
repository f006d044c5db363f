#!/bin/bash
# Asks a real name server for everything that is planned.
. tests/script.sh
. tests/named.sh

insider=127.0.0.2
outsider=127.0.0.1
serial=2026013101

# serve TOPOLOGY DIRECTORY: the zones, in views of a configuration that was
# there before, and what is planned, in DIRECTORY/plan.json.
serve() {
    mkdir "$2" &&
        "$OCSZONE" explain --quiet --format=json "$1" >"$2/plan.json" &&
        "$OCSZONE" generate --quiet --serial="$serial" \
            --zone-directory="$2/made" -o "$2/made" "$1" &&
        two_views "$2/made" >"$2/named.conf" && named_start "$2"
}

two_views() {
    echo 'controls { };'
    echo 'options { dnssec-validation no; recursion no; notify no;'
    named_options
    echo '};'
    echo "view internal { match-clients { $insider; };"
    ! [ -e "$1/internal" ] || echo "include \"$1/internal/zones.conf\";"
    echo '};'
    echo 'view external { match-clients { any; };'
    ! [ -e "$1/external" ] || echo "include \"$1/external/zones.conf\";"
    echo '};'
}

# Each view is asked for what is planned in any: what belongs to the other
# alone must not be answered.
answers_are() {
    local directory=$1 view=$2 client=$3
    jq -r '.records[] | "\(.owner) \(.type)"' "$directory/plan.json" |
        sort -u >"$directory/questions"
    jq -r --arg view "$view" '.records[] | select(.view == $view) |
        "\(.owner). \(.ttl) IN \(.type) \(.data)"' "$directory/plan.json" |
        sort -u >"$directory/wanted"
    named_ask "$client" "$directory/questions" | diff "$directory/wanted" -
}

# Every SRV record and alias of the view that leads into its zones leads to an
# address there.
targets_have_addresses() {
    local directory=$1 view=$2 client=$3 target
    jq -r --arg view "$view" '.records | map(select(.view == $view)) |
        (map(.zone) | unique) as $zones |
        map(select(.type == "SRV" or .type == "CNAME") | .data |
            split(" ") | last) | unique[] | . as $target |
        select(any($zones[]; . as $zone |
            "." + $target | endswith("." + $zone + ".")))' \
        "$directory/plan.json" >"$directory/targets"
    [ -s "$directory/targets" ] || echo "there are no targets"
    sed 's/$/ A/' "$directory/targets" >"$directory/questions"
    named_ask "$client" "$directory/questions" >"$directory/answers"
    while read -r target; do
        grep -q "^$target [0-9]* IN A " "$directory/answers" ||
            echo "$target has no address"
    done <"$directory/targets"
}

serials_are() {
    local directory=$1 view=$2 client=$3
    jq -r --arg view "$view" '[.records[] | select(.view == $view).zone] |
        unique[]' "$directory/plan.json" >"$directory/zones"
    sed 's/$/ SOA/' "$directory/zones" >"$directory/questions"
    named_ask "$client" "$directory/questions" |
        awk '{ print $1, $7 }' | sort |
        diff <(sed "s/\$/. $serial/" "$directory/zones" | sort) -
}

views_of() {
    jq -r '[.records[] | select(.zone).view] | unique[]' "$1/plan.json"
}

for topology in zones/*/topology.yaml; do
    name=$(basename "${topology%/*}")
    directory=$scratch/$name
    serve "$topology" "$directory" >"$scratch/log" 2>&1
    result "$name: named serves it" "$([ "$named_pid" ] || cat "$scratch/log")"
    [ "$named_pid" ] || continue
    try "$name: inside, everything planned is answered, and no more" \
        answers_are "$directory" internal "$insider"
    try "$name: outside, everything planned is answered, and no more" \
        answers_are "$directory" external "$outsider"
    for view in $(views_of "$directory"); do
        client=$outsider
        [ "$view" = external ] || client=$insider
        try "$name: $view targets have addresses" \
            targets_have_addresses "$directory" "$view" "$client"
        try "$name: $view zones have the serial that was said" \
            serials_are "$directory" "$view" "$client"
    done
    named_stop
done

# The configuration that is generated, with no more added than keeps the
# server to its place.
bare=$scratch/bare
sed "s|^networks:.*|networks: [$insider/32]|" zones/contoso/topology.yaml \
    >"$scratch/bare.yaml"
start_as_generated() {
    "$OCSZONE" generate --quiet -o "$bare" "$scratch/bare.yaml" &&
        "$OCSZONE" explain --quiet --format=json "$scratch/bare.yaml" \
            >"$bare/plan.json" &&
        sed -i '/^options {/r '<(named_options) "$bare/named.conf" &&
        echo 'controls { };' >>"$bare/named.conf" && named_start "$bare"
}
start_as_generated >"$scratch/log" 2>&1
result 'the generated named.conf starts' \
    "$([ "$named_pid" ] || cat "$scratch/log")"
try 'it shows the internal view to the networks of the topology' \
    answers_are "$bare" internal "$insider"
try 'it shows the external view to everybody else' \
    answers_are "$bare" external "$outsider"
named_stop

# A zone below a zone, both ours.  A server that has the parent alone shows
# what the parent says of its child.
cat >"$scratch/family.yaml" <<'END'
product: ocs2007
dns:
  nameservers: [ns1.litwareinc.com, ns2.eu.litwareinc.com]
  contact: hostmaster@litwareinc.com
  ttl: 30m
  hosts: {ns1.litwareinc.com: 192.0.2.1, ns2.eu.litwareinc.com: 192.0.2.2}
pools:
  - {fqdn: pool.litwareinc.com, edition: standard, address: 192.0.2.10}
sip_domains:
  - {name: litwareinc.com, sign_in: pool.litwareinc.com}
  - {name: eu.litwareinc.com, sign_in: pool.litwareinc.com}
END
family=$scratch/family
serve "$scratch/family.yaml" "$family" >"$scratch/log" 2>&1
result 'a parent and its child are served together' \
    "$([ "$named_pid" ] || cat "$scratch/log")"
try 'parent and child answer what is planned' \
    answers_are "$family" internal "$insider"
named_stop

checks_of_delegation() {
    local zone
    for zone in litwareinc.com eu.litwareinc.com; do
        named-checkzone -i local -n fail -k fail -r fail -S fail "$zone" \
            "$family/made/internal/$zone.zone" |
            diff - <(printf 'zone %s/IN: loaded serial %s\nOK\n' \
                "$zone" "$serial")
    done
}
try 'named-checkzone likes the delegation' checks_of_delegation

sed -i '/zone "eu\.litwareinc\.com"/,/^};/d' "$family/made/internal/zones.conf"
named_start "$family" >"$scratch/log" 2>&1
result 'the parent is served alone' \
    "$([ "$named_pid" ] || cat "$scratch/log")"
referral() {
    echo 'sip.eu.litwareinc.com A' >"$family/questions"
    # The other name server is no glue: some versions give its address as well.
    named_ask "$insider" "$family/questions" +authority +additional |
        grep -v "^ns1\.[^ ]* [0-9]* IN A " | diff - <(cat <<'END'
eu.litwareinc.com. 1800 IN NS ns1.litwareinc.com.
eu.litwareinc.com. 1800 IN NS ns2.eu.litwareinc.com.
ns2.eu.litwareinc.com. 1800 IN A 192.0.2.2
END
        )
}
try 'the parent refers to its child, with glue' referral
named_stop

end

#!/bin/bash
# What edges and reverse proxies look up: the hosts files that are written for
# them, and the zones where the perimeter has name servers.
. tests/script.sh
. tests/named.sh

# lookups FILE NAME: the addresses that a hosts file has for a name, as a
# resolver reads it: comments end lines, case does not matter.
lookups() {
    sed 's/#.*//' "$1" | awk -v name="$2" '{
        for (i = 2; i <= NF; i++)
            if (tolower($i) == tolower(name))
                print $1 }'
}

# hosts_of FILE: "ADDRESS NAME", sorted.
hosts_of() {
    sed 's/#.*//' "$1" | awk 'NF { for (i = 2; i <= NF; i++) print $1, $i }' |
        sort
}

# ---- the worked examples

holds_the_plan() {
    local machines machine
    machines=$(jq -r '[.records[].reasons[].machine // empty] | unique[]' \
        "$1/plan.json")
    for machine in $machines; do
        jq -r --arg machine "$machine" '.records[] |
            select(.view == "perimeter" and
                (.reasons | any(.machine == $machine))) |
            "\(.data) \(.owner)"' "$1/plan.json" | sort |
            diff - <(hosts_of "$1/perimeter/$machine.hosts")
    done
    # As many files, and none else.
    diff <(printf '%s\n' "$machines" | sed '/./s/$/.hosts/' | grep . | sort) \
        <([ ! -e "$1/perimeter" ] || ls "$1/perimeter")
}

# Each name leads where it leads inside.
agrees_with_the_inside() {
    local wrong
    wrong=$(jq -r '(.records | map(select(.view == "internal" and
            .type == "A") | {(.owner): .data}) | add) as $inside |
        .records[] | select(.view == "perimeter") |
        select($inside[.owner] != .data) | .owner' "$1/plan.json")
    [ -z "$wrong" ] || echo "another address: $wrong"
}

for topology in zones/*/topology.yaml; do
    name=$(basename "${topology%/*}")
    made=$scratch/$name
    "$OCSZONE" generate -q -o "$made" "$topology"
    "$OCSZONE" explain -q --format=json "$topology" >"$made/plan.json"
    try "$name: hosts files hold what is planned" holds_the_plan "$made"
    try "$name: names lead where they lead inside" \
        agrees_with_the_inside "$made"
done

# ---- a next hop can be reached

# An edge can hand on when its hosts file has one address for its next hop,
# and one for each server that may answer behind it.
cat >"$scratch/two.yaml" <<'END'
product: ocs2007r2
dns:
  nameservers: {internal: [ns1.isp.example], external: [ns1.isp.example]}
  contact: hostmaster@isp.example
sites: [here, there]
pools:
  - fqdn: pool.ad.example
    site: here
    edition: enterprise
    vip: 10.0.0.10
    front_ends:
      - {fqdn: fe1.ad.example, address: 10.0.0.11}
      - {fqdn: fe2.ad.example, address: 10.0.0.12}
  - {fqdn: se.there.example, site: there, edition: standard, address: 10.2.0.11}
directors:
  - fqdn: dir.ad.example
    site: here
    vip: 10.0.0.20
    servers:
      - {fqdn: dir1.ad.example, address: 10.0.0.21}
      - {fqdn: dir2.ad.example, address: 10.0.0.22}
edges:
  - internal: {fqdn: edge.dmz.example, vip: 172.16.0.5}
    site: here
    access: {fqdn: sip.contoso.com, vip: 192.0.2.10}
    servers:
      - {fqdn: e1.dmz.example, address: 172.16.0.6}
      - {fqdn: e2.dmz.example, address: 172.16.0.7}
  - internal: {fqdn: edge.there.example, address: 172.17.0.5}
    site: there
    access: {fqdn: sip.fabrikam.com, address: 198.51.100.10}
sip_domains:
  - {name: contoso.com, sign_in: dir.ad.example, external_sign_in: sip.contoso.com}
  - {name: fabrikam.com, sign_in: se.there.example, external_sign_in: sip.fabrikam.com}
END

two=$scratch/two
ocszone generate -o "$two" "$scratch/two.yaml"
result 'two sites are generated' "$(expect 0)"
result 'the summary counts the hosts files' \
    "$(grep -q ', 2 hosts files; ' "$scratch/out" || cat "$scratch/out")"

# answers MACHINE "NAME ADDRESS"...
answers() {
    local file=$two/perimeter/$1.hosts pair
    shift
    for pair; do
        [ "$(lookups "$file" "${pair% *}")" = "${pair#* }" ] ||
            echo "${pair% *}: $(lookups "$file" "${pair% *}")"
    done
    [ "$(hosts_of "$file" | wc -l)" -eq $# ] || hosts_of "$file"
}
try 'the edge of a site with Directors reaches them, and its pool' \
    answers edge.dmz.example 'dir.ad.example 10.0.0.20' \
    'dir1.ad.example 10.0.0.21' 'dir2.ad.example 10.0.0.22' \
    'fe1.ad.example 10.0.0.11' 'fe2.ad.example 10.0.0.12' \
    'edge.dmz.example 172.16.0.5' 'e1.dmz.example 172.16.0.6' \
    'e2.dmz.example 172.16.0.7'
try 'the edge of a site without Directors reaches its pool' \
    answers edge.there.example 'se.there.example 10.2.0.11' \
    'edge.there.example 172.17.0.5'

# ---- files

snapshot() { (cd "$two" && find . -type f -exec ls -l --full-time {} + | sort); }
snapshot >"$scratch/before"
ocszone generate -v -o "$two" "$scratch/two.yaml"
result 'a hosts file that would not change is not touched' \
    "$(expect 0; snapshot | diff "$scratch/before" -)"
result 'with --verbose each hosts file is told of' \
    "$(grep -qx 'perimeter/edge.dmz.example.hosts: 8 names, unchanged' \
        "$scratch/out" || cat "$scratch/out")"

echo '127.0.0.1 localhost' >"$two/perimeter/edge.there.example.hosts"
ocszone generate -o "$two" "$scratch/two.yaml"
result 'a hosts file of somebody else is not overwritten' \
    "$(expect 2 file-not-ours
    grep -qx '127.0.0.1 localhost' "$two/perimeter/edge.there.example.hosts" ||
        cat "$two/perimeter/edge.there.example.hosts")"
ocszone generate --force -o "$two" "$scratch/two.yaml"
result 'with --force it is' \
    "$(expect 0
    answers edge.there.example 'se.there.example 10.2.0.11' \
        'edge.there.example 172.17.0.5')"

# ---- name servers of the perimeter

sed 's/external: \[ns1.isp.example\]/&, perimeter: [ns.dmz.example]/' \
    "$scratch/two.yaml" >"$scratch/served.yaml"
served=$scratch/served
mkdir "$served"
ocszone generate --zone-directory="$served/made" -o "$served/made" \
    "$scratch/served.yaml"
result 'a perimeter with name servers is generated' "$(expect 0)"
ocszone generate -o "$scratch/plain" "$scratch/served.yaml"
result 'the other views and named.conf do not change with it' \
    "$(expect 0; diff -r --exclude=perimeter "$two" "$scratch/plain")"
result 'nor do the hosts files' \
    "$(diff -r --exclude='*.zone' --exclude=zones.conf "$two/perimeter" \
        "$scratch/plain/perimeter")"

"$OCSZONE" explain -q --format=json "$scratch/served.yaml" \
    >"$served/plan.json"
{
    echo 'controls { };'
    echo 'options { dnssec-validation no; recursion no; notify no;'
    named_options
    echo "}; include \"$served/made/perimeter/zones.conf\";"
} >"$served/named.conf"
named_start "$served" >"$scratch/log" 2>&1
result 'named serves the zones of the perimeter' \
    "$([ "$named_pid" ] || cat "$scratch/log")"

answers_the_hosts_files() {
    cat "$served/made/perimeter/"*.hosts >"$scratch/all.hosts"
    hosts_of "$scratch/all.hosts" | sort -u >"$scratch/hosts"
    sed 's/.* //; s/$/ A/' "$scratch/hosts" >"$scratch/questions"
    named_ask 127.0.0.1 "$scratch/questions" |
        awk '{ sub(/\.$/, "", $1); print $5, $1 }' | sort |
        diff "$scratch/hosts" -
}
try 'its zones answer what the hosts files answer' answers_the_hosts_files

# A name of ours that no machine asks for, the domain itself, and a stranger:
# that is for public DNS.
hides_nothing() {
    printf '%s A\n' pool.ad.example ad.example sip.contoso.com dmz.example \
        >"$scratch/questions"
    named_ask 127.0.0.1 "$scratch/questions"
    awk '{ print $1 }' "$scratch/questions" | while read -r name; do
        dig @127.0.0.1 -p "$named_port" "$name" +norecurse +noall +comments |
            grep -q 'status: REFUSED' || echo "$name is not refused"
    done
}
try 'and say nothing of other names' hides_nothing
named_stop

# The list must not go on to name zones that nobody keeps.
ocszone generate -o "$served/made" "$scratch/two.yaml"
result 'without name servers the list of zones is empty again' \
    "$(expect 0; grep -n '^zone' "$served/made/perimeter/zones.conf")"

end

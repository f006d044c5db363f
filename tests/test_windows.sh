#!/bin/bash
# Scripts for DNS servers of Windows, run against a model of such a server:
# tests/windows/ has it, and interpreters that refuse what they do not know.
. tests/script.sh

declare -A suffix=([dnscmd]=cmd [powershell]=ps1)

# scripts DIALECT TOPOLOGY NAME [OPTION...]: NAME.cmd and NAME-undo.cmd, say.
scripts() {
    local dialect=$1 topology=$2 base=$scratch/$3 end=${suffix[$1]}
    shift 3
    "$OCSZONE" generate -q --format="$dialect:$base.$end" \
        --format="$dialect-undo:$base-undo.$end" "$@" "$topology" 2>&1
}

# run STATUS SCRIPT BEFORE AFTER: states of the server, by name.
run() {
    perl tests/windows/run.pl "$scratch/$2" <"$scratch/$3" >"$scratch/$4" \
        2>"$scratch/log"
    status=$?
    [ "$status" -eq "$1" ] || { echo "$2: status $status"; cat "$scratch/log"; }
}
unchanged() {
    grep -qx 'changes: 0' "$scratch/log" || cat "$scratch/log"
}
same() { diff "$scratch/$1" "$scratch/$2"; }

: >"$scratch/nothing"

# Records of a state as ZONE OWNER TTL TYPE DATA, but for the server's own.
records_of() {
    awk '$1 != "zone" && $2 != "_ocszone" && $4 !~ /^(SOA|NS)$/ {
        $2 = $2 == "@" ? $1 : $2 "." $1
        print }' "$scratch/$1" | sort
}
# planned TOPOLOGY VIEW: the same of the plan.
planned() {
    "$OCSZONE" explain -q --format=json "$1" | jq -r --arg view "$2" \
        '.records[] | select(.view == $view and .type != "NS") |
        "\(.zone) \(.owner) \(.ttl) \(.type) \(.data)"' | sort
}

holds_the_plan() {
    planned "$2" "$3" >"$scratch/plan"
    [ -s "$scratch/plan" ] || echo 'nothing is planned'
    records_of "$1" | diff "$scratch/plan" -
}

# ---- the worked examples

# An Active Directory server: each whole zone is there, with records of others.
# A host has two addresses, which it registers itself.
busy_server() {
    local zone
    while read -r zone; do
        echo "zone $zone"
        echo "$zone @ 3600 SOA dc1.$zone. hostmaster.$zone. 7 900 600 86400 3600"
        echo "$zone @ 3600 NS dc1.$zone."
        echo "$zone @ [Aging:3570286] 600 A 192.0.2.1"
        echo "$zone _ldap._tcp 600 SRV 0 100 389 dc1.$zone."
        echo "$zone dc1 [Aging:3570286] 1200 A 192.0.2.1"
        echo "$zone dc1 [Aging:3570286] 1200 A 192.0.2.2"
        echo "$zone www 3600 CNAME web.example."
        echo "$zone sip 3600 MX 10 mail.example."
    done
    echo 'zone elsewhere.example'
    echo 'elsewhere.example @ 3600 NS dc1.elsewhere.example.'
}

on_an_empty_server() {
    run 0 "$example.$end" nothing "$example.one"
    holds_the_plan "$example.one" "$topology" internal
    run 0 "$example.$end" "$example.one" "$example.two"
    unchanged
    same "$example.one" "$example.two"
}
undone_to_nothing() {
    run 0 "$example-undo.$end" "$example.one" "$example.undone"
    same nothing "$example.undone"
    run 0 "$example-undo.$end" "$example.undone" "$example.again"
    unchanged
}
on_a_busy_server() {
    "$OCSZONE" explain -q "$topology" |
        sed -n 's/^internal view, zone \([^ ]*\)$/\1/p' | busy_server | sort \
        >"$scratch/busy"
    run 0 "$example.$end" busy "$example.busy"
    sort "$scratch/$example.busy" | comm -13 - "$scratch/busy"
    [ "$(wc -l <"$scratch/$example.busy")" -gt "$(wc -l <"$scratch/busy")" ] ||
        echo 'nothing was added'
    run 0 "$example.$end" "$example.busy" "$example.busier"
    unchanged
    run 0 "$example-undo.$end" "$example.busier" "$example.undone"
    sort "$scratch/$example.undone" | diff "$scratch/busy" -
}

for topology in zones/*/topology.yaml; do
    example=$(basename "${topology%/topology.yaml}")
    for dialect in dnscmd powershell; do
        end=${suffix[$dialect]}
        result "$example, $dialect: the scripts are written" \
            "$(scripts $dialect "$topology" "$example")"
        try "$example, $dialect: an empty server gets what is planned, once" \
            on_an_empty_server
        try "$example, $dialect: undone, it is empty again" undone_to_nothing
        try "$example, $dialect: nobody's records are touched, done and undone" \
            on_a_busy_server
        scripts $dialect "$topology" "$example-outside" --view=external
        outside=$(planned "$topology" external)
        [ -z "$outside" ] || try "$example, $dialect: the external view" \
            eval "run 0 $example-outside.$end nothing outside
                holds_the_plan outside $topology external"
    done
done

# ---- cases

company=zones/company/topology.yaml
sed 's/vip: 10\.10\.1\.10/vip: 10.10.1.99/' "$company" >"$scratch/moved.yaml"

# With the state on standard input: given NAME.
given() { cat >"$scratch/$1"; }
has() { grep -qxF -e "$2" "$scratch/$1" || echo "not in $1: $2"; }
lacks() { ! grep -F -e "$2" "$scratch/$1"; }

topology_change() {
    run 0 "company.$end" nothing before
    run 0 "moved.$end" before after
    lacks after 10.10.1.10
    holds_the_plan after "$scratch/moved.yaml" internal
    run 0 "moved-undo.$end" after undone
    same nothing undone
}
address_beside_another() {
    given crowd <<'END'
zone company.com
company.com ocspool 600 A 192.0.2.9
company.com ocspool 3600 A 10.10.1.10
company.com sip 3600 A 10.10.1.10
company.com sip [Aging:3570286] 1200 A 192.0.2.9
company.com _sipinternaltls._tcp 3600 SRV 0 0 5060 ocspool.company.com.
END
    run 0 "company.$end" crowd after
    grep '^company.com ' "$scratch/after" | diff - <(cat <<'END'
company.com _sipinternaltls._tcp 3600 SRV 0 0 5061 ocspool.company.com.
company.com ocspool 3600 A 10.10.1.10
company.com sip 3600 A 10.10.1.10
END
    )
}
# It holds another address: what is not ours to the last octet stays.
undo_takes_exact_data() {
    given changed <<'END'
zone company.com
company.com ocspool 3600 A 192.0.2.9
company.com sip 3600 A 10.10.1.10
END
    run 0 "company-undo.$end" changed after
    diff - "$scratch/after" <<'END'
zone company.com
company.com ocspool 3600 A 192.0.2.9
END
}
pinpoint_of_somebody() {
    given pinpoint <<'END'
zone sip.contoso.com
sip.contoso.com @ 3600 NS dc1.ad.example.
sip.contoso.com @ 3600 A 192.0.2.9
END
    run 0 "contoso.$end" pinpoint after
    has after 'sip.contoso.com @ 3600 A 10.1.0.20'
    lacks after 192.0.2.9
    run 0 "contoso-undo.$end" after undone
    diff - "$scratch/undone" <<'END'
zone sip.contoso.com
sip.contoso.com @ 3600 NS dc1.ad.example.
END
}
zone_with_others_by_now() {
    run 0 "contoso.$end" nothing made
    {
        cat "$scratch/made"
        echo 'corp.contoso.com fileserver 3600 A 192.0.2.9'
        echo 'im.contoso.com below 3600 NS ns.example.'
    } >"$scratch/used"
    run 0 "contoso-undo.$end" used after
    has after 'corp.contoso.com fileserver 3600 A 192.0.2.9'
    has after 'im.contoso.com below 3600 NS ns.example.'
    lacks after 'zone sip.contoso.com'
    lacks after 10.1.0.
}
zone_that_would_hide() {
    given upper <<'END'
zone contoso.com
contoso.com _ldap._tcp.corp 600 SRV 0 100 389 dc1.corp.contoso.com.
END
    run 1 "contoso.$end" upper after
    lacks after 'zone corp.contoso.com'
    has after 'contoso.com _ldap._tcp.corp 600 SRV 0 100 389 dc1.corp.contoso.com.'
    echo 'zone contoso.com' | given upper
    run 0 "contoso.$end" upper after
    has after 'zone corp.contoso.com'
}
# of_mode MODE: scripts for a topology of tests/modes, as mode.cmd, say.
of_mode() { scripts "$dialect" "tests/modes/$1/topology.yaml" mode; }
zone_of_somebody_else() {
    of_mode include
    run 1 "mode.$end" nothing after
    lacks after 'zone contoso.com'
    given theirs <<'END'
zone contoso.com
contoso.com @ 3600 NS dc1.ad.example.
contoso.com www 3600 A 192.0.2.9
END
    run 0 "mode.$end" theirs after
    has after 'contoso.com sip 3600 A 10.0.0.10'
    has after 'contoso.com www 3600 A 192.0.2.9'
    grep '^contoso\.com _ocszone ' "$scratch/after"
    run 0 "mode.$end" after again
    unchanged
    run 0 "mode-undo.$end" again undone
    same theirs undone
    run 0 "mode-undo.$end" nothing undone
    same nothing undone
}
records_of_the_site() {
    of_mode zone
    grep -E '^(call|Set-)' "$scratch/mode.$end" | grep -iE 'www|MX'
    run 0 "mode.$end" nothing after
    has after 'contoso.com sip 3600 A 10.0.0.10'
    lacks after 'contoso.com www'
}
alias_in_the_way() {
    given alias <<'END'
zone company.com
company.com sip 3600 CNAME elsewhere.example.
END
    run 1 "company.$end" alias after
    has after 'company.com sip 3600 CNAME elsewhere.example.'
}
# Names are compared as DNS does it.
other_case() {
    given shouted <<'END'
zone company.com
company.com OCSPool 3600 A 10.10.1.10
company.com SIP 3600 A 10.10.1.10
company.com _SIPinternalTLS._tcp 3600 SRV 0 0 5061 OCSpool.Company.com.
END
    run 0 "company.$end" shouted after
    grep 'company\.com' "$scratch/after" | sort >"$scratch/left"
    sort "$scratch/shouted" | diff - "$scratch/left"
}
hosts_in_a_zone_of_ours() {
    run 0 "company.$end" nothing made
    sed 's/dc1 3600 A 10.10.1.2$/dc1 3600 A 192.0.2.9/' "$scratch/made" |
        given other
    run 0 "company.$end" other after
    same made after
}
refused_line() {
    { cat "$scratch/company.$end"; printf 'shutdown /s\r\n'; } |
        sed 's/^call :record/& &/; s/^Set-Record/Set-Anything/' \
            >"$scratch/odd.$end"
    run 99 "odd.$end" nothing after
}
only_plain_text() {
    ! LC_ALL=C grep -n '[^ -~	]' <(tr -d '\r' <"$scratch/company.$end")
    [ "$(grep -c $'\r$' "$scratch/company.$end")" -eq \
        "$(wc -l <"$scratch/company.$end")" ] || echo 'a line without CR LF'
    ! grep -nE "$PWD|$(hostname)" "$scratch/company.$end"
}
written_the_same() {
    cp "$scratch/company.$end" "$scratch/first"
    scripts "$dialect" "$company" company
    same first "company.$end"
    scripts "$dialect" "$company" company --view=internal
    same first "company.$end"
}

for dialect in dnscmd powershell; do
    end=${suffix[$dialect]}
    scripts $dialect "$scratch/moved.yaml" moved
    for one in \
        'a changed address leaves nothing of the old one:topology_change' \
        'a set of ours holds nothing else:address_beside_another' \
        'undo takes records with exact data:undo_takes_exact_data' \
        "somebody's pinpoint zone is not taken away:pinpoint_of_somebody" \
        'a zone that others use by now stays:zone_with_others_by_now' \
        'a zone that would hide names is not made:zone_that_would_hide' \
        "somebody else's zone is not made:zone_of_somebody_else" \
        "the site's own records are left to it:records_of_the_site" \
        'an alias in the way is a failure:alias_in_the_way' \
        'upper and lower case are the same:other_case' \
        'hosts in a zone that was made follow the topology:hosts_in_a_zone_of_ours' \
        'the interpreter refuses a line that it does not know:refused_line' \
        'lines end with CR LF, and all is ASCII:only_plain_text' \
        'the same topology gives the same bytes:written_the_same'; do
        try "$dialect: ${one%:*}" "${one##*:}"
    done
done

end

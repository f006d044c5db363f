#!/bin/bash
# The modes of a domain: what is written for each in tests/modes, and what a
# real name server makes of it.
. tests/script.sh
. tests/named.sh

modes=tests/modes
made=$scratch/made

# fresh MODE: what the mode's topology and files of the site gave, to be
# changed.
fresh() {
    rm -rf "$made"
    cp -r "$modes/$1" "$made"
}

generate() {
    ocszone generate -q "$@" "$made/topology.yaml" -o "$made"
}

# ---- files

is_what_follows() {
    ocszone generate -q --serial=1 "$modes/$1/topology.yaml" -o "$scratch/$1"
    expect 0
    diff -r --exclude=topology.yaml --exclude=*.base --exclude=owner.zone \
        "$modes/$1" "$scratch/$1"
}
for mode in zone include pinpoint; do
    try "$mode: all files are as they were" is_what_follows $mode
done

standard_input() {
    fresh zone
    rm -r "$made/internal"
    (cd "$made" && "$OCSZONE" generate -q --serial=1 -o . - <topology.yaml)
    diff -r "$modes/zone" "$made"
}
try 'from standard input, files of the site are found where one is' \
    standard_input

fragment=internal/contoso.com.include

untouched() {
    fresh include
    touch -d 2001-01-01 "$made/$fragment"
    generate
    expect 0
    stat -c %y "$made/$fragment" | grep -v '^2001'
}
try 'a piece that has not changed is not touched' untouched

replaced() {
    fresh include
    sed -i 's/10\.0\.0\.10/10.0.0.11/' "$made/topology.yaml"
    generate
    expect 0
    diff "$modes/include/$fragment" "$made/$fragment" | grep '^>' |
        diff - <(printf '> %s 1h IN A     10.0.0.11\n' \
            'pool.contoso.com.                ' \
            'sip.contoso.com.                 ')
}
try 'a piece that has changed is replaced' replaced

foreign() {
    fresh include
    sed -i 1d "$made/$fragment"
    cp "$made/$fragment" "$scratch/before"
    generate
    expect 2 file-not-ours
    cmp "$scratch/before" "$made/$fragment"
    generate --force
    expect 0
    diff "$modes/include/$fragment" "$made/$fragment"
}
try "somebody else's piece is refused, but not with --force" foreign

path_to_include() {
    fresh include
    generate --zone-directory=/etc/bind/ocs
    grep -xF ";     \$INCLUDE \"/etc/bind/ocs/$fragment\"" "$made/$fragment" \
        >/dev/null || cat "$made/$fragment"
}
try 'the path to include is the one of --zone-directory' path_to_include

counts() {
    fresh include
    ocszone generate -v "$made/topology.yaml" -o "$made"
    grep -x "$made: 1 zone, 2 files to include, 12 records, .*; 0 files .*" \
        "$scratch/out" >/dev/null || cat "$scratch/out"
    grep -x "$fragment: 5 records, unchanged" "$scratch/out" >/dev/null ||
        cat "$scratch/out"
}
try 'what others include is counted apart' counts

# told PATH TEXT: --check says it of the path.
told() {
    grep -qxF "$1: $2" "$scratch/out" || cat "$scratch/out"
}

change_of_piece() {
    fresh include
    ocszone generate --check "$made/topology.yaml" -o "$made"
    expect 0
    sed -i 's/10\.0\.0\.10/10.0.0.11/' "$made/topology.yaml"
    ocszone generate --check "$made/topology.yaml" -o "$made"
    expect 1
    told "$fragment" 'changed, 2 records added, 2 removed'
    cmp "$modes/include/$fragment" "$made/$fragment"
    rm "$made/$fragment"
    ocszone generate --check "$made/topology.yaml" -o "$made"
    expect 1
    told "$fragment" 'new, 5 records'
}
try '--check tells how a piece changes, and of no serial' change_of_piece

comment_of_piece() {
    fresh include
    sed -i '2s/^/; another/' "$made/$fragment"
    ocszone generate --check "$made/topology.yaml" -o "$made"
    expect 1
    told "$fragment" 'changed, with the same records'
}
try 'a piece with other comments has the same records' comment_of_piece

left_over() {
    fresh include
    cp "$made/$fragment" "$made/internal/gone.example.include"
    sed 1d "$made/$fragment" >"$made/internal/other.example.include"
    generate
    expect 0
    grep -q 'gone\.example\.include: warning: .*\[zone-left-over\]$' \
        "$scratch/err" || cat "$scratch/err"
    grep 'other\.example' "$scratch/err"
    [ -e "$made/internal/gone.example.include" ] || echo 'removed at once'
    ocszone generate --check --prune "$made/topology.yaml" -o "$made"
    expect 1
    told internal/gone.example.include 'gone, to be removed'
    generate --prune
    expect 0
    [ ! -e "$made/internal/gone.example.include" ] || echo 'not removed'
    [ -e "$made/internal/other.example.include" ] || echo 'not ours, removed'
    diff "$modes/include/$fragment" "$made/$fragment"
}
try 'a piece that is left over is told and pruned' left_over

base_twice() {
    fresh zone
    generate
    expect 0
    touch -d 2001-01-01 "$made/internal/contoso.com.zone"
    generate
    expect 0
    stat -c %y "$made/internal/contoso.com.zone" | grep -v '^2001'
    ocszone generate --check "$made/topology.yaml" -o "$made"
    expect 0
}
try "a zone with the site's own records is written once" base_twice

base_change() {
    fresh zone
    sed -i 's/ 60 / 90 /' "$made/site.base"
    ocszone generate --check "$made/topology.yaml" -o "$made"
    expect 1
    told internal/contoso.com.zone \
        'changed, 1 record added, 1 removed, serial 2'
}
try "--check tells how the site's own records change" base_change

base_lost() {
    fresh zone
    echo 'ns1 A 10.0.0.2' >"$made/site.base"
    : >"$made/mail.base"
    cp "$made/internal/contoso.com.zone" "$scratch/before"
    generate
    expect 2 zone-shrinks
    cmp "$scratch/before" "$made/internal/contoso.com.zone"
}
try "a zone that would lose the site's own records is refused" base_lost

hash_of_base() {
    fresh zone
    generate --force --serial=hash
    cp "$made/internal/contoso.com.zone" "$scratch/before"
    sed -i 's/ 60 / 90 /' "$made/site.base"
    generate --force --serial=hash
    diff <(grep '; serial$' "$scratch/before") \
        <(grep '; serial$' "$made/internal/contoso.com.zone") >/dev/null &&
        echo 'the hash is the same'
}
try "a hash has the site's own records in it" hash_of_base

# serial_after FILE EXPRESSION WANTED: the zone's serial when the site has
# changed its file.
serial_after() {
    fresh zone
    sed -i "$2" "$made/$1"
    ! cmp -s "$modes/zone/$1" "$made/$1" || echo "no change: $2"
    generate
    expect 0
    awk '/; serial$/ { print $1 }' "$made/internal/contoso.com.zone" |
        grep -vx "$3"
}
# shellcheck disable=SC2016 # $a is sed's
try "a new record of the site's is a new serial" \
    serial_after site.base '$a ftp A 192.0.2.21' 2
try "a changed TTL of the site's is a new serial" \
    serial_after site.base 's/ 60 / 90 /' 2
try 'a change behind a semicolon is a new serial' \
    serial_after mail.base 's/; of/; for/' 2
try "a comment of the site's is none" \
    serial_after site.base 's/^; .*/; changed/' 1

# ---- a real server

# serve MODE FILE: the mode's files, with FILE as the zone contoso.com.
serve() {
    fresh "$1"
    {
        echo 'controls { };'
        echo 'options { dnssec-validation no; recursion no; notify no;'
        echo 'allow-transfer { any; };'
        named_options
        echo '};'
        grep -A 3 '"corp\.contoso\.com"' "$made/internal/zones.conf"
        echo "zone \"contoso.com\" { type primary; file \"$2\"; };"
    } >"$made/named.conf"
    named_start "$made"
}

# is_served FILE: what is transferred is what canon reads from the file.
is_served() {
    dig @127.0.0.1 -p "$named_port" contoso.com AXFR +noall +answer +onesoa |
        "$OCSZONE" canon --origin=contoso.com - >"$scratch/served" ||
        echo 'what is served cannot be read'
    ocszone canon --origin=contoso.com "$made/$1"
    expect 0
    diff "$scratch/out" "$scratch/served"
    grep -E 'contoso\.com.*(warning|error|differs|ignor)' "$made/log"
}

# The owner's own records are what they were before the $INCLUDE.
owner_is_unharmed() {
    sed '/INCLUDE/d' "$made/owner.zone" >"$scratch/owner.zone"
    ocszone canon --origin=contoso.com "$scratch/owner.zone"
    expect 0
    sort "$scratch/out" >"$scratch/own"
    [ -s "$scratch/own" ] || echo 'the owner has no records'
    ocszone canon --fragment --origin=contoso.com "$made/$fragment"
    expect 0
    sort "$scratch/own" "$scratch/out" | diff - <(sort "$scratch/served")
}

serve zone internal/contoso.com.zone >"$scratch/log" 2>&1
result "named serves a whole zone with the site's own records" \
    "$([ "$named_pid" ] || cat "$scratch/log")"
try 'it serves what canon reads from the zone' \
    is_served internal/contoso.com.zone
named_stop

serve include owner.zone >"$scratch/log" 2>&1
result "named serves somebody else's zone with ours in it" \
    "$([ "$named_pid" ] || cat "$scratch/log")"
try 'it serves what canon reads from the zone and the piece in it' \
    is_served owner.zone
try 'a piece adds its records and changes no other' owner_is_unharmed
named_stop

checked() {
    local file name
    for file in "$modes"/*/*/*.zone; do
        name=${file##*/}
        named-checkzone -i local -k fail -n fail -m fail -r fail -S fail \
            "${name%.zone}" "$file" 2>&1 | diff - \
            <(printf 'zone %s/IN: loaded serial 1\nOK\n' "${name%.zone}")
    done
}
try 'named-checkzone has nothing to say of any zone' checked
end

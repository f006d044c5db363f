#!/bin/bash
# Master files are read as named reads them, and what is wrong with one is
# said with its place.
#
#   tests/zones/NAME.zone   one point of syntax or of contents each
#   tests/zones/NAME.want   what is said of it; without one, nothing is said
#
# A line of a .want is LINE:COLUMN severity id, or LINE:COLUMN note for a
# further place of the message above it; in an included file with FILE: in
# front.  What was said instead is left in $BUILD/NAME.got, to be copied by
# whoever wants to accept it.
. tests/script.sh
. tests/named.sh
. tests/zone_name.sh

corpus=tests/zones

# ---- the same as named-compilezone makes of it

compared() {
    local line
    tests/compare_zones.sh "$@" | sed "s|$scratch/||" >"$scratch/compared"
    while IFS= read -r line; do
        [ "${line#not ok}" = "$line" ] || failures=$((failures + 1))
        printf '%s\n' "$line"
    done <"$scratch/compared"
    [ -s "$scratch/compared" ] || result 'zones are compared' 'there are none'
}

repeat() { printf "%0$1d" 0 | sed "s/0/$2/g"; }

top() {
    cat <<'END'
$TTL 3600
@ SOA ns1 hostmaster 1 7200 900 1209600 300
@ NS ns1
ns1 A 192.0.2.1
END
}

# write_long NAME TEXT...: a zone with an entry too long to be kept.
write_long() {
    local name=$1
    shift
    { top && printf '%s\n' "$@"; } >"$scratch/long/$name.zone"
}

write_long_zones() {
    local x254 x255
    x254=$(repeat 254 x) x255=$(repeat 255 x)
    mkdir "$scratch/long"
    write_long data-of-65535-octets "a TXT $(repeat 255 "$x255 ") $x254"
    write_long data-of-65536-octets "a TXT $(repeat 255 "$x255 ") $x255"
    write_long comment ";$(repeat 200000 x)" 'a A 192.0.2.2'
    write_long white-space "a$(repeat 200000 ' ')A 192.0.2.2"
    write_long token "a TXT $(repeat 20000 x)"
    write_long unknown-data "a TYPE65400 \\# 60000 $(repeat 60000 00)"
    write_long parentheses \
        "a A $(repeat 20000 '(') 192.0.2.2 $(repeat 20000 ')')"
    write_long entry-of-many-lines "a TXT ( $(repeat 5000 'x\n') )"
    write_long blank-lines "$(repeat 20000 '\n' && echo 'a A 192.0.2.2')"
    write_long many-strings "a TXT $(repeat 30000 '"" ')"
}

# ---- the same as a server that is running

# Each view is a zone of its own, and costs the server 10 MB.
views_at_once=50

write_views() {
    local file name
    echo 'controls { };'
    echo "options { directory \"$scratch/corpus\"; recursion no; notify no;"
    echo 'dnssec-validation no; empty-zones-enable no;'
    named_options
    echo '};'
    for file; do
        name=${file##*/}
        echo "view \"${name%.zone}\" { match-clients { none; };"
        echo "zone \"$(zone_of "$file")\" {"
        echo "type primary; file \"$name\"; }; };"
    done
}

# The names of those that are served, and of those that are not.
serve() {
    write_views "$@" >"$scratch/named.conf"
    named_start "$scratch" || return
    named_stop
    sed -n 's|.* zone [^ ]*/IN/\([^ ]*\): loaded serial .*|\1|p' \
        "$scratch/log" >>"$scratch/served"
    sed -n 's|.* zone [^ ]*/IN/\([^ ]*\): not loaded due to errors.*|\1|p' \
        "$scratch/log" >>"$scratch/not-served"
}

serve_all() {
    local files=("$corpus"/*.zone) i
    cp -r "$corpus" "$scratch/corpus"
    : >"$scratch/served"
    : >"$scratch/not-served"
    for ((i = 0; i < ${#files[@]}; i += views_at_once)); do
        serve "${files[@]:i:views_at_once}" || return
    done
}

# listed FILE: the names in it, sorted.
listed() { sort "$scratch/$1"; }

a_server_decides_alike() {
    local files=("$corpus"/*.zone)
    serve_all
    [ "$(cat "$scratch/served" "$scratch/not-served" | wc -l)" -eq \
        ${#files[@]} ] || echo 'not every zone was tried'
    diff <(listed served | grep -vxFf "$scratch/excepted") \
        <(listed accepted | grep -vxFf "$scratch/excepted")
    grep -xFf "$scratch/excepted" "$scratch/served"
}

# ---- what is said

# Of the file that the test is about no name is shown, and what has no place in
# it is at 0:0.
said_of() {
    sed -nE "s|^$1: |0:0: |; s|^$1:||
        s|^[^ :]*/([^/:]*:[0-9]+:[0-9]+: )|\\1|
        s/^([^ ]*): note: .*[^ ] \\[([a-z0-9-]+)\\]\$/\\1 info \\2/p
        s/^([^ ]*): (error|warning): .*[^ ] \\[([a-z0-9-]+)\\]\$/\\1 \\2 \\3/p
        s/^([^ ]*): note: .*/\\1 note/p" "$scratch/err"
}

compare_said() {
    local got want=
    got=$(said_of "$1")
    [ ! -e "$corpus/$2.want" ] || want=$(<"$corpus/$2.want")
    [ "$got" != "$want" ] || return
    printf 'wanted:\n%s\nsaid, and left in %s:\n%s\n' "$want" \
        "${BUILD:-$scratch}/$2.got" "$got"
    printf '%s\n' "$got" >"${BUILD:-$scratch}/$2.got"
}

says_what_is_wanted() {
    ocszone canon --origin "$(zone_of "$1")" "$1"
    compare_said "$1" "$2"
    case $status in
    0) echo "$2" >>"$scratch/accepted" ;;
    2) grep -q ' error ' "$corpus/$2.want" || echo 'it wants no error' ;;
    *) echo "ended with status $status" ;;
    esac
}

wants_without_zone() {
    local want
    for want in "$corpus"/*.want; do
        [ -e "${want%.want}.zone" ] || echo "$want"
    done
}

write_long_zones
compared "$corpus" "$scratch/long" zones/*/*ternal/
grep -l '; exception: ' "$corpus"/*.zone | sed 's|.*/||; s/\.zone$//' \
    >"$scratch/excepted"
: >"$scratch/accepted"
for file in "$corpus"/*.zone; do
    name=${file##*/}
    name=${name%.zone}
    try "$name: what is said of it" says_what_is_wanted "$file" "$name"
done
try 'each .want has its zone' wants_without_zone
try 'a server loads what is accepted, and nothing else' a_server_decides_alike
end

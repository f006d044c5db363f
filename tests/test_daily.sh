#!/bin/bash
# `ocszone generate` every day: that it tells beforehand what would change,
# that serials follow, and that an accident in the topology changes nothing.
. tests/script.sh
. tests/named.sh
unset SOURCE_DATE_EPOCH

made=$scratch/made
first=$scratch/first
zone=internal/ad.example.zone
gone=internal/fabrikam.example.zone

# topology SERVERS [SIP-DOMAINS]: so many servers have an address each.
topology() {
    cat <<END
product: ocs2007
dns: {nameservers: [ns.isp.example], contact: hostmaster@isp.example}
pools:
  - {fqdn: pool.ad.example, edition: standard, address: 10.0.0.10}
servers:
END
    seq "$1" |
        sed 's/.*/  - {fqdn: arc&.ad.example, role: archiving, address: 10.0.1.&}/'
    echo 'sip_domains:'
    printf '  - {name: %s, sign_in: pool.ad.example}\n' "${@:2}"
}
topology 12 ad.example fabrikam.example >"$scratch/whole.yaml"

# Yesterday's files, of whole.yaml, with the serial 5.
"$OCSZONE" generate -q --serial=5 -o "$first" "$scratch/whole.yaml" || exit 2
fresh() {
    rm -rf "$made"
    cp -a "$first" "$made"
}

# edit EXPRESSION: whole.yaml, with a change.
edit() {
    sed "$1" "$scratch/whole.yaml" >"$scratch/edited.yaml"
    ! cmp -s "$scratch/whole.yaml" "$scratch/edited.yaml" ||
        echo "no change: $1"
}

state() {
    find "$1" -printf '%P %y %i %m %T@ %C@\n' | sort
    find "$1" -type f -exec cksum {} + | sort
}
texts() { (cd "$made" && find . -type f -exec cksum {} + | sort); }
# unchanged COMMAND...: runs it, which must leave $made as it is.
unchanged() {
    texts >"$scratch/before"
    "$@"
    texts | diff "$scratch/before" -
}

# run STATUS ARGUMENT...
run() {
    ocszone generate "${@:2}" -o "$made"
    expect "$1"
}
# refused ID ARGUMENT...: by a plain run, and by one that checks.
refused() {
    unchanged run 2 "${@:2}"
    expect 2 "$1"
    unchanged run 2 --check "${@:2}"
    expect 2 "$1"
    [ ! -s "$scratch/out" ] || cat "$scratch/out"
}
warned() {
    grep -c "warning: .*\[$1\]\$" "$scratch/err" | diff <(echo "$2") -
}
serial_of() {
    sed -n 's/^ *\([0-9]*\)  *; serial$/\1/p' "$made/$1"
}
# serial WANTED [ZONE-FILE]
serial() {
    serial_of "${2:-$zone}" | diff <(echo "$1") -
}
said() {
    diff <(printf '%s\n' "$@") "$scratch/out"
}

# --- Serials -----------------------------------------------------------------

# The first second of 2026-11-20.
DAY=1795132800

# moved WANTED OLD ARGUMENT...: from the serial OLD, when a record
# has changed.
moved() {
    local wanted=$1 old=$2
    shift 2
    rm -rf "$made"
    run 0 -q --serial="$old" "$scratch/whole.yaml"
    edit 's/10\.0\.1\.3\b/10.0.2.3/'
    SOURCE_DATE_EPOCH=$DAY run 0 -q "$@" "$scratch/edited.yaml"
    serial "$wanted"
    serial "$old" internal/fabrikam.example.zone
}
try 'a changed zone has one more' moved 6 5 --serial=increment
try 'a changed zone has the date' moved 2026112001 5 --serial=date
try 'the second change of a day has one more' \
    moved 2026112002 2026112001 --serial=date
try 'a date that is not newer gives way' moved 2027010102 2027010101 --serial=date
try 'a date follows over the end of the circle' \
    moved 2026112001 4294967295 --serial=date
try 'a changed zone has the time' moved 1795132800 5 --serial=unixtime
try 'a time that is not newer gives way' \
    moved 2026112002 2026112001 --serial=unixtime

kept() {
    fresh
    SOURCE_DATE_EPOCH=$DAY unchanged run 0 "--serial=$1" "$scratch/whole.yaml"
    grep -q ': .* 0 files written, 4 unchanged$' "$scratch/out" ||
        cat "$scratch/out"
    # With other comments and another layout.
    sed -i 's/^; [A-Z].*servers.*/; another comment/; s/  *IN A  */ A /' \
        "$made/$zone"
    SOURCE_DATE_EPOCH=$DAY run 0 -q "--serial=$1" "$scratch/whole.yaml"
    diff -r "$first" "$made"
}
for mode in increment date unixtime hash; do
    try "--serial=$mode moves no serial where no record has changed" kept $mode
done

other_order() {
    fresh
    { grep -v 'arc7 ' "$first/$zone"; grep 'arc7 ' "$first/$zone"; } \
        >"$made/$zone"
    ! cmp -s "$first/$zone" "$made/$zone" || echo 'arc7 is the last anyway'
    run 0 -q "$scratch/whole.yaml"
    diff -r "$first" "$made"
}
try 'another order of the records is no change' other_order

other_ttl() {
    fresh
    edit 's/^dns: {/&ttl: 2h, /'
    run 0 -q "$scratch/edited.yaml"
    serial 6
}
try 'another TTL is a change' other_ttl
other_contact() {
    fresh
    edit 's/hostmaster@/postmaster@/'
    run 0 -q "$scratch/edited.yaml"
    serial 6
}
try 'another contact is a change' other_contact

hashes() {
    local one
    rm -rf "$made"
    run 0 -q --serial=hash "$scratch/whole.yaml"
    one=$(serial_of "$zone")
    [ "$one" != "$(serial_of internal/fabrikam.example.zone)" ] ||
        echo 'two zones have one hash'
    edit 's/10\.0\.1\.3\b/10.0.2.3/'
    run 0 --serial=hash "$scratch/edited.yaml"
    [ "$(serial_of "$zone")" != "$one" ] || echo 'another record, the same hash'
    run 0 --serial=hash "$scratch/whole.yaml"
    serial "$one"
}
try 'a hash is that of the records' hashes

# One of the two ways is one back.
hash_goes_back() {
    local one
    rm -rf "$made"
    run 0 -q --serial=hash "$scratch/whole.yaml"
    one=$(serial_of "$zone")
    rm -rf "$made"
    run 0 -q --serial=$(((one + 5) % 4294967296)) "$scratch/whole.yaml"
    edit 's/10\.0\.1\.3\b/10.0.2.3/'
    run 0 -q --force --serial=$(((one + 5) % 4294967296)) "$scratch/edited.yaml"
    run 0 --serial=hash "$scratch/whole.yaml"
    serial "$one"
    warned serial-not-newer 1
}
try 'that a hash goes back is said' hash_goes_back

repeatable() {
    rm -rf "$made"
    SOURCE_DATE_EPOCH=$DAY run 0 -q "--serial=$1" "$scratch/whole.yaml"
    serial "$2"
}
try 'a new zone has the date' repeatable date 2026112001
try 'a new zone has the time' repeatable unixtime "$DAY"
new_from_clock() {
    local before after
    rm -rf "$made"
    before=$(date +%s)
    run 0 -q --serial=unixtime "$scratch/whole.yaml"
    after=$(date +%s)
    seq "$before" "$after" | grep -qx "$(serial_of "$zone")" ||
        serial_of "$zone"
    rm -rf "$made"
    before=$(TZ=Pacific/Kiritimati date -u +%Y%m%d)
    TZ=Pacific/Kiritimati run 0 -q --serial=date "$scratch/whole.yaml"
    after=$(date -u +%Y%m%d)
    serial_of "$zone" | grep -vxE "($before|$after)01"
}
try 'without SOURCE_DATE_EPOCH the clock is read, in UTC' new_from_clock

bad_epoch() {
    SOURCE_DATE_EPOCH=$1 run 2 --serial=date "$scratch/whole.yaml"
    expect 2 usage
    SOURCE_DATE_EPOCH=$1 run 0 -q --serial=increment "$scratch/whole.yaml"
}
for epoch in '' today -1 4294967296; do
    try "SOURCE_DATE_EPOCH='$epoch' is refused where it counts" bad_epoch "$epoch"
done

# --- Serials from elsewhere --------------------------------------------------

from() { run 0 -q --serial-from="$first" "$@"; }
from_elsewhere() {
    rm -rf "$made"
    from "$scratch/whole.yaml"
    diff -r "$first" "$made"
    edit 's/10\.0\.1\.3\b/10.0.2.3/'
    rm -rf "$made"
    from "$scratch/edited.yaml"
    serial 6
    serial 5 internal/fabrikam.example.zone
    # Whatever is in the directory of the output does not count.
    run 0 -q --serial=99 "$scratch/edited.yaml"
    from "$scratch/edited.yaml"
    serial 6
}
try 'serials follow from another tree' from_elsewhere

new_elsewhere() {
    rm -rf "$made" "$scratch/part"
    cp -a "$first" "$scratch/part"
    rm "$scratch/part/$zone"
    run 0 -q --serial-from="$scratch/part" "$scratch/whole.yaml"
    serial 1
    serial 5 internal/fabrikam.example.zone
}
try 'what the other tree lacks is new' new_elsewhere

elsewhere_is_read_alone() {
    rm -rf "$made"
    state "$first" >"$scratch/before"
    edit 's/10\.0\.1\.3\b/10.0.2.3/'
    from "$scratch/edited.yaml"
    state "$first" | diff "$scratch/before" -
}
try 'the other tree is not touched' elsewhere_is_read_alone

no_such_tree() {
    fresh
    unchanged run 2 --serial-from="$1" "$scratch/whole.yaml"
    expect 2 cannot-open
}
try 'a tree of serials that is not there is an error' \
    no_such_tree "$scratch/nowhere"
try 'a file is no tree of serials' no_such_tree "$scratch/whole.yaml"

foreign_beside() {
    fresh
    echo '; by hand' >"$made/$zone"
    refused file-not-ours --serial-from="$first" "$scratch/whole.yaml"
}
try "somebody else's file is refused with --serial-from, too" foreign_beside

# --- Telling beforehand ------------------------------------------------------

check_nothing() {
    fresh
    run 0 --check "$scratch/whole.yaml"
    grep -vx "$made: .* 0 files to be written, 4 unchanged" "$scratch/out"
}
try '--check says that nothing would change' check_nothing

# of_records FILE: how many records the zone in it has.
of_records() { "$OCSZONE" canon "$1" | wc -l; }

check_all() {
    rm -rf "$made"
    run 1 --check "$scratch/whole.yaml"
    [ ! -e "$made" ] || echo 'it was made'
    head -n -1 "$scratch/out" | diff <(
        for file in ad.example fabrikam.example; do
            echo "internal/$file.zone: new," \
                "$(of_records "$first/internal/$file.zone") records"
        done
        echo internal/zones.conf: new
        echo named.conf: new) -
}
try '--check tells of new files, and makes none' check_all

check_changes() {
    fresh
    sed -i '3d' "$made/named.conf"
    edit 's/10\.0\.1\.3\b/10.0.2.3/; /arc12/d'
    unchanged run 1 --check "$scratch/edited.yaml"
    head -n -1 "$scratch/out" | diff <(
        echo "internal/ad.example.zone: changed, 1 record added, 2 removed," \
            'serial 6'
        echo named.conf: changed) -
    tail -n 1 "$scratch/out" |
        grep -v ' records; 2 files to be written, 2 unchanged$'
    run 1 -q --check "$scratch/edited.yaml"
    [ ! -s "$scratch/out" ] || cat "$scratch/out"
    run 0 "$scratch/edited.yaml"
    run 0 --check "$scratch/edited.yaml"
}
try '--check tells how many records change' check_changes

check_comments() {
    fresh
    sed -i 's/^; [A-Z].*servers.*/; another comment/' "$made/$zone"
    run 1 --check "$scratch/whole.yaml"
    head -n 1 "$scratch/out" |
        diff <(echo "$zone: changed, with the same records") -
}
try '--check tells where comments alone change' check_comments

check_invalid() {
    fresh
    edit 's/sign_in: pool/sign_in: pole/'
    run 2 --check "$scratch/edited.yaml"
}
try '--check of an invalid topology is an error' check_invalid

# calls OPTION... COMMAND...: into a file.  Below strace nobody can look for
# leaks.
calls() { ASAN_OPTIONS=detect_leaks=0 strace -o "$scratch/calls" "$@"; }

# What is opened to be written, made, locked or removed.
check_calls() {
    fresh
    touch "$made/internal/old.example.zone"
    head -n 1 "$first/$zone" >"$made/internal/old.example.zone"
    edit 's/10\.0\.1\.3\b/10.0.2.3/'
    state "$made" >"$scratch/before"
    calls -f "$OCSZONE" generate --check --prune \
        --serial-from="$first" "$scratch/edited.yaml" -o "$made" \
        >"$scratch/out" 2>"$scratch/err"
    state "$made" | diff "$scratch/before" -
    grep -q "openat.*$made" "$scratch/calls" || echo 'nothing was traced'
    grep -E 'O_(WRONLY|RDWR|CREAT|TRUNC)|\b(mkdir|rename|unlink|rmdir|link|symlink|f?chmod|f?chown|f?truncate|utime|flock|sync|fsync)[a-z0-9]*\(' \
        "$scratch/calls"
}
if strace -o /dev/null true 2>/dev/null; then
    try '--check opens nothing to write' check_calls
else
    echo 'ok - --check opens nothing to write # SKIP there is no strace'
fi

# --- Deletions ---------------------------------------------------------------

# shrinks SERVERS COUNT RECORDS: so many servers are left; what is told.
shrinks() {
    fresh
    topology "$1" ad.example fabrikam.example >"$scratch/edited.yaml"
    refused zone-shrinks "$scratch/edited.yaml"
    grep "$made/$zone: error: .*\b$2\b.*\b$3\b.*--force" "$scratch/err" |
        grep -c . | diff <(echo 1) -
    run 0 --force "$scratch/edited.yaml"
    serial 6
}
shrinks_little() {
    fresh
    topology "$1" ad.example fabrikam.example >"$scratch/edited.yaml"
    run 0 "$scratch/edited.yaml"
    serial 6
}
# The zone has sixteen records without its SOA: six are more than a third.
try 'a zone that loses more than a third is refused, but not with --force' \
    shrinks 6 6 16
try 'a zone that loses a third is written' shrinks_little 7
small_zone() {
    rm -rf "$made"
    topology 5 ad.example fabrikam.example >"$scratch/edited.yaml"
    run 0 -q "$scratch/edited.yaml"
    topology 1 ad.example fabrikam.example >"$scratch/edited.yaml"
    run 0 "$scratch/edited.yaml"
}
try 'a zone of fewer than ten records may lose them' small_zone
renumbered() {
    fresh
    edit 's/10\.0\.1\./10.0.2./'
    run 0 "$scratch/edited.yaml"
    serial 6
}
try 'other addresses are no deletions' renumbered

loses_services() {
    fresh
    topology 12 fabrikam.example >"$scratch/edited.yaml"
    refused zone-loses-services "$scratch/edited.yaml"
    run 0 --force "$scratch/edited.yaml"
    serial 6
}
try 'a zone that loses all SRV records is refused, but not with --force' \
    loses_services

guard_elsewhere() {
    rm -rf "$made"
    mkdir "$made"
    topology 6 ad.example fabrikam.example >"$scratch/edited.yaml"
    refused zone-shrinks --serial-from="$first" "$scratch/edited.yaml"
}
try 'what would be lost is judged by the other tree' guard_elsewhere

number_guard() {
    fresh
    topology 6 ad.example fabrikam.example >"$scratch/edited.yaml"
    refused zone-shrinks --serial=7 "$scratch/edited.yaml"
}
try 'a serial that is said does not switch that off' number_guard

# --- Dynamic zones -----------------------------------------------------------

# journal OCTAL: one that ends with this serial.
journal() {
    # shellcheck disable=SC2059 # octets
    printf ";BIND LOG V9.2\n\0\0\0\0\1\0\0\0\100\0\0\0\\$1\0\0\1\0" \
        >"$made/$zone.jnl"
}
dynamic() {
    fresh
    journal 6
    refused zone-is-dynamic "$scratch/whole.yaml"
    refused zone-is-dynamic --force "$scratch/whole.yaml"
    grep -q 'rndc freeze ad.example.*nsupdate\|nsupdate.*rndc freeze ad.example' \
        "$scratch/err" || cat "$scratch/err"
}
try 'a zone with a newer journal is refused, also with --force' dynamic
odd_journal() {
    fresh
    echo nonsense >"$made/$zone.jnl"
    refused zone-is-dynamic "$scratch/whole.yaml"
}
try 'a zone with a journal that cannot be read is refused' odd_journal
lone_journal() {
    fresh
    journal 1
    rm "$made/$zone"
    refused zone-is-dynamic "$scratch/whole.yaml"
}
try 'a new zone with a journal is refused' lone_journal
journal_in_step() {
    fresh
    journal 5
    edit 's/10\.0\.1\.3\b/10.0.2.3/'
    run 0 "$scratch/edited.yaml"
    serial 6
    [ -e "$made/$zone.jnl" ] || echo 'the journal is gone'
    # Not loaded yet: the journal is behind.
    run 0 "$scratch/whole.yaml"
    serial 7
}
try 'a journal that is no newer than the file is no obstacle' journal_in_step

# As named makes them: one zone takes updates, of the other it keeps what has
# changed between two files.
serve_journals() {
    mkdir "$1"
    cp -a "$first" "$1/made"
    {
        echo 'controls { };'
        echo 'options { dnssec-validation no; recursion no; notify no;'
        named_options
        echo '}; zone "ad.example" { type primary; ixfr-from-differences yes;'
        echo "file \"made/$zone\"; };"
        echo 'zone "fabrikam.example" { type primary;'
        echo 'allow-update { 127.0.0.1; };'
        echo "file \"made/$gone\"; };"
    } >"$1/named.conf"
    named_start "$1"
}
served() {
    dig @127.0.0.1 -p "$named_port" +short "$1" SOA | cut -d ' ' -f 3
}
# loads SERIAL: what was generated for ad.example.
loads() {
    local tries=0 children
    # timeout, which named runs below, hands on one signal alone.
    read -r children <"/proc/$named_pid/task/$named_pid/children"
    kill -HUP "$children"
    until [ "$(served ad.example)" = "$1" ]; do
        tries=$((tries + 1))
        [ "$tries" -lt 200 ] || { echo "$(served ad.example) is served"; return; }
        sleep 0.02
    done
}
has_journal() { [ -e "$made/$1.jnl" ] || echo "there is no journal for $1"; }
differences() {
    edit 's/10\.0\.1\.3\b/10.0.2.3/'
    run 0 -q "$scratch/edited.yaml"
    loads 6
    has_journal "$zone"
    run 0 -q "$scratch/whole.yaml"
    loads 7
}
updates() {
    nsupdate -p "$named_port" <<END
server 127.0.0.1
zone fabrikam.example
update add new.fabrikam.example 60 A 10.0.0.99
send
END
    has_journal "$gone"
    edit 's/10\.0\.0\.10/10.0.0.11/'
    refused zone-is-dynamic "$scratch/edited.yaml"
    grep -q "$gone: error" "$scratch/err" || cat "$scratch/err"
    grep -c 'error:' "$scratch/err" | diff <(echo 1) -
}
serve_journals "$scratch/served" >"$scratch/log" 2>&1
result 'named serves the zones' "$([ "$named_pid" ] || cat "$scratch/log")"
if [ "$named_pid" ]; then
    made=$scratch/served/made
    try 'a zone with ixfr-from-differences is written again and again' differences
    try 'a zone that has taken an update is refused' updates
    named_stop
    made=$scratch/made
fi

# --- Zones that are gone -----------------------------------------------------

without_fabrikam() { topology 12 ad.example >"$scratch/edited.yaml"; }
left_over() {
    fresh
    without_fabrikam
    run 0 "$scratch/edited.yaml"
    cmp "$first/$gone" "$made/$gone"
    warned zone-left-over 1
    grep -q "^$made/$gone: warning" "$scratch/err" || cat "$scratch/err"
    grep -q ', 1 left over$' "$scratch/out" || cat "$scratch/out"
    run 0 --check "$scratch/edited.yaml"
    head -n 1 "$scratch/out" | diff <(echo "$gone: gone") -
}
try 'the file of a zone that is gone stays, and is told of' left_over

# What is read is not ours to replace or remove, whatever its first line says.
input_is_kept() {
    fresh
    {
        head -n 1 "$made/$gone"
        echo 'www A 10.9.9.9'
    } >"$made/internal/own.zone"
    cp "$made/internal/own.zone" "$scratch/own"
    {
        without_fabrikam
        cat "$scratch/edited.yaml"
        echo "zones: [{name: ad.example, view: internal, mode: zone, base: [$1]}]"
    } >"$scratch/based.yaml"
}
input_is_not_pruned() {
    input_is_kept "$made/internal/own.zone"
    ocszone generate --prune -o "$made" "$scratch/based.yaml"
    expect 0
    cmp "$scratch/own" "$made/internal/own.zone"
}
try 'a file that is read is not removed' input_is_not_pruned
input_is_not_replaced() {
    input_is_kept "$made/internal/ad.example.zone"
    cp "$scratch/own" "$made/internal/ad.example.zone"
    ocszone generate --force -o "$made" "$scratch/based.yaml"
    expect 2 file-is-input
    cmp "$scratch/own" "$made/internal/ad.example.zone"
}
try 'nor replaced, also with --force' input_is_not_replaced

pruned() {
    fresh
    without_fabrikam
    unchanged run 1 --check --prune "$scratch/edited.yaml"
    grep -qx "$gone: gone, to be removed" "$scratch/out" || cat "$scratch/out"
    run 0 --prune "$scratch/edited.yaml"
    [ ! -e "$made/$gone" ] || echo "$gone is there"
    warned zone-left-over 0
    grep -q ', 1 removed$' "$scratch/out" || cat "$scratch/out"
    ! grep fabrikam "$made/internal/zones.conf"
    run 0 --check --prune "$scratch/edited.yaml"
    find "$made" -type f | wc -l | diff <(echo 3) -
}
try '--prune removes the file of a zone that is gone' pruned

# named.conf must not list a zone without a file, whenever the run ends.
pruned_last() {
    fresh
    without_fabrikam
    calls -e trace=renameat,renameat2,rename,unlinkat,unlink \
        "$OCSZONE" generate -q --prune "$scratch/edited.yaml" -o "$made"
    grep -oE '^(rename|unlink)|[a-z.]+"(, 0)?\) = 0$' "$scratch/calls" |
        paste - - | cut -f 1 | uniq | diff <(printf '%s\n' rename unlink) -
}
if strace -o /dev/null true 2>/dev/null; then
    try 'files are removed behind all renames' pruned_last
else
    echo 'ok - files are removed behind all renames # SKIP there is no strace'
fi

# not_pruned COMMAND...: what it leaves in the place of the zone stays.
not_pruned() {
    fresh
    without_fabrikam
    (cd "$made" && "$@")
    cp -a "$made/internal" "$scratch/kept"
    run 0 --prune "$scratch/edited.yaml"
    diff <(cd "$scratch/kept" && find . | sort) \
        <(cd "$made/internal" && find . | sort)
    rm -rf "$scratch/kept"
}
theirs() { echo "$1" >"$gone"; }
linked() { mv "$gone" ../away.zone && ln -s ../../away.zone "$gone"; }
with_journal() { : >"$gone.jnl"; }
instead() { rm "$gone" && mkdir "$gone"; }
try "--prune leaves alone what is somebody else's" not_pruned theirs '; by hand'
try '--prune leaves an empty file alone' not_pruned eval ": >$gone"
try '--prune leaves a symbolic link alone' not_pruned linked
try '--prune leaves a directory alone' not_pruned instead
journal_kept() {
    not_pruned with_journal
    warned left-over-has-journal 1
}
try '--prune leaves a zone with a journal alone' journal_kept

prune_refused() {
    fresh
    topology 1 ad.example >"$scratch/edited.yaml"
    refused zone-shrinks --prune "$scratch/edited.yaml"
}
try 'a run that is refused removes nothing' prune_refused

lost_view() {
    rm -rf "$made"
    run 0 -q zones/contoso/topology.yaml
    run 0 -q --force --prune "$scratch/whole.yaml"
    find "$made" -name '*.zone' | sort |
        diff <(printf "$made/%s\n" "$zone" "$gone") -
}
try '--prune clears a view that has no zones any more' lost_view

# --- Two runs at once --------------------------------------------------------

# hold SECONDS: as a run that takes so long.
hold() {
    flock "$made" -c "touch '$scratch/held'; sleep $1" &
    holder=$!
    while [ ! -e "$scratch/held" ]; do sleep 0.02; done
    rm "$scratch/held"
}
waits() {
    local holder start=${EPOCHREALTIME/./}
    fresh
    edit 's/10\.0\.1\.3\b/10.0.2.3/'
    hold 1
    run 0 "$scratch/edited.yaml"
    [ $((${EPOCHREALTIME/./} - start)) -ge 900000 ] || echo 'it did not wait'
    wait "$holder"
    serial 6
}
gives_up() {
    local holder
    fresh
    edit 's/10\.0\.1\.3\b/10.0.2.3/'
    hold 12
    run 0 -q --check "$scratch/whole.yaml"
    unchanged run 2 "$scratch/edited.yaml"
    expect 2 directory-in-use
    wait "$holder"
}
at_once() {
    local runs=() number
    fresh
    for number in 2 3 4 5 6 7; do
        sed "s/10\.0\.1\.3\b/10.0.$number.3/" "$scratch/whole.yaml" \
            >"$scratch/run$number.yaml"
        "$OCSZONE" generate -q -o "$made" "$scratch/run$number.yaml" &
        runs+=($!)
    done
    for number in "${runs[@]}"; do wait "$number" || echo "status $?"; done
    # Each has seen what the one before it has left.
    serial 11
    find "$made" -name '.*'
}
if command -v flock >/dev/null; then
    try 'a run waits for another' waits
    try 'a run gives up when another does not end' gives_up
else
    echo 'ok - a run waits for another # SKIP there is no flock'
fi
try 'of runs at once each goes on from the one before' at_once

end

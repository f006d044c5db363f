#!/bin/bash
# What `ocszone generate` does to the files that it finds, and leaves alone.
. tests/script.sh

company=zones/company/topology.yaml
contoso=zones/contoso/topology.yaml
made=$scratch/made

# fresh: the files of contoso, as a first run made them.
first=$scratch/first
"$OCSZONE" generate -q -o "$first" "$contoso"
fresh() {
    rm -rf "$made"
    cp -a "$first" "$made"
}

fresh_serial() {
    rm -rf "$made"
    "$OCSZONE" generate -q --serial="$1" -o "$made" "$contoso"
}

# state DIRECTORY: all that is in it, and when it was changed to what.
state() {
    find "$1" -mindepth 1 \( -type d -printf '%P/\n' -o -printf '%P %y %i %m ' \
        -exec stat -c %y {} \; \) | sort
    find "$1" -type f -exec cksum {} + | sort
}

# unchanged COMMAND...: runs it, which must leave $made as it is.
unchanged() {
    local before
    before=$(state "$made")
    "$@"
    diff <(echo "$before") <(state "$made")
}

# serials: FILE SERIAL of all zones.
serials() {
    (cd "$made" && awk '/; serial$/ { print FILENAME, $1 }' ./*/*.zone)
}

# bumped COMMAND...: runs it; the zones whose serials are others then.
bumped() {
    serials >"$scratch/before"
    "$@"
    serials | diff "$scratch/before" - | sed -n 's/^> //p'
}

# edit EXPRESSION: contoso's topology, with a change.
edit() {
    sed "$1" "$contoso" >"$scratch/edited.yaml"
    ! cmp -s "$contoso" "$scratch/edited.yaml" || echo "no change: $1"
}

generate() {
    ocszone generate -q "$@" -o "$made"
    expect 0
}

# refused ID ARGUMENT...
refused() {
    local id=$1
    shift
    ocszone generate "$@" -o "$made"
    expect 2 "$id"
    [ ! -s "$scratch/out" ] || cat "$scratch/out"
}

# --- Again -------------------------------------------------------------------

second_run() {
    fresh
    unchanged ocszone generate "$contoso" -o "$made"
    expect 0
    grep -q ' 0 files written, 18 unchanged$' "$scratch/out" ||
        cat "$scratch/out"
}
try 'a second run touches nothing and says so' second_run

first_run() {
    rm -rf "$made"
    ocszone generate "$contoso" -o "$made"
    expect 0
    grep -q ': 11 zones, [0-9]* records, 4 hosts files; 18 files written, 0 unchanged$' \
        "$scratch/out" || cat "$scratch/out"
    find "$made" -name '.*' -o -type f ! -perm 644
    serials | grep -v ' 1$'
}
try 'a first run writes all files, with the serial 1' first_run

leaves_inodes() {
    fresh
    edit 's/10\.1\.0\.11/10.1.0.13/'
    state "$made" | grep -E '^(internal|external|named)' >"$scratch/before"
    generate "$scratch/edited.yaml"
    state "$made" | grep -E '^(internal|external|named)' |
        diff "$scratch/before" - | sed -n 's/^> \([^ ]*\).*/\1/p' |
        diff <(echo internal/corp.contoso.com.zone) -
}
try 'only files whose content changes are replaced' leaves_inodes

keeps_permissions() {
    fresh
    chmod 640 "$made/internal/corp.contoso.com.zone"
    edit 's/10\.1\.0\.11/10.1.0.13/'
    generate "$scratch/edited.yaml"
    stat -c %a "$made/internal/corp.contoso.com.zone" | grep -vx 640
}
try 'a file that is replaced keeps its permissions' keeps_permissions

without_a_view() {
    rm -rf "$made"
    generate "$company"
    (cd "$made" && find . -type f) | sort | diff <(printf '%s\n' \
        ./internal/company.com.zone ./internal/company.local.zone \
        ./internal/zones.conf ./named.conf) -
}
try 'a view without records is not written' without_a_view

# Of a view that has lost all its zones the list is empty.
lost_view() {
    fresh
    generate "$company"
    grep -v '^//' "$made/external/zones.conf"
    unchanged generate "$company"
    generate "$contoso"
    diff "$first/external/zones.conf" "$made/external/zones.conf"
}
try 'a view that has lost its zones lists none' lost_view
lost_foreign_view() {
    fresh
    echo 'zone "x" { };' >"$made/external/zones.conf"
    generate "$company"
    echo 'zone "x" { };' | diff - "$made/external/zones.conf"
}
try "somebody else's list of a view that is lost stays" lost_foreign_view

odd_directory() {
    rm -rf "$scratch/odd"*
    ocszone generate -v "$contoso" -o "$scratch/odd"$'\033\n\302\233x'
    expect 0
    grep -q "/odd? ?x: 11 zones, " "$scratch/out" || cat -A "$scratch/out"
    LC_ALL=C tr -d '\n -~' <"$scratch/out"
}
try 'the name of a directory moves no terminal' odd_directory

# --- Serials -----------------------------------------------------------------

bump() {
    fresh
    edit "$1"
    bumped generate "$scratch/edited.yaml" | diff <(printf '%s' "$2") -
}
try "one server's address bumps its zone's serial" \
    bump 's/10\.1\.0\.11/10.1.0.13/' './internal/corp.contoso.com.zone 2
'
try 'an address that stands in several zones bumps each of them' \
    bump 's/131\.107\.155\.10,/131.107.155.11,/' \
    './external/contoso.com.zone 2
./external/fabrikam.com.zone 2
'
try 'a new record is new in one zone' \
    bump 's/tcp: false/tcp: false\n    federation: true/' \
    './external/fabrikam.com.zone 2
'
try 'a change of a comment bumps nothing' bump 's/#.*//' ''

new_head() {
    fresh
    mkdir -p "$scratch/heads"
    { cat templates/zone.head; echo "$1"; } >"$scratch/heads/zone.head"
    ocszone generate -v --templates="$scratch/heads" -o "$made" "$contoso"
}
comments_alone() {
    new_head '; Ask the DNS team before you change this.'
    expect 0
    serials | grep -v ' 1$'
    grep -c ' records, new text$' "$scratch/out" | grep -vx 11
    grep -L 'Ask the DNS team' "$made"/*/*.zone
}
try 'new comments in a zone file do not move its serial' comments_alone

# bad_template ID COMMAND...: it makes heads/zone.head or heads/named.conf.
bad_template() {
    local id=$1 file
    shift
    for file in zone.head named.conf ocs2007r2.yaml; do
        fresh
        rm -rf "$scratch/heads"
        mkdir "$scratch/heads"
        "$@" "$scratch/heads/$file"
        unchanged timeout 10 "$OCSZONE" generate -o "$made" "$contoso" \
            --templates="$scratch/heads" >"$scratch/out" 2>"$scratch/err"
        grep -q "$file:.* error: .*\[$id\]\$" "$scratch/err" ||
            echo "nothing is said of $file: $(cat "$scratch/err")"
    done
    rm -rf "$scratch/heads"
}
with_nul() { printf '; one\0\n; two\n' >"$1"; }
try 'a template with a NUL byte is refused' bad_template nul-byte with_nul
try 'a pipe in the place of a template is refused' \
    bad_template cannot-read mkfifo

head_with_record() {
    new_head 'evil IN A 192.0.2.1'
    expect 2 head-not-comment
    grep -l evil "$made"/*/*
}
try 'a head that is no comment is refused' head_with_record

line_ends_of_windows() {
    fresh_serial 7
    sed -i 's/$/\r/' "$made"/*/* "$made/named.conf"
    generate "$contoso"
    serials | grep -v ' 7$'
    sed -i 's/$/\r/' "$made"/*/* "$made/named.conf"
    edit 's/10\.1\.0\.11/10.1.0.13/'
    bumped generate "$scratch/edited.yaml" >"$scratch/bumped"
    diff <(echo ./internal/corp.contoso.com.zone 8) \
        <(grep corp.contoso "$scratch/bumped")
}
try 'serials go on where files got the line ends of Windows' \
    line_ends_of_windows

head_with_serial() {
    new_head '; 99 ; serial'
    expect 0
    edit 's/10\.1\.0\.11/10.1.0.13/'
    ocszone generate --templates="$scratch/heads" -o "$made" \
        "$scratch/edited.yaml"
    expect 0
    sed -n 's/^ *\([0-9]*\)  *; serial$/\1/p' \
        "$made/internal/corp.contoso.com.zone" | diff <(echo 2) -
}
try 'a head that speaks of a serial has none' head_with_serial

# no_serial COMMAND...: our zone, which the command has spoilt.
no_serial() {
    fresh_serial 7
    "$@" "$made/internal/corp.contoso.com.zone"
    unchanged refused serial-unreadable "$contoso"
    generate --serial=8 "$contoso"
    serials | grep -v ' 8$'
    "$@" "$made/internal/corp.contoso.com.zone"
    ocszone generate --force -o "$made" "$contoso"
    expect 0
    grep -q 'warning: .*\[serial-starts-anew\]$' "$scratch/err" ||
        echo 'no warning'
    serials | grep -v ' 8$' | diff <(echo ./internal/corp.contoso.com.zone 1) -
}
try 'a zone of ours without an SOA is refused' no_serial sed -i 's/SOA/SAO/'
try 'a zone of ours without a serial is refused' \
    no_serial sed -i '/; serial$/d'
try 'a zone of ours with an odd serial is refused' \
    no_serial sed -i '/; serial$/s/[0-9]/x/'
try 'a zone of ours that is cut short is refused' no_serial sed -i 2q

foreign_serial() {
    fresh
    printf '%s\n' "$1" >"$made/internal/corp.contoso.com.zone"
    ocszone generate --force "$contoso" -o "$made"
    expect 0
    grep -c 'warning: .*\[serial-starts-anew\]$' "$scratch/err" |
        diff <(echo "$3") -
    serials | grep -v ' 1$' | diff <(printf '%s' "$2") -
}
try "somebody else's serial goes on where it can be read" foreign_serial \
    '@ IN SOA a b ( 2026013101 1h 1h 1w 1h )' \
    './internal/corp.contoso.com.zone 2026013102
' 0
try "that somebody else's serial cannot be read is said" \
    foreign_serial '; nothing' '' 1

there_and_back() {
    fresh
    edit 's/10\.1\.0\.11/10.1.0.13/'
    generate "$scratch/edited.yaml"
    generate "$contoso"
    serials | grep -v ' 1$' | diff <(echo ./internal/corp.contoso.com.zone 3) -
}
try 'a change taken back is a change' there_and_back

wraps() {
    fresh_serial 4294967295
    edit 's/10\.1\.0\.11/10.1.0.13/'
    bumped generate "$scratch/edited.yaml" |
        diff <(echo ./internal/corp.contoso.com.zone 1) -
}
try 'behind 4294967295 comes 1' wraps

said_serial() {
    fresh_serial "$1"
    generate --serial="$2" "$contoso"
    serials | grep -v " $2\$"
}
try 'a serial can be said' said_serial 1 2026013101
try 'the same serial can be said again' said_serial 7 7
try 'a serial can move by as much as half of the circle' \
    said_serial 1 2147483648
try 'a newer serial can be a smaller number' said_serial 4294967295 5

older_serial() {
    fresh_serial "$1"
    unchanged refused serial-goes-back --serial="$2" "$contoso"
    generate --serial="$2" --force "$contoso"
    serials | grep -v " $2\$"
}
try 'an older serial is refused, but not with --force' older_serial 7 6
try 'an older serial can be a greater number' older_serial 5 4294967295
try 'one half of the circle away is not newer' older_serial 5 2147483653

bad_serial() {
    fresh
    unchanged refused usage "--serial=$1" "$contoso"
}
for serial in '' -1 +1 ' 1' 1x 0x10 1.0 4294967296 99999999999999999999 Increment; do
    try "--serial='$serial' is refused" bad_serial "$serial"
done

# --- What is in the way ------------------------------------------------------

foreign_file() {
    fresh
    printf '%s\n' "$2" >"$made/$1"
    edit 's/10\.1\.0/10.9.0/'
    unchanged refused file-not-ours "$scratch/edited.yaml"
    generate --force "$scratch/edited.yaml"
    grep -q 'Written by ocszone' "$made/$1" || echo "$1 is as it was"
}
zone=internal/sip.contoso.com.zone
try "somebody else's zone is refused, but not with --force" \
    foreign_file "$zone" '@ SOA a b 1 1h 1h 1w 1h'
try 'an empty file in the place of a zone is refused' foreign_file "$zone" ''
try "our mark has to be in the file's first line" \
    foreign_file "$zone" "; by hand
$(head -n 1 "$first/$zone")"
try "somebody else's zones.conf is refused" \
    foreign_file external/zones.conf 'zone "x" { };'
try "somebody else's named.conf is refused" \
    foreign_file named.conf 'options { };'

# in_the_way ID COMMAND...: what the command leaves is not written over.
in_the_way() {
    local id=$1
    shift
    fresh
    (cd "$made" && "$@")
    edit 's/10\.1\.0/10.9.0/'
    unchanged refused "$id" "$scratch/edited.yaml"
    unchanged refused "$id" --force "$scratch/edited.yaml"
}
linked() {
    echo elsewhere >"$scratch/elsewhere"
    in_the_way not-a-regular-file ln -sfn "$scratch/elsewhere" "$zone"
    echo elsewhere | diff - "$scratch/elsewhere"
}
instead() { rm -rf "$1" && "${@:2}" "$1"; }
try 'a symbolic link in the place of a zone is refused' linked
try 'a symbolic link that leads nowhere is refused' \
    in_the_way not-a-regular-file ln -sfn nowhere "$zone"
try 'a directory in the place of a zone is refused' \
    in_the_way not-a-regular-file instead "$zone" mkdir
try 'a pipe in the place of a zone is refused' \
    in_the_way not-a-regular-file instead "$zone" mkfifo
try 'a file in the place of a directory is refused' \
    in_the_way not-a-directory instead internal touch
try 'a symbolic link in the place of a directory is refused' \
    in_the_way not-a-directory instead external ln -s /

nowhere_to_write() {
    ocszone generate "$contoso" -o "$1"
    expect 2 "$2"
}
try 'a file is no directory to write to' \
    nowhere_to_write /dev/null not-a-directory
try 'a directory in a directory that is not there is not made' \
    nowhere_to_write "$scratch/a/b" cannot-write
try 'an empty name is no directory' nowhere_to_write '' usage

# Root may write anywhere as long as it has this capability.
powerless() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --bounding-set=-dac_override,-dac_read_search "$@"
    else
        "$@"
    fi
}
read_only() {
    fresh
    chmod 555 "$made/$1"
    edit 's/10\.1\.0/10.9.0/; s/131\.107/131.108/'
    unchanged unwritable
    chmod 755 "$made/$1"
}
unwritable() {
    powerless "$OCSZONE" generate -o "$made" "$scratch/edited.yaml" \
        >"$scratch/out" 2>"$scratch/err"
    status=$?
    expect 2 cannot-write
}
if powerless true 2>/dev/null; then
    try 'a directory that may not be written to is refused' read_only .
    try 'a view that may not be written to is refused' read_only external
else
    echo 'ok - read-only directories # SKIP setpriv is needed, or not being root'
fi

# A limit on the size of files stands in for a disk that is full; -q, as it is
# one on the size of the messages, too.
full_disk() {
    fresh
    edit 's/10\.1\.0/10.9.0/; s/131\.107/131.108/'
    unchanged limited
    rm -rf "$made"
    limited
    [ ! -e "$made" ] || echo 'something is left of a first run'
}
limited() {
    (ulimit -f 1 &&
        "$OCSZONE" generate -q -o "$made" "$scratch/edited.yaml") \
        >"$scratch/out" 2>"$scratch/err"
    status=$?
    expect 2 cannot-write
}
try 'when the disk is full all files are as they were' full_disk

invalid_topology() {
    fresh
    edit 's/sign_in: dir\.corp/sign_in: dri.corp/'
    unchanged ocszone generate "$scratch/edited.yaml" -o "$made"
    expect 2
    rm -rf "$made"
    ocszone generate "$scratch/edited.yaml" -o "$made"
    expect 2
    [ ! -e "$made" ] || find "$made"
}
try 'an invalid topology writes nothing' invalid_topology

full_output() {
    rm -rf "$made"
    "$OCSZONE" generate -o "$made" "$contoso" >/dev/full 2>"$scratch/err"
    status=$?
    expect 2 cannot-write
}
try 'a summary that cannot be written is an error' full_output

# --- Killed half way ---------------------------------------------------------

many_domains() {
    cat <<END
product: ocs2007
dns: {nameservers: [ns.example.org], contact: hostmaster@example.com}
pools:
  - {fqdn: pool.example.net, edition: standard, address: $1}
sip_domains:
END
    seq -f '  - {name: d%03g.example.com, sign_in: pool.example.net}' 300
}

# differing DIRECTORY: the files that are not as they are there.
differing() {
    (cd "$scratch" && diff -rq --exclude='.*' made "$1") |
        sed "s| $1/| |g" | sort
}

# Each file is whole: as it was before, or as it is to be.
torn_files() {
    comm -12 <(differing old) <(differing new)
}

killed() {
    local run fraction duration start kills=0
    many_domains 192.0.2.1 >"$scratch/old.yaml"
    many_domains 192.0.2.2 >"$scratch/new.yaml"
    start=${EPOCHREALTIME/./}
    "$OCSZONE" generate -q -o "$scratch/new" "$scratch/new.yaml"
    duration=$((${EPOCHREALTIME/./} - start))
    "$OCSZONE" generate -q -o "$scratch/old" "$scratch/old.yaml"
    rm -rf "$made"
    cp -r "$scratch/old" "$made"
    for run in {1..20}; do
        fraction=$((duration * (RANDOM % 1000) / 1000))
        timeout -s KILL "$(printf "%d.%06d" \
            $((fraction / 1000000)) $((fraction % 1000000)))" "$OCSZONE" generate \
            -q --serial=1 -o "$made" "$scratch/$((run & 1)).yaml"
        kills=$((kills + ($? == 137)))
        torn_files
    done
    [ "$kills" -gt 0 ] || echo 'no run was killed'
    generate --serial=1 "$scratch/new.yaml"
    diff -r "$scratch/new" "$made"
}
ln -s new.yaml "$scratch/0.yaml"
ln -s old.yaml "$scratch/1.yaml"
try 'killed at any moment it leaves no torn file, and the next run no other' \
    killed

# --- The same bytes ----------------------------------------------------------

zone_directory() {
    rm -rf "$made"
    generate "--zone-directory=$1" "$contoso"
    sed -n 's/^ *\(file\|include\) "\(.*\)";$/\2/p' "$made/internal/zones.conf" \
        "$made/external/zones.conf" "$made/named.conf" |
        sort >"$scratch/paths"
    (cd "$made" && find . -name '*.zone' -o -name zones.conf) |
        sed "s|^\./|$2|" | sort | diff - "$scratch/paths"
}
try '--zone-directory stands before all paths' \
    zone_directory /etc/bind/ocs /etc/bind/ocs/
try '--zone-directory may end with a slash' zone_directory ocs/ ocs/
try 'without --zone-directory paths are relative' zone_directory '' ''

# same_from COMMAND...: it writes to $scratch/other what a plain run does.
same_from() {
    fresh
    rm -rf "$scratch/other"
    "$@"
    diff -r "$made" "$scratch/other"
}
other() { "$OCSZONE" generate -q -o "$scratch/other" "$@"; }
elsewhere() { cd "$scratch" && other "$OLDPWD/$contoso"; }
here() {
    mkdir "$scratch/other"
    cp "$contoso" "$scratch/here.yaml"
    cd "$scratch/other" && "$OCSZONE" generate -q ../here.yaml
}
in_parts() {
    mkdir -p "$scratch/parts"
    awk -v directory="$scratch/parts" '/^[a-z]/ { number++ }
        { print >sprintf("%s/%02d.yaml", directory, number) }' "$contoso"
    [ "$(find "$scratch/parts" -type f | wc -l)" -gt 5 ] || echo 'few parts'
    other "$scratch/parts"
}
from_input() { other - <"$contoso"; }
with_windows_lines() {
    sed 's/$/\r/' "$contoso" >"$scratch/windows.yaml"
    other "$scratch/windows.yaml"
}
try 'another language makes the same files' \
    same_from env LC_ALL=tr_TR.UTF-8 LANGUAGE=tr "$OCSZONE" generate -q \
    -o "$scratch/other" "$contoso"
try 'another time zone makes the same files' \
    same_from env TZ=Pacific/Kiritimati "$OCSZONE" generate -q \
    -o "$scratch/other" "$contoso"
try 'another working directory makes the same files' same_from elsewhere
try 'without -o the files go to the working directory' same_from here
try 'standard input makes the same files' same_from from_input
try 'a topology in parts makes the same files' same_from in_parts
try 'lines that end as on Windows make the same files' \
    same_from with_windows_lines

end

#!/bin/bash
# `ocszone generate` where the world is in the way for real: disks that are
# full or read-only, files of others, standard streams that are gone, another
# run at the same time.
#
# As root it has mounts of its own, which go away with it.
if [ -z "${OWN_MOUNTS-}" ] && unshare --mount true 2>/dev/null; then
    OWN_MOUNTS=yes exec unshare --mount "$0"
fi
. tests/script.sh

company=zones/company/topology.yaml
contoso=zones/contoso/topology.yaml
made=$scratch/made
changed=$scratch/changed.yaml
zone=internal/corp.contoso.com.zone

first=$scratch/first
"$OCSZONE" generate -q -o "$first" "$contoso"
# Zones of both views, their lists and named.conf are others then.
sed 's/10\.1\.0/10.9.0/; s/131\.107/131.108/
    s/^sip_domains:.*/&\n  - {name: tailspin.com, sign_in: dir.corp.contoso.com}/
    s/^networks:.*/networks: [10.0.0.0\/8]/' "$contoso" >"$changed"
then=$scratch/then
cp -a "$first" "$then"
"$OCSZONE" generate -q -o "$then" "$changed"

fresh() {
    rm -rf "$made"
    cp -a "$first" "$made"
}

# run_changed COMMAND...: before "$OCSZONE", if any.
run_changed() {
    "$@" "$OCSZONE" generate -q -o "$made" "$changed" \
        >"$scratch/out" 2>"$scratch/err"
    status=$?
}

# as DIRECTORY: the files are those.
as() {
    diff -r "$1" "$made"
}

# --- Disks -------------------------------------------------------------------

# empty_disk OPTIONS: a small one.
empty_disk() {
    rm -rf "$made"
    mkdir "$made"
    mount -t tmpfs -o "$1" none "$made"
}

# disk OPTIONS: with the files that are there.
disk() {
    empty_disk "$1" && cp -a "$first/." "$made"
}

# free_pages COUNT: all but these are taken.
free_pages() {
    rm -f "$made/.filler"
    cat /dev/zero >"$made/.filler" 2>/dev/null
    truncate -s "-$(($1 * 4096))" "$made/.filler"
}

full_disk() {
    local pages full=0
    disk size=512k || return
    for ((pages = 0; pages < 40; pages++)); do
        free_pages "$pages"
        run_changed
        rm -f "$made/.filler"
        [ "$status" -ne 0 ] || break
        full=$((full + 1))
        expect 2 cannot-write
        grep -q 'No space left on device' "$scratch/err" || cat "$scratch/err"
        as "$first"
    done
    [ "$full" -gt 3 ] || echo "only $full times too little room"
    as "$then"
}

no_inodes() {
    local count full=0
    count=$(find "$first" | wc -l)
    disk "nr_inodes=$count" || return
    while run_changed && [ "$status" -ne 0 ] && [ "$full" -lt 40 ]; do
        full=$((full + 1))
        expect 2 cannot-write
        as "$first"
        mount -o "remount,nr_inodes=$((count + full))" "$made"
    done
    [ "$full" -gt 3 ] || echo "only $full times too few inodes"
    as "$then"
}

# Not even a first run leaves anything.
full_at_first() {
    empty_disk nr_inodes=5 || return
    "$OCSZONE" generate -q -o "$made/new" "$contoso" 2>"$scratch/err"
    status=$?
    expect 2 cannot-write
    find "$made" -mindepth 1
}

read_only_disk() {
    disk size=1m || return
    mount -o remount,ro "$made"
    run_changed
    expect 2 cannot-write
    as "$first"
}

# The kernel refuses to rename to it; what comes before is new, that and what
# follows is old, and the message tells them apart.
mounted_file() {
    local file
    disk size=1m || return
    mount --bind "$made/$zone" "$made/$zone"
    run_changed
    expect 2 cannot-write
    grep -q "^$made/$zone: error: " "$scratch/err" || echo "$zone is not named"
    (cd "$first" && find . -type f -printf '%P\n') | while read -r file; do
        if grep -q "^ *$made/$file: " "$scratch/err"; then
            cmp "$first/$file" "$made/$file"
        else
            cmp "$then/$file" "$made/$file"
        fi
    done
    find "$made" -name '.*' -type f
    umount "$made/$zone"
    run_changed
    expect 0
    as "$then"
}

# apart COMMAND...: its mounts go away with it.
apart() { (
    "$@"
    umount "$made"
); }
if [ "${OWN_MOUNTS-}" ] && mkdir "$made" &&
    mount -t tmpfs none "$made" 2>/dev/null && umount "$made"; then
    try 'on a disk that is full all files are as they were' apart full_disk
    try 'without inodes all files are as they were' apart no_inodes
    try 'on a disk that is full a first run leaves nothing' apart full_at_first
    try 'on a disk that is read-only all files are as they were' \
        apart read_only_disk
    try 'a file that cannot be replaced is named' apart mounted_file
else
    echo 'ok - disks that are full or read-only # SKIP mounting is not allowed'
fi

# --- Files of others ---------------------------------------------------------

# without CAPABILITIES COMMAND...: what root may do like nobody else.
without() {
    setpriv --bounding-set="$1" "${@:2}"
}

mode_and_owner() {
    fresh
    chmod "$1" "$made/$zone"
    [ "$(id -u)" -ne 0 ] || chown 1234:2345 "$made/$zone"
    stat -c '%a %u %g' "$made/$zone" >"$scratch/before"
    run_changed
    expect 0
    as "$then"
    stat -c '%a %u %g' "$made/$zone" | diff "$scratch/before" -
}
try 'a file that is replaced keeps mode, owner and group' mode_and_owner 640
try 'a file that may only be read is replaced, and is so again' \
    mode_and_owner 444

not_to_be_given() {
    fresh
    chmod 640 "$made/$zone"
    chown 1234:2345 "$made/$zone"
    run_changed without -chown,-fowner
    expect 0
    as "$then"
    stat -c '%a %u' "$made/$zone" | diff <(echo "640 0") -
}
not_to_be_read() {
    fresh
    chmod 0 "$made/$zone"
    run_changed without -dac_override,-dac_read_search
    expect 2 cannot-read
    chmod 644 "$made/$zone"
    as "$first"
}
if [ "$(id -u)" -eq 0 ] && without -chown true 2>/dev/null; then
    try 'who cannot give a file away owns the new one' not_to_be_given
    try 'a file that may not be read is not replaced' not_to_be_read
else
    echo 'ok - files of others # SKIP only root can make them'
fi

# --- Standard streams --------------------------------------------------------

# streams_gone STATUS REDIRECTIONS OPTION...: files must not get their numbers.
streams_gone() {
    fresh
    (eval "exec $2" && "$OCSZONE" generate -o "$made" "${@:3}" "$changed")
    status=$?
    : >"$scratch/err"
    expect "$1"
    as "$then"
}
try 'standard output that is closed is an error' streams_gone 2 '>&- 2>/dev/null'
try 'standard output that is full is an error' \
    streams_gone 2 '>/dev/full 2>/dev/null'
try 'standard output that is closed does not matter where nothing is said' \
    streams_gone 0 '>&- 2>/dev/null' -q
try 'standard error that is closed does not matter' \
    streams_gone 0 '>/dev/null 2>&-' -v
try 'standard error that is full does not matter' \
    streams_gone 0 '>/dev/null 2>/dev/full' -v
try 'without any standard stream the files are whole' \
    streams_gone 2 '<&- >&- 2>&-' -v
reader_gone() {
    fresh
    "$OCSZONE" generate -v -o "$made" "$changed" 2>/dev/null | true
    as "$then"
}
try 'a reader that has gone away does not matter to the files' reader_gone

# --- What changes ------------------------------------------------------------

one_address() {
    rm -rf "$made" "$scratch/old"
    "$OCSZONE" generate -q -o "$scratch/old" "$company"
    cp -a "$scratch/old" "$made"
    sed 's/10\.10\.1\.11/10.10.1.13/' "$company" >"$scratch/one.yaml"
    ocszone generate -q -o "$made" "$scratch/one.yaml"
    expect 0
    diff -rq "$scratch/old" "$made" | diff <(printf \
        'Files %s/internal/company.local.zone and %s/internal/company.local.zone differ\n' \
        "$scratch/old" "$made") -
    diff "$scratch/old/internal/company.local.zone" \
        "$made/internal/company.local.zone" | sed -n 's/^[<>] *//p' |
        sed 's/  */ /g' | sort | diff <(printf '%s\n' '1 ; serial' \
            '2 ; serial' 'ocssrv01 IN A 10.10.1.11' 'ocssrv01 IN A 10.10.1.13') -
}
try 'one address changes one line and one serial of one file' one_address

# --- Two runs at once --------------------------------------------------------

# in_turn DIRECTORY TOPOLOGY...: one run after the other.
in_turn() {
    local topology
    for topology in "${@:2}"; do
        "$OCSZONE" generate -q -o "$1" "$topology"
    done
}

both() {
    "$OCSZONE" generate -q -o "$made" "$changed" &
    "$OCSZONE" generate -q -o "$made" "$contoso"
    local status=$?
    wait $! && [ "$status" -eq 0 ] || echo 'one of them has failed'
}

# Serials go on from run to run, so that they tell of both.
at_once() {
    local run
    in_turn "$scratch/new-1" "$changed" "$contoso"
    in_turn "$scratch/new-2" "$contoso" "$changed"
    cp -a "$first" "$scratch/old-1"
    in_turn "$scratch/old-1" "$changed" "$contoso"
    cp -a "$first" "$scratch/old-2"
    in_turn "$scratch/old-2" "$contoso" "$changed"
    for run in {1..10}; do
        rm -rf "$made"
        both
        either "$scratch/new-1" "$scratch/new-2"
        fresh
        both
        either "$scratch/old-1" "$scratch/old-2"
    done
}
either() {
    as "$1" >/dev/null || as "$2" >/dev/null ||
        { echo "run $run: neither of them:"; as "$1"; }
}
try 'of two runs at once one comes behind the other, twenty times' at_once

end

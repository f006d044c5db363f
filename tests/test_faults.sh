#!/bin/bash
# What `ocszone generate` leaves behind when one of its calls fails, when it is
# killed, and when the machine stops: at each call that a run makes.
. tests/script.sh
shopt -s globstar dotglob nullglob

library=${BUILD:?is where the program was made}/faults/faults.so
# It stands in front of a sanitizer's library, too.
export ASAN_OPTIONS=verify_asan_link_order=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}


# --- Topologies, each with a later version -----------------------------------
# An address is another one, a zone is new, a zone is no longer there.

topologies=$scratch

# versions EXAMPLE POOL EXPRESSION: makes EXAMPLE-old.yaml and EXAMPLE-new.yaml.
versions() {
    local domain="s/^sip_domains:.*/&\n  - {name: DOMAIN, sign_in: $2}/"
    sed "${domain/DOMAIN/litware.com}" "zones/$1/topology.yaml" \
        >"$topologies/$1-old.yaml"
    sed "${domain/DOMAIN/tailspin.com}; $3" "zones/$1/topology.yaml" \
        >"$topologies/$1-new.yaml"
}
versions company ocspool.company.local 's/10\.10\.1\.11/10.10.1.13/'
versions contoso dir.corp.contoso.com 's/131\.107\.155\.40/131.107.155.41/'

# What others have put into the directory, and what a killed run has left.
add_foreign() {
    echo 'Ask the DNS team.' >"$1/README"
    echo 'keep = yes' >"$1/internal/.settings"
    echo '@ SOA a b 1 1h 1h 1w 1h' >"$1/internal/foreign.zone"
    ln -s ../README "$1/internal/link.zone"
    mkdir "$1/internal/.directory"
    echo '; half a zo' >"$1/internal/.company.com.zone.ocszone-4711-0"
    echo '; half a li' >"$1/.named.conf.ocszone-4711-0"
}

# --- Looking at a directory --------------------------------------------------

# read_tree DIRECTORY ARRAY: ARRAY[name] says what is there, in the bytes of a
# file.  No process is started: this is done for every fault.
# shellcheck disable=SC2034,SC2004 # the array is the caller's, by name
read_tree() {
    local -n files=$2
    local path text name
    files=()
    for path in "$1"/**; do
        name=${path#"$1/"}
        text=
        [ ! -f "$path" ] || IFS= read -rd '' text <"$path"
        if [ -L "$path" ]; then
            files[$name]="link to $text"
        elif [ -d "$path" ]; then
            files[${name:-.}]=directory
        else
            files[$name]="file $text"
        fi
    done
}

declare -A old new now

is_temporary() { [[ $1 == *.ocszone-+([0-9])-+([0-9]) ]]; }
shopt -s extglob

# whole TEMPORARIES: each entry is as it was or as it is to be, and no entry of
# before is gone.  Of this run's temporaries none or "some" are expected.
whole() {
    local name
    for name in "${!now[@]}"; do
        if is_temporary "$name"; then
            [[ $1 == some || $name == *-4711-0 ]] ||
                echo "$name is left behind"
        elif [[ -v new[$name] && ${now[$name]} == "${new[$name]}" ]]; then
            :
        elif [[ ! -v old[$name] || ${now[$name]} != "${old[$name]}" ]]; then
            echo "$name is neither old nor new: ${now[$name]}"
        fi
    done
    for name in "${!old[@]}"; do
        is_temporary "$name" || [[ -v now[$name] ]] || echo "$name is gone"
    done
}

# like ARRAY: all is as it is there, but for what killed runs have left.
like() {
    local -n wanted=$1
    local name
    for name in "${!wanted[@]}"; do
        is_temporary "$name" || [[ ${now[$name]-} == "${wanted[$name]}" ]] ||
            echo "$name is not $1"
    done
    for name in "${!now[@]}"; do
        is_temporary "$name" || [[ -v wanted[$name] ]] ||
            echo "$name is not $1"
    done
}

# A name server that starts now finds every zone that a list has.
listed() {
    local list line
    for list in internal/zones.conf external/zones.conf; do
        while IFS= read -r line; do
            [[ $line != *' file "'*'";' ]] || line=${line#*\"}
            [[ $line != *'.zone";' || -v now[${line%\";}] ]] ||
                echo "$list has ${line%\";}, which is not there"
        done <<<"${now[$list]-}"
    done
}

# --- Runs --------------------------------------------------------------------

fresh() {
    rm -rf "$made"
    [ ! -e "$before" ] || cp -a "$before" "$made"
}

# faulted FAULT: a run with this one, and those that are always there.
always=
faulted() {
    {
        LD_PRELOAD=$library FAULTS=$always,$1 "$OCSZONE" generate -q -o "$made" \
            "$topology" >"$scratch/out" 2>"$scratch/err"
    } 2>/dev/null
    status=$?
    read_tree "$made" now
}

# completed: the next run, without a fault, does all that was left to do.
completed() {
    local name
    LD_PRELOAD=$library "$OCSZONE" generate -q -o "$made" "$topology" \
        >"$scratch/out" 2>&1 ||
        echo "the next run ends with $?: $(<"$scratch/out")"
    read_tree "$made" now
    like new
    for name in "${!now[@]}"; do
        ! is_temporary "$name" || echo "the next run leaves $name"
    done
}

# first_call PATTERN: its number, from 1.
first_call() {
    local number
    for ((number = 1; number <= ${#calls[@]}; number++)); do
        # shellcheck disable=SC2053 # a pattern
        [[ ${calls[number - 1]} != $1\ * ]] || break
    done
    echo "$number"
}

# prepare OLD NEW: $before, a directory for OLD, or none; what comes of it, old
# and new, and which calls lead from one to the other.
prepare() {
    rm -rf "$before"
    if [ "$1" != none ]; then
        "$OCSZONE" generate -q -o "$before" "$topologies/$1.yaml"
        add_foreign "$before"
    fi
    topology=$topologies/$2.yaml
    fresh
    read_tree "$made" old
    rm -f "$scratch/calls"
    LD_PRELOAD=$library FAULTS=$always FAULTS_LOG=$scratch/calls \
        "$OCSZONE" generate -q -o "$made" "$topology" || echo "a run without a fault ends with $?"
    read_tree "$made" new
    mapfile -t calls <"$scratch/calls"
    first_sync=$(first_call '*sync*') first_rename=$(first_call renameat)
}

# --- One call fails ----------------------------------------------------------

# errors_of CALL: what it can fail with.
errors_of() {
    case $1 in
    open | openat) echo EACCES EMFILE ENOSPC EIO EINTR ;;
    read) echo EIO EINTR short ;;
    write) echo ENOSPC EDQUOT EIO EINTR short ;;
    close | closedir) echo EIO ENOSPC EINTR ;;
    fsync | syncfs) echo EIO ENOSPC EINTR ;;
    renameat | mkdirat) echo EACCES ENOSPC EROFS EIO ;;
    fchmod | fchown) echo EPERM EROFS EIO ;;
    flock) echo ENOLCK EAGAIN EINTR ;;
    fdopendir) echo ENOMEM EMFILE ;;
    readdir) echo EIO ;;
    *) echo EACCES EIO ;;
    esac
}

# What cannot be passed over: without it a file is not there, or does not last.
must_fail() {
    case $1:$2 in
    write\ *:short | *:EINTR) return 1 ;;
    write\ * | fchmod\ * | renameat\ * | mkdirat\ * | syncfs\ * | fsync\ *) ;;
    openat\ *.ocszone-*) ;;
    close\ *.ocszone-*) [ "$number" -le "$first_sync" ] ;;
    open\ "$topology":* | read\ "$topology":EIO) ;;
    *) return 1 ;;
    esac
}

# What happens on a disk that is well, too.
must_go_on() {
    [[ $1:$2 == @(read|write)\ *:@(EINTR|short) || $1:$2 == close\ *:EINTR ]]
}

# subject CALL: the file that a message about it has to name.
subject() {
    local path=${1#* }
    case $1 in
    fsync\ * | syncfs\ * | */..) path=$made ;;
    */.) path=${path%/.} ;;
    */.*.ocszone-*) path=${path%/*}/${path##*/.} path=${path%.ocszone-*} ;;
    esac
    # Of a sync it is the directory, whatever the kernel offers for it.
    [[ $number -le $first_sync || $1 == renameat* ]] || path=$made
    echo "$path"
}

temporaries=none

# judge_error CALL ERROR: after a run in which that call failed so.
judge_error() {
    local message path
    case $status in
    0)
        ! must_fail "$1" "$2" || echo 'nothing is said of it'
        like new
        ;;
    2)
        ! must_go_on "$1" "$2" || echo 'it gives up'
        message=$(<"$scratch/err") path=$(subject "$1")
        [[ $message == *"$path"*": error: "*\[*\]* ]] ||
            echo "no message names $path: $message"
        [ "$number" -gt "$first_rename" ] || like old
        ;;
    *)
        echo "it ends with $status: $(<"$scratch/err")"
        ;;
    esac
    whole "$temporaries"
    listed
}

# Each call of a run fails in each way.
all_errors() {
    local number=0 call error log
    for call in "${calls[@]}"; do
        number=$((number + 1))
        for error in $(errors_of "${call%% *}"); do
            fresh
            faulted "any:$number:$error"
            log=$(judge_error "$call" "$error"; completed)
            injections=$((injections + 1))
            [ -z "$log" ] || printf 'call %d, %s: %s\n%s\n' \
                "$number" "$call" "$error" "$log"
        done
    done
}

# --- The end at any moment ---------------------------------------------------

judge_end() {
    [ "$status" -eq 137 ] || echo "it ends with $status"
    whole some
    listed
}

# all_ends WHAT FIRST: kill or power, at each call from that one on.
all_ends() {
    local number log
    for ((number = $2; number <= ${#calls[@]}; number++)); do
        fresh
        faulted "any:$number:$1"
        log=$(judge_end; completed)
        injections=$((injections + 1))
        [ -z "$log" ] || printf 'call %d, %s: %s\n%s\n' \
            "$number" "${calls[number - 1]}" "$1" "$log"
    done
}

# Before anything is written a stop of the machine is no other end.
all_stops() { all_ends power "$(first_call write)"; }

# Each call that changes something fails.
all_changes() {
    errors_of() {
        case $call in
        write\ * | renameat\ * | fchmod\ * | syncfs\ * | fsync\ *) echo EIO ;;
        openat\ *.ocszone-* | close\ *.ocszone-*) echo ENOSPC ;;
        esac
    }
    all_errors
}

# examined NAME COMMAND...: the command counts its injections.
examined() {
    local name=$1
    shift
    injections=0
    "$@" >"$scratch/found" 2>&1
    result "$name ($injections injections)" "$(<"$scratch/found")"
}

company() {
    prepare company-old company-new
    examined 'a call that fails leaves each file old or new' all_errors
    examined 'a run that is killed leaves each file old or new' all_ends kill 1
    examined 'a machine that stops leaves each file old or new' all_stops
    try 'a second run makes no call that could change anything' second_run
    try 'a run that starts meanwhile waits' meanwhile
    examined 'a directory that vanishes is reported' gone
    try 'text is synced before names, and names before the end' in_order
}

others() {
    prepare none company-new
    examined 'a first run that fails leaves nothing behind' all_errors
    examined 'a first run that is killed leaves each file absent or new' \
        all_ends kill 1
    prepare contoso-old contoso-new
    try 'in two views a second run does not, either' second_run
    examined 'in two views a call that fails leaves each file old or new' \
        all_changes
    examined 'in two views a machine that stops leaves each file old or new' \
        all_stops
    always=unlinkat:0:EROFS temporaries=some
    examined 'what a failed run could not remove the next one does' all_changes
    always=syncfs:0:ENOSYS temporaries=none
    prepare company-old company-new
    examined 'without syncfs a call that fails leaves each file old or new' \
        all_changes
    examined 'without syncfs a machine that stops does so, too' all_stops
}

# Text is on the disk before a name leads to it, and names are on the disk
# before the run ends.
in_order() {
    local call path name unsynced=
    local -A unsynced_names=()
    for call in "${calls[@]}"; do
        path=${call#* }
        case $call in
        write\ *) unsynced=$path ;;
        syncfs\ *) unsynced= ;;
        renameat\ *)
            [ -z "$unsynced" ] || echo "$path is renamed before its sync"
            unsynced_names[${path%/*}]=$path
            ;;
        fsync\ *) unset "unsynced_names[$path]" ;;
        esac
    done
    for name in "${unsynced_names[@]}"; do
        echo "the name $name may not last"
    done
    [ "$first_rename" -lt "${#calls[@]}" ] || echo 'nothing is renamed'
}

# gone: the directory goes away before each call that needs it.
gone() {
    local number log
    local opened last
    opened=$(first_call openat)
    last=$((first_rename + $(printf '%s\n' "${calls[@]}" | grep -c ^renameat)))
    for ((number = opened + 1; number < last; number++)); do
        fresh
        FAULTS_COMMAND="rm -rf $made" faulted "any:$number:run"
        log=$(
            expect 2
            grep -q "^$made.*: error: " "$scratch/err" || echo 'no message'
            [ ! -e "$made" ] || echo 'it is there again'
        )
        injections=$((injections + 1))
        [ -z "$log" ] || printf 'call %d, %s:\n%s\n' "$number" \
            "${calls[number - 1]}" "$log"
    done
}

# --- No call fails -----------------------------------------------------------

# The state of all that is there, but for when it was read.
state() {
    find "$made" -printf '%P %y %i %n %m %u %g %s %T@ %C@\n' | sort
}

# A second run makes no call that could change anything.
second_run() {
    local changing='write|rename|unlink|rmdir|mkdir|sync|chmod|fchown|ocszone-'
    fresh
    "$OCSZONE" generate -q -o "$made" "$topology"
    state >"$scratch/state"
    rm -f "$scratch/calls"
    LD_PRELOAD=$library FAULTS_LOG=$scratch/calls "$OCSZONE" generate -q \
        -o "$made" "$topology"
    state | diff "$scratch/state" -
    grep -E "^[a-z]*($changing)|/\.[^/]*\.ocszone-" "$scratch/calls"
    grep -q "^fstatat $made/named.conf\$" "$scratch/calls" || echo 'no calls'
}

# Another run that starts while this one is renaming waits for its end, and
# goes on from what that leaves.
meanwhile() {
    local other="'$OCSZONE' generate -q -o '$made' '$topologies/company-old.yaml'"
    fresh
    FAULTS_COMMAND="{ $other; echo \$? >'$scratch/done'; } & sleep 0.5" \
        faulted "any:$((first_rename + 1)):run"
    expect 0
    for _ in {1..200}; do
        [ ! -s "$scratch/done" ] || break
        sleep 0.05
    done
    echo 0 | diff - "$scratch/done"
    read_tree "$made" now
    fresh
    "$OCSZONE" generate -q -o "$made" "$topology"
    "$OCSZONE" generate -q -o "$made" "$topologies/company-old.yaml"
    read_tree "$made" new
    like new
}

# lane NAME: in directories of its own.
lane() {
    mkdir "$scratch/$1"
    scratch=$scratch/$1
    made=$scratch/made before=$scratch/before
    "$1"
}

# Two lanes take half of the time.
lane company >"$scratch/company.log" 2>&1 &
lane others >"$scratch/others.log" 2>&1 &
wait
cat "$scratch/company.log" "$scratch/others.log"
failures=$(cat "$scratch"/*.log | grep -c '^not ok')
cat "$scratch"/*.log | awk -F '[( ]' '/injections\)$/ { sum += $(NF - 1) }
    END { print "# " sum " injections in all" }'

# What can change files and is not in the library would not be examined.
unexamined() {
    nm -D --undefined-only "$OCSZONE" | awk '{ sub(/@.*/, "", $2); print $2 }' |
        grep -Ex "$changing" | sort >"$scratch/used"
    nm -D --defined-only "$library" | awk '{ print $3 }' | sort |
        comm -23 "$scratch/used" -
    [ -s "$scratch/used" ] || echo 'no call is found'
}
changing='_*f?open(at)?(64)?(_2)?|creat(64)?|f?dopen|freopen(64)?|mko?s?temps?(64)?'
changing+='|(pwritev?|writev?|sendfile|splice|copy_file_range)(64)?(2|64v2)?'
changing+='|f?truncate(64)?|(posix_)?fallocate(64)?|f?(l?chown|chmod)(at)?'
changing+='|(rename|link|symlink|unlink|mkdir|mknod|mkfifo|utimens)(at)?2?'
changing+='|rmdir|remove|fsync|fdatasync|syncfs|sync|sync_file_range|msync'
if grep -q __asan_init "$OCSZONE"; then
    echo 'ok - a list of the calls # SKIP sanitizers have calls of their own'
else
    try 'there is no other call that changes files' unexamined
fi
end

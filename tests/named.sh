# shellcheck shell=bash
# Sourced, after script.sh: a name server of the test's own.  It listens on
# 127.0.0.1, and it ends with the test.

PATH=$PATH:/usr/sbin # not in everybody's

# AppArmor, where it is at work, knows named by its path and lets it read no
# file of a test: so it is a copy that runs, if a copy may.
# shellcheck disable=SC2154 # script.sh makes the directory
named_program=$scratch/named
if ! cp "$(command -v named)" "$named_program" ||
    ! "$named_program" -v >/dev/null 2>&1; then
    named_program=named
fi

named_pid=

clean_up() { named_stop; }

# named_options: what an `options` block has to say so that the server keeps
# to its directory and to itself.
named_options() {
    echo 'pid-file none; session-keyfile none; listen-on-v6 { none; };'
    echo 'listen-on { 127.0.0.1; };'
}

# named_start DIRECTORY: starts it there, with the named.conf that it finds;
# named_port is where it answers, DIRECTORY/log what it says.
named_start() {
    local tries
    for tries in 1 2 3 4 5; do
        named_port=$((20000 + RANDOM % 12000))
        # Nobody may listen there: named would share the port and not say so.
        (: <"/dev/tcp/127.0.0.1/$named_port") 2>/dev/null && continue
        named_launch "$1" && return
    done
    echo "named did not start, in $tries tries"
    tail -n 20 "$1/log"
    return 1
}

# The time limit is for the case that the test itself is killed.
named_launch() {
    local log=$1/log tries=0
    : >"$log" # an earlier one may say that it is running
    (cd "$1" && exec timeout 100 "$named_program" -g -4 -n 1 -c named.conf \
        -p "$named_port") >"$log" 2>&1 &
    named_pid=$!
    until grep -q ' running$' "$log"; do
        tries=$((tries + 1))
        if [ "$tries" -gt 400 ] || ! kill -0 "$named_pid" 2>/dev/null; then
            named_stop
            return 1
        fi
        sleep 0.02
    done
    grep -q 'address in use' "$log" || return 0
    named_stop
    return 1
}

named_stop() {
    [ -n "$named_pid" ] || return 0
    kill "$named_pid" 2>/dev/null
    wait "$named_pid" 2>/dev/null
    named_pid=
}

# named_ask CLIENT FILE [OPTION...]: asks, from that address, the questions in
# the file, "NAME TYPE" each; prints the answers sorted, "OWNER TTL CLASS TYPE
# DATA", once each.
named_ask() {
    local client=$1 file=$2
    shift 2
    dig -b "$client" @127.0.0.1 -p "$named_port" -f "$file" \
        +norecurse +noall +answer "$@" | awk '{ $1 = $1 } 1' | sort -u
}

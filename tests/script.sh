# shellcheck shell=bash
# Sourced by the test scripts: a directory of their own, which goes away with
# them, and how they say what passed.  They run in the project's directory;
# OCSZONE names the program.
set -u
export LC_ALL=C
unset NO_COLOR
: "${OCSZONE:?names the program to be tested}"

scratch=$(mktemp -d) || exit 2
# To be redefined by who has more to end.
clean_up() { :; }
trap 'clean_up; rm -rf "$scratch"' EXIT
trap 'exit 130' HUP INT TERM

failures=0

# result NAME FAULTS: a test passes when there is no fault to show.
result() {
    if [ -z "$2" ]; then
        echo "ok - $1"
    else
        failures=$((failures + 1))
        echo "not ok - $1"
        head -n 40 <<<"$2" | sed 's/^/#   /'
    fi
}

# try NAME COMMAND...: what the command prints, on either stream, are faults.
# It runs in a shell of its own.
try() {
    local name=$1
    shift
    result "$name" "$("$@" 2>&1)"
}

# ocszone ARGUMENT...: leaves what it says in out and err, and its status.
ocszone() {
    "$OCSZONE" "$@" >"$scratch/out" 2>"$scratch/err"
    status=$?
}

# expect STATUS [ID]: how the last ocszone ended, and which error it reported.
expect() {
    [ "$status" -eq "$1" ] || { echo "status $status, not $1"; cat "$scratch/err"; }
    [ $# -eq 1 ] || grep -q "error: .*\[$2\]\$" "$scratch/err" ||
        { echo "no error with the id $2:"; cat "$scratch/err"; }
}

# streams WANTED: out, err, both or none, of the last ocszone, got something.
streams() {
    local found=none
    [ ! -s "$scratch/out" ] || found=out
    [ ! -s "$scratch/err" ] || found=err
    [ ! -s "$scratch/out" ] || [ ! -s "$scratch/err" ] || found=both
    [ "$found" = "$1" ] || echo "output on $found, not on $1"
}

end() {
    [ "$failures" -eq 0 ]
    exit
}

#!/bin/bash
# What `ocszone init` writes: a topology that is valid as it is, and stays so
# with all that it offers.
. tests/script.sh

template=templates/topology.yaml
new=$scratch/new.yaml

# --- Where it goes -----------------------------------------------------------

to_output() {
    ocszone init "$@"
    expect 0
    streams out
    diff "$template" "$scratch/out"
}
try 'it goes to standard output' to_output
try '- is standard output' to_output -o -

to_file() {
    rm -f "$new"
    (umask 027 && "$OCSZONE" init -o "$new") || echo "status $?"
    diff "$template" "$new"
    stat -c %a "$new" | grep -vx 640
}
try '-o writes a file, with the permissions of any new file' to_file

# left_alone PATH: it is there, and init says so and leaves it.
left_alone() {
    local before
    before=$(stat -c '%i %F %s %Y' "$1")
    timeout 10 "$OCSZONE" init -o "$1" >"$scratch/out" 2>"$scratch/err"
    status=$?
    expect 2 file-exists
    streams err
    diff <(echo "$before") <(stat -c '%i %F %s %Y' "$1")
}
echo mine >"$scratch/mine.yaml"
ln -s "$scratch/nowhere" "$scratch/link.yaml"
: >"$scratch/empty.yaml"
mkfifo "$scratch/pipe.yaml"
try 'a file is never overwritten' left_alone "$scratch/mine.yaml"
try 'not even an empty one' left_alone "$scratch/empty.yaml"
try 'a link that leads nowhere is not followed' left_alone "$scratch/link.yaml"
try 'a directory is no new file' left_alone "$scratch"
try 'a pipe is no new file' left_alone "$scratch/pipe.yaml"
result 'nothing was made behind the link' "$(ls "$scratch/nowhere" 2>/dev/null)"

refused() {
    ocszone init "${@:2}"
    expect 2 "$1"
    streams err
}
try 'a directory that is not there is not made' \
    refused cannot-write -o "$scratch/none/new.yaml"
try 'an empty name is refused' refused usage -o ''
try 'it takes no operand' refused usage topology.yaml

cut_short() {
    rm -f "$new"
    (ulimit -f 1 && "$OCSZONE" init -o "$new" 2>"$scratch/err")
    status=$?
    expect 2 cannot-write
    [ ! -e "$new" ] || echo 'a part of it is left'
}
try 'a file that cannot be written in full is not left behind' cut_short

# --- A template of the site's own --------------------------------------------

own=$scratch/own
mkdir "$own"
own_template() {
    echo '# ours' >"$own/topology.yaml"
    ocszone init --templates="$own"
    expect 0
    echo '# ours' | diff - "$scratch/out"
    rm "$own/topology.yaml"
    to_output --templates="$own"
}
try "a site's own template takes its place" own_template
bad_template() {
    printf 'a\0b\n' >"$own/topology.yaml"
    refused nul-byte --templates="$own"
    rm "$own/topology.yaml"
}
try 'a template that is no text is refused' bad_template
try 'a directory of templates that is not there is an error' \
    refused cannot-open --templates="$scratch/none"

# --- What it says ------------------------------------------------------------

# used: what is offered behind a # is used, as the remark at the head tells.
used() {
    sed -E 's/^( *)#(  |[^ ])/\1\2/' "$template"
}

# is_fine FILE: generate has no more than notes to say about it.
is_fine() {
    rm -rf "$scratch/zones"
    ocszone generate "$1" -o "$scratch/zones"
    expect 0
    grep -E ': (warning|error): ' "$scratch/err"
    find "$scratch/zones" -name '*.zone' | grep -q . || echo 'there is no zone'
}
try 'it is a topology as it is' is_fine "$template"

used >"$scratch/used.yaml"
try 'with all that it offers it is one, too' is_fine "$scratch/used.yaml"
result 'nothing that it offers is left behind a #' \
    "$(grep -nE '^ *#[^ ]|^ *#  ' "$scratch/used.yaml" | grep -v '^[0-9]*:# --- ')"
result 'what it offers is more than a remark or two' \
    "$([ "$(diff "$template" "$scratch/used.yaml" | grep -c '^>')" -gt 60 ] ||
        echo 'it is not')"

sections() {
    sed -n 's/^#\{0,1\}\([a-z_]*\):.*/\1/p' "$template" | sort
}
result 'it has each section that a topology can have, once' \
    "$(sed -n 's/^\.It Ic \([a-z_]*\) .*/\1/p' man/ocszone-topology.5 |
        sort -u | diff - <(sections))"

# with_section NAME: the template, and that section used.
with_section() {
    awk -v start="#$1:" '
        index($0, start) == 1 { inside = 1 }
        /^$/ { inside = 0 }
        inside && !/^# [^ ]/ { sub(/^#/, "") }
        { print }' "$template"
}
section_is_fine() {
    with_section "$1" >"$scratch/section.yaml"
    ! cmp -s "$template" "$scratch/section.yaml" || echo 'nothing has changed'
    rm -rf "$scratch/zones"
    ocszone generate "$scratch/section.yaml" -o "$scratch/zones"
    expect 0
}
# Those left out stand at the sites of another section.
while read -r section; do
    case $section in edges | reverse_proxies) continue ;; esac
    try "$section can be used alone" section_is_fine "$section"
done < <(sed -n 's/^#\([a-z_]*\):.*/\1/p' "$template")

end

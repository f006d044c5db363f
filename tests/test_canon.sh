#!/bin/bash
# `ocszone canon`: which file is read as which zone, what it may include, what
# comes out where, and what git makes of it.
# shellcheck disable=SC2016 # a directive is no variable
. tests/script.sh

files=$scratch/files
mkdir "$files"

# ---- files

top() {
    echo '$TTL 1h'
    echo "${1:-@} SOA ns1 hostmaster 1 7200 900 1209600 300"
    printf '\tNS ns1\nns1 A 192.0.2.1\n'
}

# What canon makes of it, up to the records of ns1.
canonical_top() {
    echo 'example.com. 3600 IN SOA ns1.example.com. hostmaster.example.com. 1 7200 900 1209600 300'
    echo 'example.com. 3600 IN NS ns1.example.com.'
}

canonical() {
    canonical_top
    echo 'ns1.example.com. 3600 IN A 192.0.2.1'
}

names='example.com.zone example.com.db example.com.dns example.com.txt
    example.com.ZONE db.example.com DB.Example.COM example.com'
for name in good $names; do
    top >"$files/$name"
done
{ echo '$ORIGIN example.com.' && top; } >"$files/below-origin"
{ echo '$ORIGIN com.' && echo '$ORIGIN example' && top; } \
    >"$files/below-two-origins"
{ echo '$ORIGIN .' && top example.com.; } |
    sed 's/ns1/&.example.com/; s/hostmaster/&.example.com/' >"$files/absolute"
{ echo '; x SOA' && echo '$TTL 60' && cat "$files/absolute"; } \
    >"$files/example.net.zone"
{ top && printf '%s\n' 'a A 192.0.2.256' 'b MX 10' 'c A 192.0.2.3'; } \
    >"$files/two-errors"
{ top && echo 'a.example.net. A 192.0.2.2'; } >"$files/warning"
top | grep -v NS >"$files/no-ns"
printf 'a A 192.0.2.2\n  TXT "b ; c"\nb 60 A 192.0.2.3\n' >"$files/fragment"
printf 'a.example.com. A 192.0.2.2\nb.example.net. A 192.0.2.3\n' \
    >"$files/absolute-fragment"

# ---- status, streams, id of the error or -, arguments

command_line() {
    cd "$files" || return
    eval "ocszone canon $4"
    case $3 in
    -) expect "$1" ;;
    *) expect "$1" "$3" ;;
    esac
    streams "$2"
}

while read -r wanted stream id arguments; do
    case $wanted in '' | '#'*) continue ;; esac
    try "canon $arguments: $wanted" \
        command_line "$wanted" "$stream" "$id" "$arguments"
done <<'END'
2 err usage
2 err usage  good good
2 err usage  --origin
2 err usage  --origin=a..b good
2 err usage  --origin= good
2 err usage  --fragment=yes good
2 err usage  --textconv=yes good
2 err usage  --include-root
2 err usage  --format=text good
0 out  -  --origin=example.com good
0 out  -  --origin example.com. good
0 out  -  good --origin=EXAMPLE.com
0 out  -  --origin=example.com - <good
0 out  -  --origin=example.com -- good
0 out  -  - <absolute
2 err zone-syntax  - <good
2 err zone-syntax  good
2 err zone-syntax  ./good
2 err zone-syntax  ../files/good
2 err cannot-open  nowhere.zone
2 err cannot-open  --origin=example.com nowhere
2 err cannot-read  --origin=example.com .
2 err zone-syntax  --origin=example.com two-errors
2 err zone-syntax  -q --origin=example.com two-errors
0 both -  --origin=example.com warning
0 out  -  -q --origin=example.com warning
2 err missing-ns  --origin=example.com no-ns
2 err missing-soa  --origin=example.com /dev/null
2 err zone-syntax  --origin=example.com fragment
2 err missing-soa  --origin=example.net absolute
0 out  -  --origin=example.com --fragment fragment
0 none -  --fragment /dev/null
2 err zone-syntax  --fragment fragment
0 out  -  --fragment absolute-fragment
0 both -  --fragment --origin=example.com absolute-fragment
0 out  -  --textconv --origin=example.com good
0 out  -  --textconv --origin=example.com two-errors
0 out  -  --textconv good
0 out  -  --textconv nowhere.zone
0 out  -  --textconv /dev/null
0 out  -  --textconv - <good
0 none -  --textconv --fragment /dev/null
2 err usage  --textconv
2 err usage  --textconv --origin=a..b good
END

all_errors() {
    ocszone canon --origin=example.com "$files/two-errors"
    grep -oE ':[0-9]+:[0-9]+: error: .*\[[a-z-]+\]$' "$scratch/err" |
        sed 's/: error.*\[/ /; s/\]$//' | diff <(printf '%s\n' \
            ':5:5 zone-syntax' ':6:8 zone-syntax') -
}
try 'all errors of a file are told, each with its place' all_errors

unwritten() {
    "$OCSZONE" canon "$files/absolute" 2>"$scratch/err" >"$1"
    status=$?
    expect 2
    [ -s "$scratch/err" ] || echo 'nothing is said'
}
if [ -c /dev/full ]; then
    try 'an output that takes nothing is an error' unwritten /dev/full
fi

# ---- which zone it is

is_example_com() {
    cd "$files" || return
    ocszone canon "$@"
    expect 0
    streams out
    diff <(canonical) "$scratch/out"
}
try 'the SOA tells the zone' is_example_com absolute
try 'the SOA tells the zone below an absolute $ORIGIN' \
    is_example_com below-origin
try 'the SOA tells the zone below an $ORIGIN below that' \
    is_example_com below-two-origins
try 'the SOA tells the zone, whatever the file is called' \
    is_example_com example.net.zone
for name in $names; do
    try "the file's name tells the zone: $name" is_example_com "$name"
done
try 'a directory does not tell the zone' \
    is_example_com "../files/example.com.zone"
try '--origin is any case, with its dot or without' \
    is_example_com --origin=Example.COM. good
try '--origin is the first origin' \
    is_example_com --origin=example.com - <"$files/good"

# ---- what is written

# Entries behind the top, % for a new line; what is written of them.
is_written() {
    { top && tr % '\n' <<<"$1"; } >"$scratch/entries"
    ocszone canon -q --origin=example.com "$scratch/entries"
    expect 0
    diff <(canonical_top && tr % '\n' <<<"$2") \
        <(grep -v '^ns1\.' "$scratch/out")
}
while IFS='|' read -r name entries wanted; do
    entries=${entries# } wanted=${wanted# }
    try "canonical:${name#"${name%%[! ]*}"}" is_written "${entries% }" "$wanted"
done <<'END'
owner is absolute and in lower case | B.Sub A 10.0.0.1 | b.sub.example.com. 3600 IN A 10.0.0.1
TTL is in seconds | b 1D2h A 10.0.0.1 | b.example.com. 93600 IN A 10.0.0.1
white space is one blank | b	(%	60 )  IN  MX	(10%  Mail) | b.example.com. 60 IN MX 10 mail.example.com.
comments go away | b A 10.0.0.1 ; why | b.example.com. 3600 IN A 10.0.0.1
strings are in quotes | b TXT One "t;w\o" \"3 | b.example.com. 3600 IN TXT "One" "t;wo" "\"3"
escapes are the shortest | \098\.\@\200 TXT "" | b\.\@\200.example.com. 3600 IN TXT ""
data are numbers of one form | b AAAA 2001:DB8:0::01 | b.example.com. 3600 IN AAAA 2001:db8::1
generic data are those of the type | b TYPE1 \# 4 0A00 0001 | b.example.com. 3600 IN A 10.0.0.1
unknown types are in generic form | b CLASS1 TYPE65400 \# 2 AB CD | b.example.com. 3600 IN TYPE65400 \# 2 abcd
what is told twice is told once | b MX 1 A%b A 10.0.0.1%b MX 1 a | b.example.com. 3600 IN A 10.0.0.1%b.example.com. 3600 IN MX 1 a.example.com.
names are in canonical order | z A 10.0.0.1%a.b A 10.0.0.1%Y A 10.0.0.1%*.b A 10.0.0.1%b A 10.0.0.1 | b.example.com. 3600 IN A 10.0.0.1%*.b.example.com. 3600 IN A 10.0.0.1%a.b.example.com. 3600 IN A 10.0.0.1%y.example.com. 3600 IN A 10.0.0.1%z.example.com. 3600 IN A 10.0.0.1
types and data are in order | b SRV 0 0 2 a%b SRV 0 0 1 z%b TXT b%b MX 2 a%b MX 1 b%b A 10.0.0.9%b A 10.0.0.10 | b.example.com. 3600 IN A 10.0.0.9%b.example.com. 3600 IN A 10.0.0.10%b.example.com. 3600 IN MX 1 b.example.com.%b.example.com. 3600 IN MX 2 a.example.com.%b.example.com. 3600 IN TXT "b"%b.example.com. 3600 IN SRV 0 0 1 z.example.com.%b.example.com. 3600 IN SRV 0 0 2 a.example.com.
NS comes first | b A 10.0.0.1%b NS c.example.net. | b.example.com. 3600 IN NS c.example.net.%b.example.com. 3600 IN A 10.0.0.1
END

# A piece of a zone keeps no TTL where it has none.
is_fragment() {
    tr % '\n' <<<"$1" >"$scratch/piece"
    ocszone canon --fragment --origin=example.com "$scratch/piece"
    expect 0
    diff <(tr % '\n' <<<"$2") "$scratch/out"
    mv "$scratch/out" "$scratch/piece"
    ocszone canon --fragment "$scratch/piece"
    diff "$scratch/piece" "$scratch/out"
}
while IFS='|' read -r name entries wanted; do
    entries=${entries# } wanted=${wanted# }
    try "fragment:${name#"${name%%[! ]*}"}" is_fragment "${entries% }" "$wanted"
done <<'END'
a TTL that is not there is not written | b A 10.0.0.1%a TXT x | a.example.com. IN TXT "x"%b.example.com. IN A 10.0.0.1
a TTL holds for its own record | b 60 A 10.0.0.1%a TXT x | a.example.com. IN TXT "x"%b.example.com. 60 IN A 10.0.0.1
a TTL behind holds for its own record | b A 10.0.0.1%a 60 TXT x | a.example.com. 60 IN TXT "x"%b.example.com. IN A 10.0.0.1
$TTL holds from there on | b A 10.0.0.1%$TTL 60%a TXT x | a.example.com. 60 IN TXT "x"%b.example.com. IN A 10.0.0.1
an SOA's minimum holds for nothing | b A 10.0.0.1%@ SOA a b 1 2 3 4 5%c A 10.0.0.2 | example.com. IN SOA a.example.com. b.example.com. 1 2 3 4 5%b.example.com. IN A 10.0.0.1%c.example.com. IN A 10.0.0.2
an RRset has one TTL | b 60 A 10.0.0.1%b A 10.0.0.2 | b.example.com. 60 IN A 10.0.0.1%b.example.com. 60 IN A 10.0.0.2
$GENERATE needs no TTL | $GENERATE 1-2 b$ A 10.0.0.$ | b1.example.com. IN A 10.0.0.1%b2.example.com. IN A 10.0.0.2
END

# ---- what may be included

root=$files/root
mkdir -p "$root/zone/below" "$root/common" "$files/outside"
for directory in "$root/zone" "$root/zone/below" "$root/common"; do
    echo "in-${directory##*/} A 10.0.0.1" >"$directory/here.inc"
done
echo 'in-common-only A 10.0.0.1' >"$root/common/other.inc"
echo 'SECRET-WORD is 1 secret' >"$files/outside/secret"
echo 'SECRET-WORD is 1 secret' >"$root/beside.inc"
ln -s ../../outside/secret "$root/zone/link-to-outside"
ln -s ../../outside "$root/zone/link-to-directory"
ln -s below/here.inc "$root/zone/link-to-below"
ln -s nowhere "$root/zone/link-to-nowhere"
mkfifo "$root/zone/fifo"
: >"$root/zone/closed.inc"

includes() {
    cd "$root" || return
    { top && echo "\$INCLUDE $3"; } >zone/the.zone
    # shellcheck disable=SC2086 # no option, or one
    timeout 20 "$OCSZONE" canon --origin=example.com $2 zone/the.zone \
        >"$scratch/out" 2>"$scratch/err" # a fifo is patient
    status=$?
    if [ "$1" = - ]; then
        expect 2 zone-include
        [ ! -s "$scratch/out" ] || cat "$scratch/out"
        grep -Eq ":5:1[01]: error" "$scratch/err" || cat "$scratch/err"
    else
        expect 0
        grep -q "^$1\.example\.com\. " "$scratch/out" || cat "$scratch/out"
    fi
    grep -i secret-word "$scratch/out" "$scratch/err"
}

root_is_no_directory() {
    cd "$root" || return
    top >zone/the.zone
    ocszone canon "--include-root=$1" zone/the.zone
    expect 2 cannot-open
}
for option in zon nowhere zone/here.inc; do
    try "--include-root=$option: no directory" root_is_no_directory "$option"
done

# Owner that is found, or - for an error; the root; what is included.
while IFS='|' read -r found option path; do
    # shellcheck disable=SC2086 # no blanks around them
    try "\$INCLUDE$path${option% }: ${found% }" \
        includes ${found% } "${option% }" "${path# }"
done <<END
in-zone | | here.inc
in-zone | | "here.inc"
in-zone | | ./here.inc
in-zone | | below/../here.inc
in-zone | | $root/zone/here.inc
in-below | | below/here.inc
in-below | | link-to-below
- | | nowhere.inc
- | | ../common/here.inc
- | | $root/common/here.inc
- | | ../beside.inc
- | | ../zone/../beside.inc
- | | ../../outside/secret
- | | $files/outside/secret
- | | /etc/passwd
- | | /proc/self/environ
- | | link-to-outside
- | | link-to-directory/secret
- | | link-to-nowhere
- | | below
- | | .
- | | /
- | | fifo
- | | /dev/zero
- | | -
- | | ""
- | | here.inc/
- | | the.zone
in-common | --include-root=. | ../common/here.inc
in-common | --include-root=. | common/here.inc
in-zone | --include-root=. | here.inc
in-common | --include-root=common | here.inc
in-common-only | --include-root=common | other.inc
- | --include-root=common | below/here.inc
- | --include-root=common | $root/zone/here.inc
- | --include-root=zone | ../common/here.inc
- | --include-root=zone/ | ../common/here.inc
- | --include-root=.. | link-to-nowhere
in-common | --include-root=/ | $root/common/here.inc
END

closed_file() {
    cd "$root" || return
    chmod 0 zone/closed.inc
    { top && echo '$INCLUDE closed.inc'; } >zone/the.zone
    ocszone canon --origin=example.com zone/the.zone
    chmod 600 zone/closed.inc
    expect 2 cannot-open
}
if [ "$(id -u)" -ne 0 ]; then
    try 'a file that cannot be opened is an error' closed_file
fi

from_standard_input() {
    cd "$files" || return
    ocszone canon --fragment --origin=example.com - \
        <<<'$INCLUDE root/zone/here.inc'
    expect 0
    grep -q ^in-zone "$scratch/out" || cat "$scratch/out"
    ocszone canon --fragment --origin=example.com - <<<'$INCLUDE ../err'
    expect 2 zone-include
}
try 'what stands on standard input includes from the working directory' \
    from_standard_input

places_in_both() {
    cd "$root" || return
    { top && echo '$INCLUDE below/bad.inc' && echo 'z A 1'; } >zone/the.zone
    printf '\n  A 2\n' >zone/below/bad.inc
    ocszone canon --origin=example.com zone/the.zone
    expect 2 zone-syntax
    sed -n 's/: error: .*//p' "$scratch/err" |
        diff <(printf '%s\n' zone/the.zone:6:5 zone/below/bad.inc:2:5) -
}
try 'an error in an included file is told with the place there' places_in_both

# ---- for git

messages_are_comments() {
    cd "$files" || return
    ocszone canon --textconv --origin=example.com two-errors
    expect 0
    streams out
    sed -n 's/^; \([0-9]*:[0-9]*: error\): .* \(\[[a-z-]*\]\)$/\1 \2/p' \
        "$scratch/out" | diff <(printf '%s\n' \
            '5:5: error [zone-syntax]' '6:8: error [zone-syntax]') -
    head -n 1 "$scratch/out" | grep -vn '^;'
    grep two-errors "$scratch/out"
    grep -v '^; ' "$scratch/out" | diff <(canonical_top &&
        echo 'c.example.com. 3600 IN A 192.0.2.3' &&
        echo 'ns1.example.com. 3600 IN A 192.0.2.1') -
}
try 'textconv: messages are comments in front of what could be read' \
    messages_are_comments

relative_to_the_root() {
    cd "$files" || return
    ocszone canon --textconv good
    grep -v '^;' "$scratch/out" | diff <(canonical | sed '
        s/\.example\.com\././g; s/^example\.com\././') -
}
try 'textconv: without a zone, names are below the root' relative_to_the_root

neutral() {
    { top && printf 'a A \033[31m\n\007 A 1\n\302\233 A 1\n'; } >"$scratch/bell"
    ocszone canon --textconv --origin=example.com "$scratch/bell"
    grep -c '^; .*error' "$scratch/out" | grep -vx 3
    tr -d ' -~\n' <"$scratch/out" | od -An -c
}
try 'textconv: what a message quotes cannot move the terminal' neutral

# Git as a user without any settings has it.
a_repository() {
    export HOME=$scratch GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
    unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_EXTERNAL_DIFF
    mkdir "$scratch/repository"
    cd "$scratch/repository" || return
    git init -q .
    git config user.name x
    git config user.email x@example.com
    echo '*.zone diff=zone' >.gitattributes
    git config diff.zone.textconv "'$OCSZONE' canon --textconv"
}

# Of the lines that have changed.
changed() {
    git diff --textconv | grep '^[-+]' | grep -v '^\(+++\|---\)'
}

first_version() {
    top
    echo 'b A 10.0.0.1'
    echo 'c A 10.0.0.2 ; comment'
}

git_shows_records() {
    cd "$scratch/repository" || return
    first_version >example.com.zone
    git add . && git commit -qm first || return
    { top | sed 's/ \+/\t\t/g' && echo 'c 3600 IN A 10.0.0.2' &&
        echo '$ORIGIN example.com.' && echo 'B A 10.0.0.1'; } >example.com.zone
    git diff --no-textconv --quiet && echo 'the lines are the same'
    changed
    sed 's/10\.0\.0\.1$/10.0.0.3/' <(first_version) >example.com.zone
    echo 'd TXT new' >>example.com.zone
    changed | diff <(printf '%s\n' '-b.example.com. 3600 IN A 10.0.0.1' \
        '+b.example.com. 3600 IN A 10.0.0.3' \
        '+d.example.com. 3600 IN TXT "new"') -
}

git_shows_what_is_broken() {
    cd "$scratch/repository" || return
    { first_version && echo 'd A 1'; } >example.com.zone
    changed | sed 's/error: .* \[/error [/' |
        diff <(echo '+; 7:5: error [zone-syntax]') -
    printf '\000\377(' >example.com.zone
    git diff --textconv >"$scratch/out" || echo "git ends with status $?"
    grep -q '^+; 1:' "$scratch/out" || cat "$scratch/out"
    git checkout -q example.com.zone
}

git_shows_a_new_name() {
    cd "$scratch/repository" || return
    git mv example.com.zone db.example.com.zone
    git diff --textconv --cached -M HEAD | grep '^[-+][^-+]'
    git reset -q --hard
}

if command -v git >/dev/null; then
    a_repository
    try 'git shows what has changed by record' git_shows_records
    try 'git shows what is wrong with a file' git_shows_what_is_broken
    try 'git shows no change where only the name is new' git_shows_a_new_name
else
    echo 'ok - git shows what has changed by record # SKIP there is no git'
fi
end

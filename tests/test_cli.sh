#!/bin/bash
# The command line: options, exit status, and which stream gets what.
. tests/script.sh

company=zones/company/topology.yaml
empty=$scratch/empty
made=$scratch/made
mkdir "$empty"
sed 's/sign_in:/sing_in:/' "$company" >"$scratch/invalid.yaml"
cp "$company" "$scratch/-dash.yaml"

# --- Status and streams ------------------------------------------------------

# command_line STATUS STREAMS ID ARGUMENTS: these as the shell reads them.
command_line() {
    eval "ocszone $4"
    case $3 in
    -) expect "$1" ;;
    *) expect "$1" "$3" ;;
    esac
    streams "$2"
}

# Status, streams, id of the error or -, arguments.
while read -r wanted stream id arguments; do
    case $wanted in '' | '#'*) continue ;; esac
    try "ocszone $arguments: $wanted" \
        command_line "$wanted" "$stream" "$id" "${arguments//TOPOLOGY/$company}"
done <<'END'
# Help and version are results.
0 out -  help
0 out -  -h
0 out -  --help
0 out -  help init
0 out -  help generate
0 out -  help explain
0 out -  help help
0 out -  generate -h
0 out -  generate --help
0 out -  explain -h
0 out -  explain --help
0 out -  help --help
0 out -  --version
0 out -  explain --version
# They come before a lack of operands and a topology that is not there.
0 out -  explain --help nowhere.yaml
0 out -  generate nowhere.yaml --version
2 err usage  help nonsense
2 err usage  help generate explain

# The command.
2 err usage
2 err usage  ''
2 err usage  -
2 err usage  nonsense
2 err usage  gen TOPOLOGY
2 err usage  GENERATE TOPOLOGY

# Options.
0 out -  explain TOPOLOGY
0 out -  explain --format=text TOPOLOGY
0 out -  explain --format text TOPOLOGY
0 out -  explain TOPOLOGY --format=text
0 out -  explain TOPOLOGY --format=text sip.company.com
0 out -  --quiet explain TOPOLOGY
0 out -  -q --color=never explain -v TOPOLOGY
0 out -  explain -qv TOPOLOGY
2 err usage  --nonsense
2 err usage  -x
2 err usage  explain --nonsense TOPOLOGY
2 err usage  explain -x TOPOLOGY
2 err usage  explain -qx TOPOLOGY
2 err usage  explain TOPOLOGY -qo
2 err usage  explain -q=yes TOPOLOGY
2 err usage  explain TOPOLOGY --nonsense
2 err usage  explain --forma=text TOPOLOGY
2 err usage  explain --quie TOPOLOGY
2 err usage  --vers
2 err usage  --quie explain TOPOLOGY
2 err usage  explain --quiet=yes TOPOLOGY
2 err usage  explain TOPOLOGY --format
2 err usage  generate TOPOLOGY -o
2 err usage  generate TOPOLOGY --serial
2 err usage  --color
# An option of one command is none of another.
2 err usage  explain --force TOPOLOGY
2 err usage  explain -o x TOPOLOGY
2 err usage  generate --format=text TOPOLOGY
2 err usage  explain --format=csv TOPOLOGY
2 err usage  explain --view=internal TOPOLOGY
# Where no zone files are written, options for them are mistakes.
0 out -  generate -q --format=csv TOPOLOGY
0 out -  generate -q --format=markdown:- TOPOLOGY
0 out -  generate -q --format=dnscmd --view=external TOPOLOGY
0 none -  generate -q --format=csv:"$scratch/sheet" TOPOLOGY
0 none -  generate -q --format=zones TOPOLOGY -o "$made"
0 out -  generate -q --format=zones --format=csv TOPOLOGY -o "$made"
2 err usage  generate --format=csv -o "$made" TOPOLOGY
2 err usage  generate --format=csv --force TOPOLOGY
2 err usage  generate --format=csv --serial=1 TOPOLOGY
2 err usage  generate --format=csv --zone-directory=/etc TOPOLOGY
2 err usage  generate --format=zones:x TOPOLOGY -o "$made"
2 err usage  generate --format=zones --format=xml TOPOLOGY -o "$made"
2 err usage  generate --format=csv --format=dnscmd TOPOLOGY
2 err usage  generate --format=csv:x --format=dnscmd:./x TOPOLOGY
2 err usage  generate --format=csv --view=perimeter TOPOLOGY
2 err usage  generate --view=internal TOPOLOGY -o "$made"
2 err usage  explain --color=sometimes TOPOLOGY
2 err usage  explain --color= TOPOLOGY
2 err usage  explain --format=xml TOPOLOGY
2 err usage  explain --format= TOPOLOGY
2 err usage  explain --format=json: TOPOLOGY
2 err usage  explain --format=json --format=text TOPOLOGY
2 err usage  explain --format=json:- --format=text TOPOLOGY
2 err usage  explain --format=json --format=json TOPOLOGY
2 err usage  generate --serial=never TOPOLOGY

# Operands.
2 err usage  generate
2 err usage  explain
2 err usage  generate TOPOLOGY TOPOLOGY
2 err usage  explain TOPOLOGY sip.company.com A more
2 err usage  explain TOPOLOGY sip.company.com NONSENSE
2 err usage  explain TOPOLOGY sip..company.com
2 err usage  explain TOPOLOGY ''
0 out -  explain TOPOLOGY sip.company.com a
0 out -  explain TOPOLOGY SIP.Company.COM.
0 out -  explain TOPOLOGY nobody.company.com
0 out -  explain topology:TOPOLOGY
0 out -  explain - <TOPOLOGY

# Behind -- stand operands.
0 out -  explain -- TOPOLOGY
0 out -  explain TOPOLOGY --
0 out -  explain --quiet -- TOPOLOGY sip.company.com
0 out -  -- explain TOPOLOGY
2 err cannot-open  explain -- --quiet
2 err usage  explain TOPOLOGY -- sip.company.com --quiet

# Topologies that cannot be read.
2 err cannot-open  explain nowhere.yaml
2 err usage  explain ''
2 err cannot-open  explain topology:nowhere.yaml
2 err empty-directory  explain "$empty"
2 err empty-document  explain /dev/null
2 err empty-document  explain - </dev/null
2 err unknown-key  explain "$scratch/invalid.yaml"
2 err unknown-key  explain -q "$scratch/invalid.yaml"
2 err unknown-key  generate -o "$made" "$scratch/invalid.yaml"
0 out -  explain -- "$scratch/-dash.yaml"

# Templates.
2 err cannot-open  explain --templates=nowhere TOPOLOGY
2 err cannot-open  explain --templates=TOPOLOGY TOPOLOGY
2 err cannot-open  generate --templates=nowhere -o "$made" TOPOLOGY
0 out -  explain --templates=templates TOPOLOGY
0 out -  explain --templates="$empty" TOPOLOGY

# What generate says: a summary, and what a user should know.
0 out -  init
0 out -  init -q
2 err usage  init TOPOLOGY
2 err usage  init --serial=1
0 both -  generate -o "$made" TOPOLOGY
0 both -  generate --output="$made" TOPOLOGY
0 both -  generate -o"$made" TOPOLOGY
0 none -  generate -q TOPOLOGY -o "$made"
0 none -  --quiet generate TOPOLOGY -o "$made"
END

# An operand that starts with a dash, in the working directory.
dash() {
    cd "$scratch" || return
    ocszone explain -- -dash.yaml
    expect 0
    ocszone explain -dash.yaml
    expect 2 usage
}
try 'a file that starts with a dash can stand behind --' dash

# The message names what was wrong on the line.
names_option() {
    ocszone "${@:2}"
    expect 2 usage
    grep -qF -e "'$1'" "$scratch/err" || cat "$scratch/err"
}
while read -r option arguments; do
    # shellcheck disable=SC2086 # words of a command line
    try "ocszone $arguments: it is $option" names_option "$option" $arguments
done <<END
--nonsense --nonsense
-x explain -qx $company
-x explain --quiet -qx $company
-o generate $company -qo
--output generate $company --output
--output explain -o x $company
--force explain --force $company
--quiet=1 explain $company --quiet=1
END

# --- Help --------------------------------------------------------------------

help_is_one() {
    ocszone help "$@"
    mv "$scratch/out" "$scratch/help"
    ocszone "$@" --help
    diff "$scratch/help" "$scratch/out"
}
try 'help and --help say the same' help_is_one
try 'help generate and generate --help say the same' help_is_one generate
try 'help explain and explain --help say the same' help_is_one explain

help_fits() {
    local command
    for command in '' init generate explain help; do
        # shellcheck disable=SC2086 # a word, or none
        ocszone help $command
        awk -v command="$command" 'length > 79 { print command ": " $0 }' \
            "$scratch/out"
    done
}
try 'help fits into 79 columns' help_fits

help_is_complete() {
    local command option
    ocszone help
    for command in init generate explain help; do
        grep -q "^  $command " "$scratch/out" || echo "no $command"
    done
    for option in --color --force --format --help --output --quiet --serial \
        --templates --verbose --version --view --zone-directory; do
        grep -q -e " ${option}[ =]" "$scratch/out" || echo "no $option"
    done
    grep -q '^Exit status: 0 .* 1 .* 2 ' "$scratch/out" || echo 'no status'
}
try 'help names all commands and options' help_is_complete

version() {
    ocszone --version
    grep -qxE 'ocszone [0-9]+\.[0-9]+\.[0-9]+' "$scratch/out" ||
        cat "$scratch/out"
}
try '--version is a line with name and number' version

# --- Streams that do not work ------------------------------------------------

# output_to FILE ARGUMENT...: status 2, and an error.
output_to() {
    "$OCSZONE" "${@:2}" 2>"$scratch/err" >"$1"
    status=$?
    expect 2 cannot-write
}
closed_output() {
    "$OCSZONE" "$@" 2>"$scratch/err" >&-
    status=$?
    expect 2 cannot-write
}
try 'a full standard output is an error' output_to /dev/full explain "$company"
try 'a full standard output is an error of help, too' output_to /dev/full help
try 'a closed standard output is an error' closed_output explain "$company"
try 'a closed standard output is an error of help, too' closed_output help

# No file that is opened may pass for one of the standard streams.
all_closed() {
    "$OCSZONE" generate -q -o "$scratch/closed" "$company" <&- >&- 2>&-
    "$OCSZONE" generate -q -o "$scratch/open" "$company"
    diff -r "$scratch/open" "$scratch/closed"
    "$OCSZONE" generate -o "$scratch/closed" "$company" <&- >&- 2>&-
    diff -r "$scratch/open" "$scratch/closed"
    "$OCSZONE" explain "$scratch/invalid.yaml" <&- >&- 2>&-
    [ $? -eq 2 ] || echo 'an invalid topology passed'
}
try 'closed streams do no harm to the files' all_closed

# Fills a pipe whose other end has gone.
closed_pipe() {
    local statuses
    "$OCSZONE" explain "$scratch/long.yaml" 2>"$scratch/err" | head -n 1 \
        >"$scratch/out"
    statuses=("${PIPESTATUS[@]}")
    [ ! -s "$scratch/err" ] || cat "$scratch/err"
    [ -s "$scratch/out" ] || echo 'head got nothing'
    # 141: killed by SIGPIPE, as users expect it.  Never 1.
    case ${statuses[0]} in 2 | 141) ;; *) echo "status ${statuses[0]}" ;; esac
}
ignored_pipe() {
    trap '' PIPE
    closed_pipe
}
{
    sed '/^sip_domains:/q' "$company"
    seq -f '  - {name: d%g.example.com, sign_in: ocspool.company.local}' 1000
} >"$scratch/long.yaml"
try 'a closed pipe ends it quietly' closed_pipe
try 'a closed pipe ends it quietly, SIGPIPE or not' ignored_pipe

errors_stay_errors() {
    "$OCSZONE" explain nowhere.yaml 2>/dev/full
    [ $? -eq 2 ] || echo 'full'
    "$OCSZONE" explain nowhere.yaml 2>&-
    [ $? -eq 2 ] || echo 'closed'
}
try 'the status does not hang on standard error' errors_stay_errors

# --- Colour and quiet --------------------------------------------------------

escape=$'\033'

# colored ARGUMENT...: which streams have escape sequences.
colored() {
    ocszone "$@"
    ! grep -q "$escape" "$scratch/out" || echo -n 'out '
    ! grep -q "$escape" "$scratch/err" || echo -n 'err '
}
colored_is() {
    colored "${@:2}" | diff <(echo -n "$1") -
    streams both
}
both=(generate "$company" -o "$made")
try 'with --color=always messages have colours, results have none' \
    colored_is 'err ' --color=always "${both[@]}"
try '--color may stand behind the command' \
    colored_is 'err ' "${both[@]}" --color=always
try 'without a terminal there are no colours' colored_is '' "${both[@]}"
try 'with --color=never there are no colours' \
    colored_is '' --color=never "${both[@]}"
no_color() {
    export NO_COLOR=1
    colored_is 'err ' "${both[@]}" --color=always
    colored_is '' "${both[@]}" --color=auto
}
try '--color=always says more than NO_COLOR' no_color
plain_usage() {
    colored_is_error 'err ' --color=always
    colored_is_error '' --nonsense
}
colored_is_error() { colored "${@:2}" | diff <(echo -n "$1") -; }
try 'errors of usage have colours as well' plain_usage

# A terminal of its own, where there is a way to have one.
on_terminal() {
    script -qec "$1" /dev/null </dev/null | grep -q "$escape"
}
terminal() {
    local line="TERM=xterm '$OCSZONE' explain nowhere.yaml"
    on_terminal "$line" || echo 'no colours on a terminal'
    ! on_terminal "NO_COLOR=1 $line" || echo 'colours with NO_COLOR'
    on_terminal "NO_COLOR= $line" || echo 'no colours with an empty NO_COLOR'
    ! on_terminal "TERM=dumb '$OCSZONE' explain nowhere.yaml" ||
        echo 'colours on a dumb terminal'
    ! on_terminal "$line --color=never" || echo 'colours with never'
}
if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    try 'a terminal gets colours, if nothing speaks against it' terminal
else
    echo 'ok - colours on a terminal # SKIP script(1) is needed'
fi

quiet() {
    ocszone generate "$company" -o "$made"
    grep -q ': note: ' "$scratch/err" || echo 'there is no note to be quiet of'
    ocszone generate -q "$company" -o "$made"
    streams none
    ocszone explain -q "$scratch/invalid.yaml"
    streams err
    grep -q ': error: ' "$scratch/err" || echo 'no error'
}
try '--quiet leaves errors alone' quiet

end

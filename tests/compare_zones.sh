#!/bin/bash
# Compares how master files are read here with how named reads them:
#
#   OCSZONE=build/ocszone tests/compare_zones.sh DIRECTORY...
#
# For each DIRECTORY/*.zone: `ocszone canon` accepts it exactly when named
# does, and then the records are the same.  tests/zone_name.sh tells which zone
# it is.  A line "; exception: WHAT" at the top marks what is read here and
# refused by named: bom, age or wins; without those, named must read the same
# from it.
: "${OCSZONE:=build/ocszone}"
. tests/script.sh
. tests/zone_name.sh

PATH=$PATH:/usr/sbin # not in everybody's

# What the server does with a primary zone when its configuration says no more
# than the file, without a look outside of the zone.
as_served=(-i local -k fail -n ignore -m warn -M warn -S warn -r warn -T warn
    -W warn)
# What $GENERATE makes is not checked: told plainly it can be refused.
unchecked=(-i none -k ignore -n ignore -m ignore -r ignore -T ignore -W ignore)

# compile ZONE FILE OUTPUT OPTION...: named resolves an $INCLUDE from where it
# runs.
compile() {
    local zone=$1 file=$2 output=$3
    shift 3
    (cd "${file%/*}" && ulimit -n 256 && exec named-compilezone "$@" -F text \
        -s full -o "$output" "$zone" "${file##*/}") >"$scratch/log" 2>&1
}

# The types whose data are written here, not only passed on.
own_types='^(a|ns|cname|soa|ptr|mx|txt|aaaa|srv)$'

# Those with base64 in them, or something like it.
base64='^(C?DNSKEY|KEY|RKEY|RRSIG|SIG|CERT|OPENPGPKEY|IPSECKEY|HIP|DHCID)$'
base64+='|^(SVCB|HTTPS|DOA|SINK)$'

# fold FILE...: the records, one a line, behind the name of the file: outside
# of quotes in lower case, but for base64, with single spaces, and without
# comments.
fold() {
    awk -v base64="$base64" '
    function folded(text) {
        gsub(/[ \t]+/, " ", text)
        return keeps_case ? text : tolower(text)
    }
    FNR == 1 {
        file = FILENAME
        gsub(/^.*\/|\..*$/, "", file)
    }
    NF {
        owner = tolower($1 " " $2 " " $3 " " $4)
        keeps_case = $4 ~ base64
        $1 = $2 = $3 = $4 = ""
        line = ""
        while (match($0, /"([^"\\]|\\.)*"|;/)) {
            line = line folded(substr($0, 1, RSTART - 1))
            if (substr($0, RSTART, 1) == ";" && line !~ /\\$/) {
                $0 = ""
                break
            }
            line = line substr($0, RSTART, RLENGTH)
            $0 = substr($0, RSTART + RLENGTH)
        }
        line = line folded($0)
        sub(/^ +/, "", line)
        sub(/ +$/, "", line)
        print file, owner, line
    }' "$@" /dev/null
}

# ---- one zone

# Of the other types named says what was written.
read_again() {
    awk -v own="$own_types" 'tolower($4) !~ own { others = 1 }
        END { exit !others }' "$scratch/$2.named" || return
    compile "$1" "$scratch/$2.canon" "$scratch/$2.again" "${unchecked[@]}" ||
        { echo 'named refuses what is written:' && cat "$scratch/log"; }
}

second_pass_is_the_same() {
    ocszone canon --origin "$1" "$scratch/$2.canon"
    if [ "$status" -eq 0 ]; then
        cmp -s "$scratch/$2.canon" "$scratch/out" ||
            { echo 'a second pass makes < to >:' &&
                diff "$scratch/$2.canon" "$scratch/out"; }
    elif compile "$1" "$scratch/$2.canon" "$scratch/log" "${as_served[@]}"; then
        echo 'a second pass refuses it:'
        cat "$scratch/err"
    fi
}

is_refused() {
    [ "$status" -eq 2 ] || echo "canon ended with status $status"
    [ ! -s "$scratch/out" ] || { echo 'canon wrote:' && cat "$scratch/out"; }
}

exception_of() {
    sed -n '1,3s/.*; exception: \([a-z]*\).*/\1/p' "$1"
}

# The file without what named does not know.
without_exception() {
    case $1 in
    bom) sed '1s/^\xef\xbb\xbf//' "$2" ;;
    age) sed 's/\[AGE:[0-9]*\]//' "$2" ;;
    wins) sed '/ WINS/ { :a; /)/! { N; ba }; d }' "$2" ;;
    *) echo "($1 is no exception)" ;;
    esac
}

# accepted_as_exception ZONE NUMBER FILE WHAT
accepted_as_exception() {
    without_exception "$4" "$3" >"$scratch/plain"
    compile "$1" "$scratch/plain" "$scratch/$2.named" "${as_served[@]}" ||
        { echo 'named refuses it still:' && cat "$scratch/log"; }
}

# compare FILE NUMBER: leaves what named reads from it, what is written here,
# and what named reads from that, in NUMBER.named, .canon and .again.
compare() {
    local zone exception accepted=yes
    zone=$(zone_of "$1")
    exception=$(exception_of "$1")
    compile "$zone" "$1" "$scratch/$2.named" "${as_served[@]}" || accepted=
    if [ "$exception" ]; then
        [ -z "$accepted" ] || echo 'named accepts it: it is no exception'
        accepted_as_exception "$zone" "$2" "$1" "$exception"
        accepted=yes
    fi
    ocszone canon --origin "$zone" "$1"
    case $status:$accepted in
    0:yes)
        mv "$scratch/out" "$scratch/$2.canon"
        read_again "$zone" "$2"
        second_pass_is_the_same "$zone" "$2"
        ;;
    0:) echo 'named refuses it:' && cat "$scratch/log" ;;
    *:yes)
        rm -f "$scratch/$2.named"
        echo 'named accepts it:'
        cat "$scratch/err"
        ;;
    *) is_refused ;;
    esac
}

# ---- all of them

files=()
for directory; do
    files+=("${directory%/}"/*.zone)
done

faults=()
for i in "${!files[@]}"; do
    faults[i]=$(compare "${files[i]}" "$i" 2>&1)
done

# Every record that only one of the two has.
differences() {
    diff <(fold "$scratch"/*.named | sort) \
        <({
            fold "$scratch"/*.canon | awk -v own="$own_types" '$5 ~ own'
            fold "$scratch"/*.again | awk -v own="$own_types" '$5 !~ own'
        } | sort) | grep '^[<>]'
}

touch "$scratch/x.named" "$scratch/x.canon" "$scratch/x.again"
while read -r sign i record; do
    faults[i]+=${faults[i]:+$'\n'}
    case $sign in
    '<') faults[i]+="named reads:  $record" ;;
    '>') faults[i]+="here is read: $record" ;;
    esac
done < <(differences)

for i in "${!files[@]}"; do
    result "${files[i]#tests/} is read as named reads it" "${faults[i]}"
done
end

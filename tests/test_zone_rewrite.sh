#!/bin/bash
# A zone that is written in other words is the same zone: each way of
# rewriting, tests/rewrite/rewrite.pl, keeps the canonical form byte for byte.
#
# REWRITE_SEED in the environment repeats a run.
. tests/script.sh
. tests/zone_name.sh

canon_files=${BUILD:?is where the program was made}/rewrite/canon_files
seed=${REWRITE_SEED:-$((RANDOM * 32768 + RANDOM))}
zones=$scratch/zones
mkdir "$zones"
cp -R tests/zones/include "$zones"

# A name in the one form that canonical text has.
absolute() {
    local name=${1%.}.
    echo "${name,,}"
}

# ---- the zones that are accepted, and their canonical forms

cp tests/zones/*.zone "$zones"
for directory in zones/*/*ternal/; do
    mkdir "$zones/${directory//\//-}"
    cp "$directory"*.zone "$zones/${directory//\//-}"
done
for file in "$zones"/*.zone "$zones"/*/*.zone; do
    printf '%s\t%s\n' "$(absolute "$(zone_of "$file")")" "$file"
done >"$scratch/all"
"$canon_files" <"$scratch/all" || exit

while IFS=$'\t' read -r zone file; do
    [ ! -e "$file.canon" ] || printf '%s\t%s\n' "$zone" "$file"
done <"$scratch/all" >"$scratch/accepted"

# What $GENERATE made can be refused when it is told plainly.
sed 's/.*\t\(.*\)/&.canon\t\1.canon/' "$scratch/accepted" |
    "$canon_files" >"$scratch/log" || exit
sed -n 's/\.canon is refused$//p' "$scratch/log" >"$scratch/refused"
grep -vFf "$scratch/refused" "$scratch/accepted" >"$scratch/rewritable"

most_can_be_rewritten() {
    local accepted rewritable
    accepted=$(wc -l <"$scratch/accepted")
    rewritable=$(wc -l <"$scratch/rewritable")
    [ "$accepted" -gt 100 ] || echo "only $accepted zones are accepted"
    [ $((rewritable * 10)) -gt $((accepted * 9)) ] ||
        echo "only $rewritable of $accepted zones can be rewritten"
}
try 'most zones can be rewritten' most_can_be_rewritten

# ---- rewriting

# rewritten KIND LABEL
rewritten() {
    local faults
    perl tests/rewrite/rewrite.pl "$1" "$seed" <"$scratch/rewritable" \
        >"$scratch/jobs" 2>"$scratch/err"
    faults=$("$canon_files" <"$scratch/jobs" 2>&1)
    faults+=$(cat "$scratch/err")
    [ -s "$scratch/jobs" ] || faults+='nothing was rewritten'
    result "$2: $(wc -l <"$scratch/jobs") zones" \
        "${faults:+"REWRITE_SEED=$seed repeats this:"$'\n'$faults}"
    find "$zones" -name "*.$1*" -delete
}

while read -r kind label; do
    rewritten "$kind" "$label"
done <<'END'
crlf lines end in CR LF
cr lines end in CR
end the last line has no end
mark a byte-order mark stands in front
generic all data are in generic form
class the class stands before the TTL or is left out
ttl-units TTLs have units
ttl-directive TTLs are left out below $TTL
origin names are relative to $ORIGINs that are relative themselves
include a part is in a file that includes another
escapes letters of names are \DDD
case letters are upper or lower case
parentheses entries are in parentheses, over some lines
owners owners that are told again are left out
comments there are comments, blank lines and empty parentheses
order the order of entries is another
twice records are told twice
sections each few records are rewritten in one of these ways
END
end

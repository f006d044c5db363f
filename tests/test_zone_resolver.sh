#!/bin/bash
# Asks a real name server and our own resolver the same questions about the
# same zones, tests/answer/*/*.zone, which try every rule of answering.  Each
# directory there is a set of zones that are served together.
. tests/script.sh
. tests/named.sh

answer=${BUILD:?is where the program was made}/answer/answer
types="A AAAA NS SOA CNAME MX TXT SRV PTR DS ANY RRSIG DNAME TYPE65400 \
    KEY NSEC DNSKEY NAPTR SIG"
some_types='A NS SOA CNAME TXT DS ANY DNAME'
outside='. test. com. www.example. example. elsewhere.test. xplain.test. arpa.
    in-addr.arpa. 3.0.192.in-addr.arpa. mid.parent.test.'

# The zone of a file; the root has no name of its own.
zone_of() {
    local zone=${1##*/}
    zone=${zone%.zone}
    [ "$zone" != root ] || zone=.
    echo "$zone"
}

# configuration FILE...: serves each file as the zone it is named after.
configuration() {
    local file
    echo 'controls { };'
    echo 'options { recursion no; dnssec-validation no; notify no;'
    echo 'minimal-responses yes; empty-zones-enable no;'
    named_options
    echo '};'
    for file; do
        echo "zone \"$(zone_of "$file")\" { type primary; file \"$file\"; };"
    done
}

# serve DIRECTORY FILE...: starts the server; says what went wrong, if it did.
serve() {
    local directory=$1
    shift
    mkdir "$directory"
    configuration "$@" >"$directory/named.conf"
    named_start "$directory"
    grep 'not loaded' "$directory/log"
}

# owners FILE...: the names of all records, and those between them and the
# top of their zone.
owners() {
    local file
    for file; do
        named-compilezone -q -i none -o - "$(zone_of "$file")" "$file"
    done | awk '$3 == "IN" {
        for (name = $1; name != ""; sub(/^[^.\\]*(\\.[^.\\]*)*\./, "", name))
            print name
    }' | sort -u
}

# below LABELS: the names on standard input with labels in front of them.
below() { sed "s/.*/$1.&/; s/\.\.\$/./"; }

# instances: what the wildcards on standard input stand for, and what not.
instances() { sed -n 's/^\*\(.*\)/x\1\n_y.x\1\n*.x\1\n*.*\1\nx.*\1\n**\1/p'; }

# questions TYPES: the names on standard input, each of them times the types.
# What is no name because of its length is left out.
questions() {
    awk -v types="$1" 'BEGIN { count = split(types, type) }
        NF > 0 && length($1) < 255 {
            for (i = 1; i <= count; i++)
                print $1, type[i]
        }'
}

# What dig shows of each response, in the form of tests/answer/answer.c.
from_dig() {
    awk '
        /^;; ->>HEADER<<-/ { status = $6; sub(/,/, "", status); section = "" }
        /^;; flags:/ { aa = / aa[ ;]/ ? " aa" : "" }
        /^;; [A-Z]+ SECTION:/ { section = $2; next }
        section == "QUESTION" && /^;/ {
            question = substr($1, 2) " " $NF
            print question, "status", status aa
            section = ""
        }
        section != "" && /^[^;]/ {
            gsub(/\t+/, " ")
            print question, section, $0
        }'
}

# ask_named FILE: what it answers to the questions, sorted, in lower case.
ask_named() {
    sed 's/^\([^ ]*\) \(.*\)/-q \1 -t \2/' "$1" >"$1.dig"
    dig @127.0.0.1 -p "$named_port" -f "$1.dig" +norecurse +nocookie \
        +noidnin +noidnout +nosplit +noall +comments +question +answer \
        +authority | from_dig | tr '[:upper:]' '[:lower:]' | sort
}

# ask_ours FILE ZONEFILE...
ask_ours() {
    local questions=$1 file zones=()
    shift
    for file; do
        zones+=("$(zone_of "$file")=$file")
    done
    "$answer" "${zones[@]}" <"$questions" | tr '[:upper:]' '[:lower:]' | sort
}

# compare NAME ZONEFILE...: the questions on standard input are answered alike.
compare() {
    local name=$1 questions=$scratch/questions count
    shift
    sort -u >"$questions"
    count=$(tr '[:upper:]' '[:lower:]' <"$questions" | sort -u | wc -l)
    ask_named "$questions" >"$scratch/named.answers"
    ask_ours "$questions" "$@" >"$scratch/our.answers"
    result "$name, $count questions" "$(
        [ "$(grep -c ' status ' "$scratch/named.answers")" -eq "$count" ] ||
            echo 'named did not answer all of them'
        diff "$scratch/named.answers" "$scratch/our.answers"
    )"
}

# compare_all NAME ZONEFILE...: everything that is asked of a set of zones.
compare_all() {
    local name=$1 owners=$scratch/owners
    shift
    owners "$@" >"$owners"
    compare "$name: names of the zones and above" "$@" \
        < <(questions "$types" <"$owners")
    compare "$name: names below those" "$@" \
        < <(below absent <"$owners" | questions "$types")
    compare "$name: names deep below those" "$@" \
        < <(below x._y <"$owners" | questions "$some_types")
    compare "$name: stars below those" "$@" \
        < <(below '*' <"$owners" | questions "$some_types")
    compare "$name: names beside those" "$@" \
        < <(sed 's/^[^.]*\./absent./' "$owners" | questions "$some_types")
    compare "$name: what wildcards stand for" "$@" \
        < <(instances <"$owners" | questions "$types")
    compare "$name: the same in upper case" "$@" \
        < <(tr '[:lower:]' '[:upper:]' <"$owners" | questions "$some_types")
    compare "$name: names out of the zones" "$@" \
        < <(tr ' ' '\n' <<<"$outside" | questions "$types")
}

for set in "$PWD"/tests/answer/*/; do
    name=$(basename "$set")
    serve "$scratch/$name" "$set"*.zone >"$scratch/log" 2>&1
    result "$name: the zones are served" "$(cat "$scratch/log")"
    [ -s "$scratch/log" ] || compare_all "$name" "$set"*.zone
    named_stop
done

end

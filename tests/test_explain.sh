#!/bin/bash
# What `ocszone explain` answers, in each of its formats.
# shellcheck disable=SC2016 # $ is for jq, ` for markdown
. tests/script.sh

company=zones/company/topology.yaml
contoso=zones/contoso/topology.yaml

# explain ARGUMENT...
explain() {
    ocszone explain "$@"
    expect 0
    [ ! -s "$scratch/err" ] || cat "$scratch/err"
}

# says PATTERN...: each matches a line of the answer.
says() {
    local pattern
    for pattern; do
        grep -qE -e "$pattern" "$scratch/out" || echo "nothing like: $pattern"
    done
}

says_nothing_of() {
    grep -E -e "$1" "$scratch/out"
}

# holds FILTER: jq's answer, of the JSON that came, is true.
holds() {
    jq -e "$1" "$scratch/out" >"$scratch/answer" || {
        echo "not so: $1"
        cat "$scratch/answer"
    }
}

# --- JSON --------------------------------------------------------------------

json_has_its_keys() {
    explain --format=json "$1"
    holds 'type == "object" and .version == 1'
    holds '.records | type == "array" and length > 0'
    holds '.records | all((keys - ["mirrored"]) ==
        ["data", "mode", "owner", "reasons", "ttl", "type", "view", "zone"])'
    holds '.records |
        all(.view | . == "internal" or . == "external" or . == "perimeter")'
    # In the perimeter names are some machine's, and in zones only where there
    # are name servers, which no example has.
    holds '.records | all((.view == "perimeter") == (.zone == null))'
    holds '.records | all((.zone == null) == (.mode == null))'
    holds '.records | all((.view == "perimeter") ==
        (.reasons | all(.machine | type == "string" and length > 0)))'
    holds '.records | all(.ttl | type == "number" and . == floor and . > 0)'
    holds '.records | all(.type | test("^(A|CNAME|NS|SRV)$"))'
    holds '.records | all(.reasons | type == "array" and length > 0)'
    holds '[.records[].reasons[]] | all((["level", "requirement", "source",
        "topology", "why"] - keys) == [])'
    holds '[.records[].reasons[]] |
        all(.level | IN("required", "recommended", "optional"))'
    holds '[.records[].reasons[]] |
        all((.requirement | test("^[a-z0-9-]+$")) and (.why | length > 0))'
    holds '[.records[].reasons[].topology] |
        all(keys == ["column", "file", "line", "path"])'
    holds '[.records[].reasons[].topology] |
        all(.file == "'"$1"'" and .line > 0 and .column > 0 and .path != "")'
    # Names in fields of their own have no final dot; data are as in a zone.
    holds '.records | all([.owner, .zone // "none"][] | test("[^.]$"))'
    holds '.records | all(.zone == null or .owner == .zone or
        (.zone as $zone | .owner | endswith("." + $zone)))'
    holds '.records | map(select(.type != "A")) | all(.data | endswith("."))'
    holds '.records | (map([.view, .zone, .owner, .type, .data]) | unique |
        length) == length'
}
for topology in zones/*/topology.yaml; do
    name=$(basename "${topology%/*}")
    try "$name: JSON has the keys that are promised" \
        json_has_its_keys "$topology"
done

# Places are those of the values: the topology says so itself.
json_has_its_places() {
    local line path
    explain --format=json "$contoso"
    jq -r '.records[].reasons[].topology |
        "\(.line) \(.column) \(.path)"' "$scratch/out" | sort -u |
        while read -r line column path; do
            sed -n "${line}p" "$contoso" | cut -c "$column-" |
                grep -q '^[a-z0-9{]' || echo "$line:$column is not $path"
        done
    grep -n 'vip: 10.1.0.20$' "$contoso" | cut -d : -f 1 >"$scratch/line"
    holds '[.records[] | select(.owner == "dir.corp.contoso.com" and
        .type == "A").reasons[].topology | select(.path ==
        "directors[dir.corp.contoso.com].vip").line] |
        index('"$(cat "$scratch/line")"') != null'
}
try 'JSON points to the values of the topology' json_has_its_places

one_answer() {
    explain --format=json "$contoso" "${@:2}"
    jq -r '.records[] | "\(.view) \(.zone) \(.type) \(.data)"' \
        "$scratch/out" | diff <(printf '%s\n' "$1") -
    holds '[.records[].owner] | unique | length == 1'
}
try 'JSON of a name is that of its records' \
    one_answer 'external contoso.com A 131.107.155.30' av.contoso.com
try 'JSON of a name in both views is that of both' one_answer \
    'internal sip.fabrikam.com NS ns1.corp.contoso.com.
internal sip.fabrikam.com NS ns2.corp.contoso.com.
internal sip.fabrikam.com A 10.1.0.20
external fabrikam.com A 131.107.155.10' sip.fabrikam.com
try 'JSON of a name and a type leaves the others out' one_answer \
    'internal sip.fabrikam.com A 10.1.0.20
external fabrikam.com A 131.107.155.10' sip.fabrikam.com A
try 'case and a final dot do not matter' one_answer \
    'internal sip.fabrikam.com A 10.1.0.20
external fabrikam.com A 131.107.155.10' SIP.Fabrikam.com. a

several_reasons() {
    explain --format=json "$company" ocspool.company.local
    holds '[.records[].reasons[].requirement] == ["pool-address",
        "internal-web-farm", "internal-sign-in-address"]'
}
try 'a record has all its reasons' several_reasons

absent_in_json() {
    explain --format=json "$contoso" _sipinternal._tcp.fabrikam.com
    holds '.records == []'
    holds '.absent | length == 1'
    holds '.absent[0] | .view == "internal" and .type == "SRV" and
        .requirement == "internal-sign-in-tcp"'
    holds '.absent[0].needs | test("tcp: true") and
        (startswith("needs") | not)'
}
try 'JSON tells what an absent record needs' absent_in_json

# --- Text --------------------------------------------------------------------

text_has_all() {
    explain --format=json "$1"
    jq -r '.records[] | "\(.owner)  \(.type)  \(.data)"' "$scratch/out" |
        sort >"$scratch/wanted"
    explain "$1"
    grep -E '^[^ ]+  [A-Z]+  ' "$scratch/out" | sort |
        diff "$scratch/wanted" -
}
for topology in zones/*/topology.yaml; do
    name=$(basename "${topology%/*}")
    try "$name: the text has the records of the JSON" text_has_all "$topology"
done

text_of_a_name() {
    explain "$company" ocspool.company.com
    says '^internal view, zone company\.com$' \
        '^ocspool\.company\.com  A  10\.10\.1\.10$' \
        '^    internal-sign-in-address \(required\): ' \
        'sip_domains\[company\.com\]\.sign_in, zones/company/topology\.yaml:'
    [ "$(grep -cE "^[^ ]+  [A-Z]+  " "$scratch/out")" -eq 1 ] ||
        cat "$scratch/out"
}
try 'the text tells record, requirement and place' text_of_a_name

what_it_needs() {
    explain "$contoso" _sipinternal._tcp.fabrikam.com "$@"
    says '^_sipinternal\._tcp\.fabrikam\.com has no .*records' \
        '^not planned: _sipinternal\._tcp\.fabrikam\.com SRV, internal view' \
        '^    internal-sign-in-tcp \(recommended\): ' \
        '^        needs: .*tcp: true'
}
try 'a name without records tells what it would need' what_it_needs
try 'a name without records of a type does so, too' what_it_needs SRV

# The cure that is told works.
cure() {
    sed 's/tcp: false/tcp: true/' "$contoso" >"$scratch/cured.yaml"
    explain "$scratch/cured.yaml" _sipinternal._tcp.fabrikam.com SRV
    says '^_sipinternal\._tcp\.fabrikam\.com  SRV  0 0 5060 '
    says_nothing_of 'not planned'
}
try 'with what it needs the record is there' cure

misspelt() {
    explain "$contoso" "$1"
    says " $2\\?$"
    says_nothing_of '^not planned'
}
try 'a misspelt domain gets a suggestion' \
    misspelt sip.cotoso.com 'sip\.contoso\.com'
try 'a misspelt service gets a suggestion' misspelt \
    _sipinternaltsl._tcp.contoso.com '_sipinternaltls\._tcp\.contoso\.com'
strange() {
    explain "$contoso" www.example.org
    says 'has no records' 'internal view: it lies in no zone' \
        'external view: it lies in no zone'
    says_nothing_of "\\?$"
}
try 'a name that is like none gets no suggestion' strange

other_type() {
    explain "$contoso" av.contoso.com SRV
    says '^av\.contoso\.com has no SRV records' \
        'external view: it lies in the zone contoso\.com'
    says_nothing_of " av\.contoso\.com\\?$"
}
try 'a name with records of another type is not misspelt' other_type

# --- Markdown ----------------------------------------------------------------

# A table for each zone: a head, a rule, and a row for each record.
markdown_has_all() {
    explain --format=json "$1"
    jq -r '.records[] | "`\(.owner)` | \(.type) | `\(.data)`"' \
        "$scratch/out" | sort >"$scratch/wanted"
    zones=$(jq '[.records[] | [.view, .zone]] | unique | length' \
        "$scratch/out")
    explain --format=markdown "$1"
    sed -n 's/^| \(`[^|]*|[^|]*| `[^|]*`\) |.*/\1/p' "$scratch/out" | sort |
        diff "$scratch/wanted" -
    [ "$(grep -c '^## ' "$scratch/out")" -eq "$zones" ] || echo 'headings'
    [ "$(grep -c '^| --- | --- | --- | --- |$' "$scratch/out")" -eq \
        "$zones" ] || echo 'rules'
    awk -F '|' '/^\|/ && NF != 6 { print "columns: " $0 }' "$scratch/out"
}
for topology in zones/*/topology.yaml; do
    name=$(basename "${topology%/*}")
    try "$name: markdown has a row for each record" \
        markdown_has_all "$topology"
done

absent_in_markdown() {
    explain --format=markdown "$contoso" _sipinternal._tcp.fabrikam.com
    says '^Not planned: SRV in the internal view' '^- .*tcp: true'
}
try 'markdown tells what an absent record needs' absent_in_markdown

# --- Texts of others ---------------------------------------------------------

odd=$scratch/$'odd\n\033[31m\302\233.yaml'
cp "$company" "$odd"
mkdir "$scratch/catalogue"
sed 's/^  why: .*/  why: "one\\n| two \\e[31m \\u202e \\x9b `"/' \
    templates/ocs2007.yaml >"$scratch/catalogue/ocs2007.yaml"
plain_bytes() {
    explain --templates="$scratch/catalogue" --format="$1" "$odd" "${@:2}"
    says 'one' 'two'
    LC_ALL=C tr -d '\n -~' <"$scratch/out"
    [ "$1" = markdown ] || grep '^|' "$scratch/out"
    [ "$1" = text ] || awk '/^\|/ { gsub(/\\\|/, ""); if (split($0, part, "|") != 6)
        print "columns: " $0 }' "$scratch/out"
}
try 'texts of others move no terminal' plain_bytes text
try 'texts of others move no terminal where a record is absent' \
    plain_bytes text _sipinternal._tcp.company.com
try 'texts of others break no table' plain_bytes markdown
whole_in_json() {
    explain --templates="$scratch/catalogue" --format=json "$odd"
    holds '[.records[].reasons[] | select(.source | test("T-"))] |
        length > 3 and all(.why == "one\n| two \u001b[31m \u202e \u009b `")'
    holds '[.records[].reasons[].topology.file] |
        all(endswith("odd\n\u001b[31m\u009b.yaml"))'
}
try 'texts of others are whole in JSON' whole_in_json
latin_name() {
    cp "$company" "$scratch/"$'M\374nchen.yaml'
    explain --format=json "$scratch/"$'M\374nchen.yaml'
    holds '.records | length > 0 and all(.reasons | length > 0)'
    holds '[.records[].reasons[].topology.file] |
        all(endswith("M?nchen.yaml"))'
}
try 'a file name that is no UTF-8 keeps no reason out of JSON' latin_name

# --- Into files --------------------------------------------------------------

several_formats() {
    explain "$company"
    mv "$scratch/out" "$scratch/text"
    explain --format=json "$company"
    mv "$scratch/out" "$scratch/json"
    explain --format=markdown "$company"
    mv "$scratch/out" "$scratch/markdown"
    explain --format=json:"$scratch/file.json" --format=text \
        --format=markdown:"$scratch/file.md" "$company"
    diff "$scratch/text" "$scratch/out"
    diff "$scratch/json" "$scratch/file.json"
    diff "$scratch/markdown" "$scratch/file.md"
    explain "$company" --format=markdown:-
    diff "$scratch/markdown" "$scratch/out"
}
try 'several formats go to where each was sent' several_formats

into_a_file_alone() {
    explain --format=json:"$scratch/alone.json" "$company"
    [ ! -s "$scratch/out" ] || echo 'standard output got something'
    jq -e '.version == 1' "$scratch/alone.json" >/dev/null || echo 'no JSON'
}
try 'with a file standard output stays empty' into_a_file_alone

no_such_place() {
    ocszone explain --format=json:"$scratch/$1" "$company"
    expect 2 "$2"
    [ ! -s "$scratch/out" ] || echo 'standard output got something'
}
try 'a file in a directory that is not there is an error' \
    no_such_place a/b/c.json cannot-write
mkdir "$scratch/directory"
try 'a directory in the place of the file is an error' \
    no_such_place directory not-a-regular-file

# The topology, its parts and a catalogue are no place for an answer.
over_input() {
    local before file=$1
    shift
    before=$(cksum <"$file")
    ocszone explain "$@"
    expect 2 usage
    [ ! -s "$scratch/out" ] || echo 'standard output got something'
    [ "$before" = "$(cksum <"$file")" ] || echo "$file is another"
}
parts=$scratch/parts
mkdir "$parts" "$scratch/templates"
cp "$company" "$parts/topology.yaml"
cp templates/ocs2007.yaml "$scratch/templates"
ln "$parts/topology.yaml" "$scratch/link.yaml"
try 'the topology is not overwritten' over_input "$parts/topology.yaml" \
    --format=json:"$parts/topology.yaml" "$parts/topology.yaml"
try 'by another path it is not overwritten either' \
    over_input "$parts/topology.yaml" --format=text \
    --format=json:"$parts/../parts//topology.yaml" \
    topology:"$parts/topology.yaml"
try 'nor by another link' over_input "$parts/topology.yaml" \
    --format=json:"$scratch/link.yaml" "$parts/topology.yaml"
try 'a part of the topology is not overwritten' \
    over_input "$parts/topology.yaml" \
    --format=markdown:"$parts/topology.yaml" "$parts"
try 'a catalogue is not overwritten' \
    over_input "$scratch/templates/ocs2007.yaml" \
    --templates="$scratch/templates" \
    --format=json:"$scratch/templates/ocs2007.yaml" "$company"
over_standard_input() {
    local input=$parts/topology.yaml
    # shellcheck disable=SC2094 # it is not to be written, that is the point
    over_input "$input" --format=json:"$scratch/link.yaml" - <"$input"
}
try 'standard input is not overwritten' over_standard_input

twice() {
    ocszone explain --format=json:"$1" --format=text:"$2" "$company"
    expect 2 usage
    [ ! -e "$scratch/twice" ] || echo 'one of two was written'
}
try 'two formats into one file are refused' \
    twice "$scratch/twice" "$scratch/twice"
try 'two formats into one file by two paths are refused' \
    twice "$scratch/twice" "$parts/../twice"
same_name() {
    explain --format=json:"$scratch/same" --format=text:"$parts/same" \
        "$company"
    [ -s "$scratch/same" ] && [ -s "$parts/same" ] || echo 'one is missing'
}
try 'two formats into two files of one name are not' same_name

# A bad word among good ones: no half of the work is done.
one_bad_format() {
    ocszone explain --format=json:"$scratch/half.json" --format=xml "$company"
    expect 2 usage
    [ ! -e "$scratch/half.json" ] || echo 'half of the work is done'
}
try 'a bad format among good ones writes nothing' one_bad_format

repeatable() {
    explain "$@" "$contoso"
    cp "$scratch/out" "$scratch/first"
    explain "$@" "$contoso"
    diff "$scratch/first" "$scratch/out"
}
for format in text json markdown; do
    try "$format is the same each time" repeatable "--format=$format"
done

end

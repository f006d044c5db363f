#!/bin/bash
# `ocszone generate --format`: sheets, and where results go.
. tests/script.sh

contoso=zones/contoso/topology.yaml

generate() {
    ocszone generate -q "$@"
    expect 0
}

# The lines of a sheet, as the JSON of explain has the records.  What is left
# out there, the mode of the zone, is taken out of the sheet by csv_lines.
lines_of_json() {
    "$OCSZONE" explain -q --format=json "$1" | jq -r --arg view "$2" '
        def quoted: tostring | if test("[,\"]")
            then "\"" + gsub("\""; "\"\"") + "\"" else . end;
        def plain: sub("\\.$"; "");
        .records[] | select(.zone and ($view == "" or .view == $view)) |
        (.data | plain | split(" ")) as $part |
        [.view, .zone, .owner, .type, .ttl, (.data | plain)] +
        (if .type == "SRV" then $part else ["", "", ""] +
            [if .type == "A" then "" else $part[0] end] end) +
        [([.reasons[].why] | join(" ")), ([.reasons[].topology.path] | join("; "))] |
        map(quoted) | join(",")'
}
csv_lines() {
    tail -n +2 "$1" | sed 's/\r$//; s/^\([^,]*,[^,]*\),\(zone\|pinpoint\),/\1,/'
}

holds_the_records() {
    generate --format=csv "$1" ${2:+--view="$2"}
    lines_of_json "$1" "$2" >"$scratch/wanted"
    [ -s "$scratch/wanted" ] || echo 'nothing is planned'
    csv_lines "$scratch/out" | diff "$scratch/wanted" -
    [ "$(grep -c $'\r$' "$scratch/out")" -eq "$(wc -l <"$scratch/out")" ] ||
        echo 'a line without CR LF'
}
# As many rows, with the same owners and whys where these are plain.
table_has_the_records() {
    generate --format=markdown "$1"
    "$OCSZONE" explain -q --format=json "$1" | jq -r '.records[] | select(.zone) |
        "\(.zone) \(.owner) \(.type) \(.ttl) \(.data | sub("\\.$"; ""))"' \
        >"$scratch/wanted"
    # shellcheck disable=SC2016 # backticks of Markdown
    sed -n 's/^| `\([^`]*\)` | `\([^`]*\)` | \([A-Z]*\) | \([0-9]*\) | `\([^`]*\)` | ..* |$/\1 \2 \3 \4 \5/p' \
        "$scratch/out" | diff "$scratch/wanted" -
    "$OCSZONE" explain -q --format=json "$1" | jq -r '[.records[] | select(.zone).view] |
        unique | reverse[] | "## DNS records, \(.) view"' | sort >"$scratch/wanted"
    grep '^## ' "$scratch/out" | sort >"$scratch/views"
    comm -23 "$scratch/wanted" "$scratch/views"
}

for topology in zones/*/topology.yaml; do
    name=$(basename "${topology%/topology.yaml}")
    try "$name: csv has each record of the plan" holds_the_records "$topology" ''
    try "$name: markdown has each record of the plan" \
        table_has_the_records "$topology"
done
try 'csv of the external view' holds_the_records $contoso external
try 'csv of the internal view' holds_the_records $contoso internal

modes() {
    generate --format=csv "$contoso"
    awk -F , 'NR > 1 && $3 == "pinpoint" { print $1 " view, zone " $2 " (pinpoint)" }
              NR > 1 && $3 != "pinpoint" { print $1 " view, zone " $2 }' \
        "$scratch/out" | uniq >"$scratch/modes"
    "$OCSZONE" explain -q "$contoso" | grep ' view, zone ' |
        diff - "$scratch/modes"
}
try 'csv tells pinpoint zones' modes

one_view_of_a_page() {
    generate --format=markdown --view=external "$contoso"
    grep '^## ' "$scratch/out" | diff - <(echo '## DNS records, external view')
}
try 'markdown of one view has one table' one_view_of_a_page

all_at_once() {
    local one file=$scratch/all
    generate -o "$scratch/tree" --format=zones --format=csv \
        --format=dnscmd:"$file.dnscmd" --format=markdown:"$file.markdown" \
        --format=powershell-undo:"$file.powershell-undo" "$contoso"
    cp "$scratch/out" "$file.csv"
    for one in csv dnscmd markdown powershell-undo; do
        generate --format="$one" "$contoso"
        diff "$scratch/out" "$file.$one"
    done
    generate -o "$scratch/tree-alone" "$contoso"
    diff -r "$scratch/tree" "$scratch/tree-alone"
}
try 'several formats in one run are those of several runs' all_at_once

no_tree() {
    mkdir "$scratch/empty"
    (cd "$scratch/empty" && "$OCSZONE" generate -q --format=csv \
        - <"$OLDPWD/$contoso") >"$scratch/out"
    [ -s "$scratch/out" ] || echo 'there is no sheet'
    find "$scratch/empty" -mindepth 1
}
try 'without zones no tree is written' no_tree

# What generate says of its files would be lines of the sheet.
pure_output() {
    ocszone generate -v --format=zones --format=csv -o "$scratch/pure" \
        "$contoso"
    expect 0
    generate --format=csv "$contoso" && cp "$scratch/out" "$scratch/alone"
    ocszone generate -v --format=zones --format=csv -o "$scratch/pure" "$contoso"
    diff "$scratch/alone" "$scratch/out"
}
try 'a sheet on standard output is nothing but the sheet' pure_output

failed_tree() {
    mkdir -p "$scratch/taken/internal"
    echo mine >"$scratch/taken/named.conf"
    ocszone generate --format=zones --format=csv:"$scratch/half.csv" \
        -o "$scratch/taken" "$contoso"
    expect 2 file-not-ours
    [ ! -e "$scratch/half.csv" ] || echo 'half of the work is done'
}
try 'where zone files are refused no sheet is written' failed_tree

over_input() {
    cp "$contoso" "$scratch/topology.yaml"
    ocszone generate --format=csv:"$scratch/topology.yaml" \
        "$scratch/topology.yaml"
    expect 2 usage
    diff "$contoso" "$scratch/topology.yaml"
}
try 'the topology is not overwritten' over_input

own_template() {
    mkdir -p "$scratch/own"
    printf '@rem {view}{records}exit /b 0\n' >"$scratch/own/dnscmd.cmd"
    generate --templates="$scratch/own" --format=dnscmd "$contoso"
    head -n 1 "$scratch/out" | diff - <(printf '@rem internal\r\n')
    tail -n 1 "$scratch/out" | diff - <(printf 'exit /b 0\r\n')
}
try 'a directory of templates can bring scripts' own_template

end

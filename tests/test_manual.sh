#!/bin/bash
# Holds the manual and the README files together with the program: what one
# says the other has to have, in both directions.
. tests/script.sh
. tests/message_ids.sh

command_page=man/ocszone.1
topology_page=man/ocszone-topology.5
templates_page=man/ocszone-templates.5
zones_page=man/ocszone-zones.5

# same NAME LEFT RIGHT: two files with the same lines, in whatever order, and
# with one line at least.
same() {
    sort -u "$scratch/$2" >"$scratch/left"
    sort -u "$scratch/$3" >"$scratch/right"
    if [ -s "$scratch/left" ]; then
        result "$1" "$(comm -3 "$scratch/left" "$scratch/right" |
            sed "s/^	/only in the $3: /; t; s/^/only in the $2: /")"
    else
        result "$1" "nothing found in the $2"
    fi
}

# C code, its comments gone, each statement on a line of its own.
statements() {
    tr '\n' ' ' <"$1" | sed 's,/\*[^*]*\*/, ,g' | tr -s ' ' | tr ';' '\n'
}

# ---- mdoc

lint_page() {
    mandoc -T lint -W style "$1" 2>/dev/null |
        grep -v 'STYLE: referenced manual not found'
}

# section PAGE HEADING: what stands below a heading; subsections are part of a
# section.
section() {
    awk -v heading="$2" '/^\.S[hs] / {
        name = $0; sub(/^\.S[hs] /, "", name)
        inside = name == heading || (inside && /^\.Ss / && whole)
        whole = inside && (whole || /^\.Sh /) } inside' "$1"
}

# The options that stand behind Fl in what is read, each with its hyphens; a
# cluster of letters is taken apart.
flags() {
    tr ' ' '\n' | awk '
        flag && /^-[a-z]/ { print "-" $0 }
        flag && /^[a-z]+$/ { gsub(/./, "-&\n"); printf "%s", $0 }
        { flag = /^\.?Fl$/ }'
}

if command -v mandoc >/dev/null; then
    for page in man/*.[1578]; do
        result "mandoc finds nothing in ${page#man/}" "$(lint_page "$page")"
    done
else
    echo 'ok - mandoc finds nothing in the manual # SKIP there is no mandoc'
fi

# ---- ocszone(1): commands and options

"$OCSZONE" help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' \
    >"$scratch/program"
section $command_page COMMANDS | sed -n 's/^\.Ss //p' >"$scratch/manual"
same 'the commands are those of the manual' program manual
commands=$(cat "$scratch/program")

options_in_help() {
    "$OCSZONE" help "$@" | sed -n '/^Options:/,/^$/p' |
        grep -oE '^ +(-[a-z], )?--[a-z-]+' | tr -d ' ' | tr ',' '\n'
}

# options_in_manual COMMAND...: those of each and those of all.
options_in_manual() {
    for heading in "$@" OPTIONS; do
        section $command_page "$heading" | grep '^\.It Fl' | flags
    done
}

for one in $commands; do
    options_in_help "$one" >"$scratch/program"
    options_in_manual "$one" >"$scratch/manual"
    same "the options of $one are those of the manual" program manual
done
options_in_help >"$scratch/program"
# shellcheck disable=SC2086 # a list of words
options_in_manual $commands >"$scratch/manual"
same 'all options are those of the manual' program manual

# An option that is spoken of, in a synopsis or an example, is there, too.
cat man/* | flags | sort -u >"$scratch/manual"
sort -u "$scratch/program" >"$scratch/known"
result 'the manual speaks of no option that is not there' \
    "$(comm -23 "$scratch/manual" "$scratch/known")"

# ---- ocszone-topology(5): keys

# Paths of the keys, as pools.front_ends.fqdn, with "required" behind them.
schema_keys() {
    statements src/topology/schema.c | awk '
        /struct field [a-z_]+_fields\[\] =/ {
            match($0, /[a-z_]+_fields\[/)
            fields = substr($0, RSTART, RLENGTH - 1)
            while (match($0, /(OPTIONAL|REQUIRED)\("[^)]*\)/)) {
                split(substr($0, RSTART, RLENGTH), part, /[",() ]+/)
                $0 = substr($0, RSTART + RLENGTH)
                n = ++count[fields]
                key[fields, n] = part[2]
                required[fields, n] = part[1] == "REQUIRED" ? " required" : ""
                sub(/.*&/, "", part[7])
                shape[fields, n] = part[7]
            }
        }
        /struct shape [a-z_]+ =/ {
            match($0, /struct shape [a-z_]+/)
            name = substr($0, RSTART + 13, RLENGTH - 13)
            match($0, /[a-z_]+_fields/)
            fields_of[name] = substr($0, RSTART, RLENGTH)
        }
        function walk(path, fields, i) {
            for (i = 1; i <= count[fields]; i++) {
                print path key[fields, i] required[fields, i]
                if (shape[fields, i] in fields_of)
                    walk(path key[fields, i] ".", fields_of[shape[fields, i]])
            }
        }
        END { walk("", fields_of["topology_shape"]) }'
}

# Keys in the manual are items: .It Ic pools.fqdn Ar host Pq required
manual_keys() {
    awk '/^\.It Ic / { print $3 (/ Pq required$/ ? " required" : "") }' "$1"
}

schema_keys >"$scratch/schema"
manual_keys $topology_page >"$scratch/manual"
same 'the keys of a topology are those of the manual' schema manual

# Words of closed lists, which the manual has behind Cm.
statements src/topology/schema.c | grep -E 'char \*const [a-z_]+\[\] =' |
    sed 's/.*\[\] =//' | grep -oE '"[^"]+"' | tr -d '"' | sort -u \
    >"$scratch/words"
grep -oE 'Cm [a-z0-9_-]+' $topology_page | sed 's/^Cm //' | sort -u \
    >"$scratch/manual"
result 'the manual has all values of the keys' \
    "$([ -s "$scratch/words" ] || echo 'no words found in schema.c'
    comm -23 "$scratch/words" "$scratch/manual")"

# ---- ocszone-topology(5): samples

# samples PAGE: each literal block that is a topology, into a file of its own.
samples() {
    awk -v prefix="$scratch/sample" '
        /^\.Bd -literal/ { first = 1; next }
        /^\.Ed/ { inside = 0 }
        first { inside = /^product:/; number += inside; first = 0 }
        inside {
            gsub(/\\&/, ""); gsub(/\\e/, "\\")
            print >(prefix number ".yaml")
        }' "$1"
}

samples $topology_page
for number in 1 2 3; do
    : >"$scratch/explanation"
    result "sample $number of the manual is a valid topology" \
        "$("$OCSZONE" explain - <"$scratch/sample$number.yaml" 2>&1 \
            >"$scratch/explanation" || echo "exit status $?")"
    result "sample $number of the manual asks for records" \
        "$([ -s "$scratch/explanation" ] || echo 'no record')"
done
result 'the manual has three samples and no more' \
    "$(find "$scratch" -name 'sample*.yaml' | sort | tail -n +4)"

# ---- ocszone-templates(5) and templates/README.md

# COLLECTION WORD KIND TEXT, as the tables of the facts have them; the names
# of the tables mean something in their file alone.
facts_of() {
    statements "$1" | sed 's/" "//g' | awk '
        # {"name", VARIABLE_NAME, "text"} and {"name", "text"}
        function read_table(table, part) {
            while (match($0, /\{"[a-z_]+", (VARIABLE_[A-Z]+, )?"[^"]*"\}/)) {
                split(substr($0, RSTART, RLENGTH), part, "\"")
                $0 = substr($0, RSTART + RLENGTH)
                kind = part[3] ~ /VARIABLE_/ ? tolower(part[3]) : "fact"
                gsub(/variable_|[, ]/, "", kind)
                rows[table, ++count[table]] = part[2] " " kind " " part[4]
            }
        }
        function show(collection, table, i) {
            for (i = 1; i <= count[table]; i++)
                print collection, rows[table, i]
        }
        /static const struct (variable|fact) [a-z_]+\[\] =/ {
            match($0, /[a-z_]+\[\] =/)
            read_table(substr($0, RSTART, RLENGTH - 4))
        }
        /const struct collection collection_[a-z_]+ =/ {
            sub(/.*= *\{/, "")
            split($0, quoted, "\"")
            split(quoted[5], table, /[, ]+/)
            show(quoted[2], table[2])
            show(quoted[2], table[3])
        }'
}

for source in src/topology/facts_*.c; do
    facts_of "$source"
done | sort >"$scratch/facts"

sed -n '/^## Collections/,/^## Sources/p' templates/README.md |
    awk -F ' *[|] *' '
    /^### / { split($0, part, "`"); collection = part[2] }
    /^\| `/ { gsub("`", "", $2); print collection, $2, $3, $4 }' \
    >"$scratch/README"
same 'variables and facts are those of templates/README.md' facts README

cut -d ' ' -f 1-3 "$scratch/facts" >"$scratch/sources"
section $templates_page COLLECTIONS | awk '
    /^\.Ss / { collection = $2 }
    /^\.It (Va|Cm) / { print collection, $3, $5 }' >"$scratch/manual"
same 'variables and facts are those of the manual' sources manual

# Keys of a catalogue: {"id", load_identifier, ..., true, NULL} is required.
statements src/plan/catalogue.c | awk '
    match($0, /struct field [a-z]+_fields\[\]/) {
        path = /row_fields\[\]/ ? "rows." : ""
        while (match($0, /\{"[^}]*\}/)) {
            split(substr($0, RSTART, RLENGTH), part, "\"")
            $0 = substr($0, RSTART + RLENGTH)
            print path part[2] (part[3] ~ / true, / ? " required" : "")
        }
    }' >"$scratch/sources"
manual_keys $templates_page >"$scratch/manual"
same 'the keys of a catalogue are those of the manual' sources manual

# text_variables SOURCE: the {words} of a text template.
text_variables() {
    statements "$1" | grep 'struct template_value values\[\]' |
        grep -oE '\{"[a-z]+"' | tr -d '{"'
}

for text in zone.head:zone_writer named.conf:named_conf_writer; do
    text_variables "src/write/${text#*:}.c" >"$scratch/sources"
    section $templates_page "${text%:*}" | sed -n 's/^\.It Va //p' \
        >"$scratch/manual"
    same "the variables of ${text%:*} are those of the manual" sources manual
done

# ---- diagnostics

message_ids src/*.c src/*/*.c >"$scratch/sources"
sed -n 's/^\.It Er //p' man/* >"$scratch/manual"
same 'the ids of messages are those of the manual' sources manual
result 'ids of messages are words' \
    "$(grep -vxE '[a-z0-9]+(-[a-z0-9]+)*' "$scratch/sources")"
result 'each id stands once in the manual' "$(sort "$scratch/manual" | uniq -d)"
message_ids src/dns/*.c >"$scratch/sources"
sed -n 's/^\.It Er //p' $zones_page >"$scratch/manual"
same 'the ids of the zone reader are those of ocszone-zones(5)' sources manual

# ---- sources

sed -n 's/^  see: \[\(.*\)\]$/\1/p' templates/*.yaml | tr -d ' ' | tr , '\n' |
    grep . | sort -u >"$scratch/cited"
sed -n '/^## Sources/,$s/^| \([A-Z][^ ]*\) |.*/\1/p' templates/README.md |
    sort -u >"$scratch/listed"
result 'the sources of the catalogues stand in templates/README.md' \
    "$([ -s "$scratch/cited" ] || echo 'no source is cited'
    comm -23 "$scratch/cited" "$scratch/listed")"

# ---- README.md

# Fenced blocks of exactly two lines, these joined by a tab.
newcomer_lines() {
    awk '/^```/ { if (inside && n == 2) print block
                  inside = !inside; n = 0; block = ""; next }
         inside { block = block (n++ ? "\t" : "") $0 }' README.md
}

result 'README.md has one block of two lines, what a newcomer types' \
    "$(newcomer_lines | grep -vxE \
        'make deps && make example	make deps-check && make check'
    [ "$(newcomer_lines | wc -l)" -eq 1 ] || echo 'not one such block')"

# A zone in README.md begins with its $ORIGIN.
awk '/^```/ { inside = 0; fence = !fence; first = fence; next }
     first { inside = /^\$ORIGIN /; first = 0 }
     inside' README.md >"$scratch/excerpt"
"$OCSZONE" generate -q --serial=1 zones/company/topology.yaml \
    -o "$scratch/zones" 2>"$scratch/messages"
result 'the excerpt in README.md is what the program writes' \
    "$([ -s "$scratch/excerpt" ] || echo 'there is no excerpt'
    cat "$scratch"/zones/*/*.zone | grep -vxF -f - "$scratch/excerpt")"

# shown_of COMMAND: what README.md has below "$ build/ocszone COMMAND ...", up
# to an empty line and a further command, or the end of the block.
shown_of() {
    awk -v command="\$ build/ocszone $1 " '
        /^```/ { inside = 0 }
        inside { text = text $0 "\n" }
        index($0, command) == 1 { inside = 1 }
        END { sub(/\n\$ .*/, "", text); printf "%s", text }' README.md
}

# The same from the program, as far as README.md shows it.
said_by() {
    # shellcheck disable=SC2046 # a list of words
    "$OCSZONE" $(sed -n "s|^\$ build/ocszone $1 |$1 |p" README.md) 2>&1 |
        head -n "$(wc -l <"$scratch/shown")"
}

for one in canon explain; do
    shown_of $one >"$scratch/shown"
    said_by $one >"$scratch/said"
    result "what README.md shows of $one is what the program says" \
        "$([ -s "$scratch/shown" ] || echo 'nothing is shown'
        diff "$scratch/shown" "$scratch/said")"
done

shown_of 'generate --format=dnscmd' >"$scratch/shown"
"$OCSZONE" generate -q --format=dnscmd zones/contoso/topology.yaml |
    tr -d '\r' | grep sip.contoso.com >"$scratch/said"
result 'what README.md shows of a script is in the script' \
    "$([ -s "$scratch/shown" ] || echo 'nothing is shown'
    diff "$scratch/shown" "$scratch/said")"

end

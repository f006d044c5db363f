# shellcheck shell=bash
# Sourced: which ids the messages of a source file have.

# Functions that take an id: by their declarations.
id_takers=$(for file in src/*.c src/*/*.[ch]; do
    tr '\n' ' ' <"$file" | grep -oE '[a-z_]+\([^(){};]*const char \*id\b'
done | sed 's/(.*//' | sort -u | paste -s -d '|' -)

# Members of a table's rows that are ids: const char *one, *other; /* ids */
id_members=$(sed -nE 's|^ *const char (.*); /\* ids \*/$|\1|p' src/*/*.[ch] |
    tr -d '* ' | tr ',' '\n' | sort -u | paste -s -d '|' -)
: "${id_members:=none}"

# message_ids FILE...: the first string behind such a call, with what stands
# before it; what a parameter or a member hands on is found where it is said.
message_ids() {
    local source
    for source; do
        tr '\n' ' ' <"$source" |
            grep -oE "\b($id_takers)\([^\";{}]*(\{[^{}]*\}[^\";{}]*)?\"[^\"]*\"( *: *\"[^\"]*\")?" |
            grep -vE "([ (]id|->($id_members)), *\"[^\"]*\"\$" |
            sed 's/" *: *"/"\n"/'
        # As one of two, in a table, and without memory for more.
        tr '\n' ' ' <"$source" | grep -oE '\*id =[^;]*;' | grep -oE '"[^"]*"'
        grep -oE "^ *\.($id_members) = *\"[^\"]*\"" "$source"
        sed -n 's/.*fputs(.*\[\([a-z-]*\)\]\\n".*/"\1"/p' "$source"
    done | sed 's/.*"\([^"]*\)"$/\1/' | sort -u
}

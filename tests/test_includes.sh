#!/bin/sh
# Holds the cut of the code: who may include whom, and what a file may do.
# Run by `make check`; BUILD names the directory of libocszone.a.
set -u
export LC_ALL=C

# result NAME FAULTS: a test passes when there is no fault to show.
failures=0
result() {
    if [ -z "$2" ]; then
        echo "ok - $1"
    else
        failures=$((failures + 1))
        echo "not ok - $1"
        echo "$2" | sed 's/^/#   /'
    fi
}

sources=$(find src -name '*.c' | sort)
headers=$(find src -name '*.h' | sort)

# The folders whose headers a folder of src/ may include.
may_include() {
    case $1 in
    base) echo 'base/' ;;
    dns) echo 'base/ dns/' ;;
    topology) echo 'base/ dns/ topology/' ;;
    plan) echo 'base/ dns/ topology/ plan/' ;;
    write) echo 'base/ dns/ topology/ plan/ write/' ;;
    verify) echo 'base/ dns/ topology/ plan/ verify/' ;;
    serve) echo 'base/ dns/name.h serve/' ;;
    src) echo 'commands.h usage.h base/ dns/ topology/ plan/ write/ verify/
        serve/' ;;
    esac
}

# FILE INCLUDED, for each include of a header of ours.
includes=$(grep -roE --include='*.[ch]' '^ *# *include +"[^"]+"' src |
    sed -E 's/:.*"(.*)"/ \1/' | sort)

includes_against_the_flow() {
    echo "$includes" | while read -r file included; do
        folder=${file%/*}
        allowed=no
        for prefix in $(may_include "${folder##*/}"); do
            case $included in "$prefix"*) allowed=yes ;; esac
        done
        [ "$allowed" = yes ] || echo "$file includes \"$included\""
    done
}

# files_including HEADER
files_including() {
    grep -rlE --include='*.[ch]' "^ *# *include +<$1>" src | sort
}

more_than_two() {
    [ "$(echo "$1" | wc -l)" -le 2 ] || echo "$1"
}

headers_that_lean_on_others() {
    for header in $headers; do
        ${CC:-gcc} -std=c17 -D_GNU_SOURCE -Isrc -fsyntax-only -x c "$header" \
            2>&1 | sed -n '/error/p'
    done
}

headers_without_their_guard() {
    for header in $headers; do
        guard=$(echo "${header#src/}" | tr 'a-z/.' 'A-Z__')
        [ "$(grep -m 2 '^#' "$header" | tr '\n' ' ')" = \
            "#ifndef $guard #define $guard " ] || echo "$header: no $guard"
    done
}

long_files() {
    # shellcheck disable=SC2086 # lists of files
    wc -l $sources $headers | awk '$2 != "total" && $1 > 600'
}

sources_not_built() {
    for source in $sources; do
        object=$BUILD/${source#src/}
        [ -e "${object%.c}.o" ] || echo "$source is not in the Makefile"
    done
}

# Symbols as nm knows them: OBJECT SYMBOL SECTION, sections as .data or *UND*.
symbols=$(nm -A --format=sysv "${BUILD:?}/libocszone.a" 2>/dev/null |
    sed -n 's/^[^:]*:\([^:]*\): *\([^ |]*\)[^|]*|.*| *\([^ |]*\)$/\1 \2 \3/p')

ends_of_the_program() {
    echo "$symbols" | awk '$3 == "*UND*" &&
        $2 ~ /^(exit|_exit|_Exit|quick_exit|abort)$/ { print $1 ": " $2 }'
}

# Sanitizers and coverage bring variables of their own, all of them with __.
variables() {
    echo "$symbols" | awk '$3 ~ /^\.t?(data|bss)($|\.[^r])/ &&
        $2 !~ /^__/ { print $1 ": " $2 }'
}

result 'includes follow the flow of the data' "$(includes_against_the_flow)"
result 'only base/yaml_tree.c includes <yaml.h>' \
    "$(files_including 'yaml\.h' | grep -vx src/base/yaml_tree.c)"
result 'two files at most include <ldns/...>' \
    "$(more_than_two "$(files_including 'ldns/.*')")"
result 'each header compiles alone' "$(headers_that_lean_on_others)"
result 'each header has its guard' "$(headers_without_their_guard)"
result 'no file has more than 600 lines' "$(long_files)"
result 'each source is in the Makefile' "$(sources_not_built)"
result 'the library is there to be looked at' \
    "$([ -n "$symbols" ] || echo "no symbols in $BUILD/libocszone.a")"
result 'only main.c ends the program' "$(ends_of_the_program)"
result 'no variable outlives a call' "$(variables)"

[ "$failures" -eq 0 ]

# shellcheck shell=bash
# Sourced: which zone a master file of the tests is of.

# zone_of FILE: what a first line "; zone: NAME" says, else the file's own name
# where that has a dot, else example.com.
zone_of() {
    local first='' name=${1##*/}
    { IFS= read -r first <"$1"; } 2>/dev/null
    name=${name%.zone}
    case $first:$name in
    '; zone: '*) first=${first#; zone: } && echo "${first%$'\r'}" ;;
    *:*.*) echo "$name" ;;
    *) echo example.com ;;
    esac
}

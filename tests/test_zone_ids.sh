#!/bin/bash
# Holds the messages about zone files and their examples in tests/zones
# together: what can be reported is shown there, and what is shown exists.
. tests/script.sh
. tests/message_ids.sh

# ID REASON, for each id that no file in tests/zones can bring about:
# named-compilezone has to agree with what is made of each.
exceptions() {
    cat <<'END'
too-many-records is a bound of the server alone: check_zone_check has it
too-many-types is a bound of the server alone: check_zone_check has it
zone-too-large is a bound of ours
END
}

message_ids src/dns/*.c >"$scratch/known"
message_ids src/*.c src/*/*.c >"$scratch/all"
cat tests/zones/*.want | awk '$3 { print $3 }' | sort -u \
    >"$scratch/shown"
exceptions | sed 's/ .*//' | sort -u >"$scratch/excepted"

result 'each message has an example' \
    "$(sort -u "$scratch/shown" "$scratch/excepted" |
        comm -23 "$scratch/known" -)"
result 'each example shows a message that exists' \
    "$(comm -23 "$scratch/shown" "$scratch/all")"
result 'no exception has an example after all' \
    "$(comm -12 "$scratch/excepted" "$scratch/shown")"
result 'each exception exists' "$(comm -23 "$scratch/excepted" "$scratch/known")"
result 'messages are found in the sources' \
    "$([ "$(wc -l <"$scratch/known")" -gt 30 ] || cat "$scratch/known")"
end

#!/bin/bash
# What `make` makes anew, and what it leaves alone.
. tests/script.sh

# The make that runs this test must not tell the ones below what to do.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES BUILD VARIANT CFLAGS
object=$scratch/build/base/utf8.o

# made ARGUMENT...: is the object made by this?
made() {
    make BUILD="$scratch/build" "$@" "$object" >"$scratch/out" 2>&1 ||
        cat "$scratch/out"
    grep -q '^CC ' "$scratch/out"
}

flags() {
    made VARIANT=debug || echo 'not made at first'
    ! made VARIANT=debug || echo 'made twice'
    made VARIANT=debug CFLAGS="-O1 -DONE='1'" || echo 'not made for CFLAGS'
    ! made VARIANT=debug CFLAGS="-O1 -DONE='1'" || echo 'made for old CFLAGS'
    made || echo 'not made for another VARIANT'
    ! made || echo 'made for an old VARIANT'
}
if command -v make >/dev/null; then
    try 'other flags make anew what was made with others' flags
else
    echo 'ok - other flags # SKIP there is no make'
fi

end

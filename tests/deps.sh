#!/bin/sh
# Installs, on Debian and its kin, the packages that are missing.
#
#   tests/deps.sh build          what `make` needs
#   tests/deps.sh build check    ... and `make check`
#   tests/deps.sh build lint     ... and lint-code, memcheck, fuzz
#   tests/deps.sh build bench    ... and bench: the peers that it measures
#
# Where nothing is missing this needs neither a network nor root.
set -eu

build="gcc libc6-dev make pkgconf libyaml-dev libjansson-dev libidn2-dev \
	libldns-dev"
check="check diffutils git jq mandoc mount strace bind9 bind9-utils \
	bind9-dnsutils"
lint="clang clang-format clang-tidy libclang-rt-dev cppcheck shellcheck valgrind"

bench="bind9-utils knot-dnssecutils ldnsutils nsd validns valgrind strace \
	python3-jinja2 python3-yaml"

wanted=
for purpose; do
    case $purpose in
    build) wanted="$wanted $build" ;;
    check) wanted="$wanted $check" ;;
    lint) wanted="$wanted $lint" ;;
    bench) wanted="$wanted $bench" ;;
    *)
        echo "usage: tests/deps.sh [build] [check] [lint] [bench]" >&2
        exit 2
        ;;
    esac
done

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    echo "deps: there is no apt-get here; please install what Debian calls" >&2
    echo "   $wanted" >&2
    exit 1
fi

installed() {
    status=$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) || :
    [ "$status" = installed ]
}

missing=
for package in $wanted; do
    installed "$package" || missing="$missing $package"
done
missing=${missing# }

if [ -z "$missing" ]; then
    echo "deps: nothing to install"
    exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null; then
        exec sudo "$0" "$@"
    fi
    echo "deps: missing: $missing" >&2
    echo "deps: please run as root: $0 $*" >&2
    exit 1
fi

# A name server that is installed for the tests' sake must not start, neither
# now nor when the machine starts next.
policy=/usr/sbin/policy-rc.d
policy_is_ours=
log=$(mktemp)
clean_up() {
    [ -z "$policy_is_ours" ] || rm -f "$policy"
    rm -f "$log"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

if ! [ -e "$policy" ]; then
    policy_is_ours=yes
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi

echo "deps: installing $missing"
export DEBIAN_FRONTEND=noninteractive
# A source that cannot be reached may still leave all that is needed here.
apt-get -q update >"$log" 2>&1 || :
# shellcheck disable=SC2086 # a list of packages
if ! apt-get -q -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 \
    install --no-install-recommends $missing >>"$log" 2>&1; then
    cat "$log" >&2
    echo "deps: apt-get failed, see above" >&2
    exit 1
fi

# disable PACKAGE SERVICE, if the package was installed just now.
disable() {
    case " $missing " in
    *" $1 "*) ;;
    *) return 0 ;;
    esac
    if update-rc.d "$2" disable >/dev/null; then
        echo "deps: $2 is installed for the tests; its service is disabled"
    else
        echo "deps: $2 is installed; please disable its service" >&2
    fi
}
disable bind9 named
disable nsd nsd

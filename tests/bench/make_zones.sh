#!/bin/sh
# Writes the zones that the benchmark reads, the same ones each time.
#
#   tests/bench/make_zones.sh small COUNT DIRECTORY
#   tests/bench/make_zones.sh big COUNT FILE
#
# small: zones of 12 records, laid out as `ocszone generate` does it, a
# named.conf that has them all, and zones.list with the path of each, as seen
# from here.
# big: one zone of COUNT records, 10 a SIP domain, its names in no order.
set -eu
export LC_ALL=C

small() {
    mkdir -p "$2"
    awk -v count="$1" -v directory="$2" '
    function entry(owner, type, data) {
        printf "%-20s IN %-4s %s\n", owner, type, data >path
    }

    function write_zone(zone, serial, inside, outside) {
        print "; Written by ocszone.\n\n$ORIGIN " zone ".\n$TTL 1h\n" >path
        entry("@", "SOA", "ns1 hostmaster (")
        print "\t" serial " ; serial\n\t1h 10m 2w\n\t5m ) ; negative" >path
        entry("", "NS", "ns1")
        entry("", "NS", "ns2.example.net.")
        entry("ns1", "A", inside)
        entry("_sipinternaltls._tcp", "SRV", "0 0 5061 sip." zone ".")
        entry("_sip._tls", "SRV", "0 0 443 access." zone ".")
        entry("_ntp._udp", "SRV", "0 0 123 ns1." zone ".")
        entry("sip", "A", inside)
        entry("access", "A", outside)
        entry("webconf", "A", outside)
        entry("av", "A", outside)
        entry("meet", "CNAME", "webconf")
        close(path)
    }

    BEGIN {
        conf = directory "/named.conf"
        list = directory "/zones.list"
        for (i = 1; i <= count; i++) {
            zone = sprintf("sip%06d.example.com", i)
            path = directory "/" zone ".zone"
            print path >list
            print "zone \"" zone "\" {\n\ttype primary;\n\tfile \"" path \
                "\";\n};" >conf
            write_zone(zone, i, sprintf("10.%d.%d.20", i / 250 % 250, i % 250),
                sprintf("192.0.2.%d", i % 250 + 1))
        }
    }'
}

big() {
    awk -v count="$1" '
    function write_domain(n, most,    id, pool, host, site, net,
        line, i) {
        # The factor is prime to the modulus: each number once, and far from
        # the one before.
        id = sprintf("%06d", n * 611953 % 1000003)
        site = sprintf("s%03d", n % 997)
        pool = "pool" id "." site
        host = pool ".big.example."
        net = sprintf("10.%d.%d.", n / 250 % 250, n % 250)
        line[1] = pool "\t\tIN\tA\t" net "10"
        line[2] = "\t\t\tIN\tAAAA\t2001:db8:" n % 9999 "::" n % 7777
        line[3] = "front1-" id "." site "\t3600 IN A\t" net "11"
        line[4] = "front2-" id "." site "\t3600 IN A\t" net "12"
        line[5] = "_sipinternaltls._tcp.d" id "\tIN\tSRV\t0 0 5061 " host
        line[6] = "_sip._tls.d" id "\t3600\tIN\tSRV\t10 100 443 " host
        line[7] = "sip.d" id "\tIN\tCNAME\t" host
        line[8] = "d" id "\t\t3600 IN\tMX\t10 " host
        line[9] = "\t\t\tIN\tTXT\t\"v=spf1 mx ip4:" net "0/24 -all\""
        line[10] = "branch" id "\t\t1d IN\tNS\tns1.big.example."
        for (i = 1; i <= 10 && i <= most; i++)
            print line[i]
    }

    BEGIN {
        print "$ORIGIN big.example.\n$TTL 1h"
        print "@ IN SOA ns1 hostmaster 1 1h 10m 2w 5m"
        print "@ IN NS ns1"
        print "ns1 IN A 192.0.2.1"
        for (left = count - 3; left > 0; left -= 10)
            write_domain(++n, left)
    }' >"$2"
}

case $#,${1-} in
3,small) small "$2" "$3" ;;
3,big) big "$2" "$3" ;;
*)
    echo 'usage: make_zones.sh small COUNT DIRECTORY' >&2
    echo '       make_zones.sh big COUNT FILE' >&2
    exit 2
    ;;
esac

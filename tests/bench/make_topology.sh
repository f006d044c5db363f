#!/bin/sh
# Writes a topology with COUNT SIP domains, five lines each, the same one each
# time.  One view is planned: a zone of nine records for each SIP domain, and
# the one of the pool.
#
#   tests/bench/make_topology.sh COUNT >FILE
set -eu
export LC_ALL=C

if [ $# -ne 1 ]; then
    echo 'usage: make_topology.sh COUNT >FILE' >&2
    exit 2
fi

cat <<'END_OF_HEAD'
product: ocs2007r2

dns:
  primary: ns1.corp.example.com
  nameservers: [ns1.corp.example.com, ns2.corp.example.com]
  contact: hostmaster@corp.example.com
  ttl: 1h
  hosts: {ns1.corp.example.com: 10.0.0.2, ns2.corp.example.com: 10.0.0.3}

pools:
  - fqdn: pool.corp.example.com
    edition: enterprise
    vip: 10.0.0.10
    front_ends:
      - {fqdn: fe1.corp.example.com, address: 10.0.0.11}
      - {fqdn: fe2.corp.example.com, address: 10.0.0.12}

phones: {time_server: ns1.corp.example.com, updates: pool.corp.example.com}

sip_domains:
END_OF_HEAD
# The factor is prime to the modulus: each number once, far from the one
# before.
awk -v count="$1" 'BEGIN {
    for (i = 1; i <= count; i++)
        printf "  - name: sip%06d.branch.example.com\n" \
            "    sign_in: pool.corp.example.com\n" \
            "    phones: true\n" \
            "    tcp: true\n" \
            "    fallback_names: [sip, sipinternal]\n", i * 611953 % 1000003
}'

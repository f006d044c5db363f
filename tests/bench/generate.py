#!/usr/bin/env python3
"""The peer of `ocszone generate`: Jinja2, with PyYAML's C loader.

    tests/bench/generate.py TOPOLOGY DIRECTORY

Writes what ocszone writes for a topology of make_topology.sh, byte for byte,
as a site would that keeps the records of OCS in templates of its own.
"""

import os
import sys

import jinja2
import yaml

HEAD = """\
; Written by ocszone; changes made in this file are lost.
; Zone {{ zone }}, internal view: records of Office Communications Server.
; `ocszone explain TOPOLOGY NAME` tells why a name has the records it has.

$ORIGIN {{ zone }}.
$TTL {{ dns.ttl }}

{{ column("@") }}IN SOA   {{ dns.primary }}. {{ dns.contact | \
replace("@", ".") }}. (
{{ column("") }}         1          ; serial
{{ column("") }}         1h         ; refresh
{{ column("") }}         10m        ; retry
{{ column("") }}         2w         ; expire
{{ column("") }}         5m )       ; negative answers
{% for server in dns.nameservers %}
{{ column("") }}IN NS    {{ server }}.
{% endfor %}

"""

SIP_DOMAIN = HEAD + """\
; Clients inside find the pool that takes the sign-ins by this record.
; sip_domains[{{ zone }}].sign_in
_sipinternaltls._tcp IN SRV   0 0 5061 {{ label }}.{{ zone }}.

{% if domain.tcp %}
; Clients that may use TCP inside sign in by this record.
; sip_domains[{{ zone }}].sign_in
_sipinternal._tcp    IN SRV   0 0 5060 {{ label }}.{{ zone }}.

{% endif %}
; The sign-in record names this host, by default inside the user's SIP domain.
; sip_domains[{{ zone }}].sign_in
{{ column(label) }}IN A     {{ pools[domain.sign_in].vip }}
{% for name in domain.fallback_names %}

; Clients and phones that find no sign-in record \
{{ "try" if name == "sip" else "may try" }} this name.
; sip_domains[{{ zone }}].sign_in
{{ column(name) }}IN A     {{ pools[domain.sign_in].vip }}
{% endfor %}
{% if domain.phones %}

; Communicator Phone Edition takes its time from here, else from \
time.windows.com.
; phones.time_server
_ntp._udp            IN SRV   0 0 123 {{ phones.time_server }}.

; A phone that nobody has signed in to looks for its updates under this name.
; phones.updates
ucupdates-r2         IN A     {{ pools[phones.updates].vip }}
{% endif %}
"""

SERVERS = HEAD + """\
{% for pool in pools.values() %}
; Clients and servers reach the pool by its name, at its load balancer.
; pools[{{ pool.fqdn }}].vip
{{ column(pool.fqdn.split(".")[0]) }}IN A     {{ pool.vip }}

; Servers, edges among them, reach each front end by its own name.
; pools[{{ pool.fqdn }}].front_ends
{% for server in pool.front_ends %}
{{ column(server.fqdn.split(".")[0]) }}IN A     {{ server.address }}
{% endfor %}

{% endfor %}
; Name servers and other hosts that the zones mention.
; dns.hosts
{% for host, address in dns.hosts.items() %}
{{ column(host.split(".")[0]) }}IN A     {{ address }}
{% endfor %}
"""

ZONES = """\
// Written by ocszone; changes made in this file are lost.
// The zones of the internal view.

{% for zone in zones %}
zone "{{ zone }}" {
    type primary;
    file "internal/{{ zone }}.zone";
};
{% endfor %}
"""

VIEW = """\
view "internal" {
    match-clients { any; };
    include "internal/zones.conf";
};"""


def write(directory, name, text):
    with open(os.path.join(directory, name), "w", encoding="ascii") as file:
        file.write(text)


def column_of(width):
    return lambda text: text.ljust(width)


def main():
    with open(sys.argv[1], "rb") as file:
        topology = yaml.load(file, Loader=yaml.CSafeLoader)
    top = sys.argv[2]
    inside = os.path.join(top, "internal")
    os.makedirs(inside)

    environment = jinja2.Environment(trim_blocks=True)
    sip_domain, servers, zones = (
        environment.from_string(text) for text in (SIP_DOMAIN, SERVERS, ZONES)
    )
    pools = {pool["fqdn"]: pool for pool in topology["pools"]}
    common = {
        "dns": topology["dns"],
        "phones": topology["phones"],
        "pools": pools,
    }

    names = []
    for domain in topology["sip_domains"]:
        zone = domain["name"]
        names.append(zone)
        text = sip_domain.render(
            common,
            domain=domain,
            zone=zone,
            label=domain["sign_in"].split(".")[0],
            column=column_of(21),
        )
        write(inside, zone + ".zone", text)
    home = topology["pools"][0]["fqdn"].split(".", 1)[1]
    names.append(home)
    text = servers.render(common, zone=home, column=column_of(16))
    write(inside, home + ".zone", text)

    names.sort(key=lambda name: name.split(".")[::-1])
    write(inside, "zones.conf", zones.render(zones=names))

    templates = os.path.join(os.path.dirname(__file__), "../../templates")
    with open(os.path.join(templates, "named.conf"), encoding="ascii") as file:
        conf = file.read()
    conf = conf.replace("{acl}", "    localhost;\n    localnets;")
    conf = conf.replace("{views}", VIEW)
    mark = "// Written by ocszone; changes made in this file are lost.\n"
    write(top, "named.conf", mark + conf)


if __name__ == "__main__":
    main()

/*
 * A deployment of Office Communications Server, as its engineer describes it.
 *
 *   pools ── front ends        sip_domains ─┬─ sign_in ────────► pool, director
 *   directors ── servers                    └─ external_sign_in ► access edge
 *   edges ── access, web_conferencing, av   reverse_proxies ──► published names
 *   web_access   servers   phones   dns   zones   networks
 *
 * topology_load reads, topology_validate judges; from then on it is const.
 * Names of other things (sign_in: pool1.corp...) stay names here; facts.h
 * finds what they mean.  The keys are described in ocszone-topology(5).
 */
#ifndef TOPOLOGY_TOPOLOGY_H
#define TOPOLOGY_TOPOLOGY_H

#include "topology/value.h"

struct arena;

/* Who asks: users and servers inside, everybody else, and the machines of the
 * perimeter, which may have name servers of their own, or none. */
enum view { VIEW_INTERNAL, VIEW_EXTERNAL, VIEW_PERIMETER, VIEW_COUNT };

extern const char *const view_names[VIEW_COUNT];

/* One value for each view. */
struct fqdn_by_view {
    struct fqdn views[VIEW_COUNT];
};

struct fqdn_list_by_view {
    struct fqdn_list views[VIEW_COUNT];
};

struct host_list_by_view {
    struct host_list views[VIEW_COUNT];
};

struct dns_settings {
    struct place place;
    struct fqdn_by_view primary; /* default: the view's first name server */
    struct fqdn_list_by_view nameservers;
    struct fqdn contact; /* the mail address as a name: SOA RNAME */
    struct seconds ttl;
    struct host_list_by_view hosts;
};

struct web_farm {
    struct place place;
    struct fqdn internal; /* default: the pool's name */
    struct fqdn external;
    struct address vip; /* default: the pool's */
};

struct web_conferencing {
    struct place place;
    struct fqdn fqdn;
    struct address vip; /* default: the pool's */
};

struct pool {
    struct place place;
    struct fqdn fqdn;
    struct word product; /* default: the topology's */
    struct word site;
    struct word edition; /* standard, enterprise */
    struct address vip;
    struct address address; /* Standard Edition: the server's own */
    struct web_farm web_farm;
    struct web_conferencing web_conferencing;
    struct host_list front_ends;
    struct fqdn uses_edge; /* internal name of an edge */
    struct flag decommissioned;
};

struct director {
    struct place place;
    struct fqdn fqdn;
    struct word site;
    struct word edition;
    struct address vip;
    struct address address; /* a single Director: the server's own */
    struct host_list servers;
};

/* One of an edge's interfaces: address for a single server, vip for a
 * balanced array. */
struct edge_service {
    struct place place; /* line 0: the edge has no such service */
    struct fqdn fqdn;
    struct address address;
    struct address vip;
    struct address private_address; /* behind NAT */
    struct port port;
    struct port federation_port; /* access edge alone */
};

struct edge {
    struct place place;
    struct word site;
    struct edge_service internal;
    struct edge_service access;
    struct edge_service web_conferencing;
    struct edge_service av;
    struct host_list servers; /* of a balanced edge */
    struct fqdn next_hop;
};

struct reverse_proxy {
    struct place place;
    struct word site;
    struct address address;
    struct fqdn_list publishes;
};

/* Communicator Web Access */
struct web_access {
    struct place place;
    struct fqdn fqdn; /* of the URL */
    struct fqdn server;
    struct word site;
    struct address address;
};

struct server {
    struct place place;
    struct fqdn fqdn;
    struct word role;
    struct word site;
    struct address address;
    struct host external;
};

/* What serves the device updates, where it differs between products. */
struct product_server {
    struct word product; /* NULL text: any */
    struct fqdn fqdn;
};

struct product_server_list {
    struct product_server *items;
    size_t count;
    bool said;
    struct place place;
};

struct phones {
    struct place place;
    struct fqdn time_server;
    struct product_server_list updates;
    struct fqdn_list dhcp_domains;
};

/* true, false, or the name of the access edge that federates. */
struct federation {
    struct flag flag;
    struct fqdn edge;
};

struct sip_domain {
    struct place place;
    struct fqdn name;
    struct fqdn sign_in;
    struct fqdn_list external_sign_in; /* one, or the second is refused */
    struct federation federation;
    struct flag phones;
    struct flag tcp;
    struct flag xmpp;
    struct flag strict_naming;
    struct word sign_in_name; /* a label */
    struct word_list fallback_names;
};

struct zone_entry {
    struct place place;
    struct fqdn name;
    struct word view; /* NULL text: both */
    struct word mode; /* zone, pinpoint, include */
    struct word_list base;
    struct fqdn_list mirror;
};

struct waiver {
    struct place place;
    struct word finding;
    struct fqdn name;
    struct word reason;
    struct word expires; /* YYYY-MM-DD */
};

#define LIST_OF(type)                                                          \
    struct {                                                                   \
        type *items;                                                           \
        size_t count;                                                          \
        bool said;                                                             \
        struct place place;                                                    \
    }

struct topology {
    struct place place;
    struct word product;
    struct dns_settings dns;
    struct network_list networks;
    struct word_list clients;
    struct word_list sites;
    LIST_OF(struct pool) pools;
    LIST_OF(struct director) directors;
    LIST_OF(struct edge) edges;
    LIST_OF(struct reverse_proxy) reverse_proxies;
    LIST_OF(struct web_access) web_access;
    LIST_OF(struct server) servers;
    struct phones phones;
    struct fqdn_list ad_domains;
    struct flag strict_naming;
    LIST_OF(struct sip_domain) sip_domains;
    LIST_OF(struct zone_entry) zones;
    LIST_OF(struct waiver) waivers;
};

/*
 * Reads a topology from a file, from standard input ("-"), or from all *.yaml
 * files of a directory, merged.  Returns it in the arena with every key
 * checked against the schema, or NULL after reporting all that is wrong.
 */
struct topology *topology_load(struct arena *arena, struct diag *diag,
                               const char *path);

/* The same from memory; file is the name for messages. */
struct topology *topology_parse(struct arena *arena, struct diag *diag,
                                const char *file, const char *text,
                                size_t length);

/*
 * Judges what single values cannot show: references, names and addresses
 * given twice, what an edition needs.  Returns 0, or -1 when an error was
 * reported.
 */
int topology_validate(struct arena *arena, struct diag *diag,
                      const struct topology *topology);

#endif

/*
 * The keys of a topology file: ocszone-topology(5) describes each of them.
 */
#include "topology/schema.h"

#include "topology/topology.h"

#define OPTIONAL(key, load, type, member, detail)                              \
    {                                                                          \
        key, load, offsetof(type, member), false, detail                       \
    }
#define REQUIRED(key, load, type, member, detail)                              \
    {                                                                          \
        key, load, offsetof(type, member), true, detail                        \
    }
#define END                                                                    \
    {                                                                          \
        NULL, NULL, 0, false, NULL                                             \
    }

static const char *const editions[] = {"standard", "enterprise", NULL};
static const char *const views[] = {"internal", "external", NULL};
static const char *const zone_modes[] = {"zone", "include", "pinpoint", NULL};
static const char *const fallback_names[] = {"sip", "sipinternal",
                                             "sipexternal", NULL};
static const char *const clients[] = {"communicator-2005",
                                      "communicator-2007",
                                      "communicator-2007r2",
                                      "phone-edition",
                                      "lync-2010",
                                      "pidgin-sipe",
                                      NULL};
static const char *const roles[] = {"archiving",
                                    "av_conferencing",
                                    "cdr",
                                    "group_chat",
                                    "mediation",
                                    "monitoring",
                                    "software_update",
                                    "sql",
                                    "web_components",
                                    "web_conferencing",
                                    "xmpp_gateway",
                                    NULL};

static const struct field host_fields[] = {
    REQUIRED("fqdn", load_fqdn, struct host, fqdn, NULL),
    REQUIRED("address", load_address, struct host, address, NULL), END};
static const struct shape front_end = {"front end", sizeof(struct host),
                                       host_fields};
static const struct shape member = {"server", sizeof(struct host), host_fields};
static const struct shape external_server = {"external", sizeof(struct host),
                                             host_fields};

static const struct field dns_fields[] = {
    OPTIONAL("primary", load_fqdn_by_view, struct dns_settings, primary, NULL),
    REQUIRED("nameservers", load_domain_list_by_view, struct dns_settings,
             nameservers, NULL),
    REQUIRED("contact", load_contact, struct dns_settings, contact, NULL),
    OPTIONAL("ttl", load_seconds, struct dns_settings, ttl, NULL),
    OPTIONAL("hosts", load_host_map_by_view, struct dns_settings, hosts, NULL),
    END};
static const struct shape dns = {"dns", sizeof(struct dns_settings),
                                 dns_fields};

static const struct field web_farm_fields[] = {
    OPTIONAL("internal", load_fqdn, struct web_farm, internal, NULL),
    OPTIONAL("external", load_fqdn, struct web_farm, external, NULL),
    OPTIONAL("vip", load_address, struct web_farm, vip, NULL), END};
static const struct shape web_farm = {"web_farm", sizeof(struct web_farm),
                                      web_farm_fields};

static const struct field web_conferencing_fields[] = {
    REQUIRED("fqdn", load_fqdn, struct web_conferencing, fqdn, NULL),
    OPTIONAL("vip", load_address, struct web_conferencing, vip, NULL), END};
static const struct shape web_conferencing = {"web_conferencing",
                                              sizeof(struct web_conferencing),
                                              web_conferencing_fields};

static const struct field pool_fields[] = {
    REQUIRED("fqdn", load_fqdn, struct pool, fqdn, NULL),
    OPTIONAL("product", load_identifier, struct pool, product, NULL),
    OPTIONAL("site", load_identifier, struct pool, site, NULL),
    REQUIRED("edition", load_word, struct pool, edition, editions),
    OPTIONAL("vip", load_address, struct pool, vip, NULL),
    OPTIONAL("address", load_address, struct pool, address, NULL),
    OPTIONAL("front_ends", load_list, struct pool, front_ends, &front_end),
    OPTIONAL("web_farm", load_mapping, struct pool, web_farm, &web_farm),
    OPTIONAL("web_conferencing", load_mapping, struct pool, web_conferencing,
             &web_conferencing),
    OPTIONAL("uses_edge", load_fqdn, struct pool, uses_edge, NULL),
    OPTIONAL("decommissioned", load_flag, struct pool, decommissioned, NULL),
    END};
static const struct shape pool = {"pool", sizeof(struct pool), pool_fields};

static const struct field director_fields[] = {
    REQUIRED("fqdn", load_fqdn, struct director, fqdn, NULL),
    OPTIONAL("site", load_identifier, struct director, site, NULL),
    OPTIONAL("edition", load_word, struct director, edition, editions),
    OPTIONAL("vip", load_address, struct director, vip, NULL),
    OPTIONAL("address", load_address, struct director, address, NULL),
    OPTIONAL("servers", load_list, struct director, servers, &member),
    END};
static const struct shape director = {"director", sizeof(struct director),
                                      director_fields};

static const struct field internal_fields[] = {
    REQUIRED("fqdn", load_fqdn, struct edge_service, fqdn, NULL),
    OPTIONAL("address", load_address, struct edge_service, address, NULL),
    OPTIONAL("vip", load_address, struct edge_service, vip, NULL), END};
static const struct shape internal = {"internal", sizeof(struct edge_service),
                                      internal_fields};

static const struct field access_fields[] = {
    REQUIRED("fqdn", load_fqdn, struct edge_service, fqdn, NULL),
    OPTIONAL("address", load_address, struct edge_service, address, NULL),
    OPTIONAL("vip", load_address, struct edge_service, vip, NULL),
    OPTIONAL("port", load_port, struct edge_service, port, NULL),
    OPTIONAL("federation_port", load_port, struct edge_service, federation_port,
             NULL),
    OPTIONAL("private_address", load_address, struct edge_service,
             private_address, NULL),
    END};
static const struct shape access_edge = {"access", sizeof(struct edge_service),
                                         access_fields};

static const struct field service_fields[] = {
    REQUIRED("fqdn", load_fqdn, struct edge_service, fqdn, NULL),
    OPTIONAL("address", load_address, struct edge_service, address, NULL),
    OPTIONAL("vip", load_address, struct edge_service, vip, NULL),
    OPTIONAL("port", load_port, struct edge_service, port, NULL),
    OPTIONAL("private_address", load_address, struct edge_service,
             private_address, NULL),
    END};
static const struct shape web_conferencing_edge = {
    "web_conferencing", sizeof(struct edge_service), service_fields};
static const struct shape av_edge = {"av", sizeof(struct edge_service),
                                     service_fields};

static const struct field edge_fields[] = {
    OPTIONAL("site", load_identifier, struct edge, site, NULL),
    REQUIRED("internal", load_mapping, struct edge, internal, &internal),
    OPTIONAL("access", load_mapping, struct edge, access, &access_edge),
    OPTIONAL("web_conferencing", load_mapping, struct edge, web_conferencing,
             &web_conferencing_edge),
    OPTIONAL("av", load_mapping, struct edge, av, &av_edge),
    OPTIONAL("servers", load_list, struct edge, servers, &member),
    OPTIONAL("next_hop", load_fqdn, struct edge, next_hop, NULL),
    END};
static const struct shape edge = {"edge", sizeof(struct edge), edge_fields};

static const struct field reverse_proxy_fields[] = {
    OPTIONAL("site", load_identifier, struct reverse_proxy, site, NULL),
    REQUIRED("address", load_address, struct reverse_proxy, address, NULL),
    REQUIRED("publishes", load_fqdn_list, struct reverse_proxy, publishes,
             NULL),
    END};
static const struct shape reverse_proxy = {
    "reverse proxy", sizeof(struct reverse_proxy), reverse_proxy_fields};

static const struct field web_access_fields[] = {
    REQUIRED("fqdn", load_fqdn, struct web_access, fqdn, NULL),
    OPTIONAL("server", load_fqdn, struct web_access, server, NULL),
    OPTIONAL("site", load_identifier, struct web_access, site, NULL),
    REQUIRED("address", load_address, struct web_access, address, NULL), END};
static const struct shape web_access = {
    "web access site", sizeof(struct web_access), web_access_fields};

static const struct field server_fields[] = {
    REQUIRED("fqdn", load_fqdn, struct server, fqdn, NULL),
    REQUIRED("role", load_word, struct server, role, roles),
    OPTIONAL("site", load_identifier, struct server, site, NULL),
    REQUIRED("address", load_address, struct server, address, NULL),
    OPTIONAL("external", load_mapping, struct server, external,
             &external_server),
    END};
static const struct shape server = {"server", sizeof(struct server),
                                    server_fields};

static const struct field phones_fields[] = {
    OPTIONAL("time_server", load_fqdn, struct phones, time_server, NULL),
    OPTIONAL("updates", load_product_servers, struct phones, updates, NULL),
    OPTIONAL("dhcp_domains", load_domain_list, struct phones, dhcp_domains,
             NULL),
    END};
static const struct shape phones = {"phones", sizeof(struct phones),
                                    phones_fields};

static const struct field sip_domain_fields[] = {
    REQUIRED("name", load_domain, struct sip_domain, name, NULL),
    OPTIONAL("sign_in", load_fqdn, struct sip_domain, sign_in, NULL),
    OPTIONAL("external_sign_in", load_fqdn_or_list, struct sip_domain,
             external_sign_in, NULL),
    OPTIONAL("federation", load_federation, struct sip_domain, federation,
             NULL),
    OPTIONAL("phones", load_flag, struct sip_domain, phones, NULL),
    OPTIONAL("tcp", load_flag, struct sip_domain, tcp, NULL),
    OPTIONAL("xmpp", load_flag, struct sip_domain, xmpp, NULL),
    OPTIONAL("strict_naming", load_flag, struct sip_domain, strict_naming,
             NULL),
    OPTIONAL("sign_in_name", load_label, struct sip_domain, sign_in_name, NULL),
    OPTIONAL("fallback_names", load_word_list, struct sip_domain,
             fallback_names, fallback_names),
    END};
static const struct shape sip_domain = {"SIP domain", sizeof(struct sip_domain),
                                        sip_domain_fields};

static const struct field zone_fields[] = {
    REQUIRED("name", load_domain, struct zone_entry, name, NULL),
    OPTIONAL("view", load_word, struct zone_entry, view, views),
    OPTIONAL("mode", load_word, struct zone_entry, mode, zone_modes),
    OPTIONAL("base", load_text_or_list, struct zone_entry, base, NULL),
    OPTIONAL("mirror", load_mirror, struct zone_entry, mirror, NULL),
    END};
static const struct shape zone = {"zone", sizeof(struct zone_entry),
                                  zone_fields};

static const struct field waiver_fields[] = {
    REQUIRED("finding", load_identifier, struct waiver, finding, NULL),
    OPTIONAL("name", load_owner_name, struct waiver, name, NULL),
    REQUIRED("reason", load_text, struct waiver, reason, NULL),
    OPTIONAL("expires", load_date, struct waiver, expires, NULL), END};
static const struct shape waiver = {"waiver", sizeof(struct waiver),
                                    waiver_fields};

static const struct field topology_fields[] = {
    REQUIRED("product", load_identifier, struct topology, product, NULL),
    REQUIRED("dns", load_mapping, struct topology, dns, &dns),
    OPTIONAL("networks", load_network_list, struct topology, networks, NULL),
    OPTIONAL("clients", load_word_list, struct topology, clients, clients),
    OPTIONAL("sites", load_identifier_list, struct topology, sites, NULL),
    REQUIRED("pools", load_list, struct topology, pools, &pool),
    OPTIONAL("directors", load_list, struct topology, directors, &director),
    OPTIONAL("edges", load_list, struct topology, edges, &edge),
    OPTIONAL("reverse_proxies", load_list, struct topology, reverse_proxies,
             &reverse_proxy),
    OPTIONAL("web_access", load_list, struct topology, web_access, &web_access),
    OPTIONAL("servers", load_list, struct topology, servers, &server),
    OPTIONAL("phones", load_mapping, struct topology, phones, &phones),
    OPTIONAL("ad_domains", load_domain_list, struct topology, ad_domains, NULL),
    OPTIONAL("strict_naming", load_flag, struct topology, strict_naming, NULL),
    REQUIRED("sip_domains", load_list, struct topology, sip_domains,
             &sip_domain),
    OPTIONAL("zones", load_list, struct topology, zones, &zone),
    OPTIONAL("waivers", load_list, struct topology, waivers, &waiver),
    END};

const struct shape topology_shape = {"topology", sizeof(struct topology),
                                     topology_fields};

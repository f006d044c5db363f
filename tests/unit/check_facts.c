#include "topology/facts.h"

#include "plan_lines.h"

#define STANDARD                                                               \
    "pools:\n"                                                                 \
    "- {fqdn: pool.ad.example, edition: standard, address: 10.0.0.10}\n"

#define BALANCED                                                               \
    "pools:\n"                                                                 \
    "- fqdn: pool.ad.example\n"                                                \
    "  edition: enterprise\n"                                                  \
    "  vip: 10.0.0.10\n"                                                       \
    "  web_farm: {internal: web.ad.example, vip: 10.0.0.15}\n"                 \
    "  front_ends:\n"                                                          \
    "  - {fqdn: fe1.ad.example, address: 10.0.0.11}\n"                         \
    "  - {fqdn: fe2.ad.example, address: 10.0.0.12}\n"

#define SIP "sip_domains:\n- {name: contoso.com, sign_in: pool.ad.example}\n"

#define TWO_SITES                                                              \
    "sites: [here, there]\n"                                                   \
    "pools:\n"                                                                 \
    "- fqdn: pool.ad.example\n"                                                \
    "  edition: enterprise\n"                                                  \
    "  site: here\n"                                                           \
    "  vip: 10.0.0.10\n"                                                       \
    "  front_ends:\n"                                                          \
    "  - {fqdn: fe1.ad.example, address: 10.0.0.11}\n"                         \
    "  - {fqdn: fe2.ad.example, address: 10.0.0.12}\n"                         \
    "- {fqdn: se.there.example, edition: standard, site: there,"               \
    " address: 10.0.0.20}\n"                                                   \
    "edges:\n"                                                                 \
    "- internal: {fqdn: e1.ad.example, address: 172.16.0.5}\n"                 \
    "  access: {fqdn: sip.contoso.com, address: 192.0.2.10}\n"

struct listing {
    const struct collection *collection;
    struct strbuf buf;
};

static void write_value(struct strbuf *buf, enum variable_kind kind,
                        const struct subject_value *value)
{
    switch (kind) {
    case VARIABLE_NAME:
        name_write_plain(buf, value->name);
        break;
    case VARIABLE_ADDRESS:
        strbuf_printf(buf, "%u.%u.%u.%u", value->address[0], value->address[1],
                      value->address[2], value->address[3]);
        break;
    case VARIABLE_PORT:
        strbuf_add_number(buf, value->port);
        break;
    }
}

/* "fqdn=pool.ad.example address=10.0.0.10 +standard\n"; what belongs to a
 * machine of the perimeter has " @machine" at the end. */
static void list_subject(const struct subject *subject, void *context)
{
    struct listing *listing = context;
    const struct collection *collection = listing->collection;
    size_t start = listing->buf.length;

    for (int i = 0; collection->variables[i].name; i++)
        if (subject->has & UINT64_C(1) << i) {
            strbuf_printf(&listing->buf, " %s=", collection->variables[i].name);
            write_value(&listing->buf, collection->variables[i].kind,
                        &subject->values[i]);
        }
    for (int i = 0; collection->facts[i].name; i++)
        if (subject->facts & UINT64_C(1) << i)
            strbuf_printf(&listing->buf, " +%s", collection->facts[i].name);
    if (subject->machine)
        strbuf_printf(&listing->buf, " @%s", subject->machine->name);
    strbuf_add_char(&listing->buf, '\n');
    memmove(listing->buf.text + start, listing->buf.text + start + 1,
            listing->buf.length - start);
    listing->buf.length--;
}

static const char *list_product(const char *text, const char *collection,
                                const char *product)
{
    struct listing listing = {.collection = collection_find(collection)};

    ck_assert_ptr_nonnull(listing.collection);
    strbuf_init(&listing.buf, &arena);
    strbuf_add_text(&listing.buf, "");
    listing.collection->each(facts_build(&arena, topology_of(text)), product,
                             list_subject, &listing);
    return listing.buf.text;
}

/* ---- the words */

START_TEST(collections_fit_into_their_masks)
{
    for (size_t i = 0; collections()[i]; i++) {
        const struct collection *collection = collections()[i];
        int count = 0;

        while (collection->variables[count].name) {
            ck_assert_ptr_nonnull(collection->variables[count].about);
            count++;
        }
        ck_assert_int_le(count, SUBJECT_MAX_VALUES);
        for (count = 0; collection->facts[count].name; count++)
            ck_assert_ptr_nonnull(collection->facts[count].about);
        ck_assert_int_le(count, 64);
        ck_assert_ptr_eq(collection_find(collection->name), collection);
    }
}
END_TEST

START_TEST(words_are_found_whole)
{
    const struct collection *pool = collection_find("pool");

    ck_assert_ptr_null(collection_find("poo"));
    ck_assert_ptr_null(collection_find("pools"));
    ck_assert_int_eq(collection_variable(pool, "fqdn", 4), 0);
    ck_assert_int_eq(collection_variable(pool, "fqdn}", 4), 0);
    ck_assert_int_eq(collection_variable(pool, "fqd", 3), -1);
    ck_assert_int_eq(collection_variable(pool, "fqdns", 5), -1);
    ck_assert_int_ge(collection_fact(pool, "balanced"), 0);
    ck_assert_int_eq(collection_fact(pool, "balance"), -1);
    ck_assert_int_eq(collection_fact(pool, "fqdn"), -1);
}
END_TEST

START_TEST(origin_is_a_path_through_the_file)
{
    struct origin origin = {.list = "pools",
                            .item = "pool.ad.example",
                            .key = "front_ends",
                            .member = "fe1.ad.example",
                            .detail = "address"};
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    origin_write(&buf, &origin, false);
    ck_assert_str_eq(buf.text, "pools[pool.ad.example]"
                               ".front_ends[fe1.ad.example].address");
    strbuf_reset(&buf);
    origin_write(&buf, &origin, true);
    ck_assert_str_eq(buf.text, "pools[pool.ad.example].front_ends");
    origin = (struct origin){.list = "phones", .key = "time_server"};
    strbuf_reset(&buf);
    origin_write(&buf, &origin, false);
    ck_assert_str_eq(buf.text, "phones.time_server");
}
END_TEST

START_TEST(products_are_listed_once_own_first)
{
    const char *const *products = facts_products(facts_build(
        &arena,
        topology_of(OCS2007R2 "pools:\n"
                              "- {fqdn: a.ad.example, product: ocs2007,"
                              " edition: standard, address: 10.0.0.1}\n"
                              "- {fqdn: b.ad.example, edition: standard,"
                              " address: 10.0.0.2}\n"
                              "- {fqdn: c.ad.example, product: ocs2007,"
                              " edition: standard, address: 10.0.0.3}\n"
                              "- {fqdn: d.ad.example, product: ocs2007r2,"
                              " edition: standard, address: 10.0.0.4}\n"
                              "sip_domains: []\n")));

    ck_assert_str_eq(products[0], "ocs2007r2");
    ck_assert_str_eq(products[1], "ocs2007");
    ck_assert_ptr_null(products[2]);
}
END_TEST

/* ---- subjects */

static const struct subject_case {
    const char *label;
    const char *collection;
    const char *text; /* from line 5 on */
    const char *subjects;
} subject_cases[] = {
    {"Standard Edition", "pool", STANDARD SIP,
     "fqdn=pool.ad.example address=10.0.0.10 web_farm=pool.ad.example"
     " web_farm_address=10.0.0.10 web_conferencing_address=10.0.0.10"
     " +standard\n"},
    {"decommissioned pools are left out", "pool",
     STANDARD "- {fqdn: old.ad.example, edition: standard,"
              " address: 10.0.0.11, decommissioned: true}\n" SIP,
     "fqdn=pool.ad.example address=10.0.0.10 web_farm=pool.ad.example"
     " web_farm_address=10.0.0.10 web_conferencing_address=10.0.0.10"
     " +standard\n"},
    {"one front end", "pool",
     "pools: [{fqdn: pool.ad.example, edition: enterprise,"
     " front_ends: [{fqdn: fe.ad.example, address: 10.0.0.11}]}]\n" SIP,
     "fqdn=pool.ad.example address=10.0.0.11 web_farm=pool.ad.example"
     " web_farm_address=10.0.0.11 web_conferencing_address=10.0.0.11"
     " +single_front_end\n"},
    {"one front end behind a balancer", "pool",
     "pools: [{fqdn: pool.ad.example, edition: enterprise, vip: 10.0.0.10,"
     " front_ends: [{fqdn: fe.ad.example, address: 10.0.0.11}]}]\n" SIP,
     "fqdn=pool.ad.example address=10.0.0.10 web_farm=pool.ad.example"
     " web_farm_address=10.0.0.10 web_conferencing_address=10.0.0.10"
     " +balanced\n"},
    {"external web farm at its proxy", "pool",
     "pools: [{fqdn: pool.ad.example, edition: standard, address: 10.0.0.10,"
     " web_farm: {external: web.contoso.com}}]\n"
     "reverse_proxies: [{address: 192.0.2.40, publishes:"
     " [web.contoso.com]}]\n" SIP,
     "fqdn=pool.ad.example address=10.0.0.10 web_farm=pool.ad.example"
     " web_farm_address=10.0.0.10 external_web_farm=web.contoso.com"
     " proxy_address=192.0.2.40 web_conferencing_address=10.0.0.10"
     " +standard +published"
     " @proxy-192.0.2.40\n"},
    {"sign-in inside alone", "sip_domain", STANDARD SIP,
     "domain=contoso.com sign_in_target=pool.contoso.com"
     " sign_in_address=10.0.0.10 +at_pool\n"},
    {"no sign-in", "sip_domain",
     STANDARD "sip_domains: [{name: contoso.com}]\n", "domain=contoso.com\n"},
    {"all of a SIP domain", "sip_domain",
     STANDARD
     "directors: [{fqdn: dir.ad.example, address: 10.0.0.20}]\n"
     "edges:\n- internal: {fqdn: edge.ad.example, address: 172.16.0.5}\n"
     "  access: {fqdn: sip.contoso.com, address: 192.0.2.10, port: 4443,"
     " federation_port: 5065}\n"
     "servers:\n- {fqdn: xmpp.ad.example, role: xmpp_gateway,"
     " address: 10.0.0.50, external: {fqdn: xmpp.contoso.com,"
     " address: 192.0.2.50}}\n"
     "sip_domains:\n- {name: fabrikam.com, sign_in: dir.ad.example,"
     " external_sign_in: sip.contoso.com, federation: true, xmpp: true,"
     " tcp: true}\n",
     "domain=fabrikam.com sign_in_target=dir.fabrikam.com"
     " sign_in_address=10.0.0.20 external_target=sip.fabrikam.com"
     " external_address=192.0.2.10 external_port=4443"
     " federation_target=sip.fabrikam.com federation_address=192.0.2.10"
     " federation_port=5065 xmpp_target=xmpp.contoso.com"
     " +tcp +at_director +federation +xmpp\n"},
    {"an access edge under sip.<SIP domain>", "edge",
     STANDARD "edges:\n- internal: {fqdn: edge.ad.example, vip: 172.16.0.5}\n"
              "  access: {fqdn: sip.contoso.com, vip: 192.0.2.10}\n"
              "  servers: [{fqdn: e1.ad.example, address: 172.16.0.6},"
              " {fqdn: e2.ad.example, address: 172.16.0.7}]\n" SIP,
     "internal=edge.ad.example internal_address=172.16.0.5"
     " access=sip.contoso.com access_address=192.0.2.10"
     " next_hop=pool.ad.example next_hop_address=10.0.0.10"
     " +balanced +access_is_sip_name +has_access @edge.ad.example\n"},
    {"sip. of something else is another name", "edge",
     STANDARD "edges:\n"
              "- internal: {fqdn: edge.ad.example, address: 172.16.0.5}\n"
              "  access: {fqdn: sip.fabrikam.com, address: 192.0.2.10}\n" SIP,
     "internal=edge.ad.example internal_address=172.16.0.5"
     " access=sip.fabrikam.com access_address=192.0.2.10"
     " next_hop=pool.ad.example next_hop_address=10.0.0.10"
     " +access_is_other_name +has_access @edge.ad.example\n"},
    {"web access under its own name", "web_access",
     STANDARD "web_access: [{fqdn: im.contoso.com, address: 10.0.0.40}]\n" SIP,
     "fqdn=im.contoso.com address=10.0.0.40 +own_name\n"},
    {"web access by an alias, published", "web_access",
     STANDARD "web_access: [{fqdn: im.contoso.com, server: cwa.ad.example,"
              " address: 10.0.0.40}]\n"
              "reverse_proxies: [{address: 192.0.2.40,"
              " publishes: [im.contoso.com]}]\n" SIP,
     "fqdn=im.contoso.com server=cwa.ad.example address=10.0.0.40"
     " proxy_address=192.0.2.40 +alias +published @proxy-192.0.2.40\n"},
    {"sipexternal is none inside", "internal_fallback_name",
     STANDARD "sip_domains: [{name: contoso.com, sign_in: pool.ad.example,"
              " fallback_names: [sipexternal, sipinternal, sip]}]\n",
     "name=sipinternal.contoso.com address=10.0.0.10 +is_other\n"
     "name=sip.contoso.com address=10.0.0.10 +is_sip\n"},
    {"sipinternal is none outside", "external_fallback_name",
     STANDARD "sip_domains: [{name: contoso.com, sign_in: pool.ad.example,"
              " fallback_names: [sipexternal, sipinternal, sip]}]\n",
     "name=sipexternal.contoso.com +is_other\n"
     "name=sip.contoso.com +is_sip\n"},
    {"phones by SIP domain and DHCP", "phone_domain",
     STANDARD "phones: {time_server: time.isp.example,"
              " dhcp_domains: [branch.example]}\n"
              "sip_domains: [{name: contoso.com, sign_in: pool.ad.example,"
              " phones: true}, {name: quiet.example}]\n",
     "domain=contoso.com time_server=time.isp.example pool_address=10.0.0.10"
     " +sip_domain +product_pool\n"
     "domain=branch.example time_server=time.isp.example"
     " pool_address=10.0.0.10 +dhcp_domain +product_pool\n"},
    {"updates at a server", "phone_domain",
     STANDARD "servers: [{fqdn: upd.ad.example, role: software_update,"
              " address: 10.0.0.60}]\n"
              "phones: {updates: upd.ad.example}\n"
              "sip_domains: [{name: contoso.com, sign_in: pool.ad.example,"
              " phones: true}]\n",
     "domain=contoso.com updates_address=10.0.0.60 +sip_domain"
     " +product_pool\n"},
    {"updates at a front end", "phone_domain",
     BALANCED "phones: {updates: fe2.ad.example}\n"
              "sip_domains: [{name: contoso.com, phones: true}]\n",
     "domain=contoso.com updates_address=10.0.0.12 +sip_domain"
     " +product_pool\n"},
    {"updates at a web farm", "phone_domain",
     BALANCED "phones: {updates: web.ad.example}\n"
              "sip_domains: [{name: contoso.com, phones: true}]\n",
     "domain=contoso.com updates_address=10.0.0.15 +sip_domain"
     " +product_pool\n"},
    {"updates at a web farm that bears the name of an old pool", "phone_domain",
     BALANCED "- {fqdn: web.ad.example, edition: standard,"
              " address: 10.0.0.16, decommissioned: true}\n"
              "phones: {updates: web.ad.example}\n"
              "sip_domains: [{name: contoso.com, phones: true}]\n",
     "domain=contoso.com updates_address=10.0.0.15 +sip_domain"
     " +product_pool\n"},
    {"an edge has the front ends of its site's pools, and its next hop's",
     "edge_pool_server",
     TWO_SITES "  site: here\n"
               "  next_hop: se.there.example\n"
               "- {internal: {fqdn: e2.ad.example, address: 172.16.0.6},"
               " site: there, av: {fqdn: av.contoso.com,"
               " address: 192.0.2.30}}\n" SIP,
     "fqdn=fe1.ad.example address=10.0.0.11 @e1.ad.example\n"
     "fqdn=fe2.ad.example address=10.0.0.12 @e1.ad.example\n"
     "fqdn=se.there.example address=10.0.0.20 @e1.ad.example\n"
     "fqdn=se.there.example address=10.0.0.20 @e2.ad.example\n"},
    {"an edge has the Directors of its next hop", "edge_director_server",
     TWO_SITES "directors:\n"
               "- fqdn: dir.ad.example\n"
               "  vip: 10.0.0.30\n"
               "  servers: [{fqdn: dir1.ad.example, address: 10.0.0.31},"
               " {fqdn: dir2.ad.example, address: 10.0.0.32}]\n"
               "- {fqdn: dir.there.example, site: there,"
               " address: 10.0.0.40}\n" SIP,
     "fqdn=dir1.ad.example address=10.0.0.31 @e1.ad.example\n"
     "fqdn=dir2.ad.example address=10.0.0.32 @e1.ad.example\n"},
    {"an access edge has the XMPP gateways", "edge_xmpp_gateway",
     TWO_SITES "- {internal: {fqdn: e2.ad.example, address: 172.16.0.6},"
               " av: {fqdn: av.contoso.com, address: 192.0.2.30}}\n"
               "servers:\n"
               "- {fqdn: x.ad.example, role: xmpp_gateway, address:"
               " 10.0.0.50}\n"
               "- {fqdn: m.ad.example, role: mediation, address:"
               " 10.0.0.51}\n" SIP,
     "fqdn=x.ad.example address=10.0.0.50 @e1.ad.example\n"},
    {"the servers of an edge need what the edge needs", "edge_server",
     STANDARD "edges:\n- internal: {fqdn: edge.ad.example, vip: 172.16.0.5}\n"
              "  av: {fqdn: av.contoso.com, vip: 192.0.2.30}\n"
              "  servers: [{fqdn: e1.ad.example, address: 172.16.0.6},"
              " {fqdn: e2.ad.example, address: 172.16.0.7}]\n" SIP,
     "fqdn=e1.ad.example address=172.16.0.6 @edge.ad.example\n"
     "fqdn=e2.ad.example address=172.16.0.7 @edge.ad.example\n"},
};

START_TEST(subject_has_its_values_and_facts)
{
    const struct subject_case *row = &subject_cases[_i];
    const char *subjects =
        list_product(arena_printf(&arena, OCS2007R2 "%s", row->text),
                     row->collection, "ocs2007r2");

    ck_assert_msg(strcmp(subjects, row->subjects) == 0, "%s: %s", row->label,
                  subjects);
}
END_TEST

/* Each thing belongs to one catalogue, but for servers, whose rows have the
 * same ids in all. */
static const struct share {
    const char *collection;
    const char *ocs2007;
    const char *ocs2007r2;
} shares[] = {
    {"pool",
     "fqdn=p07.ad.example address=10.0.0.7 web_farm=p07.ad.example"
     " web_farm_address=10.0.0.7 web_conferencing_address=10.0.0.7"
     " +standard\n",
     "fqdn=r2.ad.example address=10.0.0.8 web_farm=r2.ad.example"
     " web_farm_address=10.0.0.8 web_conferencing_address=10.0.0.8"
     " +standard\n"},
    {"sip_domain",
     "domain=old.example sign_in_target=p07.old.example"
     " sign_in_address=10.0.0.7 +at_pool\n",
     "domain=new.example sign_in_target=r2.new.example"
     " sign_in_address=10.0.0.8 +at_pool\n"
     "domain=dir.example sign_in_target=dir.dir.example"
     " sign_in_address=10.0.0.20 +at_director\n"
     "domain=none.example\n"},
    {"director", "", "fqdn=dir.ad.example address=10.0.0.20\n"},
    {"edge", "",
     "internal=edge.ad.example internal_address=172.16.0.5"
     " access=sip.contoso.com access_address=192.0.2.10"
     " next_hop=dir.ad.example next_hop_address=10.0.0.20"
     " +access_is_other_name +has_access @edge.ad.example\n"},
    {"edge_pool_server", "",
     "fqdn=p07.ad.example address=10.0.0.7 @edge.ad.example\n"
     "fqdn=r2.ad.example address=10.0.0.8 @edge.ad.example\n"},
    {"server", "fqdn=sql.ad.example address=10.0.0.50 +sql\n",
     "fqdn=sql.ad.example address=10.0.0.50 +sql\n"},
};

START_TEST(product_has_its_share_of_a_mixed_deployment)
{
    static const char text[] = OCS2007R2
        "pools:\n"
        "- {fqdn: p07.ad.example, product: ocs2007, edition: standard,"
        " address: 10.0.0.7}\n"
        "- {fqdn: r2.ad.example, edition: standard, address: 10.0.0.8}\n"
        "directors: [{fqdn: dir.ad.example, address: 10.0.0.20}]\n"
        "edges:\n- internal: {fqdn: edge.ad.example, address: 172.16.0.5}\n"
        "  access: {fqdn: sip.contoso.com, address: 192.0.2.10}\n"
        "servers: [{fqdn: sql.ad.example, role: sql, address: 10.0.0.50}]\n"
        "sip_domains:\n"
        "- {name: new.example, sign_in: r2.ad.example}\n"
        "- {name: old.example, sign_in: p07.ad.example}\n"
        "- {name: dir.example, sign_in: dir.ad.example}\n"
        "- {name: none.example}\n";
    const struct share *row = &shares[_i];

    ck_assert_str_eq(list_product(text, row->collection, "ocs2007"),
                     row->ocs2007);
    ck_assert_str_eq(list_product(text, row->collection, "ocs2007r2"),
                     row->ocs2007r2);
}
END_TEST

static Suite *facts_suite(void)
{
    Suite *suite = suite_create("facts");
    TCase *words = tcase_create("words");
    TCase *subjects = tcase_create("subjects");

    tcase_add_checked_fixture(words, setup, teardown);
    tcase_add_test(words, collections_fit_into_their_masks);
    tcase_add_test(words, words_are_found_whole);
    tcase_add_test(words, origin_is_a_path_through_the_file);
    tcase_add_test(words, products_are_listed_once_own_first);
    suite_add_tcase(suite, words);
    tcase_add_checked_fixture(subjects, setup, teardown);
    tcase_add_loop_test(subjects, subject_has_its_values_and_facts, 0,
                        COUNT_OF(subject_cases));
    tcase_add_loop_test(subjects, product_has_its_share_of_a_mixed_deployment,
                        0, COUNT_OF(shares));
    suite_add_tcase(suite, subjects);
    return suite;
}

int main(void)
{
    return run_suite(facts_suite());
}

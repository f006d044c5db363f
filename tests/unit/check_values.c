/*
 * Values of a topology: what each kind takes, as what, and where it refuses.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/yaml_tree.h"
#include "topology/schema.h"
#include "topology/topology.h"

static struct arena arena;
static struct diag diag;

static void no_memory(void *context)
{
    (void)context;
    ck_abort_msg("out of memory");
}

static void set_up(void)
{
    arena_init(&arena, no_memory, NULL);
    diag_init(&diag, &arena);
}

static void tear_down(void)
{
    arena_release(&arena);
}

static const char *const colours[] = {"red", "green", NULL};

/* The member of a target that a field fills; its detail, where it has one. */
static int load(field_load *function, const char *yaml, const void *detail,
                void *target)
{
    const char *text = arena_printf(&arena, "key: %s\n", yaml);
    const struct yaml_node *root =
        yaml_tree_read(&arena, &diag, "a.yaml", text, strlen(text));
    struct loader loader = {&arena, &diag};
    const struct field field = {"key", function, 0, false, detail};

    ck_assert_msg(root != NULL, "%s is no YAML", yaml);
    return function(&loader, root->first, &field, target);
}

static void load_well(field_load *function, const char *yaml,
                      const void *detail, void *target)
{
    int result = load(function, yaml, detail, target);

    ck_assert_msg(result == 0 && diag.count == 0, "%s: %s", yaml,
                  diag.count > 0 ? diag.messages[0].text : "no message");
}

static void assert_place(const char *label, struct place place)
{
    ck_assert_msg(place.file && strcmp(place.file, "a.yaml") == 0 &&
                      place.line == 1 && place.column == 6,
                  "%s: at %u:%u", label, place.line, place.column);
}

static void assert_name(const char *label, struct name name, const char *text)
{
    ck_assert_msg(!name_is_absent(name), "%s: no name", label);
    ck_assert_msg(strcmp(name_to_text(&arena, name), text) == 0, "%s: %s",
                  label, name_to_text(&arena, name));
}

/* ---- what is refused */

#define LABEL_63                                                               \
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define LABEL_61 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define NAME_255 LABEL_63 "." LABEL_63 "." LABEL_63 "." LABEL_61

/* Place for any of the targets. */
union target {
    struct fqdn fqdn;
    struct address address;
    struct port port;
    struct flag flag;
    struct seconds seconds;
    struct word word;
    struct network network;
    struct fqdn_list fqdn_list;
    struct word_list word_list;
    struct host_list host_list;
    struct fqdn_by_view fqdn_by_view;
    struct fqdn_list_by_view fqdn_list_by_view;
    struct host_list_by_view host_list_by_view;
    struct federation federation;
    struct product_server_list product_servers;
};

static const struct {
    const char *noun;
    field_load *function;
    const char *yaml;
    const char *id;
    unsigned column;
} refused[] = {
    {"fqdn", load_fqdn, "", "no-value", 5},
    {"fqdn", load_fqdn, "[a.b.c]", "wrong-kind", 6},
    {"fqdn", load_fqdn, "{a: b}", "wrong-kind", 6},
    {"fqdn", load_fqdn, "''", "name-not-allowed", 6},
    {"fqdn", load_fqdn, "a.b", "name-not-qualified", 6},
    {"fqdn", load_fqdn, "a.b.", "name-not-qualified", 6},
    {"fqdn", load_fqdn, "a.b..c", "label-empty", 6},
    {"fqdn", load_fqdn, "a.b.c..", "label-empty", 6},
    {"fqdn", load_fqdn, "a" LABEL_63 ".b.c", "label-too-long", 6},
    {"fqdn", load_fqdn, NAME_255 "a", "name-too-long", 6},
    {"fqdn", load_fqdn, "-a.b.c", "name-not-allowed", 6},
    {"fqdn", load_fqdn, "a.b-.c", "name-not-allowed", 6},
    {"fqdn", load_fqdn, "a.b.-c", "name-not-allowed", 6},
    {"fqdn", load_fqdn, "a.b.c-", "name-not-allowed", 6},
    {"fqdn", load_fqdn, "a.b.c-.", "name-not-allowed", 6},
    {"fqdn", load_fqdn, "_a.b.c", "name-not-allowed", 6},
    {"fqdn", load_fqdn, "a/b.c.d", "name-not-allowed", 6},
    {"fqdn", load_fqdn, "'a.b.c\n'", "name-not-allowed", 6},
    {"fqdn", load_fqdn, "\"a.b.c\\n\"", "name-not-allowed", 6},
    {"fqdn", load_fqdn, "a\\046b.c.d", "name-not-allowed", 6},
    {"fqdn", load_fqdn, "10.1.2.3", "name-is-address", 6},
    {"fqdn", load_fqdn, "\xc3\xb6.b.c", "name-not-ascii", 6},
    {"domain", load_domain, "a", "name-not-qualified", 6},
    {"domain", load_domain, "'.'", "name-not-qualified", 6},
    {"domain", load_domain, "_tcp.a.b", "name-not-allowed", 6},
    {"owner", load_owner_name, "a b", "name-not-allowed", 6},
    {"owner", load_owner_name, "_a._b.-c", "name-not-allowed", 6},
    {"contact", load_contact, "", "no-value", 5},
    {"contact", load_contact, "a.b.c", "contact-not-mail-address", 6},
    {"contact", load_contact, "'@a.b'", "contact-not-mail-address", 6},
    {"contact", load_contact, "a@", "contact-not-mail-address", 6},
    {"contact", load_contact, "a@b@c.d", "contact-not-mail-address", 6},
    {"contact", load_contact, "a;b@c.d", "contact-not-mail-address", 6},
    {"contact", load_contact, "a\\b@c.d", "contact-not-mail-address", 6},
    {"contact", load_contact, "'\"a\"@c.d'", "contact-not-mail-address", 6},
    {"contact", load_contact, "a" LABEL_63 "@c.d", "contact-not-mail-address",
     6},
    {"contact", load_contact, LABEL_63 "@" NAME_255, "name-too-long", 6},
    {"contact", load_contact, "a@b", "name-not-qualified", 6},
    {"contact", load_contact, "a@10.1.2.3", "name-is-address", 6},
    {"contact", load_contact, "[a@b.c]", "wrong-kind", 6},
    {"label", load_label, "", "no-value", 5},
    {"label", load_label, "a.b", "label-not-single", 6},
    {"label", load_label, "'.'", "label-not-single", 6},
    {"label", load_label, "''", "name-not-allowed", 6},
    {"label", load_label, "a" LABEL_63, "label-too-long", 6},
    {"address", load_address, "", "no-value", 5},
    {"address", load_address, "''", "bad-address", 6},
    {"address", load_address, "1.2.3", "bad-address", 6},
    {"address", load_address, "1.2.3.4.5", "bad-address", 6},
    {"address", load_address, "1.2.3.4.", "bad-address", 6},
    {"address", load_address, "1.2.3.256", "bad-address", 6},
    {"address", load_address, "1.2.3.04", "bad-address", 6},
    {"address", load_address, "1.2.3.0x4", "bad-address", 6},
    {"address", load_address, "' 1.2.3.4'", "bad-address", 6},
    {"address", load_address, "'1.2.3.4 '", "bad-address", 6},
    {"address", load_address, "16909060", "bad-address", 6},
    {"address", load_address, "'::1'", "ipv6-not-supported", 6},
    {"address", load_address, "0.1.2.3", "address-not-usable", 6},
    {"address", load_address, "127.1.2.3", "address-not-usable", 6},
    {"address", load_address, "224.0.0.0", "address-not-usable", 6},
    {"address", load_address, "255.255.255.255", "address-not-usable", 6},
    {"network", load_network, "", "no-value", 5},
    {"network", load_network, "10.0.0.0/", "bad-network", 6},
    {"network", load_network, "10.0.0.0/33", "bad-network", 6},
    {"network", load_network, "10.0.0.0/08", "bad-network", 6},
    {"network", load_network, "10.0.0.0/008", "bad-network", 6},
    {"network", load_network, "10.0.0.0/+8", "bad-network", 6},
    {"network", load_network, "10.0.0.0/8/8", "bad-network", 6},
    {"network", load_network, "10.0.0.0/4294967304", "bad-network", 6},
    {"network", load_network, "10/8", "bad-address", 6},
    {"network", load_network, "/8", "bad-address", 6},
    {"network", load_network, "'::/0'", "ipv6-not-supported", 6},
    {"network", load_network, "10.0.0.1/31", "network-has-host-bits", 6},
    {"network", load_network, "1.0.0.0/0", "network-has-host-bits", 6},
    {"network", load_network, "10.0.128.0/16", "network-has-host-bits", 6},
    {"port", load_port, "", "no-value", 5},
    {"port", load_port, "''", "bad-port", 6},
    {"port", load_port, "0", "bad-port", 6},
    {"port", load_port, "65536", "bad-port", 6},
    {"port", load_port, "0443", "bad-port", 6},
    {"port", load_port, "4294967739", "bad-port", 6},
    {"port", load_port, "1_000", "bad-port", 6},
    {"port", load_port, "443.0", "bad-port", 6},
    {"flag", load_flag, "", "no-value", 5},
    {"flag", load_flag, "''", "bad-flag", 6},
    {"flag", load_flag, "yes", "bad-flag", 6},
    {"flag", load_flag, "no", "bad-flag", 6},
    {"flag", load_flag, "True", "bad-flag", 6},
    {"flag", load_flag, "~", "bad-flag", 6},
    {"seconds", load_seconds, "", "no-value", 5},
    {"seconds", load_seconds, "''", "bad-ttl", 6},
    {"seconds", load_seconds, "1h30", "bad-ttl", 6},
    {"seconds", load_seconds, "1y", "bad-ttl", 6},
    {"seconds", load_seconds, "h", "bad-ttl", 6},
    {"seconds", load_seconds, "2147483648", "bad-ttl", 6},
    {"seconds", load_seconds, "99999999999999999999", "bad-ttl", 6},
    {"word", load_word, "", "no-value", 5},
    {"word", load_word, "Red", "unknown-value", 6},
    {"word", load_word, "blue", "unknown-value", 6},
    {"word", load_word, "[red]", "wrong-kind", 6},
    {"identifier", load_identifier, "", "no-value", 5},
    {"identifier", load_identifier, "''", "bad-word", 6},
    {"identifier", load_identifier, "a b", "bad-word", 6},
    {"identifier", load_identifier, "a.b", "bad-word", 6},
    {"identifier", load_identifier, "../a", "bad-word", 6},
    {"identifier", load_identifier, "\xc3\xb6", "bad-word", 6},
    {"text", load_text, "", "no-value", 5},
    {"text", load_text, "[a]", "wrong-kind", 6},
    {"date", load_date, "", "no-value", 5},
    {"date", load_date, "2027-6-30", "bad-date", 6},
    {"date", load_date, "2027-00-10", "bad-date", 6},
    {"date", load_date, "2027-13-10", "bad-date", 6},
    {"date", load_date, "2027-04-31", "bad-date", 6},
    {"date", load_date, "2027-04-00", "bad-date", 6},
    {"date", load_date, "2027-02-29", "bad-date", 6},
    {"date", load_date, "2100-02-29", "bad-date", 6},
    {"date", load_date, "2027-04-301", "bad-date", 6},
    {"date", load_date, "2027/04/30", "bad-date", 6},
    {"names", load_fqdn_list, "a.b.c", "wrong-kind", 6},
    {"names", load_fqdn_list, "[a.b.c, d]", "name-not-qualified", 14},
    {"names", load_fqdn_list, "[a.b.c, [d.e.f]]", "wrong-kind", 14},
    {"domains", load_domain_list, "[a.b, c]", "name-not-qualified", 12},
    {"networks", load_network_list, "[10.0.0.0/8, 1]", "bad-address", 19},
    {"words", load_word_list, "[red, blau]", "unknown-value", 12},
    {"identifiers", load_identifier_list, "[a, b c]", "bad-word", 10},
    {"name or names", load_fqdn_or_list, "a", "name-not-qualified", 6},
    {"name or names", load_fqdn_or_list, "{a: b}", "wrong-kind", 6},
    {"name or names", load_fqdn_or_list, "", "no-value", 5},
    {"text or texts", load_text_or_list, "[a, [b]]", "wrong-kind", 10},
    {"mirror", load_mirror, "none", "wrong-kind", 6},
    {"mirror", load_mirror, "[all]", "name-not-qualified", 7},
    {"hosts", load_host_map, "[a.b]", "wrong-kind", 6},
    {"hosts", load_host_map, "{a: 10.1.2.3}", "name-not-qualified", 7},
    {"hosts", load_host_map, "{a.b: c.d}", "bad-address", 12},
    {"hosts", load_host_map, "{a.b: }", "no-value", 12},
    {"hosts by view", load_host_map_by_view,
     "{internal: {a.b: 10.1.2.3}, a.b: 10.1.2.3}", "unknown-key", 34},
    {"hosts by view", load_host_map_by_view, "{internal: a.b}", "wrong-kind",
     17},
    {"name by view", load_fqdn_by_view, "{a: b.c}", "unknown-key", 7},
    {"name by view", load_fqdn_by_view, "{external: b}", "name-not-qualified",
     17},
    {"names by view", load_domain_list_by_view, "{external: b.c}", "wrong-kind",
     17},
    {"federation", load_federation, "yes", "bad-flag", 6},
    {"federation", load_federation, "", "no-value", 5},
    {"federation", load_federation, "a.b", "name-not-qualified", 6},
    {"federation", load_federation, "[a.b.c]", "wrong-kind", 6},
    {"updates", load_product_servers, "[a.b.c]", "wrong-kind", 6},
    {"updates", load_product_servers, "{a.b: c.d.e}", "bad-word", 7},
    {"updates", load_product_servers, "{a: c}", "name-not-qualified", 10},
};

START_TEST(a_bad_value_is_refused_where_it_stands)
{
    union target target;
    char *label;

    memset(&target, 0, sizeof target);
    label = arena_printf(&arena, "%s %s", refused[_i].noun, refused[_i].yaml);
    ck_assert_msg(
        load(refused[_i].function, refused[_i].yaml, colours, &target) == -1,
        "%s is taken", label);
    ck_assert_msg(diag.count == 1, "%s: %zu messages", label, diag.count);
    ck_assert_msg(strcmp(diag.messages[0].id, refused[_i].id) == 0, "%s: %s",
                  label, diag.messages[0].id);
    ck_assert_msg(diag.messages[0].place.column == refused[_i].column,
                  "%s: column %u", label, diag.messages[0].place.column);
}
END_TEST

/* ---- names */

static const struct {
    field_load *function;
    const char *yaml, *text;
} names[] = {
    {load_fqdn, "a.b.c", "a.b.c"},
    {load_fqdn, "A.b.C.", "a.b.c"},
    {load_fqdn, "'a.b.c'", "a.b.c"},
    {load_fqdn, "no.010.1e3", "no.010.1e3"},
    {load_fqdn, "1.2.3.4.5", "1.2.3.4.5"},
    {load_fqdn, "a--b.c-d.e", "a--b.c-d.e"},
    {load_fqdn, "xn--bcher-kva.b.c", "xn--bcher-kva.b.c"},
    {load_fqdn, NAME_255, NAME_255},
    {load_fqdn, NAME_255 ".", NAME_255},
    {load_domain, "a.b", "a.b"},
    {load_domain, "1.2.3", "1.2.3"},
    {load_owner_name, "_sip._tls.A.b", "_sip._tls.a.b"},
    {load_owner_name, "a", "a"},
    {load_contact, "hostmaster@a.b", "hostmaster.a.b"},
    {load_contact, "HostMaster@A.b.", "hostmaster.a.b"},
    {load_contact, "first.last@a.b", "first\\.last.a.b"},
    {load_contact, "dns+ocs_1-2@a.b", "dns+ocs_1-2.a.b"},
};

START_TEST(a_name_is_folded_and_keeps_its_place)
{
    struct fqdn fqdn = {0};

    load_well(names[_i].function, names[_i].yaml, NULL, &fqdn);
    assert_name(names[_i].yaml, fqdn.name, names[_i].text);
    assert_place(names[_i].yaml, fqdn.place);
}
END_TEST

START_TEST(a_name_that_is_not_ascii_is_told_its_punycode)
{
    struct fqdn fqdn = {0};

    ck_assert_int_eq(load(load_fqdn,
                          "b\xc3\xbc"
                          "cher.b.c",
                          NULL, &fqdn),
                     -1);
    ck_assert_ptr_nonnull(strstr(diag.messages[0].text, "'xn--bcher-kva.b.c'"));
}
END_TEST

/* ---- addresses and networks */

static const struct {
    const char *yaml;
    uint8_t octets[4];
    unsigned bits;
} networks[] = {
    {"10.0.0.0/8", {10, 0, 0, 0}, 8},
    {"172.16.0.0/12", {172, 16, 0, 0}, 12},
    {"192.0.2.128/25", {192, 0, 2, 128}, 25},
    {"192.0.2.1/32", {192, 0, 2, 1}, 32},
    {"192.0.2.1", {192, 0, 2, 1}, 32},
    {"192.0.2.254/31", {192, 0, 2, 254}, 31},
    {"128.0.0.0/1", {128, 0, 0, 0}, 1},
    {"0.0.0.0/0", {0, 0, 0, 0}, 0},
    {"127.0.0.0/8", {127, 0, 0, 0}, 8},
};

START_TEST(a_network_is_taken_as_it_is)
{
    struct network network;

    memset(&network, 0, sizeof network);
    load_well(load_network, networks[_i].yaml, NULL, &network);
    ck_assert_mem_eq(network.address.octets, networks[_i].octets, 4);
    ck_assert_uint_eq(network.prefix_bits, networks[_i].bits);
    ck_assert(network.address.said);
    assert_place(networks[_i].yaml, network.address.place);
}
END_TEST

static const struct {
    const char *yaml;
    uint8_t octets[4];
} addresses[] = {
    {"1.0.0.0", {1, 0, 0, 0}},
    {"10.1.2.3", {10, 1, 2, 3}},
    {"'126.255.255.255'", {126, 255, 255, 255}},
    {"128.0.0.1", {128, 0, 0, 1}},
    {"223.255.255.255", {223, 255, 255, 255}},
};

START_TEST(an_address_is_taken_as_it_is)
{
    struct address address = {{0}, false, {NULL, 0, 0}};

    load_well(load_address, addresses[_i].yaml, NULL, &address);
    ck_assert_mem_eq(address.octets, addresses[_i].octets, 4);
    ck_assert(address.said);
    assert_place(addresses[_i].yaml, address.place);
}
END_TEST

/* ---- numbers, flags, words */

static const struct {
    const char *yaml;
    uint32_t seconds;
} times[] = {
    {"0", 0},          {"3600", 3600},
    {"1h", 3600},      {"1H", 3600},
    {"1d12h", 129600}, {"1w2d3h4m5s", 788645},
    {"90s", 90},       {"2147483647", 2147483647},
};

START_TEST(a_time_is_taken_in_seconds)
{
    struct seconds seconds = {0};

    load_well(load_seconds, times[_i].yaml, NULL, &seconds);
    ck_assert_msg(seconds.value == times[_i].seconds, "%s is %u",
                  times[_i].yaml, seconds.value);
    ck_assert(seconds.said);
    assert_place(times[_i].yaml, seconds.place);
}
END_TEST

START_TEST(a_port_goes_up_to_65535)
{
    static const struct {
        const char *yaml;
        unsigned number;
    } rows[] = {{"1", 1}, {"443", 443}, {"'5061'", 5061}, {"65535", 65535}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct port port = {0};

        load_well(load_port, rows[i].yaml, NULL, &port);
        ck_assert_uint_eq(port.number, rows[i].number);
        ck_assert(port.said);
        assert_place(rows[i].yaml, port.place);
    }
}
END_TEST

START_TEST(a_flag_is_true_or_false)
{
    struct flag flag = {0};

    load_well(load_flag, "true", NULL, &flag);
    ck_assert(flag.value && flag.said);
    load_well(load_flag, "false", NULL, &flag);
    ck_assert(!flag.value && flag.said);
    load_well(load_flag, "'true'", NULL, &flag);
    ck_assert(flag.value && flag.said);
    assert_place("flag", flag.place);
}
END_TEST

static const struct {
    const char *label;
    field_load *function;
    const char *yaml, *text;
} words[] = {
    {"word", load_word, "green", "green"},
    {"quoted word", load_word, "'red'", "red"},
    {"identifier", load_identifier, "ocs2007-r2_x", "ocs2007-r2_x"},
    {"identifier that looks like a number", load_identifier, "010", "010"},
    {"identifier that looks like nothing", load_identifier, "null", "null"},
    {"label", load_label, "Sip", "sip"},
    {"label that looks like a flag", load_label, "no", "no"},
    {"label of 63 letters", load_label, LABEL_63, LABEL_63},
    {"text", load_text, "clients use the policy", "clients use the policy"},
    {"text in quotes", load_text, "'a: b'", "a: b"},
    {"empty text", load_text, "''", ""},
    {"text in a block", load_text, ">\n  a\n  b", "a b\n"},
    {"date", load_date, "2027-06-30", "2027-06-30"},
    {"leap day", load_date, "2028-02-29", "2028-02-29"},
    {"leap day of a century", load_date, "2000-02-29", "2000-02-29"},
    {"first of the year", load_date, "2027-01-01", "2027-01-01"},
    {"last of the year", load_date, "2027-12-31", "2027-12-31"},
};

START_TEST(a_word_is_taken_as_it_is)
{
    struct word word = {NULL, {NULL, 0, 0}};

    load_well(words[_i].function, words[_i].yaml, colours, &word);
    ck_assert_msg(word.text && strcmp(word.text, words[_i].text) == 0,
                  "%s: '%s'", words[_i].label, word.text);
    assert_place(words[_i].label, word.place);
}
END_TEST

/* ---- lists */

static const struct {
    const char *label;
    field_load *function;
    const char *yaml, *texts;
} lists[] = {
    {"names", load_fqdn_list, "[a.b.c, D.e.f.]", "a.b.c d.e.f "},
    {"block", load_fqdn_list, "\n  - a.b.c\n  - d.e.f", "a.b.c d.e.f "},
    {"none", load_fqdn_list, "[]", ""},
    {"domains", load_domain_list, "[a.b, c.d]", "a.b c.d "},
    {"one name", load_fqdn_or_list, "a.b.c", "a.b.c "},
    {"one name in a list", load_fqdn_or_list, "[a.b.c]", "a.b.c "},
    {"two names", load_fqdn_or_list, "[a.b.c, d.e.f]", "a.b.c d.e.f "},
    {"mirror", load_mirror, "[a.b.c]", "a.b.c "},
    {"empty mirror", load_mirror, "[]", ""},
};

START_TEST(a_list_of_names_keeps_its_order)
{
    struct fqdn_list list = {0};
    struct strbuf buf;

    load_well(lists[_i].function, lists[_i].yaml, NULL, &list);
    strbuf_init(&buf, &arena);
    strbuf_add_text(&buf, "");
    for (size_t i = 0; i < list.count; i++)
        strbuf_printf(&buf, "%s ", name_to_text(&arena, list.items[i].name));
    ck_assert_msg(strcmp(buf.text ? buf.text : "", lists[_i].texts) == 0,
                  "%s: %s", lists[_i].label, buf.text);
    ck_assert_msg(list.said, "%s", lists[_i].label);
    ck_assert_uint_gt(list.place.line, 0);
}
END_TEST

START_TEST(all_of_a_mirror_is_as_good_as_nothing_said)
{
    struct fqdn_list list = {0};

    load_well(load_mirror, "all", NULL, &list);
    ck_assert(!list.said);
}
END_TEST

START_TEST(lists_of_words_keep_their_order)
{
    struct word_list list = {0};

    load_well(load_word_list, "[green, red, green]", colours, &list);
    ck_assert_uint_eq(list.count, 3);
    ck_assert_str_eq(list.items[0].text, "green");
    ck_assert_str_eq(list.items[1].text, "red");
    ck_assert_uint_eq(list.items[2].place.column, 19);
    load_well(load_identifier_list, "[a, no]", NULL, &list);
    ck_assert_uint_eq(list.count, 2);
    ck_assert_str_eq(list.items[1].text, "no");
    load_well(load_text_or_list, "a/b.base", NULL, &list);
    ck_assert_uint_eq(list.count, 1);
    ck_assert_str_eq(list.items[0].text, "a/b.base");
    load_well(load_text_or_list, "[a, b]", NULL, &list);
    ck_assert_uint_eq(list.count, 2);
    load_well(load_text_or_list, "[]", NULL, &list);
    ck_assert(list.said && list.count == 0);
}
END_TEST

START_TEST(all_bad_items_of_a_list_are_reported)
{
    struct fqdn_list list = {0};

    ck_assert_int_eq(
        load(load_fqdn_list, "[a_b.c.d, e.f.g, h, 10.1.2.3]", NULL, &list), -1);
    ck_assert_uint_eq(diag.count, 3);
    ck_assert_str_eq(diag.messages[0].id, "name-not-allowed");
    ck_assert_uint_eq(diag.messages[0].place.column, 7);
    ck_assert_str_eq(diag.messages[1].id, "name-not-qualified");
    ck_assert_uint_eq(diag.messages[1].place.column, 23);
    ck_assert_str_eq(diag.messages[2].id, "name-is-address");
    ck_assert_uint_eq(diag.messages[2].place.column, 26);
}
END_TEST

START_TEST(a_host_has_a_name_and_an_address)
{
    struct host_list list = {0};

    load_well(load_host_map, "{A.b: 10.1.2.3, c.d.: 10.1.2.4}", NULL, &list);
    ck_assert_uint_eq(list.count, 2);
    ck_assert(list.said);
    assert_name("first", list.items[0].fqdn.name, "a.b");
    assert_name("second", list.items[1].fqdn.name, "c.d");
    ck_assert_uint_eq(list.items[1].address.octets[3], 4);
    ck_assert_uint_eq(list.items[1].fqdn.place.column, 22);
    ck_assert_uint_eq(list.items[1].address.place.column, 28);
}
END_TEST

START_TEST(both_faults_of_a_host_map_are_reported)
{
    struct host_list list = {0};

    ck_assert_int_eq(
        load(load_host_map, "{a: 10.1.2.3, b.c: 1, d: 2}", NULL, &list), -1);
    ck_assert_uint_eq(diag.count, 3);
    ck_assert_uint_eq(diag.messages[0].place.column, 7);
    ck_assert_uint_eq(diag.messages[1].place.column, 25);
    ck_assert_uint_eq(diag.messages[2].place.column, 28);
}
END_TEST

/* ---- values by view */

START_TEST(a_name_is_for_both_views_unless_it_is_said_by_view)
{
    struct fqdn_by_view both = {0}, one = {0};

    load_well(load_fqdn_by_view, "a.b", NULL, &both);
    assert_name("inside", both.views[VIEW_INTERNAL].name, "a.b");
    assert_name("outside", both.views[VIEW_EXTERNAL].name, "a.b");
    ck_assert(name_is_absent(both.views[VIEW_PERIMETER].name));
    load_well(load_fqdn_by_view, "{external: c.d, perimeter: e.f}", NULL, &one);
    ck_assert(name_is_absent(one.views[VIEW_INTERNAL].name));
    assert_name("outside", one.views[VIEW_EXTERNAL].name, "c.d");
    assert_name("perimeter", one.views[VIEW_PERIMETER].name, "e.f");
}
END_TEST

START_TEST(names_are_for_both_views_unless_they_are_said_by_view)
{
    struct fqdn_list_by_view both = {0}, apart = {0};

    load_well(load_domain_list_by_view, "[a.b, c.d]", NULL, &both);
    ck_assert_uint_eq(both.views[VIEW_INTERNAL].count, 2);
    ck_assert_uint_eq(both.views[VIEW_EXTERNAL].count, 2);
    ck_assert_uint_eq(both.views[VIEW_PERIMETER].count, 0);
    load_well(load_domain_list_by_view,
              "{external: [a.b], internal: [], perimeter: [c.d, e.f]}", NULL,
              &apart);
    ck_assert_uint_eq(apart.views[VIEW_PERIMETER].count, 2);
    ck_assert(apart.views[VIEW_INTERNAL].said);
    ck_assert_uint_eq(apart.views[VIEW_INTERNAL].count, 0);
    ck_assert_uint_eq(apart.views[VIEW_EXTERNAL].count, 1);
}
END_TEST

START_TEST(hosts_are_internal_unless_they_are_said_by_view)
{
    struct host_list_by_view flat = {0}, apart = {0};

    load_well(load_host_map_by_view, "{a.b: 10.1.2.3}", NULL, &flat);
    ck_assert_uint_eq(flat.views[VIEW_INTERNAL].count, 1);
    ck_assert(!flat.views[VIEW_EXTERNAL].said);
    load_well(load_host_map_by_view,
              "{external: {a.b: 10.1.2.3}, internal: {},"
              " perimeter: {c.d: 10.1.2.4}}",
              NULL, &apart);
    ck_assert_uint_eq(apart.views[VIEW_PERIMETER].count, 1);
    ck_assert(apart.views[VIEW_INTERNAL].said);
    ck_assert_uint_eq(apart.views[VIEW_INTERNAL].count, 0);
    ck_assert_uint_eq(apart.views[VIEW_EXTERNAL].count, 1);
}
END_TEST

START_TEST(federation_is_a_flag_or_an_edge)
{
    struct federation named = {0}, flagged = {0}, denied = {0};

    load_well(load_federation, "sip.a.b", NULL, &named);
    assert_name("edge", named.edge.name, "sip.a.b");
    ck_assert(named.flag.said && !named.flag.value);
    load_well(load_federation, "true", NULL, &flagged);
    ck_assert(flagged.flag.value && name_is_absent(flagged.edge.name));
    load_well(load_federation, "false", NULL, &denied);
    ck_assert(denied.flag.said && !denied.flag.value);
}
END_TEST

START_TEST(updates_are_one_server_or_one_for_each_product)
{
    struct product_server_list one = {0}, several = {0};

    load_well(load_product_servers, "a.b.c", NULL, &one);
    ck_assert_uint_eq(one.count, 1);
    ck_assert_ptr_null(one.items[0].product.text);
    assert_name("one", one.items[0].fqdn.name, "a.b.c");
    load_well(load_product_servers, "{x: a.b.c, y: d.e.f}", NULL, &several);
    ck_assert(one.said && several.said);
    ck_assert_uint_eq(several.count, 2);
    ck_assert_str_eq(several.items[1].product.text, "y");
    assert_name("second", several.items[1].fqdn.name, "d.e.f");
}
END_TEST

/* ---- mappings */

struct sample {
    struct place place;
    struct port port;
    struct flag flag;
};

static const struct field sample_fields[] = {
    {"port", load_port, offsetof(struct sample, port), true, NULL},
    {"flag", load_flag, offsetof(struct sample, flag), false, NULL},
    {NULL, NULL, 0, false, NULL},
};
static const struct shape sample_shape = {"sample", sizeof(struct sample),
                                          sample_fields};

START_TEST(a_mapping_fills_the_members_of_its_shape)
{
    struct sample sample = {0};

    load_well(load_mapping, "{flag: true, port: 7}", &sample_shape, &sample);
    ck_assert_uint_eq(sample.port.number, 7);
    ck_assert(sample.flag.value);
    assert_place("mapping", sample.place);
}
END_TEST

START_TEST(a_list_of_mappings_reports_the_faults_of_all)
{
    struct {
        struct sample *items;
        size_t count;
        bool said;
        struct place place;
    } list = {0};

    ck_assert_int_eq(load(load_list,
                          "[{flag: true}, {prot: 7}, {port: 0, flag: 1}]",
                          &sample_shape, &list),
                     -1);
    diag_sort(&diag);
    ck_assert_uint_eq(diag.count, 5);
    ck_assert_str_eq(diag.messages[0].id, "missing-key");
    ck_assert_str_eq(diag.messages[1].id, "missing-key");
    ck_assert_str_eq(diag.messages[2].id, "unknown-key");
    ck_assert_ptr_nonnull(strstr(diag.messages[2].text, "'port'"));
    ck_assert_str_eq(diag.messages[3].id, "bad-port");
    ck_assert_str_eq(diag.messages[4].id, "bad-flag");
}
END_TEST

START_TEST(a_list_of_mappings_keeps_its_order)
{
    struct {
        struct sample *items;
        size_t count;
        bool said;
        struct place place;
    } list = {0};

    load_well(load_list, "[{port: 1}, {port: 2}]", &sample_shape, &list);
    ck_assert_uint_eq(list.count, 2);
    ck_assert_uint_eq(list.items[0].port.number, 1);
    ck_assert_uint_eq(list.items[1].port.number, 2);
    ck_assert_uint_eq(list.items[1].place.column, 18);
}
END_TEST

#define ADD_ROWS(tcase, test, rows)                                            \
    tcase_add_loop_test((tcase), (test), 0, sizeof(rows) / sizeof *(rows))

static Suite *values_suite(void)
{
    Suite *suite = suite_create("values");
    TCase *single = tcase_create("single");
    TCase *several = tcase_create("several");

    tcase_add_checked_fixture(single, set_up, tear_down);
    ADD_ROWS(single, a_bad_value_is_refused_where_it_stands, refused);
    ADD_ROWS(single, a_name_is_folded_and_keeps_its_place, names);
    tcase_add_test(single, a_name_that_is_not_ascii_is_told_its_punycode);
    ADD_ROWS(single, a_network_is_taken_as_it_is, networks);
    ADD_ROWS(single, an_address_is_taken_as_it_is, addresses);
    ADD_ROWS(single, a_time_is_taken_in_seconds, times);
    tcase_add_test(single, a_port_goes_up_to_65535);
    tcase_add_test(single, a_flag_is_true_or_false);
    ADD_ROWS(single, a_word_is_taken_as_it_is, words);
    suite_add_tcase(suite, single);

    tcase_add_checked_fixture(several, set_up, tear_down);
    ADD_ROWS(several, a_list_of_names_keeps_its_order, lists);
    tcase_add_test(several, all_of_a_mirror_is_as_good_as_nothing_said);
    tcase_add_test(several, lists_of_words_keep_their_order);
    tcase_add_test(several, all_bad_items_of_a_list_are_reported);
    tcase_add_test(several, a_host_has_a_name_and_an_address);
    tcase_add_test(several, both_faults_of_a_host_map_are_reported);
    tcase_add_test(several, a_name_is_for_both_views_unless_it_is_said_by_view);
    tcase_add_test(several,
                   names_are_for_both_views_unless_they_are_said_by_view);
    tcase_add_test(several, hosts_are_internal_unless_they_are_said_by_view);
    tcase_add_test(several, federation_is_a_flag_or_an_edge);
    tcase_add_test(several, updates_are_one_server_or_one_for_each_product);
    tcase_add_test(several, a_mapping_fills_the_members_of_its_shape);
    tcase_add_test(several, a_list_of_mappings_keeps_its_order);
    tcase_add_test(several, a_list_of_mappings_reports_the_faults_of_all);
    suite_add_tcase(suite, several);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(values_suite());
    int failed;

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

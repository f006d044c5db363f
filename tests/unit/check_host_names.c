#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "dns/host_names.h"

static struct arena arena;
static const struct name absent = {NULL, 0};

static void no_memory(void *context)
{
    (void)context;
    ck_abort_msg("out of memory");
}

static void set_up(void)
{
    arena_init(&arena, no_memory, NULL);
}

static void tear_down(void)
{
    arena_release(&arena);
}

static struct name name_of(const char *text)
{
    struct name name = absent;

    ck_assert_msg(name_from_text(&arena, text, strlen(text), absent, &name,
                                 NULL) == NAME_OK,
                  "%s", text);
    return name;
}

#define LABEL_63                                                               \
    "a23456789012345678901234567890123456789012345678901234567890123"

static const struct {
    const char *name;
    bool valid;
    bool valid_as_owner; /* which may be a wildcard */
} name_rows[] = {
    {".", true, true},
    {"a", true, true},
    {"0.1", true, true},
    {"sip.example.com", true, true},
    {"fe1-a.example.com", true, true},
    {"a--b.example.com", true, true},
    {"xn--bcher-kva.example", true, true},
    {LABEL_63 "." LABEL_63 ".com", true, true},
    {"abcdefghijklmnopqrstuvwxyz0123456789", true, true},
    {"*", false, true},
    {"*.example.com", false, true},
    {"*a.example.com", false, false},
    {"a.*.example.com", false, false},
    {"*.*.example.com", false, false},
    {"-.example.com", false, false},
    {"-a.example.com", false, false},
    {"a-.example.com", false, false},
    {"a.b-", false, false},
    {"a.-b", false, false},
    {"_sip.example.com", false, false},
    {"a_b.example.com", false, false},
    {"a.example_.com", false, false},
    {"a.c_m", false, false},
    {"a\\.b.example.com", false, false},
    {"a\\ b.example.com", false, false},
    {"a/b", false, false},
    {"a:b", false, false},
    {"a`b", false, false},
    {"a{b", false, false},
    {"a\\000b", false, false},
    {"a\\127b", false, false},
    {"\\195\\188.example.com", false, false},
};

START_TEST(host_name_is_letters_digits_and_hyphens)
{
    struct name name = name_of(name_rows[_i].name);

    ck_assert_msg(host_name_is_valid(name, false) == name_rows[_i].valid, "%s",
                  name_rows[_i].name);
    ck_assert_msg(host_name_is_valid(name, true) ==
                      name_rows[_i].valid_as_owner,
                  "%s as an owner", name_rows[_i].name);
}
END_TEST

enum {
    TYPE_PRIVATE = 65400,
    TYPE_MB = 7,
    TYPE_MG = 8,
    TYPE_MR = 9,
    TYPE_WKS = 11,
    TYPE_MINFO = 14,
    TYPE_RP = 17,
    TYPE_AFSDB = 18,
    TYPE_RT = 21,
    TYPE_KX = 36,
    TYPE_A6 = 38,
    TYPE_NSEC3 = 50,
    TYPE_SVCB = 64,
    TYPE_HTTPS = 65,
    TYPE_DSYNC = 66
};

#define ZEROS_63                                                               \
    "000000000000000000000000000000000000000000000000000000000000000"

static const struct {
    const char *owner;
    uint16_t type;
    bool fits;
} owner_rows[] = {
    {"sip.example.com", RECORD_A, true},
    {"*.example.com", RECORD_A, true},
    {"a_b.example.com", RECORD_A, false},
    {"a.*.example.com", RECORD_A, false},
    {"sip.example.com", RECORD_AAAA, true},
    {"*.example.com", RECORD_AAAA, true},
    {"a_b.example.com", RECORD_AAAA, false},
    {"*.example.com", RECORD_MX, true},
    {"a_b.example.com", RECORD_MX, false},
    {"a_b.example.com", TYPE_WKS, false},
    {"*.example.com", TYPE_WKS, true},
    {"a_b.example.com", TYPE_A6, false},
    {"*.example.com", TYPE_A6, true},
    /* Active Directory's global catalogue */
    {"gc._msdcs.example.com", RECORD_A, true},
    {"gc._msdcs.example.com", RECORD_AAAA, true},
    {"gc._msdcs", RECORD_A, true},
    {"gc._msdcs.example.com", RECORD_MX, false},
    {"a.gc._msdcs.example.com", RECORD_A, false},
    {"*.gc._msdcs.example.com", RECORD_A, false},
    {"dc._msdcs.example.com", RECORD_A, false},
    {"gc._msdcs.a_b.com", RECORD_A, false},
    {"gc._msdc.example.com", RECORD_AAAA, false},
    /* targets of an SPF policy's exists: */
    {"_spf.example.com", RECORD_A, true},
    {"a_b._spf.example.com", RECORD_A, true},
    {"x._spf_verify.example.com", RECORD_A, true},
    {"x._spf_rate.example.com", RECORD_A, true},
    {"_spf.com", RECORD_A, true},
    {"x._spf", RECORD_A, false},
    {"_spf", RECORD_A, false},
    {"_spfa.example.com", RECORD_A, false},
    {"_sp.example.com", RECORD_A, false},
    {"_spf.example.com", RECORD_AAAA, false},
    {"_spf.example.com", RECORD_MX, false},
    /* mailboxes */
    {"a_b.example.com", TYPE_MB, true},
    {"*.example.com", TYPE_MG, true},
    {"a_b.c_d.example.com", TYPE_MB, false},
    {"a_b.c_d.example.com", TYPE_MG, false},
    {"a\\ b.example.com", TYPE_MG, false},
    {"a_b.c_d.example.com", TYPE_MR, true},
    /* hashes */
    {"0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example.com", TYPE_NSEC3, true},
    {"aaa0.example.com", TYPE_NSEC3, true},
    {"a0.example.com", TYPE_NSEC3, true},
    {"aaaa0.example.com", TYPE_NSEC3, true},
    {"aaaaaa0.example.com", TYPE_NSEC3, true},
    {ZEROS_63 ".example.com", TYPE_NSEC3, true},
    {"a.example.com", TYPE_NSEC3, false},
    {"000.example.com", TYPE_NSEC3, false},
    {"000000.example.com", TYPE_NSEC3, false},
    {"aa.example.com", TYPE_NSEC3, false},
    {"aaa8.example.com", TYPE_NSEC3, false},
    {"aaaa1.example.com", TYPE_NSEC3, false},
    {"aaaaaa4.example.com", TYPE_NSEC3, false},
    {"wxyz.example.com", TYPE_NSEC3, false},
    {"aaw0.example.com", TYPE_NSEC3, false},
    {"*.example.com", TYPE_NSEC3, false},
    {"a\\0000.example.com", TYPE_NSEC3, false},
    {"example.com", TYPE_NSEC3, false},
    /* all others */
    {"_sip._tls.example.com", RECORD_SRV, true},
    {"a_b.example.com", RECORD_TXT, true},
    {"a_b.example.com", RECORD_CNAME, true},
    {"a_b.example.com", RECORD_NS, true},
    {"a_b.example.com", RECORD_SOA, true},
    {"a_b.example.com", RECORD_PTR, true},
    {"a_b.example.com", TYPE_RP, true},
    {"a_b.example.com", TYPE_PRIVATE, true},
};

START_TEST(owner_must_fit_its_type)
{
    ck_assert_msg(host_name_fits_owner(name_of(owner_rows[_i].owner),
                                       owner_rows[_i].type) ==
                      owner_rows[_i].fits,
                  "%s TYPE%u", owner_rows[_i].owner, owner_rows[_i].type);
}
END_TEST

/* Data are octets in front, then one name or two. */
static const struct {
    const char *label;
    uint16_t type;
    const char *owner;
    const char *front;
    size_t front_length;
    const char *names[2];
    const char *bad; /* NULL: none */
} data_rows[] = {
    {"NS", RECORD_NS, "a", "", 0, {"ns.example.com"}, NULL},
    {"NS", RECORD_NS, "a", "", 0, {"n_s.example.com"}, "n_s.example.com"},
    {"NS", RECORD_NS, "a", "", 0, {"*.example.com"}, "*.example.com"},
    {"NS of a bad owner", RECORD_NS, "a_b", "", 0, {"ns.example.com"}, NULL},
    {"MX", RECORD_MX, "a", "\0\12", 2, {"m.example.com"}, NULL},
    {"MX", RECORD_MX, "a", "\0\12", 2, {"_m.example.com"}, "_m.example.com"},
    {"MX to nowhere", RECORD_MX, "a", "\0\0", 2, {"."}, NULL},
    {"SRV", RECORD_SRV, "_a", "\0\1\0\2\23\305", 6, {"sip.a"}, NULL},
    {"SRV", RECORD_SRV, "_a", "\0\1\0\2\23\305", 6, {"s_p.a"}, "s_p.a"},
    {"SRV", RECORD_SRV, "_a", "\0\1\0\2\23\305", 6, {"*.a"}, "*.a"},
    {"SOA", RECORD_SOA, "a", "", 0, {"ns.a", "host_master.a"}, NULL},
    {"SOA, a dot in the mailbox",
     RECORD_SOA,
     "a",
     "",
     0,
     {"a", "b\\.c.a"},
     NULL},
    {"SOA, roots", RECORD_SOA, "a", "", 0, {".", "."}, NULL},
    {"SOA, server", RECORD_SOA, "a", "", 0, {"n_s.a", "h.a"}, "n_s.a"},
    {"SOA, mailbox", RECORD_SOA, "a", "", 0, {"ns.a", "h.b_c.a"}, "h.b_c.a"},
    {"SOA, blank", RECORD_SOA, "a", "", 0, {"ns.a", "h\\032i.a"}, "h\\032i.a"},
    {"SOA, DEL", RECORD_SOA, "a", "", 0, {"ns.a", "h\\127.a"}, "h\\127.a"},
    {"SOA, UTF-8",
     RECORD_SOA,
     "a",
     "",
     0,
     {"a", "\\195\\188.a"},
     "\\195\\188.a"},
    {"SOA, both", RECORD_SOA, "a", "", 0, {"n_s.a", "h.b_c.a"}, "n_s.a"},
    {"PTR", RECORD_PTR, "1.0.0.10.in-addr.arpa", "", 0, {"a.b"}, NULL},
    {"PTR", RECORD_PTR, "1.0.0.10.in-addr.arpa", "", 0, {"a_.b"}, "a_.b"},
    {"PTR", RECORD_PTR, "in-addr.arpa", "", 0, {"a_.b"}, "a_.b"},
    {"PTR", RECORD_PTR, "1.ip6.arpa", "", 0, {"a_.b"}, "a_.b"},
    {"PTR", RECORD_PTR, "1.ip6.int", "", 0, {"a_.b"}, "a_.b"},
    {"PTR", RECORD_PTR, "1.xip6.arpa", "", 0, {"a_.b"}, NULL},
    {"PTR of no address", RECORD_PTR, "1.example.com", "", 0, {"a_.b"}, NULL},
    {"PTR, b", RECORD_PTR, "b._dns-sd._udp.in-addr.arpa", "", 0, {"a_"}, NULL},
    {"PTR, db", RECORD_PTR, "db._dns-sd._udp.1.ip6.arpa", "", 0, {"a_"}, NULL},
    {"PTR, r", RECORD_PTR, "r._dns-sd._udp.in-addr.arpa", "", 0, {"a_"}, NULL},
    {"PTR, dr",
     RECORD_PTR,
     "dr._dns-sd._udp.in-addr.arpa",
     "",
     0,
     {"a_"},
     NULL},
    {"PTR, lb",
     RECORD_PTR,
     "lb._dns-sd._udp.in-addr.arpa",
     "",
     0,
     {"a_"},
     NULL},
    {"PTR, x", RECORD_PTR, "x._dns-sd._udp.in-addr.arpa", "", 0, {"a_"}, "a_"},
    {"PTR, x.b",
     RECORD_PTR,
     "x.b._dns-sd._udp.in-addr.arpa",
     "",
     0,
     {"a_"},
     "a_"},
    {"PTR, tcp",
     RECORD_PTR,
     "b._dns-sd._tcp.in-addr.arpa",
     "",
     0,
     {"a_"},
     "a_"},
    {"RP", TYPE_RP, "a", "", 0, {"a_b.c", "d_e.f_g"}, NULL},
    {"RP", TYPE_RP, "a", "", 0, {"a.b_c.d", "e"}, "a.b_c.d"},
    {"RP, one label", TYPE_RP, "a", "", 0, {"a_b", "."}, NULL},
    {"MINFO", TYPE_MINFO, "a", "", 0, {"a_b.c", "d_e.f"}, NULL},
    {"MINFO, first", TYPE_MINFO, "a", "", 0, {"a.b_c", "d.e"}, "a.b_c"},
    {"MINFO, second", TYPE_MINFO, "a", "", 0, {"a.b", "d.e_f"}, "d.e_f"},
    {"AFSDB", TYPE_AFSDB, "a", "\0\1", 2, {"a_b.c"}, "a_b.c"},
    {"AFSDB", TYPE_AFSDB, "a", "\0\1", 2, {"ab.c"}, NULL},
    {"RT", TYPE_RT, "a", "\0\1", 2, {"a_b.c"}, "a_b.c"},
    {"SVCB", TYPE_SVCB, "a", "\0\1", 2, {"a_b.c"}, "a_b.c"},
    {"SVCB", TYPE_SVCB, "a", "\1\0", 2, {"a_b.c"}, "a_b.c"},
    {"SVCB", TYPE_SVCB, "a", "\0\1", 2, {"ab.c"}, NULL},
    {"SVCB, alias", TYPE_SVCB, "a", "\0\0", 2, {"a_b.c"}, NULL},
    {"HTTPS", TYPE_HTTPS, "a", "\0\1", 2, {"a_b.c"}, "a_b.c"},
    {"HTTPS, alias", TYPE_HTTPS, "a", "\0\0", 2, {"a_b.c"}, NULL},
    {"DSYNC", TYPE_DSYNC, "a", "\0\73\1\0\65", 5, {"a_b.c"}, "a_b.c"},
    {"A6, 64", TYPE_A6, "a", "\100\0\0\0\0\0\0\0\1", 9, {"a_b.c"}, "a_b.c"},
    {"A6, 64", TYPE_A6, "a", "\100\0\0\0\0\0\0\0\1", 9, {"ab.c"}, NULL},
    {"A6, 65", TYPE_A6, "a", "\101\0\0\0\0\0\0\0\1", 9, {"a_b.c"}, "a_b.c"},
    {"A6, 128", TYPE_A6, "a", "\200", 1, {"a_b.c"}, "a_b.c"},
    {"A6, no prefix",
     TYPE_A6,
     "a",
     "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1",
     17,
     {NULL},
     NULL},
    {"CNAME", RECORD_CNAME, "a", "", 0, {"a_b.c"}, NULL},
    {"DNAME", RECORD_DNAME, "a", "", 0, {"a_b.c"}, NULL},
    {"KX", TYPE_KX, "a", "\0\1", 2, {"a_b.c"}, NULL},
    {"no data", RECORD_NS, "a", "", 0, {NULL}, NULL},
    {"no data", TYPE_SVCB, "a", "", 0, {NULL}, NULL},
    {"A6, 255", TYPE_A6, "a", "\377", 1, {"a_b.c"}, NULL},
    {"no data", TYPE_A6, "a", "", 0, {NULL}, NULL},
    {"no name", TYPE_AFSDB, "a", "\0\1", 2, {NULL}, NULL},
    {"half a name", TYPE_RT, "a", "\0\1\3a_b", 6, {NULL}, NULL},
    {"half a label", TYPE_RT, "a", "\0\1\5a_b", 6, {NULL}, NULL},
    {"one name of two", TYPE_MINFO, "a", "", 0, {"a.b"}, NULL},
};

static void data_add(uint8_t *octets, uint16_t *length, const void *bytes,
                     size_t count)
{
    memcpy(octets + *length, bytes, count);
    *length = (uint16_t)(*length + count);
}

START_TEST(name_in_the_data_must_be_a_host)
{
    uint8_t octets[2 * NAME_MAX_OCTETS], *copy;
    struct record record = {
        .owner = name_of(data_rows[_i].owner),
        .type = data_rows[_i].type,
    };
    struct name bad, want = absent;

    data_add(octets, &record.data.length, data_rows[_i].front,
             data_rows[_i].front_length);
    for (int i = 0; i < 2 && data_rows[_i].names[i]; i++) {
        struct name name = name_of(data_rows[_i].names[i]);

        data_add(octets, &record.data.length, name.octets, name.length);
    }
    if (data_rows[_i].bad)
        want = name_of(data_rows[_i].bad);
    /* Memory of their own, so that reading behind the data is seen. */
    copy = malloc(record.data.length);
    memcpy(copy, octets, record.data.length);
    record.data.octets = copy;
    bad = host_name_find_bad(&record);
    ck_assert_msg(name_equal(bad, want), "%s: %s", data_rows[_i].label,
                  name_is_absent(bad) ? "none" : name_to_text(&arena, bad));
    free(copy);
}
END_TEST

#define ROWS(table) ((int)(sizeof(table) / sizeof((table)[0])))

int main(void)
{
    Suite *suite = suite_create("host_names");
    TCase *tests = tcase_create("host_names");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, host_name_is_letters_digits_and_hyphens, 0,
                        ROWS(name_rows));
    tcase_add_loop_test(tests, owner_must_fit_its_type, 0, ROWS(owner_rows));
    tcase_add_loop_test(tests, name_in_the_data_must_be_a_host, 0,
                        ROWS(data_rows));
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

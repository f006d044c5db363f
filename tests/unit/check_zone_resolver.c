#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "dns/recordset.h"
#include "dns/zone_resolver.h"

enum {
    TYPE_KEY = 25,
    TYPE_RRSIG = 46,
    TYPE_NSEC = 47,
    TYPE_DNSKEY = 48,
    TYPE_NSEC3 = 50,
    TYPE_NSEC3PARAM = 51,
    TYPE_ANY = 255
};

static struct arena arena;
static const struct name absent = {NULL, 0};

static void no_memory(void *context)
{
    (void)context;
    ck_abort_msg("out of memory");
}

/* ---- zones by hand */

/* Data of the types with a name are one, an SOA has its minimum; those of all
 * others are the word itself. */
static const struct {
    const char *mnemonic;
    uint16_t type;
    bool is_name;
} type_rows[] = {
    {"A", RECORD_A, false},
    {"NS", RECORD_NS, true},
    {"CNAME", RECORD_CNAME, true},
    {"SOA", RECORD_SOA, false},
    {"TXT", RECORD_TXT, false},
    {"KEY", TYPE_KEY, false},
    {"DNAME", RECORD_DNAME, true},
    {"DS", RECORD_DS, false},
    {"RRSIG", TYPE_RRSIG, false},
    {"NSEC", TYPE_NSEC, false},
    {"DNSKEY", TYPE_DNSKEY, false},
    {"NSEC3", TYPE_NSEC3, false},
    {"NSEC3PARAM", TYPE_NSEC3PARAM, false},
};

#define TYPE_ROWS (sizeof type_rows / sizeof *type_rows)

static size_t row_by_mnemonic(const char *mnemonic)
{
    for (size_t i = 0; i < TYPE_ROWS; i++)
        if (strcmp(type_rows[i].mnemonic, mnemonic) == 0)
            return i;
    ck_abort_msg("no type %s", mnemonic);
}

static size_t row_by_number(uint16_t type)
{
    for (size_t i = 0; i < TYPE_ROWS; i++)
        if (type_rows[i].type == type)
            return i;
    ck_abort_msg("no type %u", (unsigned)type);
}

static struct name name_of(const char *text, struct name origin)
{
    struct name name = absent;

    ck_assert_int_eq(
        name_from_text(&arena, text, strlen(text), origin, &name, NULL),
        NAME_OK);
    return name;
}

/* An SOA of which nothing but the minimum is there. */
static struct record_data soa_of(const char *minimum)
{
    unsigned long number = strtoul(minimum, NULL, 10);
    const uint8_t octets[] = {0, 0, (uint8_t)(number >> 8), (uint8_t)number};

    return (struct record_data){
        (const uint8_t *)arena_copy(&arena, octets, sizeof octets),
        sizeof octets};
}

static struct record_data data_of(size_t row, const char *text,
                                  struct name origin)
{
    if (type_rows[row].type == RECORD_SOA)
        return soa_of(text);
    if (type_rows[row].is_name) {
        struct name name = name_of(text, origin);
        return (struct record_data){name.octets, name.length};
    }
    return (struct record_data){
        (const uint8_t *)arena_copy(&arena, text, strlen(text)),
        (uint16_t)strlen(text)};
}

/* Each line is an entry of its own: of two TTLs the last one holds. */
static void record_add(struct recordset *set, const char *line)
{
    char *rest = arena_copy(&arena, line, strlen(line));
    const char *owner = strtok_r(rest, " ", &rest);
    const char *ttl = strtok_r(NULL, " ", &rest);
    size_t row = row_by_mnemonic(strtok_r(NULL, " ", &rest));
    uint16_t covers = strcmp(rest, "of-nsec3") == 0 ? TYPE_NSEC3 : 0;
    struct rr rr = {.data = data_of(row, rest, set->zone)};

    recordset_add(set, recordset_node(set, name_of(owner, set->zone)),
                  type_rows[row].type, covers, (uint32_t)strtoul(ttl, NULL, 10),
                  (uint32_t)set->record_count, &rr);
}

#define MOST_ZONES 8

static struct recordset sets[MOST_ZONES];
static const struct recordset *served[MOST_ZONES];
static size_t served_count;

/* Adds a zone of lines "OWNER TTL TYPE DATA"; apex and SOA come by
 * themselves. */
static void serve(const char *apex, const char *const *lines)
{
    struct recordset *set = &sets[served_count];

    recordset_init(set, &arena, name_of(apex, absent));
    record_add(set, "@ 3600 SOA 900");
    record_add(set, "@ 3600 NS ns");
    for (; *lines; lines++)
        record_add(set, *lines);
    recordset_seal(set);
    served[served_count++] = set;
}

#define SERVE(apex, ...) serve(apex, (const char *const[]){__VA_ARGS__, NULL})

static void set_up(void)
{
    arena_init(&arena, no_memory, NULL);
    served_count = 0;
}

static void tear_down(void)
{
    arena_release(&arena);
}

/* ---- questions and what is answered */

static struct response ask(const char *name, uint16_t type)
{
    struct question question = {name_of(name, absent), type};
    struct zone_resolver zones;
    struct resolver resolver;
    struct response response;

    zone_resolver_init(&zones, &arena, served, served_count);
    resolver = zone_resolver(&zones);
    ck_assert_int_eq(resolver.ask(&resolver, &arena, &question, &response), 0);
    return response;
}

static void answer_write(struct strbuf *buf, const struct answer *answer,
                         const struct rr *rr)
{
    size_t row = row_by_number(answer->type);

    if (buf->length > 0)
        strbuf_add_text(buf, ", ");
    name_write(buf, answer->owner);
    strbuf_printf(buf, " %u %s ", (unsigned)answer->ttl_seconds,
                  type_rows[row].mnemonic);
    if (type_rows[row].is_name)
        name_write(buf,
                   (struct name){rr->data.octets, (uint8_t)rr->data.length});
    else if (answer->type == RECORD_SOA)
        strbuf_printf(buf, "%d", rr->data.octets[2] * 256 + rr->data.octets[3]);
    else
        strbuf_add(buf, rr->data.octets, rr->data.length);
}

static const char *section(const struct answer *answers)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    for (const struct answer *answer = answers; answer; answer = answer->next)
        for (const struct rr *rr = answer->first; rr; rr = rr->next)
            answer_write(&buf, answer, rr);
    return buf.text;
}

static void expect(struct response response, enum response_kind kind,
                   const char *answers, const char *authority)
{
    ck_assert_int_eq(response.kind, kind);
    ck_assert_str_eq(section(response.answers), answers);
    ck_assert_str_eq(section(response.authority), authority);
}

static size_t count_answers(const struct response *response)
{
    size_t count = 0;

    for (const struct answer *answer = response->answers; answer;
         answer = answer->next)
        count++;
    return count;
}

#define SOA "test. 900 SOA 900"

/* ---- one zone */

START_TEST(all_records_of_the_type_are_answered)
{
    SERVE("test.", "www 60 A two", "www 60 A one", "www 30 TXT text");
    expect(ask("www.test.", RECORD_A), RESPONSE_ANSWER,
           "www.test. 60 A one, www.test. 60 A two", "");
}
END_TEST

START_TEST(the_apex_is_a_name_as_any_other)
{
    SERVE("test.", "ns 60 A one");
    expect(ask("test.", RECORD_NS), RESPONSE_ANSWER, "test. 3600 NS ns.test.",
           "");
    expect(ask("test.", RECORD_SOA), RESPONSE_ANSWER, "test. 3600 SOA 900", "");
    expect(ask("test.", RECORD_A), RESPONSE_NODATA, "", SOA);
}
END_TEST

START_TEST(a_name_without_the_type_has_no_data)
{
    SERVE("test.", "www 60 A one");
    expect(ask("www.test.", RECORD_TXT), RESPONSE_NODATA, "", SOA);
}
END_TEST

START_TEST(an_empty_non_terminal_exists)
{
    SERVE("test.", "a.b.c 60 A one");
    expect(ask("b.c.test.", RECORD_A), RESPONSE_NODATA, "", SOA);
    expect(ask("c.test.", TYPE_ANY), RESPONSE_NODATA, "", SOA);
    expect(ask("x.c.test.", RECORD_A), RESPONSE_NXDOMAIN, "", SOA);
}
END_TEST

START_TEST(a_name_that_is_not_there_does_not_exist)
{
    SERVE("test.", "www 60 A one");
    expect(ask("w.test.", RECORD_A), RESPONSE_NXDOMAIN, "", SOA);
    expect(ask("x.www.test.", RECORD_A), RESPONSE_NXDOMAIN, "", SOA);
}
END_TEST

START_TEST(a_denial_lives_no_longer_than_the_soa)
{
    SERVE("test.", "@ 300 SOA 900");
    expect(ask("x.test.", RECORD_A), RESPONSE_NXDOMAIN, "",
           "test. 300 SOA 900");
}
END_TEST

START_TEST(who_looks_for_the_soa_keeps_no_denial_of_a_name)
{
    SERVE("test.", "www 60 A one");
    expect(ask("x.test.", RECORD_SOA), RESPONSE_NXDOMAIN, "",
           "test. 0 SOA 900");
    expect(ask("www.test.", RECORD_SOA), RESPONSE_NODATA, "", SOA);
}
END_TEST

START_TEST(any_is_answered_with_all_types)
{
    SERVE("test.", "www 60 A one", "www 30 TXT text", "www 60 RRSIG of-a");
    expect(ask("www.test.", TYPE_ANY), RESPONSE_ANSWER,
           "www.test. 60 A one, www.test. 30 TXT text", "");
}
END_TEST

START_TEST(any_shows_signatures_of_a_signed_zone)
{
    SERVE("test.", "www 60 A one", "www 60 RRSIG of-a", "@ 60 DNSKEY key",
          "@ 60 NSEC3PARAM 1");
    expect(ask("www.test.", TYPE_ANY), RESPONSE_ANSWER,
           "www.test. 60 A one, www.test. 60 RRSIG of-a", "");
}
END_TEST

START_TEST(any_of_hidden_types_alone_is_answered_with_nothing)
{
    SERVE("test.", "www 60 NSEC next");
    expect(ask("www.test.", TYPE_ANY), RESPONSE_NODATA, "", "");
    expect(ask("www.test.", TYPE_NSEC), RESPONSE_ANSWER,
           "www.test. 60 NSEC next", "");
}
END_TEST

START_TEST(owners_of_nsec3_records_are_no_names)
{
    SERVE("test.", "hash 60 NSEC3 next", "hash 60 RRSIG of-nsec3", "* 60 A one",
          "both 60 NSEC3 next", "both 60 TXT text");
    expect(ask("hash.test.", RECORD_A), RESPONSE_ANSWER, "hash.test. 60 A one",
           "");
    expect(ask("both.test.", TYPE_ANY), RESPONSE_ANSWER,
           "both.test. 60 TXT text", "");
}
END_TEST

START_TEST(names_out_of_all_zones_are_refused)
{
    struct response response;

    SERVE("example.test.", "www 60 A one");
    response = ask("test.", RECORD_A);
    expect(response, RESPONSE_REFUSED, "", "");
    ck_assert(!response.is_authoritative);
    expect(ask(".", RECORD_NS), RESPONSE_REFUSED, "", "");
    expect(ask("xexample.test.", RECORD_A), RESPONSE_REFUSED, "", "");
}
END_TEST

START_TEST(a_server_without_zones_refuses_everything)
{
    expect(ask("test.", RECORD_A), RESPONSE_REFUSED, "", "");
}
END_TEST

START_TEST(nothing_is_out_of_the_root_zone)
{
    SERVE(".", "www.test. 60 A one");
    expect(ask("www.test.", RECORD_A), RESPONSE_ANSWER, "www.test. 60 A one",
           "");
    expect(ask("test.", RECORD_A), RESPONSE_NODATA, "", ". 900 SOA 900");
    expect(ask(".", RECORD_DS), RESPONSE_NODATA, "", ". 900 SOA 900");
}
END_TEST

START_TEST(what_is_answered_from_the_zone_is_authoritative)
{
    SERVE("test.", "www 60 A one", "x 60 CNAME www");
    ck_assert(ask("www.test.", RECORD_A).is_authoritative);
    ck_assert(ask("www.test.", RECORD_TXT).is_authoritative);
    ck_assert(ask("none.test.", RECORD_A).is_authoritative);
    ck_assert(ask("x.test.", RECORD_A).is_authoritative);
}
END_TEST

/* ---- wildcards */

START_TEST(a_wildcard_answers_with_the_name_that_was_asked_for)
{
    struct response response;

    SERVE("test.", "* 60 A one");
    response = ask("x.y.test.", RECORD_A);
    expect(response, RESPONSE_ANSWER, "x.y.test. 60 A one", "");
    ck_assert(response.answers->is_from_wildcard);
    expect(ask("x.test.", RECORD_TXT), RESPONSE_NODATA, "", SOA);
}
END_TEST

START_TEST(a_star_that_is_asked_for_is_no_wildcard)
{
    struct response response;

    SERVE("test.", "* 60 A one");
    response = ask("*.test.", RECORD_A);
    expect(response, RESPONSE_ANSWER, "*.test. 60 A one", "");
    ck_assert(!response.answers->is_from_wildcard);
    expect(ask("x.*.test.", RECORD_A), RESPONSE_NXDOMAIN, "", SOA);
}
END_TEST

START_TEST(a_wildcard_does_not_reach_below_a_name_that_exists)
{
    SERVE("test.", "* 60 A one", "there 60 TXT text", "a.empty 60 TXT text");
    expect(ask("x.there.test.", RECORD_A), RESPONSE_NXDOMAIN, "", SOA);
    expect(ask("there.test.", RECORD_A), RESPONSE_NODATA, "", SOA);
    expect(ask("empty.test.", RECORD_A), RESPONSE_NODATA, "", SOA);
    expect(ask("x.empty.test.", RECORD_A), RESPONSE_NXDOMAIN, "", SOA);
}
END_TEST

START_TEST(an_empty_wildcard_has_no_data)
{
    SERVE("test.", "leaf.* 60 A one");
    expect(ask("x.test.", RECORD_A), RESPONSE_NODATA, "", SOA);
    expect(ask("leaf.*.test.", RECORD_A), RESPONSE_ANSWER,
           "leaf.*.test. 60 A one", "");
}
END_TEST

START_TEST(an_alias_of_a_wildcard_is_followed)
{
    struct response response;

    SERVE("test.", "* 60 CNAME www", "www 30 A one");
    response = ask("x.test.", RECORD_A);
    expect(response, RESPONSE_ANSWER,
           "x.test. 60 CNAME www.test., www.test. 30 A one", "");
    ck_assert(response.answers->is_from_wildcard);
    ck_assert(!response.answers->next->is_from_wildcard);
}
END_TEST

START_TEST(a_dname_of_a_wildcard_counts_below_the_star)
{
    SERVE("test.", "* 60 DNAME www", "x.www 30 A one");
    expect(ask("x.test.", RECORD_A), RESPONSE_NODATA, "", SOA);
    expect(ask("x.y.test.", RECORD_A), RESPONSE_NODATA, "", SOA);
    expect(ask("x.test.", RECORD_DNAME), RESPONSE_ANSWER,
           "x.test. 60 DNAME www.test.", "");
    expect(ask("x.*.test.", RECORD_A), RESPONSE_ANSWER,
           "*.test. 60 DNAME www.test., x.*.test. 60 CNAME x.www.test., "
           "x.www.test. 30 A one",
           "");
}
END_TEST

/* ---- aliases */

START_TEST(aliases_are_answered_in_the_order_of_their_chain)
{
    struct response response;

    SERVE("test.", "a 60 CNAME c", "c 50 CNAME b", "b 40 A one");
    response = ask("a.test.", RECORD_A);
    expect(response, RESPONSE_ANSWER,
           "a.test. 60 CNAME c.test., c.test. 50 CNAME b.test., "
           "b.test. 40 A one",
           "");
    ck_assert(name_equal(response.last_name, name_of("b.test.", absent)));
}
END_TEST

START_TEST(an_alias_that_is_asked_for_is_not_followed)
{
    SERVE("test.", "a 60 CNAME b", "b 60 A one", "a 60 RRSIG of-cname",
          "a 60 NSEC next");
    expect(ask("a.test.", RECORD_CNAME), RESPONSE_ANSWER,
           "a.test. 60 CNAME b.test.", "");
    expect(ask("a.test.", TYPE_ANY), RESPONSE_ANSWER,
           "a.test. 60 CNAME b.test.", "");
    expect(ask("a.test.", TYPE_RRSIG), RESPONSE_ANSWER,
           "a.test. 60 RRSIG of-cname", "");
    expect(ask("a.test.", TYPE_NSEC), RESPONSE_ANSWER, "a.test. 60 NSEC next",
           "");
    expect(ask("a.test.", TYPE_KEY), RESPONSE_NODATA, "", SOA);
}
END_TEST

START_TEST(what_is_denied_is_the_end_of_the_chain)
{
    struct response response;

    SERVE("test.", "a 60 CNAME b", "b 60 TXT text", "c 60 CNAME d");
    expect(ask("a.test.", RECORD_A), RESPONSE_NODATA,
           "a.test. 60 CNAME b.test.", SOA);
    response = ask("c.test.", RECORD_A);
    expect(response, RESPONSE_NXDOMAIN, "c.test. 60 CNAME d.test.", SOA);
    ck_assert_uint_eq(response_rcode(&response), 3);
}
END_TEST

START_TEST(an_alias_to_an_unknown_zone_is_left_to_others)
{
    struct response response;

    SERVE("test.", "a 60 CNAME www.example.");
    response = ask("a.test.", RECORD_A);
    expect(response, RESPONSE_ALIAS, "a.test. 60 CNAME www.example.", "");
    ck_assert(response.is_authoritative);
    ck_assert_uint_eq(response_rcode(&response), 0);
    ck_assert(name_equal(response.last_name, name_of("www.example.", absent)));
}
END_TEST

START_TEST(an_alias_to_another_zone_is_not_followed)
{
    SERVE("test.", "a 60 CNAME www.sub", "sub 60 NS ns");
    SERVE("sub.test.", "www 60 A one", "up 60 CNAME a.test.");
    expect(ask("a.test.", RECORD_A), RESPONSE_ALIAS,
           "a.test. 60 CNAME www.sub.test.", "");
    expect(ask("up.sub.test.", RECORD_A), RESPONSE_ALIAS,
           "up.sub.test. 60 CNAME a.test.", "");
}
END_TEST

START_TEST(an_alias_to_a_delegated_name_ends_in_a_referral)
{
    struct response response;

    SERVE("test.", "a 60 CNAME www.sub", "sub 50 NS ns");
    response = ask("a.test.", RECORD_A);
    expect(response, RESPONSE_REFERRAL, "a.test. 60 CNAME www.sub.test.",
           "sub.test. 50 NS ns.test.");
    ck_assert(response.is_authoritative);
}
END_TEST

START_TEST(a_circle_of_aliases_is_endless)
{
    struct response response;

    SERVE("test.", "a 60 CNAME b", "b 60 CNAME a");
    response = ask("a.test.", RECORD_A);
    expect(response, RESPONSE_ENDLESS,
           "a.test. 60 CNAME b.test., b.test. 60 CNAME a.test.", "");
    ck_assert_uint_eq(response_rcode(&response), 2);
}
END_TEST

/* The names c1 ... c13 are a chain, 13 aliases long; the end has an address. */
static void serve_chain(void)
{
    struct recordset *set;

    SERVE("test.", "c14 60 A one");
    set = &sets[0];
    for (int i = 1; i < 14; i++)
        record_add(set, arena_printf(&arena, "c%d 60 CNAME c%d", i, i + 1));
}

START_TEST(eleven_aliases_are_followed_and_no_more)
{
    struct response response;

    serve_chain();
    response = ask("c3.test.", RECORD_A);
    ck_assert_int_eq(response.kind, RESPONSE_ANSWER);
    ck_assert_uint_eq(count_answers(&response), 12);
    response = ask("c2.test.", RECORD_A);
    ck_assert_int_eq(response.kind, RESPONSE_ENDLESS);
    ck_assert_uint_eq(count_answers(&response), 12);
    ck_assert(name_equal(response.last_name, name_of("c14.test.", absent)));
}
END_TEST

/* ---- DNAME */

START_TEST(a_dname_makes_an_alias_of_each_name_below_it)
{
    SERVE("test.", "old 45 DNAME new", "a.b.new 30 A one");
    expect(ask("a.b.old.test.", RECORD_A), RESPONSE_ANSWER,
           "old.test. 45 DNAME new.test., "
           "a.b.old.test. 45 CNAME a.b.new.test., a.b.new.test. 30 A one",
           "");
    expect(ask("x.old.test.", RECORD_A), RESPONSE_NXDOMAIN,
           "old.test. 45 DNAME new.test., x.old.test. 45 CNAME x.new.test.",
           SOA);
}
END_TEST

START_TEST(a_dname_says_nothing_of_its_own_name)
{
    SERVE("test.", "old 60 DNAME new", "old 50 TXT text", "new 60 A one");
    expect(ask("old.test.", RECORD_TXT), RESPONSE_ANSWER,
           "old.test. 50 TXT text", "");
    expect(ask("old.test.", RECORD_A), RESPONSE_NODATA, "", SOA);
    expect(ask("old.test.", RECORD_DNAME), RESPONSE_ANSWER,
           "old.test. 60 DNAME new.test.", "");
}
END_TEST

START_TEST(what_is_below_a_dname_does_not_count)
{
    SERVE("test.", "old 60 DNAME new", "www.old 60 A one", "*.old 60 A two",
          "cut.old 60 NS ns", "deep.old 60 DNAME test.");
    expect(ask("www.old.test.", RECORD_A), RESPONSE_NXDOMAIN,
           "old.test. 60 DNAME new.test., www.old.test. 60 CNAME www.new.test.",
           SOA);
    expect(ask("x.cut.old.test.", RECORD_CNAME), RESPONSE_ANSWER,
           "old.test. 60 DNAME new.test., "
           "x.cut.old.test. 60 CNAME x.cut.new.test.",
           "");
}
END_TEST

START_TEST(the_alias_of_a_dname_that_is_asked_for_is_not_followed)
{
    const char *both =
        "old.test. 60 DNAME new.test., www.old.test. 60 CNAME www.new.test.";

    SERVE("test.", "old 60 DNAME new", "www.new 60 A one");
    expect(ask("www.old.test.", RECORD_CNAME), RESPONSE_ANSWER, both, "");
    expect(ask("www.old.test.", TYPE_ANY), RESPONSE_ANSWER, both, "");
}
END_TEST

START_TEST(a_dname_of_the_apex_leads_out_of_the_zone)
{
    SERVE("test.", "@ 60 DNAME example.", "www 60 A one");
    expect(ask("www.test.", RECORD_A), RESPONSE_ALIAS,
           "test. 60 DNAME example., www.test. 60 CNAME www.example.", "");
    expect(ask("test.", RECORD_A), RESPONSE_NODATA, "", SOA);
}
END_TEST

START_TEST(a_circle_of_dnames_is_endless)
{
    struct response response;

    SERVE("test.", "a 60 DNAME b", "b 60 DNAME a", "c 60 DNAME x.c");
    expect(ask("w.a.test.", RECORD_A), RESPONSE_ENDLESS,
           "a.test. 60 DNAME b.test., w.a.test. 60 CNAME w.b.test., "
           "b.test. 60 DNAME a.test., w.b.test. 60 CNAME w.a.test.",
           "");
    response = ask("w.c.test.", RECORD_A);
    ck_assert_int_eq(response.kind, RESPONSE_ENDLESS);
    ck_assert_uint_eq(count_answers(&response), 13);
}
END_TEST

START_TEST(a_dname_that_makes_a_name_too_long_says_so)
{
    static const char target[] =
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.test.";
    struct response response;

    SERVE("test.", "a 60 NS ns");
    record_add(&sets[0], arena_printf(&arena, "old 60 DNAME %s", target));
    recordset_seal(&sets[0]);
    response = ask("12345.old.test.", RECORD_A);
    ck_assert_int_eq(response.kind, RESPONSE_NXDOMAIN);
    ck_assert_uint_eq(response.last_name.length, NAME_MAX_OCTETS);
    response = ask("123456.old.test.", RECORD_A);
    expect(response, RESPONSE_TOO_LONG,
           arena_printf(&arena, "old.test. 60 DNAME %s", target), "");
    ck_assert_uint_eq(response_rcode(&response), 6);
    ck_assert(response.is_authoritative);
}
END_TEST

/* ---- zone cuts */

START_TEST(what_is_at_a_cut_or_below_is_referred)
{
    struct response response;
    const char *ns = "sub.test. 50 NS ns.sub.test.";

    SERVE("test.", "sub 50 NS ns.sub", "ns.sub 60 A one", "sub 60 TXT text",
          "*.sub 60 A two");
    response = ask("sub.test.", RECORD_TXT);
    expect(response, RESPONSE_REFERRAL, "", ns);
    ck_assert(!response.is_authoritative);
    ck_assert_uint_eq(response_rcode(&response), 0);
    expect(ask("sub.test.", RECORD_NS), RESPONSE_REFERRAL, "", ns);
    expect(ask("sub.test.", TYPE_ANY), RESPONSE_REFERRAL, "", ns);
    expect(ask("ns.sub.test.", RECORD_A), RESPONSE_REFERRAL, "", ns);
    expect(ask("x.y.sub.test.", RECORD_A), RESPONSE_REFERRAL, "", ns);
}
END_TEST

START_TEST(the_topmost_cut_counts)
{
    SERVE("test.", "sub 50 NS ns", "low.sub 40 NS ns", "dn.sub 40 DNAME test.");
    expect(ask("x.low.sub.test.", RECORD_A), RESPONSE_REFERRAL, "",
           "sub.test. 50 NS ns.test.");
    expect(ask("x.dn.sub.test.", RECORD_A), RESPONSE_REFERRAL, "",
           "sub.test. 50 NS ns.test.");
}
END_TEST

START_TEST(a_cut_prevails_over_a_dname_of_the_same_name)
{
    SERVE("test.", "sub 50 NS ns", "sub 40 DNAME example.");
    expect(ask("x.sub.test.", RECORD_A), RESPONSE_REFERRAL, "",
           "sub.test. 50 NS ns.test.");
}
END_TEST

START_TEST(the_parent_answers_for_ds)
{
    struct response response;

    SERVE("test.", "sub 50 NS ns", "sub 60 DS digest", "bare 50 NS ns");
    response = ask("sub.test.", RECORD_DS);
    expect(response, RESPONSE_ANSWER, "sub.test. 60 DS digest", "");
    ck_assert(response.is_authoritative);
    expect(ask("bare.test.", RECORD_DS), RESPONSE_NODATA, "", SOA);
    expect(ask("x.sub.test.", RECORD_DS), RESPONSE_REFERRAL, "",
           "sub.test. 50 NS ns.test.");
}
END_TEST

START_TEST(key_and_nsec_are_answered_on_both_sides_of_a_cut)
{
    SERVE("test.", "sub 50 NS ns", "sub 60 NSEC next");
    expect(ask("sub.test.", TYPE_NSEC), RESPONSE_ANSWER,
           "sub.test. 60 NSEC next", "");
    expect(ask("sub.test.", TYPE_KEY), RESPONSE_REFERRAL, "",
           "sub.test. 50 NS ns.test.");
}
END_TEST

/* ---- zones within zones */

static void serve_family(void)
{
    SERVE("www.sub.test.", "@ 60 A lowest");
    SERVE("test.", "sub 50 NS ns", "sub 60 DS digest", "www 60 A highest",
          "*.orphan 60 A parent");
    SERVE("sub.test.", "@ 60 A middle", "x 60 A below", "www 60 A occluded");
    SERVE("orphan.test.", "@ 60 A orphan");
    SERVE("example.", "@ 60 A other");
}

START_TEST(the_zone_that_is_next_above_answers)
{
    serve_family();
    expect(ask("sub.test.", RECORD_A), RESPONSE_ANSWER, "sub.test. 60 A middle",
           "");
    expect(ask("x.sub.test.", RECORD_A), RESPONSE_ANSWER,
           "x.sub.test. 60 A below", "");
    expect(ask("www.sub.test.", RECORD_A), RESPONSE_ANSWER,
           "www.sub.test. 60 A lowest", "");
    expect(ask("y.sub.test.", RECORD_A), RESPONSE_NXDOMAIN, "",
           "sub.test. 900 SOA 900");
    expect(ask("x.orphan.test.", RECORD_A), RESPONSE_NXDOMAIN, "",
           "orphan.test. 900 SOA 900");
    expect(ask("example.", RECORD_A), RESPONSE_ANSWER, "example. 60 A other",
           "");
}
END_TEST

START_TEST(the_parent_that_is_served_answers_for_ds)
{
    serve_family();
    expect(ask("sub.test.", RECORD_DS), RESPONSE_ANSWER,
           "sub.test. 60 DS digest", "");
    expect(ask("x.sub.test.", RECORD_DS), RESPONSE_NODATA, "",
           "sub.test. 900 SOA 900");
    expect(ask("example.", RECORD_DS), RESPONSE_NODATA, "",
           "example. 900 SOA 900");
}
END_TEST

START_TEST(a_chain_for_ds_stays_in_its_zone)
{
    SERVE("test.", "sub 50 NS ns", "sub 60 DS digest", "a 60 CNAME sub");
    SERVE("sub.test.", "up 60 CNAME test.", "self 60 CNAME @");
    expect(ask("a.test.", RECORD_DS), RESPONSE_ANSWER,
           "a.test. 60 CNAME sub.test., sub.test. 60 DS digest", "");
    expect(ask("self.sub.test.", RECORD_DS), RESPONSE_NODATA,
           "self.sub.test. 60 CNAME sub.test.", "sub.test. 900 SOA 900");
    expect(ask("up.sub.test.", RECORD_DS), RESPONSE_ALIAS,
           "up.sub.test. 60 CNAME test.", "");
}
END_TEST

static void add_one_zone(TCase *tcase)
{
    tcase_add_test(tcase, all_records_of_the_type_are_answered);
    tcase_add_test(tcase, the_apex_is_a_name_as_any_other);
    tcase_add_test(tcase, a_name_without_the_type_has_no_data);
    tcase_add_test(tcase, an_empty_non_terminal_exists);
    tcase_add_test(tcase, a_name_that_is_not_there_does_not_exist);
    tcase_add_test(tcase, a_denial_lives_no_longer_than_the_soa);
    tcase_add_test(tcase, who_looks_for_the_soa_keeps_no_denial_of_a_name);
    tcase_add_test(tcase, any_is_answered_with_all_types);
    tcase_add_test(tcase, any_shows_signatures_of_a_signed_zone);
    tcase_add_test(tcase, any_of_hidden_types_alone_is_answered_with_nothing);
    tcase_add_test(tcase, owners_of_nsec3_records_are_no_names);
    tcase_add_test(tcase, names_out_of_all_zones_are_refused);
    tcase_add_test(tcase, a_server_without_zones_refuses_everything);
    tcase_add_test(tcase, nothing_is_out_of_the_root_zone);
    tcase_add_test(tcase, what_is_answered_from_the_zone_is_authoritative);
}

static void add_wildcards(TCase *tcase)
{
    tcase_add_test(tcase, a_wildcard_answers_with_the_name_that_was_asked_for);
    tcase_add_test(tcase, a_star_that_is_asked_for_is_no_wildcard);
    tcase_add_test(tcase, a_wildcard_does_not_reach_below_a_name_that_exists);
    tcase_add_test(tcase, an_empty_wildcard_has_no_data);
    tcase_add_test(tcase, an_alias_of_a_wildcard_is_followed);
    tcase_add_test(tcase, a_dname_of_a_wildcard_counts_below_the_star);
}

static void add_aliases(TCase *tcase)
{
    tcase_add_test(tcase, aliases_are_answered_in_the_order_of_their_chain);
    tcase_add_test(tcase, an_alias_that_is_asked_for_is_not_followed);
    tcase_add_test(tcase, what_is_denied_is_the_end_of_the_chain);
    tcase_add_test(tcase, an_alias_to_an_unknown_zone_is_left_to_others);
    tcase_add_test(tcase, an_alias_to_another_zone_is_not_followed);
    tcase_add_test(tcase, an_alias_to_a_delegated_name_ends_in_a_referral);
    tcase_add_test(tcase, a_circle_of_aliases_is_endless);
    tcase_add_test(tcase, eleven_aliases_are_followed_and_no_more);
}

static void add_dnames(TCase *tcase)
{
    tcase_add_test(tcase, a_dname_makes_an_alias_of_each_name_below_it);
    tcase_add_test(tcase, a_dname_says_nothing_of_its_own_name);
    tcase_add_test(tcase, what_is_below_a_dname_does_not_count);
    tcase_add_test(tcase,
                   the_alias_of_a_dname_that_is_asked_for_is_not_followed);
    tcase_add_test(tcase, a_dname_of_the_apex_leads_out_of_the_zone);
    tcase_add_test(tcase, a_circle_of_dnames_is_endless);
    tcase_add_test(tcase, a_dname_that_makes_a_name_too_long_says_so);
}

static void add_cuts(TCase *tcase)
{
    tcase_add_test(tcase, what_is_at_a_cut_or_below_is_referred);
    tcase_add_test(tcase, the_topmost_cut_counts);
    tcase_add_test(tcase, a_cut_prevails_over_a_dname_of_the_same_name);
    tcase_add_test(tcase, the_parent_answers_for_ds);
    tcase_add_test(tcase, key_and_nsec_are_answered_on_both_sides_of_a_cut);
    tcase_add_test(tcase, the_zone_that_is_next_above_answers);
    tcase_add_test(tcase, the_parent_that_is_served_answers_for_ds);
    tcase_add_test(tcase, a_chain_for_ds_stays_in_its_zone);
}

static Suite *zone_resolver_suite(void)
{
    Suite *suite = suite_create("zone_resolver");
    TCase *tcase = tcase_create("zone_resolver");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    add_one_zone(tcase);
    add_wildcards(tcase);
    add_aliases(tcase);
    add_dnames(tcase);
    add_cuts(tcase);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(zone_resolver_suite());
    int failed;

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "dns/recordset.h"

#define TYPE_RRSIG 46

static struct arena arena;
static struct recordset set;
static const struct name absent = {NULL, 0};

static void no_memory(void *context)
{
    (void)context;
    ck_abort_msg("out of memory");
}

static struct name name_of(const char *text)
{
    struct name name = absent;

    ck_assert_int_eq(
        name_from_text(&arena, text, strlen(text), absent, &name, NULL),
        NAME_OK);
    return name;
}

static void set_up(void)
{
    arena_init(&arena, no_memory, NULL);
    recordset_init(&set, &arena, name_of("test."));
}

static void tear_down(void)
{
    arena_release(&arena);
}

static struct node *node_of(const char *owner)
{
    return recordset_node(&set, name_of(owner));
}

static const struct node *find(const char *owner)
{
    return recordset_find(&set, name_of(owner));
}

static struct rrset *add_covering(const char *owner, uint16_t type,
                                  uint16_t covers, const char *data)
{
    struct rr rr = {
        .data = {(const uint8_t *)data, (uint16_t)strlen(data)},
        .place = {"file", (uint32_t)set.record_count + 1, 1},
    };

    return recordset_add(&set, node_of(owner), type, covers, 60, 1, &rr);
}

static struct rrset *add(const char *owner, uint16_t type, const char *data)
{
    return add_covering(owner, type, 0, data);
}

static struct rrset *add_ttl(const char *data, uint32_t ttl_seconds,
                             uint32_t batch)
{
    struct rr rr = {.data = {(const uint8_t *)data, (uint16_t)strlen(data)}};

    return recordset_add(&set, set.top, RECORD_A, 0, ttl_seconds, batch, &rr);
}

/* The data in their order, with spaces between them. */
static const char *data_of(const struct rrset *rrset)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    for (const struct rr *rr = rrset->first; rr; rr = rr->next) {
        if (buf.length > 0)
            strbuf_add_char(&buf, ' ');
        strbuf_add(&buf, rr->data.octets, rr->data.length);
    }
    return buf.text;
}

static const char *owners(void)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    for (const struct node *node = set.top; node;
         node = recordset_next(&set, node)) {
        if (buf.length > 0)
            strbuf_add_char(&buf, ' ');
        name_write(&buf, node->owner);
    }
    return buf.text;
}

/* ---- nodes */

START_TEST(an_empty_set_has_its_apex)
{
    ck_assert(name_equal(set.zone, name_of("test.")));
    ck_assert_ptr_eq(find("test."), set.top);
    ck_assert_ptr_null(set.top->rrsets);
    ck_assert_str_eq(owners(), "test.");
}
END_TEST

START_TEST(a_set_without_a_zone_begins_at_the_root)
{
    recordset_init(&set, &arena, absent);
    ck_assert(name_is_absent(set.zone));
    ck_assert(name_equal(set.top->owner, name_of(".")));
    ck_assert_ptr_eq(node_of("a.b.")->parent->parent, set.top);
}
END_TEST

START_TEST(a_name_has_one_node)
{
    struct node *node = node_of("a.test.");

    ck_assert_ptr_eq(node_of("a.test."), node);
    ck_assert_ptr_eq(find("a.test."), node);
    ck_assert_uint_eq(set.node_count, 2);
}
END_TEST

START_TEST(names_between_an_owner_and_the_apex_have_nodes)
{
    struct node *node = node_of("a.b.c.test.");

    ck_assert_ptr_eq(node->parent, find("b.c.test."));
    ck_assert_ptr_eq(node->parent->parent, find("c.test."));
    ck_assert_ptr_eq(node->parent->parent->parent, set.top);
    ck_assert_ptr_null(set.top->parent);
    ck_assert_uint_eq(set.node_count, 4);
}
END_TEST

START_TEST(a_name_between_is_the_same_when_it_owns_records)
{
    struct node *below = node_of("a.b.test.");

    add("b.test.", RECORD_A, "one");
    ck_assert_ptr_eq(below->parent, find("b.test."));
    ck_assert_uint_eq(set.node_count, 3);
}
END_TEST

START_TEST(a_name_that_was_not_added_is_not_found)
{
    node_of("a.test.");
    ck_assert_ptr_null(find("b.test."));
    ck_assert_ptr_null(find("a.a.test."));
    ck_assert_ptr_null(find("."));
    ck_assert_ptr_null(find("a.example."));
}
END_TEST

START_TEST(the_octets_of_an_owner_are_copied)
{
    uint8_t octets[] = "\1a\4test";
    const struct node *node =
        recordset_node(&set, (struct name){octets, sizeof octets});

    octets[1] = 'b';
    ck_assert_ptr_eq(find("a.test."), node);
    ck_assert_ptr_null(find("b.test."));
}
END_TEST

START_TEST(many_names_are_all_found)
{
    enum { MANY = 20000 };
    struct node *first = node_of("n0.test.");

    for (int i = 1; i < MANY; i++)
        node_of(arena_printf(&arena, "n%d.test.", i));
    ck_assert_uint_eq(set.node_count, MANY + 1);
    ck_assert_ptr_eq(find("n0.test."), first);
    for (int i = 0; i < MANY; i++)
        ck_assert_ptr_nonnull(find(arena_printf(&arena, "n%d.test.", i)));
}
END_TEST

START_TEST(the_longest_name_has_a_node)
{
    uint8_t octets[NAME_MAX_OCTETS] = {0};
    const struct node *node;
    unsigned depth = 0;

    recordset_init(&set, &arena, absent);
    for (size_t at = 0; at < NAME_MAX_OCTETS - 1; at += 2) {
        octets[at] = 1;
        octets[at + 1] = 'a';
    }
    node = recordset_node(&set, (struct name){octets, NAME_MAX_OCTETS});
    for (; node; node = node->parent)
        depth++;
    ck_assert_uint_eq(depth, 128);
}
END_TEST

/* Names made so that their hashes would be equal if the highest bit of a word
 * always moved the same bits: each pair of words has that bit and those. */
START_TEST(names_cannot_be_made_to_fall_into_one_bucket)
{
    enum { PAIRS = 10 };
    uint8_t octets[NAME_MAX_OCTETS];
    uint32_t last = 0;
    size_t alike = 0;

    recordset_init(&set, &arena, absent);
    memset(octets, 'a', sizeof octets);
    octets[0] = octets[64] = octets[128] = NAME_MAX_LABEL;
    octets[192] = NAME_MAX_LABEL - 2;
    octets[254] = 0;
    for (size_t i = 0; i < 1 << PAIRS; i++) {
        uint8_t name[NAME_MAX_OCTETS];

        memcpy(name, octets, sizeof name);
        for (size_t pair = 0; pair < PAIRS; pair++)
            if (i >> pair & 1) {
                name[pair * 16 + 7] ^= 0x80;
                name[pair * 16 + 12] ^= 0x04;
                name[pair * 16 + 15] ^= 0x80;
            }
        recordset_node(&set, (struct name){name, sizeof name});
    }
    for (size_t i = 0; i < set.slot_count; i++)
        if (set.slots[i].number != 0) {
            alike += set.slots[i].hash == last;
            last = set.slots[i].hash;
        }
    ck_assert_uint_lt(alike, 8);
}
END_TEST

/* ---- records */

START_TEST(records_of_a_type_are_one_rrset)
{
    struct rrset *rrset = add("a.test.", RECORD_A, "two");

    ck_assert_ptr_eq(add("a.test.", RECORD_A, "one"), rrset);
    ck_assert_ptr_ne(add("a.test.", RECORD_TXT, "text"), rrset);
    ck_assert_ptr_ne(add("b.test.", RECORD_A, "one"), rrset);
    recordset_seal(&set);
    ck_assert_str_eq(data_of(node_find(find("a.test."), RECORD_A)), "one two");
}
END_TEST

START_TEST(signatures_of_each_type_are_one_rrset)
{
    struct rrset *of_a = add_covering("test.", TYPE_RRSIG, RECORD_A, "one");
    struct rrset *of_ns = add_covering("test.", TYPE_RRSIG, RECORD_NS, "one");

    ck_assert_ptr_ne(of_a, of_ns);
    recordset_seal(&set);
    ck_assert_ptr_eq(node_find(set.top, TYPE_RRSIG), of_a);
    ck_assert_ptr_eq(of_a->next, of_ns);
}
END_TEST

START_TEST(a_type_that_is_not_there_is_not_found)
{
    add("test.", RECORD_A, "one");
    recordset_seal(&set);
    ck_assert_ptr_null(node_find(set.top, RECORD_NS));
    ck_assert_ptr_null(node_find(NULL, RECORD_A));
}
END_TEST

START_TEST(soa_and_ns_come_first_then_types_by_number)
{
    static const uint16_t order[] = {RECORD_SOA, RECORD_NS,  RECORD_A,
                                     RECORD_MX,  RECORD_TXT, RECORD_SRV};
    const struct rrset *rrset;

    for (size_t i = sizeof order / sizeof *order; i-- > 0;)
        add("test.", order[i], "data");
    recordset_seal(&set);
    rrset = set.top->rrsets;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        ck_assert_uint_eq(rrset->type, order[i]);
        rrset = rrset->next;
    }
    ck_assert_ptr_null(rrset);
}
END_TEST

START_TEST(of_records_that_are_the_same_the_first_one_is_left)
{
    struct rrset *rrset = add("test.", RECORD_A, "two");

    add("test.", RECORD_A, "one");
    add("test.", RECORD_A, "two");
    add("test.", RECORD_A, "one");
    recordset_seal(&set);
    ck_assert_str_eq(data_of(rrset), "one two");
    ck_assert_uint_eq(rrset->first->place.line, 2);
    ck_assert_uint_eq(rrset->last->place.line, 1);
    ck_assert_ptr_eq(rrset->first->next, rrset->last);
    ck_assert_uint_eq(set.record_count, 4);
}
END_TEST

START_TEST(an_owner_has_a_bounded_number_of_rrsets)
{
    for (uint16_t type = 300; type < 300 + RECORDSET_MOST_RRSETS; type++)
        ck_assert(
            recordset_add(&set, set.top, type, 0, 60, 1, &(struct rr){0}));
    ck_assert(!recordset_add(&set, set.top, 200, 0, 60, 1, &(struct rr){0}));
    ck_assert(recordset_add(&set, set.top, 300, 0, 60, 1, &(struct rr){0}));
    ck_assert_uint_eq(set.record_count, RECORDSET_MOST_RRSETS + 1);
    ck_assert_uint_eq(set.octet_count,
                      (RECORDSET_MOST_RRSETS + 1) * sizeof(struct rr));
}
END_TEST

START_TEST(within_a_batch_the_first_ttl_stays)
{
    struct rrset *rrset = add_ttl("one", 10, 1);

    ck_assert_uint_eq(rrset->ttl_seconds, 10);
    add_ttl("two", 20, 1);
    ck_assert_uint_eq(rrset->ttl_seconds, 10);
}
END_TEST

START_TEST(the_ttl_of_the_last_batch_holds)
{
    struct rrset *rrset = add_ttl("one", 10, 1);

    add_ttl("two", 20, 2);
    ck_assert_uint_eq(rrset->ttl_seconds, 20);
    add_ttl("three", 5, 2);
    ck_assert_uint_eq(rrset->ttl_seconds, 20);
    add_ttl("four", 5, 3);
    ck_assert_uint_eq(rrset->ttl_seconds, 5);
}
END_TEST

START_TEST(a_record_is_given_as_the_functions_of_records_take_it)
{
    struct rrset *rrset = add("a.test.", RECORD_A, "one");
    struct record record = rrset_record(find("a.test."), rrset, rrset->first);

    ck_assert(name_equal(record.owner, name_of("a.test.")));
    ck_assert_uint_eq(record.ttl_seconds, 60);
    ck_assert_uint_eq(record.type, RECORD_A);
    ck_assert_uint_eq(record.data.length, 3);
    ck_assert_mem_eq(record.data.octets, "one", 3);
}
END_TEST

/* ---- order */

START_TEST(a_sorted_set_is_walked_in_canonical_order)
{
    static const char *const names[] = {
        "z.test.",     "*.test.", "a.z.test.",     "b.a.test.",   "ab.test.",
        "\\200.test.", "a.test.", "x.\\200.test.", "\\000.test.",
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        add(names[i], RECORD_A, "one");
    recordset_seal(&set);
    recordset_sort(&set);
    ck_assert_str_eq(owners(),
                     "test. \\000.test. *.test. a.test. b.a.test. ab.test. "
                     "z.test. a.z.test. \\200.test. x.\\200.test.");
}
END_TEST

/* The slow and obvious way: each name is behind the one before it. */
START_TEST(the_order_is_that_of_name_compare)
{
    const struct node *before, *node;
    size_t count = 1;

    for (unsigned i = 0; i < 500; i++) {
        unsigned mixed = i * 2654435761u;
        node_of(arena_printf(&arena, "%c.\\%03u.%c%c.test.", 'a' + mixed % 3,
                             mixed / 7 % 256, 'a' + mixed / 11 % 26,
                             '!' + mixed / 13 % 13));
    }
    recordset_seal(&set);
    recordset_sort(&set);
    before = set.top;
    while ((node = recordset_next(&set, before))) {
        ck_assert_int_lt(name_compare(before->owner, node->owner), 0);
        before = node;
        count++;
    }
    ck_assert_uint_eq(count, set.node_count);
}
END_TEST

START_TEST(a_parent_comes_before_its_children_in_any_order)
{
    node_of("a.b.c.test.");
    node_of("d.c.test.");
    recordset_seal(&set);
    for (const struct node *node = set.top; node;
         node = recordset_next(&set, node))
        if (node->parent)
            ck_assert_ptr_ne(recordset_next(&set, node), node->parent);
    ck_assert_ptr_eq(set.top, set.top);
}
END_TEST

static Suite *recordset_suite(void)
{
    Suite *suite = suite_create("recordset");
    TCase *tcase = tcase_create("recordset");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, an_empty_set_has_its_apex);
    tcase_add_test(tcase, a_set_without_a_zone_begins_at_the_root);
    tcase_add_test(tcase, a_name_has_one_node);
    tcase_add_test(tcase, names_between_an_owner_and_the_apex_have_nodes);
    tcase_add_test(tcase, a_name_between_is_the_same_when_it_owns_records);
    tcase_add_test(tcase, a_name_that_was_not_added_is_not_found);
    tcase_add_test(tcase, the_octets_of_an_owner_are_copied);
    tcase_add_test(tcase, many_names_are_all_found);
    tcase_add_test(tcase, the_longest_name_has_a_node);
    tcase_add_test(tcase, names_cannot_be_made_to_fall_into_one_bucket);
    tcase_add_test(tcase, records_of_a_type_are_one_rrset);
    tcase_add_test(tcase, signatures_of_each_type_are_one_rrset);
    tcase_add_test(tcase, a_type_that_is_not_there_is_not_found);
    tcase_add_test(tcase, soa_and_ns_come_first_then_types_by_number);
    tcase_add_test(tcase, of_records_that_are_the_same_the_first_one_is_left);
    tcase_add_test(tcase, an_owner_has_a_bounded_number_of_rrsets);
    tcase_add_test(tcase, within_a_batch_the_first_ttl_stays);
    tcase_add_test(tcase, the_ttl_of_the_last_batch_holds);
    tcase_add_test(tcase,
                   a_record_is_given_as_the_functions_of_records_take_it);
    tcase_add_test(tcase, a_sorted_set_is_walked_in_canonical_order);
    tcase_add_test(tcase, the_order_is_that_of_name_compare);
    tcase_add_test(tcase, a_parent_comes_before_its_children_in_any_order);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(recordset_suite());
    int failed;

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

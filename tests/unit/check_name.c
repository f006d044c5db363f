#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "dns/name.h"

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

    ck_assert_int_eq(
        name_from_text(&arena, text, strlen(text), absent, &name, NULL),
        NAME_OK);
    return name;
}

static const char *written(struct name name)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    name_write(&buf, name);
    return buf.text;
}

static const char *written_relative(struct name name, struct name origin)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    name_write_relative(&buf, name, origin);
    return buf.text;
}

/* The wire form and both texts of a name that is read without an origin. */
static const struct {
    const char *text;
    const char *wire; /* without the root's 0, which a literal has anyway */
    const char *absolute;
    const char *plain;
} read_rows[] = {
    {".", "", ".", "."},
    {"com", "\3com", "com.", "com"},
    {"com.", "\3com", "com.", "com"},
    {"Example.COM", "\7example\3com", "example.com.", "example.com"},
    {"_sip._tls.a", "\4_sip\4_tls\1a", "_sip._tls.a.", "_sip._tls.a"},
    {"first\\.last.a", "\12first.last\1a", "first\\.last.a.", "first\\.last.a"},
    {"\\097\\066c", "\3abc", "abc.", "abc"},
    {"a\\\\b", "\3a\\b", "a\\\\b.", "a\\\\b"},
    {"*.a", "\1*\1a", "*.a.", "*.a"},
    {"\\@", "\1@", "\\@.", "\\@"},
    {"@.a", "\1@\1a", "\\@.a.", "\\@.a"},
    {"a\\ b", "\3a b", "a\\032b.", "a\\032b"},
    {"a\\\"\\;\\(\\)\\$b", "\7a\";()$b", "a\\\"\\;\\(\\)\\$b.",
     "a\\\"\\;\\(\\)\\$b"},
    {"\\127\\128\\255\xe9", "\4\x7f\x80\xff\xe9", "\\127\\128\\255\\233.",
     "\\127\\128\\255\\233"},
    {"a\\.", "\2a.", "a\\..", "a\\."},
};

START_TEST(text_becomes_a_name_and_text_again)
{
    size_t length = strlen(read_rows[_i].wire) + 1;
    struct name name = name_of(read_rows[_i].text);

    ck_assert_msg(name.length == length, "%s: length %u", read_rows[_i].text,
                  (unsigned)name.length);
    ck_assert_msg(memcmp(name.octets, read_rows[_i].wire, length) == 0,
                  "%s: octets", read_rows[_i].text);
    ck_assert_str_eq(written(name), read_rows[_i].absolute);
    ck_assert_str_eq(name_to_text(&arena, name), read_rows[_i].plain);
}
END_TEST

START_TEST(a_zero_octet_is_read_and_written)
{
    struct name name = name_of("a\\000b.c");

    ck_assert_uint_eq(name.length, 7);
    ck_assert_mem_eq(name.octets, "\3a\0b\1c\0", 7);
    ck_assert_str_eq(written(name), "a\\000b.c.");
}
END_TEST

static const struct {
    const char *text;
    enum name_fault fault;
    size_t offset;
} fault_rows[] = {
    {"", NAME_EMPTY, 0},
    {"@", NAME_EMPTY, 0},
    {"..", NAME_EMPTY_LABEL, 0},
    {".a", NAME_EMPTY_LABEL, 0},
    {"a..b", NAME_EMPTY_LABEL, 2},
    {"a..", NAME_EMPTY_LABEL, 2},
    {"a\\", NAME_BAD_ESCAPE, 1},
    {"a\\1", NAME_BAD_ESCAPE, 1},
    {"a\\12", NAME_BAD_ESCAPE, 1},
    {"a\\12x", NAME_BAD_ESCAPE, 1},
    {"a\\256b", NAME_BAD_ESCAPE, 1},
    {"b.a\\999", NAME_BAD_ESCAPE, 3},
    {"\\[x1/4]", NAME_BAD_ESCAPE, 0},
    {"a.\\[x1/4]", NAME_BAD_ESCAPE, 2},
};

START_TEST(bad_text_is_refused_with_its_place)
{
    struct name name = {(const uint8_t *)"x", 77};
    size_t offset = 99;
    const char *text = fault_rows[_i].text;

    enum name_fault fault =
        name_from_text(&arena, text, strlen(text), absent, &name, &offset);
    ck_assert_msg(fault == fault_rows[_i].fault, "'%s': fault %d", text,
                  (int)fault);
    ck_assert_msg(offset == fault_rows[_i].offset, "'%s': offset %zu", text,
                  offset);
    ck_assert_uint_eq(name.length, 77);
    ck_assert_int_eq(
        name_from_text(&arena, text, strlen(text), absent, &name, NULL), fault);
}
END_TEST

START_TEST(a_bracket_may_be_escaped_within_a_label)
{
    ck_assert_str_eq(written(name_of("a\\[b.c")), "a[b.c.");
}
END_TEST

static enum name_fault parse(const char *text, enum name_case letters,
                             uint8_t *octets, struct name *name)
{
    return name_parse(text, strlen(text), name_of("Test"), letters, octets,
                      name, NULL);
}

START_TEST(a_name_is_parsed_into_lent_octets)
{
    uint8_t octets[NAME_MAX_OCTETS];
    struct name name = absent;

    ck_assert_int_eq(parse("A.\\066", NAME_FOLDED, octets, &name), NAME_OK);
    ck_assert_ptr_eq(name.octets, octets);
    ck_assert(name_equal(name, name_of("a.b.test")));
    ck_assert_int_eq(parse("A.b.TEST.", NAME_FOLDED, octets, &name), NAME_OK);
    ck_assert(name_equal(name, name_of("a.b.test")));
    ck_assert_int_eq(parse("@", NAME_FOLDED, octets, &name), NAME_OK);
    ck_assert(name_equal(name, name_of("test")));
    ck_assert_int_eq(parse("a..b", NAME_FOLDED, octets, &name),
                     NAME_EMPTY_LABEL);
}
END_TEST

START_TEST(a_name_may_keep_its_case)
{
    uint8_t octets[NAME_MAX_OCTETS], others[NAME_MAX_OCTETS];
    struct name one, other;

    ck_assert_int_eq(parse("aB", NAME_AS_WRITTEN, octets, &one), NAME_OK);
    ck_assert_mem_eq(one.octets, "\2aB\4test\0", one.length);
    ck_assert_int_eq(parse("Ab", NAME_AS_WRITTEN, others, &other), NAME_OK);
    ck_assert(!name_equal(one, other));
    name_fold(octets, one.length);
    name_fold(others, other.length);
    ck_assert(name_equal(one, other));
}
END_TEST

/* What is read in one pass and what is read the long way meet at the limits.
 */
START_TEST(long_labels_and_names_are_parsed_alike_with_and_without_escapes)
{
    static const char escape[] = {'\\', '1', '2', '0'};
    char plain[256], escaped[260];
    uint8_t octets[NAME_MAX_OCTETS], others[NAME_MAX_OCTETS];

    for (size_t length = 1; length < 255; length++)
        for (size_t label = 60; label < 66; label++) {
            struct name one = absent, other = absent;

            for (size_t i = 0; i < length; i++)
                plain[i] = (i + 1) % (label + 1) == 0 ? '.' : 'x';
            plain[length] = '\0';
            memcpy(escaped, escape, sizeof escape);
            memcpy(escaped + 4, plain + 1, length);
            ck_assert_int_eq(parse(plain, NAME_FOLDED, octets, &one),
                             parse(escaped, NAME_FOLDED, others, &other));
            ck_assert(name_equal(one, other));
        }
}
END_TEST

START_TEST(length_limits_the_text)
{
    struct name name;

    ck_assert_int_eq(
        name_from_text(&arena, "com\\065xx", 3, absent, &name, NULL), NAME_OK);
    ck_assert_str_eq(written(name), "com.");
    ck_assert_int_eq(
        name_from_text(&arena, "com\\065xx", 6, absent, &name, NULL),
        NAME_BAD_ESCAPE);
}
END_TEST

START_TEST(a_label_has_at_most_63_octets)
{
    char text[65];
    struct name name = absent;
    size_t offset = 0;

    memset(text, 'a', sizeof(text));
    ck_assert_int_eq(name_from_text(&arena, text, 63, absent, &name, NULL),
                     NAME_OK);
    ck_assert_uint_eq(name.length, 65);
    ck_assert_int_eq(name_from_text(&arena, text, 64, absent, &name, &offset),
                     NAME_LABEL_TOO_LONG);
    ck_assert_uint_eq(offset, 63);
}
END_TEST

/* 127 labels of one letter are 255 octets, the most there can be. */
START_TEST(a_name_has_at_most_255_octets)
{
    char text[256];
    struct name name = absent;
    size_t offset = 0;

    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = i % 2 ? '.' : 'a';
    ck_assert_int_eq(name_from_text(&arena, text, 254, absent, &name, NULL),
                     NAME_OK);
    ck_assert_uint_eq(name.length, 255);
    ck_assert_uint_eq(name_label_count(name), 127);
    ck_assert_int_eq(name_compare(name, name), 0);
    ck_assert_int_eq(name_from_text(&arena, text, 253, absent, &name, NULL),
                     NAME_OK);
    ck_assert_uint_eq(name.length, 255);
    ck_assert_int_eq(name_from_text(&arena, text, 255, absent, &name, &offset),
                     NAME_TOO_LONG);
    ck_assert_uint_eq(offset, 254);

    text[1] = 'a';
    ck_assert_int_eq(name_from_text(&arena, text, 254, absent, &name, NULL),
                     NAME_OK);
    text[253] = 'a';
    ck_assert_int_eq(name_from_text(&arena, text, 254, absent, &name, &offset),
                     NAME_TOO_LONG);
    ck_assert_uint_eq(offset, 253);
    text[254] = '.';
    ck_assert_int_eq(name_from_text(&arena, text, 255, absent, &name, &offset),
                     NAME_TOO_LONG);
    ck_assert_uint_eq(offset, 253);
}
END_TEST

START_TEST(an_origin_can_make_a_name_too_long)
{
    struct name origin = name_of("example.com"), name = absent;
    char text[256];

    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = i % 2 ? '.' : 'a';
    text[1] = 'b';
    ck_assert_int_eq(name_from_text(&arena, text, 241, origin, &name, NULL),
                     NAME_OK);
    ck_assert_uint_eq(name.length, 254 + 1);
    ck_assert_int_eq(name_from_text(&arena, text, 243, origin, &name, NULL),
                     NAME_TOO_LONG);
    ck_assert_int_eq(name_from_text(&arena, text, 244, origin, &name, NULL),
                     NAME_OK);
}
END_TEST

START_TEST(an_origin_completes_what_has_no_final_dot)
{
    struct name origin = name_of("example.com"), name;

    ck_assert_int_eq(name_from_text(&arena, "www", 3, origin, &name, NULL),
                     NAME_OK);
    ck_assert_str_eq(written(name), "www.example.com.");
    ck_assert_int_eq(name_from_text(&arena, "www.", 4, origin, &name, NULL),
                     NAME_OK);
    ck_assert_str_eq(written(name), "www.");
    ck_assert_int_eq(name_from_text(&arena, "@", 1, origin, &name, NULL),
                     NAME_OK);
    ck_assert_str_eq(written(name), "example.com.");
    ck_assert_int_eq(name_from_text(&arena, ".", 1, origin, &name, NULL),
                     NAME_OK);
    ck_assert_str_eq(written(name), ".");
    ck_assert_int_eq(name_from_text(&arena, "\\@", 2, origin, &name, NULL),
                     NAME_OK);
    ck_assert_str_eq(written(name), "\\@.example.com.");
}
END_TEST

static const struct {
    const char *name, *origin, *relative;
} relative_rows[] = {
    {"www.example.com", "example.com", "www"},
    {"a.b.example.com", "example.com", "a.b"},
    {"example.com", "example.com", "@"},
    {"myexample.com", "example.com", "myexample.com."},
    {"com", "example.com", "com."},
    {"www.example.com", ".", "www.example.com"},
    {".", ".", "@"},
    {".", "com", "."},
};

START_TEST(a_name_is_written_relative_to_its_origin)
{
    ck_assert_str_eq(written_relative(name_of(relative_rows[_i].name),
                                      name_of(relative_rows[_i].origin)),
                     relative_rows[_i].relative);
}
END_TEST

START_TEST(no_origin_leaves_a_name_absolute)
{
    ck_assert_str_eq(written_relative(name_of("a.b"), absent), "a.b.");
}
END_TEST

/* RFC 4034 section 6.1 gives this list in its order. */
static const char *const canonical[] = {
    "example",         "a.example",      "yljkjljk.a.example",
    "Z.a.example",     "zABC.a.EXAMPLE", "z.example",
    "\\001.z.example", "*.z.example",    "\\200.z.example",
};

START_TEST(names_sort_as_the_rfc_has_it)
{
    size_t count = sizeof(canonical) / sizeof(canonical[0]);

    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            int order =
                name_compare(name_of(canonical[i]), name_of(canonical[j]));
            ck_assert_msg((order > 0) - (order < 0) == (i > j) - (i < j),
                          "%s, %s: %d", canonical[i], canonical[j], order);
        }
}
END_TEST

START_TEST(an_absent_name_comes_first)
{
    ck_assert_int_lt(name_compare(absent, name_of(".")), 0);
    ck_assert_int_gt(name_compare(name_of("."), absent), 0);
    ck_assert_int_eq(name_compare(absent, absent), 0);
    ck_assert_int_lt(name_compare(name_of("."), name_of("a")), 0);
    ck_assert(name_equal(absent, absent));
    ck_assert(!name_equal(absent, name_of(".")));
}
END_TEST

/* A small generator of our own, so that a failure can be repeated. */
static uint32_t random_below(uint32_t *state, uint32_t limit)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % limit;
}

/* Labels from few octets, so that many names share a part. */
static struct name random_name(uint32_t *state, const char *alphabet,
                               uint32_t letters, uint32_t max_label)
{
    uint8_t octets[NAME_MAX_OCTETS];
    uint8_t used = 0;

    for (uint32_t labels = random_below(state, 5); labels > 0; labels--) {
        uint32_t length = 1 + random_below(state, max_label);
        if (used + length + 2 > NAME_MAX_OCTETS)
            break;
        octets[used++] = (uint8_t)length;
        while (length-- > 0)
            octets[used++] = (uint8_t)alphabet[random_below(state, letters)];
    }
    octets[used++] = 0;
    return name_copy(&arena, (struct name){octets, used});
}

static int slow_label_compare(const uint8_t *one, const uint8_t *other)
{
    for (int i = 1; i <= one[0] && i <= other[0]; i++)
        if (one[i] != other[i])
            return one[i] < other[i] ? -1 : 1;
    return (one[0] > other[0]) - (one[0] < other[0]);
}

/* The label that has `behind` labels behind it. */
static const uint8_t *slow_label(struct name name, unsigned behind)
{
    while (name_label_count(name) > behind + 1)
        name = name_parent(name);
    return name.octets;
}

static int slow_compare(struct name one, struct name other)
{
    unsigned ones = name_label_count(one), others = name_label_count(other);

    for (unsigned i = 0; i < ones && i < others; i++) {
        int order =
            slow_label_compare(slow_label(one, i), slow_label(other, i));
        if (order != 0)
            return order;
    }
    return (ones > others) - (ones < others);
}

static void assert_sorted_slowly(struct name one, struct name other)
{
    int want = slow_compare(one, other);
    int got = name_compare(one, other);

    ck_assert_msg((got > 0) - (got < 0) == want, "%s %s: %d, not %d",
                  written(one), written(other), got, want);
}

START_TEST(names_sort_as_a_slow_comparison_says)
{
    static const char alphabet[] = {'a', 'b', '\0', '\xff', '-', '\1'};
    uint32_t state = 2007;

    for (int i = 0; i < 20000; i++) {
        struct name one = random_name(&state, alphabet, sizeof(alphabet), 2);
        struct name other = random_name(&state, alphabet, sizeof(alphabet), 2);

        assert_sorted_slowly(one, other);
        ck_assert_int_eq(name_equal(one, other), slow_compare(one, other) == 0);
    }
}
END_TEST

/* What follows may be octets of a label here and labels there. */
START_TEST(names_with_a_common_end_sort_as_a_slow_comparison_says)
{
    static const char alphabet[] = {'a', '\0', '\1', '\2', '\3', '\4'};
    uint32_t state = 4034;

    for (int i = 0; i < 20000; i++) {
        struct name end = random_name(&state, alphabet, sizeof(alphabet), 4);
        struct name names[2];

        for (int j = 0; j < 2; j++) {
            struct name front =
                random_name(&state, alphabet, sizeof(alphabet), 9);
            size_t length = front.length - 1u;
            uint8_t octets[2 * NAME_MAX_OCTETS];

            if (length + end.length > NAME_MAX_OCTETS)
                length = 0;
            memcpy(octets, front.octets, length);
            memcpy(octets + length, end.octets, end.length);
            names[j] = name_copy(
                &arena, (struct name){octets, (uint8_t)(length + end.length)});
        }
        assert_sorted_slowly(names[0], names[1]);
        assert_sorted_slowly(names[0], end);
        assert_sorted_slowly(end, names[1]);
    }
}
END_TEST

START_TEST(any_octets_survive_writing_and_reading)
{
    uint32_t state = 1035;
    char octets[256];

    for (int i = 0; i < 256; i++)
        octets[i] = (char)(i >= 'A' && i <= 'Z' ? 'a' : i);
    for (int i = 0; i < 5000; i++) {
        struct name name = random_name(&state, octets, 256, 63);
        ck_assert_msg(name_equal(name_of(written(name)), name), "%s",
                      written(name));
        ck_assert_msg(name_equal(name_of(name_to_text(&arena, name)), name),
                      "%s", written(name));
    }
}
END_TEST

START_TEST(the_longest_name_of_escapes_is_written)
{
    uint8_t octets[NAME_MAX_OCTETS] = {0};

    for (size_t at = 0; at < 254; at += octets[at] + 1u)
        octets[at] = at < 192 ? 63 : 61;
    struct name name = {octets, NAME_MAX_OCTETS};
    ck_assert_uint_eq(strlen(written(name)), 4u * 250 + 4);
    ck_assert(name_equal(name_of(written(name)), name));
}
END_TEST

static const struct {
    const char *name, *ancestor;
    bool within, below;
} within_rows[] = {
    {"a.example.com", "example.com", true, true},
    {"example.com", "example.com", true, false},
    {"example.com", "a.example.com", false, false},
    {"myexample.com", "example.com", false, false},
    {"example.com", ".", true, true},
    {".", ".", true, false},
    {".", "com", false, false},
    /* The octets of the ancestor, yet inside of a label: "x" 3 "com". */
    {"x\\003com", "com", false, false},
};

START_TEST(a_name_lies_within_its_ancestors)
{
    struct name name = name_of(within_rows[_i].name);
    struct name ancestor = name_of(within_rows[_i].ancestor);

    ck_assert_msg(name_is_within(name, ancestor) == within_rows[_i].within,
                  "%s within %s", within_rows[_i].name,
                  within_rows[_i].ancestor);
    ck_assert_msg(name_is_below(name, ancestor) == within_rows[_i].below,
                  "%s below %s", within_rows[_i].name,
                  within_rows[_i].ancestor);
}
END_TEST

START_TEST(nothing_lies_within_an_absent_name)
{
    ck_assert(!name_is_within(name_of("a"), absent));
    ck_assert(!name_is_below(name_of("a"), absent));
    ck_assert(!name_is_within(absent, name_of("a")));
    ck_assert(!name_is_within(absent, absent));
}
END_TEST

START_TEST(the_parent_is_the_tail_of_the_name)
{
    struct name name = name_of("a.b");

    ck_assert_ptr_eq(name_parent(name).octets, name.octets + 2);
    ck_assert_str_eq(written(name_parent(name)), "b.");
    ck_assert_str_eq(written(name_parent(name_parent(name))), ".");
    ck_assert(name_is_absent(name_parent(name_of("."))));
    ck_assert(name_is_absent(name_parent(absent)));
}
END_TEST

START_TEST(labels_are_counted_without_the_root)
{
    ck_assert_uint_eq(name_label_count(name_of(".")), 0);
    ck_assert_uint_eq(name_label_count(name_of("com")), 1);
    ck_assert_uint_eq(name_label_count(name_of("_sip._tls.a.com")), 4);
    ck_assert_uint_eq(name_label_count(absent), 0);
}
END_TEST

START_TEST(a_first_label_moves_to_another_suffix)
{
    struct name moved =
        name_move(&arena, name_of("pool1.corp.a.com"), name_of("b.com"));

    ck_assert_str_eq(written(moved), "pool1.b.com.");
    moved = name_move(&arena, name_of("pool1"), name_of("."));
    ck_assert_str_eq(written(moved), "pool1.");
}
END_TEST

START_TEST(a_label_is_taken_as_it_is_but_folded)
{
    struct name name = name_prepend(&arena, "Sip.X", name_of("a"));

    ck_assert_str_eq(written(name), "sip\\.x.a.");
    ck_assert(name_is_absent(name_prepend(&arena, "", name_of("a"))));
}
END_TEST

START_TEST(what_would_be_too_long_is_absent)
{
    uint8_t octets[NAME_MAX_OCTETS] = {0};

    for (size_t at = 0; at < 254; at += 2)
        octets[at] = 1;
    struct name longest = {octets, NAME_MAX_OCTETS};
    ck_assert(name_is_absent(name_prepend(&arena, "a", longest)));
    ck_assert(name_is_absent(name_move(&arena, name_of("a"), longest)));

    struct name fits = name_prepend(&arena, "a", name_parent(longest));
    ck_assert_uint_eq(fits.length, NAME_MAX_OCTETS);
    ck_assert(name_is_absent(name_prepend(&arena, "ab", name_parent(longest))));
}
END_TEST

START_TEST(a_copy_has_octets_of_its_own)
{
    uint8_t octets[] = {1, 'a', 0};
    struct name copy = name_copy(&arena, (struct name){octets, sizeof(octets)});

    octets[1] = 'b';
    ck_assert_str_eq(written(copy), "a.");
    ck_assert(name_is_absent(name_copy(&arena, absent)));
}
END_TEST

#define ROWS(table) ((int)(sizeof(table) / sizeof((table)[0])))

static Suite *name_suite(void)
{
    Suite *suite = suite_create("name");
    TCase *text = tcase_create("text");
    TCase *order = tcase_create("order");
    TCase *parts = tcase_create("parts");

    tcase_add_checked_fixture(text, set_up, tear_down);
    tcase_add_loop_test(text, text_becomes_a_name_and_text_again, 0,
                        ROWS(read_rows));
    tcase_add_test(text, a_zero_octet_is_read_and_written);
    tcase_add_loop_test(text, bad_text_is_refused_with_its_place, 0,
                        ROWS(fault_rows));
    tcase_add_test(text, a_bracket_may_be_escaped_within_a_label);
    tcase_add_test(text, a_name_is_parsed_into_lent_octets);
    tcase_add_test(text, a_name_may_keep_its_case);
    tcase_add_test(
        text, long_labels_and_names_are_parsed_alike_with_and_without_escapes);
    tcase_add_test(text, length_limits_the_text);
    tcase_add_test(text, a_label_has_at_most_63_octets);
    tcase_add_test(text, a_name_has_at_most_255_octets);
    tcase_add_test(text, an_origin_can_make_a_name_too_long);
    tcase_add_test(text, an_origin_completes_what_has_no_final_dot);
    tcase_add_loop_test(text, a_name_is_written_relative_to_its_origin, 0,
                        ROWS(relative_rows));
    tcase_add_test(text, no_origin_leaves_a_name_absolute);
    tcase_add_test(text, any_octets_survive_writing_and_reading);
    tcase_add_test(text, the_longest_name_of_escapes_is_written);
    suite_add_tcase(suite, text);

    tcase_add_checked_fixture(order, set_up, tear_down);
    tcase_set_timeout(order, 60);
    tcase_add_test(order, names_sort_as_the_rfc_has_it);
    tcase_add_test(order, an_absent_name_comes_first);
    tcase_add_test(order, names_sort_as_a_slow_comparison_says);
    tcase_add_test(order,
                   names_with_a_common_end_sort_as_a_slow_comparison_says);
    suite_add_tcase(suite, order);

    tcase_add_checked_fixture(parts, set_up, tear_down);
    tcase_add_loop_test(parts, a_name_lies_within_its_ancestors, 0,
                        ROWS(within_rows));
    tcase_add_test(parts, nothing_lies_within_an_absent_name);
    tcase_add_test(parts, the_parent_is_the_tail_of_the_name);
    tcase_add_test(parts, labels_are_counted_without_the_root);
    tcase_add_test(parts, a_first_label_moves_to_another_suffix);
    tcase_add_test(parts, a_label_is_taken_as_it_is_but_folded);
    tcase_add_test(parts, what_would_be_too_long_is_absent);
    tcase_add_test(parts, a_copy_has_octets_of_its_own);
    suite_add_tcase(suite, parts);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(name_suite());

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

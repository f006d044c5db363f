#include <check.h>
#include <stdlib.h>

#include "dns/zone_spot.h"
#include "zone_text.h"

static const char zone[] = "@ 60 SOA ns hm 1 2 3 4 5\n"
                           "@ 60 NS ns\n"
                           "ns 60 A 10.0.0.1\n"
                           "a.b 60 A 10.0.0.2\n"
                           "* 60 A 10.0.0.3\n"
                           "*.c 60 CNAME ns\n"
                           "sub 60 NS ns.sub\n"
                           "ns.sub 60 A 10.0.0.4\n"
                           "d.sub 60 DNAME x.\n"
                           "e.sub 60 NS ns\n"
                           "old 60 DNAME new\n"
                           "sub.old 60 NS ns\n"
                           "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom 60 NSEC3 1 0 0 - "
                           "2t7b4g4vsa5smi47k61mv5bv1a22bojr A\n";

/* In the zone example.com, and "-" for none. */
struct row {
    const char *name, *cut, *node;
    bool is_wildcard;
};

static const struct row rows[] = {
    {"@", "-", "@", false},
    {"a.b", "-", "a.b", false},
    {"b", "-", "b", false},
    {"x.b", "-", "-", true},
    {"x", "-", "*", true},
    {"y.x", "-", "*", true},
    {"*", "-", "*", false},
    {"x.*", "-", "-", true},
    {"x.c", "-", "*.c", true},
    {"y.x.c", "-", "*.c", true},
    {"sub", "-", "sub", false},
    {"ns.sub", "sub", "ns.sub", false},
    {"x.sub", "sub", "-", true},
    {"d.sub", "sub", "d.sub", false},
    {"x.d.sub", "sub", "-", true},
    {"x.e.sub", "sub", "-", true},
    {"old", "-", "old", false},
    {"x.y.old", "old", "-", true},
    {"sub.old", "old", "sub.old", false},
    {"0p9mhaveqvm6t7vbl5lop2u3t2rp3tom", "-", "*", true},
};

static void read_zone(void)
{
    const struct zone_file_options options = {.zone = EXAMPLE};

    read_text(zone, strlen(zone), &options);
}

static struct name name_of(const char *text)
{
    struct name name = {NULL, 0};

    ck_assert(name_from_text(&arena, text, strlen(text), EXAMPLE, &name,
                             NULL) == NAME_OK);
    return name;
}

static const char *node_shown(const struct node *node)
{
    struct strbuf text;

    if (!node)
        return "-";
    strbuf_init(&text, &arena);
    name_write_relative(&text, node->owner, EXAMPLE);
    return text.text;
}

START_TEST(name_has_its_spot)
{
    const struct row *row = &rows[_i];
    struct zone_spot spot;

    read_zone();
    spot = zone_spot_find(&set, name_of(row->name));
    ck_assert_msg(strcmp(node_shown(spot.cut), row->cut) == 0, "%s: cut %s",
                  row->name, node_shown(spot.cut));
    ck_assert_msg(strcmp(node_shown(spot.node), row->node) == 0, "%s: node %s",
                  row->name, node_shown(spot.node));
    ck_assert_msg(spot.is_wildcard == row->is_wildcard, "%s", row->name);
}
END_TEST

START_TEST(apex_is_no_cut_of_its_own_zone)
{
    read_zone();
    ck_assert(!zone_cut_is_at(&set, set.top));
    ck_assert(zone_cut_is_at(&set, recordset_find(&set, name_of("sub"))));
    ck_assert(!zone_cut_is_at(&set, recordset_find(&set, name_of("old"))));
}
END_TEST

static Suite *zone_spot_suite(void)
{
    Suite *suite = suite_create("zone_spot");
    TCase *spots = tcase_create("spots");

    tcase_add_checked_fixture(spots, set_up, tear_down);
    tcase_add_loop_test(spots, name_has_its_spot, 0, ROWS(rows));
    tcase_add_test(spots, apex_is_no_cut_of_its_own_zone);
    suite_add_tcase(suite, spots);
    return suite;
}

int main(void)
{
    return run_suite(zone_spot_suite());
}

#include "write/zone_change.h"

#include "dns/recordset.h"
#include "plan_lines.h"
#include "write/zone_records.h"

#define HEAD                                                                   \
    "$TTL 1h\n@ SOA ns.isp.example. mail.isp.example. 1 1h 1h 1w 5m\n"         \
    "@ NS ns.isp.example.\n"
#define SRV "_a._tcp SRV 0 0 1 h\n"

/* Ten records, the NS among them. */
#define NINE                                                                   \
    "a A 10.0.0.1\nb A 10.0.0.1\nc A 10.0.0.1\nd A 10.0.0.1\n"                 \
    "e A 10.0.0.1\nf A 10.0.0.1\ng A 10.0.0.1\nh A 10.0.0.1\n"                 \
    "i A 10.0.0.1\n"

static const struct change_case {
    const char *label;
    const char *old, *new;
    size_t added, removed, old_records, deleted;
    bool much, services;
} cases[] = {
    {"nothing", HEAD, HEAD, 0, 0, 1, 0, false, false},
    {"order and layout", HEAD "a A 10.0.0.1\nb A 10.0.0.2\n",
     HEAD "b 3600 IN A 10.0.0.2\nA A 10.0.0.1 ; x\n", 0, 0, 3, 0, false, false},
    {"told twice", HEAD "a A 10.0.0.1\na A 10.0.0.1\n", HEAD "a A 10.0.0.1\n",
     0, 0, 2, 0, false, false},
    {"serial", HEAD,
     "$TTL 1h\n@ SOA ns.isp.example. mail.isp.example. 2 1h 1h "
     "1w 5m\n@ NS ns.isp.example.\n",
     0, 0, 1, 0, false, false},
    {"a timer of the SOA", HEAD,
     "$TTL 1h\n@ SOA ns.isp.example. "
     "mail.isp.example. 1 1h 1h 1w 6m\n@ NS ns.isp.example.\n",
     1, 1, 1, 0, false, false},
    {"contact", HEAD,
     "$TTL 1h\n@ SOA ns.isp.example. post.isp.example. 1 1h "
     "1h 1w 5m\n@ NS ns.isp.example.\n",
     1, 1, 1, 0, false, false},
    {"TTL of one", HEAD "a A 10.0.0.1\n", HEAD "a 60 A 10.0.0.1\n", 1, 1, 2, 0,
     false, false},
    {"another address", HEAD "a A 10.0.0.1\n", HEAD "a A 10.0.0.2\n", 1, 1, 2,
     0, false, false},
    {"one more address", HEAD "a A 10.0.0.1\n",
     HEAD "a A 10.0.0.2\na A 10.0.0.1\n", 1, 0, 2, 0, false, false},
    {"one address less", HEAD "a A 10.0.0.2\na A 10.0.0.1\n",
     HEAD "a A 10.0.0.1\n", 0, 1, 3, 1, false, false},
    {"two become another", HEAD "a A 10.0.0.2\na A 10.0.0.1\n",
     HEAD "a A 10.0.0.3\n", 1, 2, 3, 1, false, false},
    {"another type", HEAD "a A 10.0.0.1\n", HEAD "a CNAME b\n", 1, 1, 2, 1,
     false, false},
    {"another owner", HEAD "a A 10.0.0.1\n", HEAD "b A 10.0.0.1\n", 1, 1, 2, 1,
     false, false},
    {"a third of nine",
     HEAD
     "a A 10.0.0.1\nb A 10.0.0.1\nc A 10.0.0.1\n"
     "d A 10.0.0.1\ne A 10.0.0.1\nf A 10.0.0.1\ng A 10.0.0.1\nh A 10.0.0.1\n",
     HEAD, 0, 8, 9, 8, false, false},
    {"all but one of ten", HEAD NINE, HEAD, 0, 9, 10, 9, true, false},
    {"four of ten", HEAD NINE,
     HEAD "a A 10.0.0.1\nb A 10.0.0.1\n"
          "c A 10.0.0.1\nd A 10.0.0.1\ne A 10.0.0.1\n",
     0, 4, 10, 4, true, false},
    {"three of ten", HEAD NINE,
     HEAD "a A 10.0.0.1\nb A 10.0.0.1\n"
          "c A 10.0.0.1\nd A 10.0.0.1\ne A 10.0.0.1\nf A 10.0.0.1\n",
     0, 3, 10, 3, false, false},
    {"four of twelve", HEAD NINE "j A 10.0.0.1\nk A 10.0.0.1\n",
     HEAD "a A 10.0.0.1\nb A 10.0.0.1\nc A 10.0.0.1\nd A 10.0.0.1\n"
          "e A 10.0.0.1\nf A 10.0.0.1\ng A 10.0.0.1\n",
     0, 4, 12, 4, false, false},
    {"all renumbered", HEAD NINE,
     HEAD "a A 10.0.0.2\nb A 10.0.0.2\n"
          "c A 10.0.0.2\nd A 10.0.0.2\ne A 10.0.0.2\nf A 10.0.0.2\n"
          "g A 10.0.0.2\nh A 10.0.0.2\ni A 10.0.0.2\n",
     9, 9, 10, 0, false, false},
    {"all renamed", HEAD NINE,
     HEAD "a.x A 10.0.0.1\nb.x A 10.0.0.1\n"
          "c.x A 10.0.0.1\nd.x A 10.0.0.1\ne.x A 10.0.0.1\nf.x A 10.0.0.1\n"
          "g.x A 10.0.0.1\nh.x A 10.0.0.1\ni.x A 10.0.0.1\n",
     9, 9, 10, 9, true, false},
    {"the one service", HEAD "h A 10.0.0.1\n" SRV, HEAD "h A 10.0.0.1\n", 0, 1,
     3, 1, false, true},
    {"one of two services", HEAD "h A 10.0.0.1\n_b._tcp SRV 0 0 1 h\n" SRV,
     HEAD "h A 10.0.0.1\n" SRV, 0, 1, 4, 1, false, false},
    {"another service", HEAD "h A 10.0.0.1\n" SRV,
     HEAD "h A 10.0.0.1\n_b._tcp SRV 0 0 1 h\n", 1, 1, 3, 1, false, false},
    {"a first service", HEAD "h A 10.0.0.1\n", HEAD "h A 10.0.0.1\n" SRV, 1, 0,
     2, 0, false, false},
};

static void read_zone(struct recordset *set, const char *text)
{
    const struct plan_zone zone = {.apex = name_of("example.com")};

    if (zone_records_read(set, &arena, &diag, &zone, "z", text, strlen(text)))
        ck_abort_msg("%s: %s", text, diag.messages[0].text);
}

START_TEST(change_is_counted_and_judged)
{
    const struct change_case *row = &cases[_i];
    struct recordset old, new;
    struct zone_change change;

    read_zone(&old, row->old);
    read_zone(&new, row->new);
    zone_change_find(&change, &old, &new);
    ck_assert_msg(change.added == row->added && change.removed == row->removed,
                  "%s: +%zu -%zu", row->label, change.added, change.removed);
    ck_assert_msg(zone_change_is_none(&change) ==
                      (row->added == 0 && row->removed == 0),
                  "%s", row->label);
    ck_assert_msg(change.old_records == row->old_records &&
                      change.deleted == row->deleted,
                  "%s: %zu of %zu", row->label, change.deleted,
                  change.old_records);
    ck_assert_msg(zone_change_deletes_much(&change) == row->much, "%s",
                  row->label);
    ck_assert_msg(zone_change_deletes_services(&change) == row->services, "%s",
                  row->label);
}
END_TEST

static Suite *zone_change_suite(void)
{
    Suite *suite = suite_create("zone_change");
    TCase *change = tcase_create("change");

    tcase_add_checked_fixture(change, setup, teardown);
    tcase_add_loop_test(change, change_is_counted_and_judged, 0,
                        COUNT_OF(cases));
    suite_add_tcase(suite, change);
    return suite;
}

int main(void)
{
    return run_suite(zone_change_suite());
}

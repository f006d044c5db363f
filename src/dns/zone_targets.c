#include "dns/zone_targets.h"

#include <stdarg.h>
#include <string.h>

#include "base/diag.h"
#include "base/strbuf.h"
#include "dns/recordset.h"
#include "dns/zone_spot.h"

/* ---- what the zone says of a name */

enum answer {
    ANSWER_ADDRESS,
    ANSWER_NO_ADDRESS, /* or no such name at all */
    ANSWER_ALIAS,
    ANSWER_BELOW_DNAME,
    ANSWER_GLUE, /* an address at or below a delegation */
    ANSWER_DELEGATION
};

struct lookup {
    enum answer answer;
    const struct node *node; /* that says so */
};

static bool has_address(const struct node *node)
{
    return node_find(node, RECORD_A) || node_find(node, RECORD_AAAA);
}

static struct lookup look_below_cut(const struct recordset *set,
                                    const struct zone_spot *spot,
                                    const struct node *cut)
{
    if (!zone_cut_is_at(set, cut))
        return (struct lookup){ANSWER_BELOW_DNAME, cut};
    if (has_address(spot->node))
        return (struct lookup){ANSWER_GLUE, spot->node};
    return (struct lookup){ANSWER_DELEGATION, cut};
}

static struct lookup look_up(const struct recordset *set, struct name name)
{
    struct zone_spot spot = zone_spot_find(set, name);

    if (spot.cut)
        return look_below_cut(set, &spot, spot.cut);
    if (spot.node && !spot.is_wildcard && zone_cut_is_at(set, spot.node))
        return look_below_cut(set, &spot, spot.node);
    if (has_address(spot.node))
        return (struct lookup){ANSWER_ADDRESS, spot.node};
    if (node_find(spot.node, RECORD_CNAME))
        return (struct lookup){ANSWER_ALIAS, spot.node};
    return (struct lookup){ANSWER_NO_ADDRESS, spot.node};
}

/* ---- messages */

struct check {
    struct diag *diag;
    const struct recordset *set;
    int result;
    struct strbuf text; /* of the message in work, and names in it */
    struct strbuf target, other;
};

static const char *name_shown(struct strbuf *buf, struct name name)
{
    strbuf_reset(buf);
    name_write_plain(buf, name);
    return buf->text;
}

/* Who may point into the zone, and how much it matters what is there. */
struct pointer {
    uint16_t type;
    enum severity severity;
    bool needs_glue;
    const char *noun;
    const char *no_address, *is_alias, *below_dname; /* ids */
};

static const struct pointer apex_server = {
    .type = RECORD_NS,
    .severity = SEVERITY_ERROR,
    .noun = "name server",
    .no_address = "ns-has-no-address",
    .is_alias = "ns-is-alias",
    .below_dname = "ns-below-dname",
};

static const struct pointer delegated_server = {
    .type = RECORD_NS,
    .severity = SEVERITY_WARNING,
    .needs_glue = true,
    .noun = "name server",
    .no_address = "delegation-has-no-address",
    .is_alias = "delegation-is-alias",
    .below_dname = "delegation-below-dname",
};

static const struct pointer visible_pointers[] = {
    {
        .type = RECORD_MX,
        .severity = SEVERITY_WARNING,
        .noun = "mail server",
        .no_address = "mx-target-has-no-address",
        .is_alias = "mx-target-is-alias",
        .below_dname = "mx-target-below-dname",
    },
    {
        .type = RECORD_SRV,
        .severity = SEVERITY_WARNING,
        .noun = "target of an SRV",
        .no_address = "srv-target-has-no-address",
        .is_alias = "srv-target-is-alias",
        .below_dname = "srv-target-below-dname",
    },
};

static void report(struct check *check, enum severity severity,
                   struct place place, const char *id, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

static void report(struct check *check, enum severity severity,
                   struct place place, const char *id, const char *format, ...)
{
    va_list arguments;

    strbuf_reset(&check->text);
    va_start(arguments, format);
    strbuf_vprintf(&check->text, format, arguments);
    va_end(arguments);
    if (severity == SEVERITY_ERROR)
        check->result =
            diag_error(check->diag, place, id, "%s", check->text.text);
    else
        diag_warning(check->diag, place, id, "%s", check->text.text);
}

static void report_alias(struct check *check, const struct pointer *pointer,
                         struct place place, struct name target,
                         const struct node *at)
{
    report(check, pointer->severity, place, pointer->is_alias,
           "the %s '%s' is an alias; write the name that its CNAME has",
           pointer->noun, name_shown(&check->target, target));
    diag_note(check->diag, node_find(at, RECORD_CNAME)->first->place,
              "the CNAME is here");
}

static void report_dname(struct check *check, const struct pointer *pointer,
                         struct place place, struct name target,
                         const struct node *at)
{
    report(check, pointer->severity, place, pointer->below_dname,
           "the %s '%s' lies below the DNAME of '%s'; write the name that it "
           "becomes",
           pointer->noun, name_shown(&check->target, target),
           name_shown(&check->other, at->owner));
    diag_note(check->diag, node_find(at, RECORD_DNAME)->first->place,
              "the DNAME is here");
}

static void report_glue(struct check *check, struct place place,
                        struct name target, const struct node *cut)
{
    report(check, SEVERITY_WARNING, place, "missing-glue",
           "the name server '%s' lies in the delegated zone '%s' and has no "
           "glue; add its address here, too",
           name_shown(&check->target, target),
           name_shown(&check->other, cut->owner));
}

/* ---- targets */

static void check_target(struct check *check, const struct pointer *pointer,
                         struct place place, struct name target)
{
    struct lookup lookup = look_up(check->set, target);

    switch (lookup.answer) {
    case ANSWER_NO_ADDRESS:
        report(check, pointer->severity, place, pointer->no_address,
               "the %s '%s' lies in this zone and has no address; add an A "
               "record",
               pointer->noun, name_shown(&check->target, target));
        break;
    case ANSWER_ALIAS:
        report_alias(check, pointer, place, target, lookup.node);
        break;
    case ANSWER_BELOW_DNAME:
        report_dname(check, pointer, place, target, lookup.node);
        break;
    case ANSWER_DELEGATION:
        if (pointer->needs_glue)
            report_glue(check, place, target, lookup.node);
        break;
    case ANSWER_ADDRESS:
    case ANSWER_GLUE:
        break;
    }
}

/* "." as the target of an MX or SRV says that there is no such service. */
static void check_targets(struct check *check, const struct node *node,
                          const struct pointer *pointer)
{
    const struct rrset *rrset = node_find(node, pointer->type);

    for (const struct rr *rr = rrset ? rrset->first : NULL; rr; rr = rr->next) {
        struct record record = rrset_record(node, rrset, rr);
        struct name target = record_target(&record);
        bool is_none = target.length == 1 && pointer->type != RECORD_NS;

        if (!is_none && name_is_within(target, check->set->zone))
            check_target(check, pointer, rr->place, target);
    }
}

/* A delegated name is the other zone's, but for its name servers. */
static void check_pointers(struct check *check, const struct node *node)
{
    if (node == check->set->top) {
        check_targets(check, node, &apex_server);
    } else if (node_find(node, RECORD_NS)) {
        check_targets(check, node, &delegated_server);
        return;
    }
    for (size_t i = 0; i < sizeof visible_pointers / sizeof visible_pointers[0];
         i++)
        check_targets(check, node, &visible_pointers[i]);
}

int zone_targets_check(struct diag *diag, const struct recordset *set)
{
    struct check check = {.diag = diag, .set = set};

    strbuf_init(&check.text, diag->arena);
    strbuf_init(&check.target, diag->arena);
    strbuf_init(&check.other, diag->arena);
    for (size_t i = 0; i < set->node_count; i++) {
        const struct node *node = set->nodes[i];

        if (!node->parent || !node->parent->cut)
            check_pointers(&check, node);
    }
    return check.result;
}

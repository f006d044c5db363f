#include "write/canon_writer.h"

#include "base/diag.h"
#include "base/strbuf.h"
#include "base/terminal.h"
#include "dns/rare_rdata.h"
#include "dns/recordset.h"

static void write_record(struct strbuf *out, const struct node *node,
                         const struct rrset *rrset, const struct rr *rr)
{
    name_write(out, node->owner);
    strbuf_add_char(out, ' ');
    if (rrset->ttl_seconds != RECORDSET_NO_TTL) {
        strbuf_add_number(out, rrset->ttl_seconds);
        strbuf_add_char(out, ' ');
    }
    strbuf_add_text(out, "IN ");
    rare_type_write(out, rrset->type);
    strbuf_add_char(out, ' ');
    rare_data_write(out, rrset->type, rr->data);
    strbuf_add_char(out, '\n');
}

void canon_write(struct strbuf *out, const struct recordset *set)
{
    for (const struct node *node = set->top; node;
         node = recordset_next(set, node))
        for (const struct rrset *rrset = node->rrsets; rrset;
             rrset = rrset->next)
            for (const struct rr *rr = rrset->first; rr; rr = rr->next)
                write_record(out, node, rrset, rr);
}

/* No file names: git gives each side a name of its own.  Only errors have a
 * place, or an entry that moves would be a difference for its warning. */
void canon_write_messages(struct strbuf *out, struct diag *diag)
{
    static const char *const words[] = {"note", "warning", "error"};
    size_t hidden = diag->errors + diag->warnings + diag->infos - diag->count;

    diag_sort(diag);
    for (size_t i = diag->printed; i < diag->count; i++) {
        const struct diag_message *message = &diag->messages[i];

        strbuf_add_text(out, "; ");
        if (message->severity == SEVERITY_ERROR && message->place.line > 0)
            strbuf_printf(out, "%u:%u: ", message->place.line,
                          message->place.column);
        strbuf_printf(out, "%s: ", words[message->severity]);
        terminal_add(out, message->text);
        strbuf_printf(out, " [%s]\n", message->id);
    }
    if (hidden > 0)
        strbuf_printf(out, "; %zu more messages are not shown\n", hidden);
    diag_discard(diag);
}

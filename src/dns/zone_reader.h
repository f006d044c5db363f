/*
 * What the parts of the zone reader share while they read one zone; private
 * to them: zone_file.c (entries), zone_plain.c, zone_owner.c, zone_record.c,
 * zone_rdata.c, zone_directives.c, zone_generate.c and zone_include.c.
 *
 * Each part takes the token that was read last, reader->token, and leaves
 * there the last one that it read.  It reports its errors and returns -1;
 * the rest of the entry is passed over by who called it.
 */
#ifndef DNS_ZONE_READER_H
#define DNS_ZONE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/strbuf.h"
#include "dns/name.h"
#include "dns/rare_rdata.h"
#include "dns/record.h"
#include "dns/zone_file.h"
#include "dns/zone_lexer.h"

struct arena;
struct node;
struct recordset;
struct rrset;

/* Room for the longest data, and for a field that makes them longer before
 * that is seen. */
#define ZONE_MOST_DATA 65535u
#define ZONE_DATA_ROOM (ZONE_MOST_DATA + 513)

/* Owner of the entries that follow. */
struct zone_owner {
    bool is_set;
    struct name name;  /* in the octets below */
    struct node *node; /* NULL: out of the zone */
    uint32_t batch;    /* of entries that named takes in together */
    /* As it was told, to see at once that it is told again. */
    const char *text;
    size_t text_length;
    struct name origin;
    uint8_t octets[NAME_MAX_OCTETS];
};

/* A TTL that an RRset gets back. */
struct zone_kept_ttl {
    struct rrset *rrset;
    uint32_t ttl_seconds;
    struct zone_kept_ttl *next;
};

/* A file, and how far it is read. */
struct zone_source {
    struct zone_source *parent; /* that includes it */
    const char *file;
    const char *path; /* the real one, to find circles */
    unsigned depth;
    struct zone_lexer lexer;
    struct name origin;
    bool origin_is_new; /* since the last record */
    struct zone_owner current;
    struct zone_owner glue; /* is_set while it stands for current: an address
                             * behind the NS that names it */
    size_t gathered;        /* octets of data in the batches of these two */
    size_t gathered_before_glue;
    struct zone_kept_ttl *kept; /* when glue ends that is current itself */
};

struct zone_reader {
    struct arena *arena;
    struct diag *diag;
    struct recordset *set;
    const char *directory; /* of the first file */
    const char *include_root;
    const char *real_root; /* all links followed; NULL until it is asked for */
    const char *real_file; /* of the first file, the same */
    bool is_fragment;
    bool refuses_out_of_zone;

    struct zone_source *source;
    struct zone_token token;
    struct zone_token target;  /* the last name in the data */
    const struct place *place; /* stands for that of any token, where set:
                                * what $GENERATE makes is nowhere written */

    uint32_t ttl_seconds; /* of the last record */
    bool has_ttl;         /* one was said */
    uint32_t default_ttl_seconds;
    bool has_default_ttl;
    bool told_ttl_taken;
    bool told_age;
    bool told_out_of_zone, told_ttl_differs; /* by this $GENERATE */
    bool has_date;                           /* a $DATE was there */
    bool is_full;                            /* nothing more is read */
    struct strbuf shown[2];                  /* names in the message in work */

    uint32_t last_batch;
    size_t generated;
    size_t includes;
    size_t bytes_left; /* of ZONE_FILE_MOST_BYTES */

    uint8_t *data; /* of the record that is being read: ZONE_DATA_ROOM */
    struct rare_token *tokens;
    size_t token_capacity;
};

/* ---- zone_file.c */

/* Reports the fault that reader->token is; returns -1. */
int zone_token_fault(struct zone_reader *reader);

/* Reads the next token of the entry.  Returns -1, and reports, when that is a
 * fault. */
static inline int zone_next(struct zone_reader *reader)
{
    zone_lexer_next(&reader->source->lexer, &reader->token);
    return reader->token.kind == ZONE_TOKEN_FAULT ? zone_token_fault(reader)
                                                  : 0;
}

/* Passes over the rest of the entry.  Returns -1, and reports, when a
 * parenthesis is never closed: whatever else is wrong, that is why there is no
 * next entry. */
int zone_skip_entry(struct zone_reader *reader);

struct place zone_place(const struct zone_reader *reader,
                        const struct zone_token *token);

/* The text of a name for a message, which can have two of them: 0 and 1. */
const char *zone_name_shown(struct zone_reader *reader, int which,
                            struct name name);

/* Reports that reader->token is not what should stand there, which wanted is a
 * noun for.  Returns -1. */
int zone_unexpected(struct zone_reader *reader, const char *wanted);

/* Reads the next token, unless the entry has ended already; it has to be the
 * end. */
int zone_expect_end(struct zone_reader *reader);

/* The same behind a directive: named does not take the end of the file for
 * it. */
int zone_expect_line_end(struct zone_reader *reader);

/* Reads reader->token as a name into octets (NAME_MAX_OCTETS). */
int zone_read_name(struct zone_reader *reader, uint8_t *octets,
                   struct name *name);

/* Begins to read a text; file and path are lent. */
void zone_push_source(struct zone_reader *reader, const char *file,
                      const char *path, const char *text, size_t length,
                      struct name origin);

/* ---- zone_owner.c */

/* reader->token is the owner of the entry; the same in *owner. */
int zone_set_owner(struct zone_reader *reader, struct zone_owner **owner);

/* The same where the name that the token tells is known. */
int zone_take_owner(struct zone_reader *reader, struct name name,
                    struct zone_owner **owner);

/* The node of an owner; NULL, with a warning, when that lies out of the zone.
 * Returns -1 when there can be no more nodes. */
int zone_find_node(struct zone_reader *reader, struct name owner,
                   struct node **node);

/* Owner of an entry that leaves it out; NULL when there is none yet. */
struct zone_owner *zone_last_owner(struct zone_source *source);

/* Entries of the current owner that follow are of a new batch. */
void zone_end_batches(struct zone_reader *reader, struct zone_source *source);

/* Data of that length were added to the batch of reader->source: where they
 * are too many together, named takes them in before the next ones. */
void zone_gather(struct zone_reader *reader, uint16_t length);

/* Reports that there can be no more names or records, and ends the reading.
 * Returns -1. */
int zone_tell_full(struct zone_reader *reader);

/* ---- zone_rdata.c */

struct zone_type {
    uint16_t number;
    const struct record_type *known; /* NULL for a rare one */
};

struct zone_data {
    struct record_data data; /* in reader->data */
    uint16_t covers;
    bool is_generic; /* told in the form of RFC 3597 */
};

/* Reads the data up to the end of the entry, which is the token then. */
int zone_read_data(struct zone_reader *reader, const struct zone_type *type,
                   struct zone_data *data);

/* ---- zone_record.c */

/* Reads [TTL] [CLASS] in either order from reader->token on; the token behind
 * them is left.  The TTL is that of the reader where has_ttl becomes true. */
int zone_read_ttl_and_class(struct zone_reader *reader, bool *has_ttl);

/* Reads reader->token as a type; reports one that no zone can have, too. */
int zone_read_type(struct zone_reader *reader, struct zone_type *type);

/* A TTL over 31 bits is 0, with a warning. */
uint32_t zone_limit_ttl(struct zone_reader *reader, uint32_t seconds,
                        const struct zone_token *token);

/* Reports an SOA of another owner than the apex. */
int zone_check_soa_owner(struct zone_reader *reader, struct name owner,
                         const struct zone_type *type, struct place place);

/* Adds what was read to the set; place is that of the entry. */
int zone_add(struct zone_reader *reader, struct node *node, uint32_t batch,
             const struct zone_type *type, const struct zone_data *data,
             struct place place);

/* Checks and adds what was read of an entry; the TTL is that of the reader
 * where it has one. */
int zone_take_record(struct zone_reader *reader, const struct zone_owner *owner,
                     const struct zone_type *type, const struct zone_data *data,
                     bool has_ttl, struct place place);

/* Reads an entry behind its owner; reader->token is what follows it, place
 * that of the entry. */
int zone_read_record(struct zone_reader *reader, struct zone_owner *owner,
                     struct place place);

/* ---- zone_plain.c */

/*
 * Reads the next entry, where that is one plain line, as most are: words and
 * blanks alone, a type that has fields, and nothing wrong with it.  False, and
 * nothing is done, for any other; true with what came of it in *status.
 */
bool zone_read_plain(struct zone_reader *reader, int *status);

/* ---- zone_directives.c, zone_generate.c, zone_include.c */

/* reader->token is a $DIRECTIVE. */
int zone_read_directive(struct zone_reader *reader);

/* reader->token is $GENERATE. */
int zone_generate(struct zone_reader *reader);

/* Begins to read the file that path (a token) names, with that origin. */
int zone_include(struct zone_reader *reader, const struct zone_token *path,
                 struct name origin);

#endif

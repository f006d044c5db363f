/*
 * A master file from anywhere: what is read keeps the promises of the
 * headers, and its canonical form is read as what it is.
 *
 * The zone is example.com.  With "; unknown" as the first line it is to be
 * found out, with "; fragment" the file is a piece of one that nobody names,
 * with "; fragment of example.com" one of that.  It lies in tests/zones, of
 * whose include/ it can read the files when the fuzzer runs in the
 * project's directory.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/strbuf.h"
#include "dns/rare_rdata.h"
#include "dns/recordset.h"
#include "dns/zone_check.h"
#include "dns/zone_file.h"
#include "dns/zone_lexer.h"
#include "dns/zone_resolver.h"
#include "write/canon_writer.h"

#define MOST_BYTES ((size_t)64 * 1024)
/* A million records are well, but not a thousand times a minute. */
#define MOST_GENERATED 1000
#define MOST_ASKED     100

static const char file_name[] = "tests/zones/fuzz.zone";
static const char include_root[] = "tests/zones/include";
static const uint8_t example[] = "\7example\3com";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void abort_on_out_of_memory(void *context)
{
    (void)context;
    abort();
}

static void require(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

/* ---- what is too slow for a fuzzer */

/* Records of a range as 1-20/2; whatever is none is refused at once. */
static unsigned long long range_size(const struct zone_token *token)
{
    char text[100];
    long long first, last, step;
    char *end;

    if (token->length >= sizeof text)
        return MOST_GENERATED + 1;
    memcpy(text, token->text, token->length);
    text[token->length] = '\0';
    first = strtoll(text, &end, 10);
    if (*end != '-')
        return 0;
    last = strtoll(end + 1, &end, 10);
    step = *end == '/' ? strtoll(end + 1, NULL, 10) : 1;
    if (last < first)
        return 0;
    if (step < 1)
        step = 1;
    return ((unsigned long long)last - (unsigned long long)first) /
               (unsigned long long)step +
           1;
}

static bool generates_too_much(const char *text, size_t length)
{
    static const char word[] = "$GENERATE";
    unsigned long long count = 0;
    struct zone_lexer lexer;
    struct zone_token token;

    zone_lexer_init(&lexer, text, length);
    do {
        zone_lexer_next(&lexer, &token);
        if (token.length != strlen(word) ||
            strncasecmp(token.text, word, token.length) != 0)
            continue;
        zone_lexer_next(&lexer, &token);
        count += range_size(&token);
    } while (token.kind != ZONE_TOKEN_END_OF_FILE && count <= MOST_GENERATED);
    return count > MOST_GENERATED;
}

/* ---- what holds of a set */

static void check_name(struct name name)
{
    size_t at = 0;

    require(name.length >= 1, "a name is there");
    while (at < name.length && name.octets[at] != 0) {
        require(name.octets[at] <= NAME_MAX_LABEL, "a label is short");
        for (unsigned i = 1; i <= name.octets[at]; i++)
            require(name.octets[at + i] < 'A' || name.octets[at + i] > 'Z',
                    "a name is in lower case");
        at += name.octets[at] + 1u;
    }
    require(at + 1 == name.length, "a name ends with the root");
}

static void check_data(const struct rrset *rrset, const struct rr *rr)
{
    const struct record_type *type = record_type_by_number(rrset->type);
    uint8_t octets[UINT16_MAX];

    require(rr->place.file && rr->place.line > 0 && rr->place.column > 0,
            "a record has a place");
    require(rr->data.octets || rr->data.length == 0, "data are there");
    if (!type || !rr->data.octets)
        return;
    memcpy(octets, rr->data.octets, rr->data.length);
    require(record_data_fold(type, octets, rr->data.length),
            "data are what the type says");
    require(memcmp(octets, rr->data.octets, rr->data.length) == 0,
            "names in data are in lower case");
}

static void check_rrset(const struct rrset *rrset, bool is_fragment)
{
    size_t count = 0;

    require(rrset->ttl_seconds <= RECORD_MAX_TTL ||
                (is_fragment && rrset->ttl_seconds == RECORDSET_NO_TTL),
            "a TTL has 31 bits");
    require(!rare_type_is_refused(rrset->type), "a zone can have the type");
    for (const struct rr *rr = rrset->first; rr; rr = rr->next, count++) {
        check_data(rrset, rr);
        require(rr->next || rr == rrset->last, "the last record is known");
    }
    require(count > 0, "an RRset is not empty");
}

static void check_node(const struct recordset *set, const struct node *node,
                       bool is_fragment)
{
    check_name(node->owner);
    require(recordset_find(set, node->owner) == node, "a node is found");
    if (node == set->top)
        require(!node->parent, "nothing is above the top");
    else
        require(name_equal(name_parent(node->owner), node->parent->owner),
                "a node lies below its parent");
    for (const struct rrset *rrset = node->rrsets; rrset; rrset = rrset->next)
        check_rrset(rrset, is_fragment);
}

static void check_set(const struct recordset *set, bool is_fragment)
{
    const struct node *before = NULL;
    size_t count = 0;

    for (const struct node *node = set->top; node;
         node = recordset_next(set, node)) {
        check_node(set, node, is_fragment);
        require(!before || name_compare(before->owner, node->owner) < 0,
                "names are in canonical order");
        before = node;
        count++;
    }
    require(count == set->node_count, "all nodes are reached");
}

/* ---- the canonical form, read once more */

static size_t line_length(const char *text)
{
    return strcspn(text, "\n") + 1;
}

static bool is_record_of(const char *line, const char *type)
{
    char found[20];

    return sscanf(line, "%*s %*u IN %19s", found) == 1 &&
           strcmp(found, type) == 0;
}

/* $GENERATE makes what named refuses as an entry of its own: names that are
 * no host names, as \# does, and DS records at the top, where sorting may
 * bring those of glue, too. */
static bool may_be_refused(const struct diag_message *message, const char *line)
{
    if (strcmp(message->id, "host-name-not-allowed") == 0)
        return true;
    return strcmp(message->id, "zone-syntax") == 0 && is_record_of(line, "DS");
}

/* Adds the lines of text that nothing was said of. */
static void add_accepted(struct strbuf *out, const char *text,
                         struct diag *diag)
{
    size_t next = 0;

    diag_sort(diag);
    for (uint32_t line = 1; *text; line++, text += line_length(text)) {
        bool refused = false;

        for (; next < diag->count && diag->messages[next].place.line == line;
             next++) {
            require(may_be_refused(&diag->messages[next], text),
                    diag->messages[next].text);
            refused = true;
        }
        if (!refused)
            strbuf_add(out, text, line_length(text));
    }
    require(next == diag->count, "what is wrong lies in the text");
}

static void check_again(struct arena *arena, const struct strbuf *canon,
                        const struct zone_file_options *options)
{
    struct strbuf again, accepted;
    struct recordset set;
    struct diag diag;

    diag_init(&diag, arena);
    strbuf_init(&again, arena);
    strbuf_init(&accepted, arena);
    zone_file_read_text(arena, &diag, file_name, canon->text, canon->length,
                        options, &set);
    recordset_sort(&set);
    canon_write(&again, &set);
    if (diag.errors > DIAG_KEPT)
        return;
    add_accepted(&accepted, canon->text, &diag);
    require(strcmp(accepted.text, again.text) == 0,
            "the canonical form of the canonical form is the same");
}

/* ---- questions */

static void check_answers(const struct answer *answer)
{
    for (; answer; answer = answer->next) {
        check_name(answer->owner);
        require(answer->first != NULL, "an answer has records");
    }
}

static void ask(const struct resolver *resolver, struct arena *arena,
                struct name name, uint16_t type)
{
    const struct question question = {name, type};
    struct response response;

    if (name_is_absent(name))
        return;
    require(resolver->ask(resolver, arena, &question, &response) == 0,
            "there is a response");
    require(response.kind != RESPONSE_REFUSED, "the zone is served");
    require(response.kind != RESPONSE_ANSWER || response.answers,
            "an answer has something in it");
    check_name(response.last_name);
    check_answers(response.answers);
    check_answers(response.authority);
    response_rcode(&response);
}

static void ask_all(struct arena *arena, const struct recordset *set)
{
    static const uint16_t types[] = {RECORD_A,  RECORD_NS, RECORD_CNAME,
                                     RECORD_DS, 46,        255};
    struct zone_resolver zones;
    struct resolver resolver;
    size_t left = MOST_ASKED;

    zone_resolver_init(&zones, arena, &set, 1);
    resolver = zone_resolver(&zones);
    for (const struct node *node = set->top; node && left > 0;
         node = recordset_next(set, node), left--)
        for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
            ask(&resolver, arena, node->owner, types[i]);
            ask(&resolver, arena, name_prepend(arena, "x", node->owner),
                types[i]);
        }
}

/* ---- one input */

static bool starts_with(const uint8_t *data, size_t size, const char *line)
{
    return size >= strlen(line) && memcmp(data, line, strlen(line)) == 0;
}

static struct zone_file_options options_of(const uint8_t *data, size_t size)
{
    struct zone_file_options options = {
        .zone = {example, sizeof example},
        .include_root = include_root,
        .is_fragment = starts_with(data, size, "; fragment"),
    };

    if (starts_with(data, size, "; fragment\n") ||
        starts_with(data, size, "; unknown\n"))
        options.zone = (struct name){0};
    return options;
}

static void print(struct diag *diag)
{
    static FILE *nowhere;

    if (!nowhere)
        nowhere = fopen("/dev/null", "w");
    if (nowhere)
        diag_print(diag, nowhere, SEVERITY_INFO, true);
}

static void try_text(struct arena *arena, struct diag *diag, const char *text,
                     size_t size, struct zone_file_options *options)
{
    struct strbuf canon;
    struct recordset set;
    int status =
        zone_file_read_text(arena, diag, file_name, text, size, options, &set);

    require((status < 0) == (diag->errors > 0), "a refusal says why");
    recordset_sort(&set);
    check_set(&set, options->is_fragment);
    strbuf_init(&canon, arena);
    canon_write(&canon, &set);
    if (!name_is_absent(set.zone)) {
        size_t errors = diag->errors;
        int checked = zone_check(diag, &set, file_name);

        require((checked < 0) == (diag->errors > errors),
                "a check that fails says why");
        ask_all(arena, &set);
        options->zone = set.zone;
    }
    if (status == 0)
        check_again(arena, &canon, options);
    print(diag);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    struct zone_file_options options = options_of(data, size);
    struct arena arena;
    struct diag diag;

    if (size > MOST_BYTES || generates_too_much(text, size))
        return 0;
    arena_init(&arena, abort_on_out_of_memory, NULL);
    diag_init(&diag, &arena);
    diag_add_source(&diag, file_name, text, size);
    try_text(&arena, &diag, text, size, &options);
    arena_release(&arena);
    return 0;
}

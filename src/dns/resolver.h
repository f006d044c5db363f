/*
 * Whoever answers DNS questions: zones that were read, the plan, a name
 * server.  Who asks does not know which one it is.
 */
#ifndef DNS_RESOLVER_H
#define DNS_RESOLVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/name.h"
#include "dns/record.h"

struct arena;
struct rr;

struct question {
    struct name name;
    uint16_t type;
};

/* What a response means for the last name of its chain of aliases. */
enum response_kind {
    RESPONSE_ANSWER,   /* there are records of that type */
    RESPONSE_NODATA,   /* the name exists and has none of that type */
    RESPONSE_NXDOMAIN, /* the name does not exist (RFC 2308, RFC 8020) */
    RESPONSE_REFERRAL, /* another server's, at or below a zone cut */
    RESPONSE_ALIAS,    /* to be asked for anew: an alias leads there, and who
                        * answered does not follow it */
    RESPONSE_ENDLESS,  /* aliases lead in a circle, or too far */
    RESPONSE_TOO_LONG, /* a DNAME makes no name of it (RFC 6672 section 2.2) */
    RESPONSE_REFUSED   /* no zone for the name itself is served here */
};

/* An RRset as it stands in a response: the owner is the name that was asked
 * for where a wildcard or a DNAME made it. */
struct answer {
    struct name owner;
    uint16_t type;
    uint32_t ttl_seconds;
    const struct rr *first; /* of the list of records, by next */
    bool is_from_wildcard;
    struct answer *next;
};

struct response {
    enum response_kind kind;
    struct name last_name; /* of the chain; the one asked for without aliases */
    bool is_authoritative; /* the AA bit: of the first name of the chain */
    struct answer *answers; /* aliases in the order of the chain, then the rest;
                             * NULL for none */
    struct answer *authority; /* SOA of a negative response, NS of a referral */
};

/* RCODE as a server sends it: 0 NOERROR, 2 SERVFAIL (an endless chain),
 * 3 NXDOMAIN, 5 REFUSED, 6 YXDOMAIN (too long). */
unsigned response_rcode(const struct response *response);

struct resolver;

/* Answers one question; the response lives in the arena, with views of the
 * question's name.  Returns -1 when no answer could be had, which the resolver
 * has reported. */
typedef int resolver_ask(const struct resolver *resolver, struct arena *arena,
                         const struct question *question,
                         struct response *response);

struct resolver {
    resolver_ask *ask;
    void *context; /* for ask */
};

#endif

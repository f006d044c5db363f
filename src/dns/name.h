/*
 * Domain names in their one inner form: absolute, in wire form, lower case.
 *
 *     _sip._tls.example.com.    4 _ s i p  4 _ t l s  7 e x a m p l e  3 c o m
 * 0 ^ octets                                length 23
 *
 * A struct name is a view of octets that somebody else owns; it is passed by
 * value, and the parent of a name is a view of its tail.  Text becomes a name
 * at the border (name_from_text) and a name becomes text when it is written.
 * A name with length 0 is no name; the root has length 1.
 */
#ifndef DNS_NAME_H
#define DNS_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena;
struct strbuf;

#define NAME_MAX_OCTETS 255 /* RFC 1035 section 3.1 */
#define NAME_MAX_LABEL  63

struct name {
    const uint8_t *octets;
    uint8_t length;
};

enum name_fault {
    NAME_OK,
    NAME_EMPTY,          /* no text at all, or "@" with no origin */
    NAME_EMPTY_LABEL,    /* a dot at the start or two in a row */
    NAME_LABEL_TOO_LONG, /* over 63 octets */
    NAME_TOO_LONG,       /* over 255 octets in wire form */
    NAME_BAD_ESCAPE      /* \ at the end, \DDD over 255 or cut short, or \[ at
                          * the start of a label */
};

static inline bool name_is_absent(struct name name)
{
    return name.length == 0;
}

/*
 * Reads a master-file name (RFC 1035 section 5.1: escapes \DDD and \X, "@" is
 * the origin) of length characters.  Without a final dot it is relative to
 * origin; an absent origin makes it absolute anyway.  ASCII letters are
 * folded to lower case, octets outside of ASCII are kept.  On success *name
 * lives in the arena; otherwise *name is untouched and *offset, where offset
 * is not NULL, tells the character that is at fault.
 */
enum name_fault name_from_text(struct arena *arena, const char *text,
                               size_t length, struct name origin,
                               struct name *name, size_t *offset);

enum name_case { NAME_FOLDED, NAME_AS_WRITTEN };

/* As name_from_text, into octets, which have room for NAME_MAX_OCTETS and are
 * written to after a fault, too.  A name as written is none of ours: it only
 * tells whether two were written alike. */
enum name_fault name_parse(const char *text, size_t length, struct name origin,
                           enum name_case letters, uint8_t *octets,
                           struct name *name, size_t *offset);

/* Octets of the uncompressed name that left octets begin with, 0 when there is
 * none. */
size_t name_measure(const uint8_t *octets, size_t left);

/* Makes a name in wire form lower case. */
void name_fold(uint8_t *octets, size_t length);

/* Adds the name in master-file syntax, absolute, with its final dot. */
void name_write(struct strbuf *buf, struct name name);

/* As name_write, but relative where the name lies at or below origin: "@" for
 * the origin itself. */
void name_write_relative(struct strbuf *buf, struct name name,
                         struct name origin);

/* Adds the name as people and JSON write it: no final dot ("." is the root),
 * same escapes. */
void name_write_plain(struct strbuf *buf, struct name name);

/* name_write_plain into the arena. */
const char *name_to_text(struct arena *arena, struct name name);

static inline bool name_equal(struct name one, struct name other)
{
    return one.length == other.length &&
           (one.length == 0 ||
            memcmp(one.octets, other.octets, one.length) == 0);
}

/* Canonical order (RFC 4034 section 6.1): <0, 0, >0.  An absent name comes
 * first. */
int name_compare(struct name one, struct name other);

/* Does name lie at or below ancestor? */
bool name_is_within(struct name name, struct name ancestor);

/* Does name lie below ancestor, and is not the ancestor itself? */
bool name_is_below(struct name name, struct name ancestor);

/* Labels without the root: 0 for ".". */
unsigned name_label_count(struct name name);

/* Without its first label; absent for the root. */
struct name name_parent(struct name name);

/* The first label of name in front of suffix, in the arena; absent when that
 * would be over 255 octets.  name must not be the root. */
struct name name_move(struct arena *arena, struct name name,
                      struct name suffix);

/* label (at most 63 octets, not empty, taken as it is but folded) in front of
 * suffix; absent when that would be over 255 octets. */
struct name name_prepend(struct arena *arena, const char *label,
                         struct name suffix);

/* A copy whose octets live in the arena. */
struct name name_copy(struct arena *arena, struct name name);

#endif

/*
 * The tokens of a master file, as BIND finds them (RFC 1035 section 5.1).
 *
 *     sip   IN SRV ( 0 0   ; why
 *                    5061 "a \" b" )
 *     WORD  WORD WORD WORD WORD WORD STRING END
 *
 * Parentheses join lines and are never seen outside; a comment is white
 * space and ends with its LF; elsewhere LF, CR LF and CR each end a line.
 * A token is a piece of the text itself: escapes in it are still there.
 */
#ifndef DNS_ZONE_LEXER_H
#define DNS_ZONE_LEXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum zone_token_kind {
    ZONE_TOKEN_WORD,
    ZONE_TOKEN_STRING, /* in quotes; text and length are what they enclose */
    ZONE_TOKEN_BLANK,  /* white space that begins an entry */
    ZONE_TOKEN_END,    /* of a line, outside of parentheses */
    ZONE_TOKEN_END_OF_FILE,
    ZONE_TOKEN_FAULT
};

enum zone_lexer_fault {
    ZONE_LEXER_OPEN_QUOTE,  /* a line, or the file, ends inside of quotes */
    ZONE_LEXER_OPEN_PAREN,  /* the file ends inside of parentheses */
    ZONE_LEXER_STRAY_PAREN, /* ')' without '(' */
    ZONE_LEXER_NUL          /* a NUL octet outside of quotes and comments */
};

struct zone_token {
    enum zone_token_kind kind;
    enum zone_lexer_fault fault; /* of ZONE_TOKEN_FAULT */
    const char *text;
    size_t length;
    uint32_t line;          /* 1-based */
    const char *line_start; /* its first character */
};

struct zone_lexer {
    const char *next;
    const char *end;
    const char *line_start;
    uint32_t line;
    uint32_t parentheses; /* open ones */
    bool at_start;        /* of an entry */
    /* Of the outermost parenthesis. */
    const char *open;
    const char *open_line_start;
    uint32_t open_line;
};

/* Starts behind a byte-order mark. */
void zone_lexer_init(struct zone_lexer *lexer, const char *text, size_t length);

/* The next token.  A fault is told once; behind it the entry goes on. */
void zone_lexer_next(struct zone_lexer *lexer, struct zone_token *token);

/* Passes over the rest of an entry, parentheses that are open included, and
 * its ZONE_TOKEN_END.  token is the last one that was read. */
void zone_lexer_skip_entry(struct zone_lexer *lexer,
                           const struct zone_token *token);

/* Column of a token, 1-based, in characters. */
uint32_t zone_token_column(const struct zone_token *token);

/* Is it that word, or string, in any case? */
bool zone_token_is(const struct zone_token *token, const char *word);

static inline bool zone_token_ends(const struct zone_token *token)
{
    return token->kind == ZONE_TOKEN_END ||
           token->kind == ZONE_TOKEN_END_OF_FILE;
}

#endif

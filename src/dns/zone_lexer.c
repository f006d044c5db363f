#include "dns/zone_lexer.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"

/* Those of which words are made come first. */
enum class {
    CLASS_WORD,
    CLASS_ESCAPE,
    CLASS_BLANK,
    CLASS_LF,
    CLASS_CR,
    CLASS_OPEN,
    CLASS_CLOSE,
    CLASS_QUOTE,
    CLASS_COMMENT,
    CLASS_NUL
};

static const uint8_t classes[256] = {
    ['\0'] = CLASS_NUL,    ['\t'] = CLASS_BLANK, [' '] = CLASS_BLANK,
    ['\n'] = CLASS_LF,     ['\r'] = CLASS_CR,    ['('] = CLASS_OPEN,
    [')'] = CLASS_CLOSE,   ['"'] = CLASS_QUOTE,  [';'] = CLASS_COMMENT,
    ['\\'] = CLASS_ESCAPE,
};

static enum class class_of(char octet) {
    return (enum class)classes[(unsigned char)octet];
}

void zone_lexer_init(struct zone_lexer *lexer, const char *text, size_t length)
{
    const char *start = text + utf8_mark_length(text, length);

    *lexer = (struct zone_lexer){
        .next = start,
        .end = text + length,
        .line_start = start,
        .line = 1,
        .at_start = true,
    };
}

static void start_token(const struct zone_lexer *lexer,
                        enum zone_token_kind kind, struct zone_token *token)
{
    token->kind = kind;
    token->text = lexer->next;
    token->length = 0;
    token->line = lexer->line;
    token->line_start = lexer->line_start;
}

static void set_fault(struct zone_token *token, enum zone_lexer_fault fault)
{
    token->kind = ZONE_TOKEN_FAULT;
    token->fault = fault;
}

static void start_line(struct zone_lexer *lexer)
{
    lexer->line++;
    lexer->line_start = lexer->next;
}

/* A CR that stands alone is a line's end for whoever counts lines. */
static bool is_lone_cr(const struct zone_lexer *lexer)
{
    return *lexer->next == '\r' &&
           (lexer->end - lexer->next < 2 || lexer->next[1] != '\n');
}

/* One octet that ends no entry, but perhaps a line. */
static void pass_octet(struct zone_lexer *lexer)
{
    bool ends_line = *lexer->next == '\n' || is_lone_cr(lexer);

    lexer->next++;
    if (ends_line)
        start_line(lexer);
}

/* Behind LF, CR LF or CR. */
static void pass_line_end(struct zone_lexer *lexer)
{
    if (*lexer->next == '\r' && !is_lone_cr(lexer))
        lexer->next++;
    lexer->next++;
    start_line(lexer);
}

static void pass_comment(struct zone_lexer *lexer)
{
    size_t left = (size_t)(lexer->end - lexer->next);
    const char *lf = memchr(lexer->next, '\n', left);
    const char *end = lf ? lf : lexer->end;

    if (memchr(lexer->next, '\r', (size_t)(end - lexer->next)))
        while (lexer->next < end)
            pass_octet(lexer);
    lexer->next = end;
}

static void read_word(struct zone_lexer *lexer, struct zone_token *token)
{
    const char *next = lexer->next, *end = lexer->end;

    for (;;) {
        while (next < end && class_of(*next) == CLASS_WORD)
            next++;
        if (next == end || class_of(*next) != CLASS_ESCAPE)
            break;
        next++;
        if (next < end && *next != '\n' && *next != '\r')
            next++;
    }
    lexer->next = next;
    token->length = (size_t)(next - token->text);
}

/* Only an LF that no backslash precedes cannot stand in quotes. */
static void read_string(struct zone_lexer *lexer, struct zone_token *token)
{
    bool escaped = false;

    token->text = ++lexer->next;
    for (; lexer->next < lexer->end; pass_octet(lexer)) {
        if (!escaped && *lexer->next == '\n')
            break;
        if (!escaped && *lexer->next == '"') {
            token->length = (size_t)(lexer->next++ - token->text);
            return;
        }
        escaped = !escaped && *lexer->next == '\\';
    }
    token->text--;
    set_fault(token, ZONE_LEXER_OPEN_QUOTE);
}

static void open_parenthesis(struct zone_lexer *lexer)
{
    if (lexer->parentheses++ == 0) {
        lexer->open = lexer->next;
        lexer->open_line = lexer->line;
        lexer->open_line_start = lexer->line_start;
    }
    lexer->next++;
}

/* Comments, parentheses, white space and the line ends among them, until
 * there is a token; false at a parenthesis that closes nothing. */
static bool pass_space(struct zone_lexer *lexer)
{
    for (;; lexer->at_start = false) {
        while (lexer->next < lexer->end &&
               class_of(*lexer->next) == CLASS_BLANK)
            lexer->next++;
        if (lexer->next == lexer->end)
            return true;
        switch (class_of(*lexer->next)) {
        case CLASS_COMMENT:
            pass_comment(lexer);
            break;
        case CLASS_OPEN:
            open_parenthesis(lexer);
            break;
        case CLASS_CLOSE:
            if (lexer->parentheses == 0)
                return false;
            lexer->parentheses--;
            lexer->next++;
            break;
        case CLASS_LF:
        case CLASS_CR:
            if (lexer->parentheses == 0)
                return true;
            pass_line_end(lexer);
            break;
        default:
            return true;
        }
    }
}

static void end_file(struct zone_lexer *lexer, struct zone_token *token)
{
    if (lexer->parentheses == 0) {
        token->kind = ZONE_TOKEN_END_OF_FILE;
        return;
    }
    lexer->parentheses = 0;
    token->text = lexer->open;
    token->length = 1;
    token->line = lexer->open_line;
    token->line_start = lexer->open_line_start;
    set_fault(token, ZONE_LEXER_OPEN_PAREN);
}

static void read_token(struct zone_lexer *lexer, struct zone_token *token)
{
    switch (class_of(*lexer->next)) {
    case CLASS_LF:
    case CLASS_CR:
        pass_line_end(lexer);
        token->kind = ZONE_TOKEN_END;
        lexer->at_start = true;
        break;
    case CLASS_QUOTE:
        token->kind = ZONE_TOKEN_STRING;
        read_string(lexer, token);
        break;
    case CLASS_NUL:
        lexer->next++;
        set_fault(token, ZONE_LEXER_NUL);
        break;
    default:
        read_word(lexer, token);
        break;
    }
}

/* All but a word that blanks at most precede. */
static void read_any(struct zone_lexer *lexer, struct zone_token *token)
{
    bool closes_nothing = !pass_space(lexer);

    start_token(lexer, ZONE_TOKEN_WORD, token);
    if (closes_nothing) {
        lexer->next++;
        set_fault(token, ZONE_LEXER_STRAY_PAREN);
    } else if (lexer->next == lexer->end) {
        end_file(lexer, token);
    } else {
        lexer->at_start = false;
        read_token(lexer, token);
    }
}

void zone_lexer_next(struct zone_lexer *lexer, struct zone_token *token)
{
    const char *next = lexer->next, *end = lexer->end;

    while (next < end && class_of(*next) == CLASS_BLANK)
        next++;
    if (lexer->at_start && next > lexer->next) {
        start_token(lexer, ZONE_TOKEN_BLANK, token);
        lexer->next = next;
        lexer->at_start = false;
        return;
    }
    lexer->next = next;
    if (next == end || class_of(*next) > CLASS_ESCAPE) {
        read_any(lexer, token);
        return;
    }
    lexer->at_start = false;
    start_token(lexer, ZONE_TOKEN_WORD, token);
    read_word(lexer, token);
}

void zone_lexer_skip_entry(struct zone_lexer *lexer,
                           const struct zone_token *token)
{
    struct zone_token skipped = *token;

    while (!zone_token_ends(&skipped))
        zone_lexer_next(lexer, &skipped);
}

uint32_t zone_token_column(const struct zone_token *token)
{
    const char *start = token->text - (token->kind == ZONE_TOKEN_STRING);
    uint32_t column = 1;

    for (const char *at = token->line_start; at < start; at++)
        column += !utf8_is_continuation(*at);
    return column;
}

bool zone_token_is(const struct zone_token *token, const char *word)
{
    return strlen(word) == token->length &&
           strncasecmp(token->text, word, token->length) == 0;
}

#include "dns/rare_regexp.h"

#include <string.h>

#define MOST_REPEATED 255 /* RE_DUP_MAX of POSIX */

/* A POSIX extended regular expression on its way.  It is checked and not
 * compiled: a compiled ((a{255}){255}){255} takes all memory there is. */
struct expression {
    const char *next;
    const char *end;
    unsigned groups;     /* begun so far */
    unsigned open;       /* of them */
    bool has_atom;       /* in this alternative */
    bool is_repeated;    /* the atom is, or cannot be */
    bool is_empty_group; /* nothing is behind its parenthesis yet */
};

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

static bool is_at_end(const struct expression *expression)
{
    return expression->next == expression->end;
}

static bool atom_add(struct expression *expression)
{
    expression->next++;
    expression->has_atom = true;
    expression->is_repeated = false;
    return true;
}

static bool escape_pass(struct expression *expression)
{
    expression->next++;
    if (is_at_end(expression))
        return false;

    char character = *expression->next;
    if (character >= '1' && character <= '9' &&
        (unsigned)(character - '0') > expression->groups)
        return false;
    return atom_add(expression);
}

/* A number of at most MOST_REPEATED; -1 where there is none, and more where
 * it is larger. */
static int bound_number(struct expression *expression)
{
    int number = -1;

    while (!is_at_end(expression) && is_digit(*expression->next) &&
           number <= MOST_REPEATED) {
        number = (number < 0 ? 0 : number * 10) + (*expression->next - '0');
        expression->next++;
    }
    return number;
}

/* {2}, {2,} or {2,3} behind an atom. */
static bool bound_pass(struct expression *expression)
{
    if (!expression->has_atom || expression->is_repeated)
        return false;
    expression->next++;

    int low = bound_number(expression), high = -1;
    if (!is_at_end(expression) && *expression->next == ',') {
        expression->next++;
        high = bound_number(expression);
    }
    if (low > MOST_REPEATED || high > MOST_REPEATED ||
        (high >= 0 && low > high) || is_at_end(expression) ||
        *expression->next != '}')
        return false;
    expression->next++;
    expression->is_repeated = true;
    return true;
}

static bool class_is_known(const char *name, size_t length)
{
    static const char *const classes[] = {"alnum", "digit", "punct", "alpha",
                                          "graph", "space", "blank", "lower",
                                          "upper", "cntrl", "print", "xdigit"};

    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
        if (strlen(classes[i]) == length &&
            memcmp(classes[i], name, length) == 0)
            return true;
    return false;
}

/* [:class:], [=x=] or [.x.] inside of brackets. */
static bool bracket_class_pass(struct expression *expression)
{
    char kind = expression->next[1];
    const char *name = expression->next + 2;

    for (const char *at = name; at + 1 < expression->end; at++) {
        if (at[0] != kind || at[1] != ']')
            continue;
        size_t length = (size_t)(at - name);
        expression->next = at + 2;
        return kind == ':' ? class_is_known(name, length) : length > 0;
    }
    return false;
}

static bool begins_class(const struct expression *expression)
{
    return expression->end - expression->next > 2 &&
           expression->next[0] == '[' && expression->next[1] != '\0' &&
           strchr(".=:", expression->next[1]) != NULL;
}

/* One character, class or range. */
static bool bracket_item_pass(struct expression *expression)
{
    if (begins_class(expression))
        return bracket_class_pass(expression);

    unsigned char low = (unsigned char)*expression->next++;
    if (expression->end - expression->next < 2 || expression->next[0] != '-' ||
        expression->next[1] == ']')
        return true;
    expression->next++;
    if (begins_class(expression))
        return expression->next[1] == '.' && bracket_class_pass(expression);
    return low <= (unsigned char)*expression->next++;
}

static bool bracket_pass(struct expression *expression)
{
    expression->next++;
    if (!is_at_end(expression) && *expression->next == '^')
        expression->next++;
    do
        if (is_at_end(expression) || !bracket_item_pass(expression))
            return false;
    while (is_at_end(expression) || *expression->next != ']');
    return atom_add(expression);
}

static bool group_open(struct expression *expression)
{
    expression->next++;
    expression->groups++;
    expression->open++;
    expression->has_atom = false;
    expression->is_repeated = false;
    expression->is_empty_group = true;
    return true;
}

static bool group_close(struct expression *expression)
{
    if (expression->open > 0) {
        if (!expression->has_atom && !expression->is_empty_group)
            return false;
        expression->open--;
    }
    return atom_add(expression);
}

static bool alternative_begin(struct expression *expression)
{
    if (!expression->has_atom)
        return false;
    expression->next++;
    expression->has_atom = false;
    expression->is_empty_group = false;
    expression->is_repeated = false;
    return true;
}

static bool repetition_pass(struct expression *expression)
{
    if (!expression->has_atom || expression->is_repeated)
        return false;
    expression->next++;
    expression->is_repeated = true;
    return true;
}

static bool anchor_pass(struct expression *expression)
{
    atom_add(expression);
    expression->is_repeated = true;
    return true;
}

static bool element_pass(struct expression *expression)
{
    switch (*expression->next) {
    case '\\':
        return escape_pass(expression);
    case '[':
        return bracket_pass(expression);
    case '{':
        if (expression->end - expression->next > 1 &&
            is_digit(expression->next[1]))
            return bound_pass(expression);
        return atom_add(expression);
    case '(':
        return group_open(expression);
    case ')':
        return group_close(expression);
    case '|':
        return alternative_begin(expression);
    case '^':
    case '$':
        return anchor_pass(expression);
    case '+':
    case '*':
    case '?':
        return repetition_pass(expression);
    default:
        return atom_add(expression);
    }
}

/* Is it one, and has it so many groups? */
static bool expression_is_valid(const char *text, size_t length,
                                unsigned groups)
{
    struct expression expression = {.next = text, .end = text + length};

    if (length == 0)
        return false;
    while (!is_at_end(&expression))
        if (!element_pass(&expression))
            return false;
    return expression.open == 0 && expression.has_atom &&
           groups <= expression.groups;
}

/* The next delimiter that is not escaped; NULL when there is none. */
static const char *delimiter_find(const char *at, const char *end,
                                  char delimiter)
{
    for (; at < end && *at != delimiter; at++)
        if (*at == '\\' && ++at == end)
            return NULL;
    return at < end ? at : NULL;
}

/* Reads the replacement: \1 to \9 stand for groups, \0 for nothing. */
static bool replacement_read(const char *at, const char *end, unsigned *groups)
{
    *groups = 0;
    for (; at < end; at++) {
        if (*at != '\\')
            continue;
        at++; /* there is one: the delimiter behind it is not escaped */
        if (*at == '0')
            return false;
        if (*at >= '1' && *at <= '9' && (unsigned)(*at - '0') > *groups)
            *groups = (unsigned)(*at - '0');
    }
    return true;
}

static bool flags_are_valid(const char *at, const char *end)
{
    while (at < end && *at == 'i')
        at++;
    return at == end;
}

bool rare_regexp_is_valid(const char *octets, size_t length)
{
    const char *end = octets + length;
    const char *text, *replacement, *flags;
    unsigned groups;

    if (length == 0)
        return true;
    if (is_digit(*octets) || *octets == '\\' || *octets == 'i' ||
        memchr(octets, '\0', length))
        return false;
    text = octets + 1;
    replacement = delimiter_find(text, end, *octets);
    flags = replacement ? delimiter_find(replacement + 1, end, *octets) : NULL;
    return flags && replacement_read(replacement + 1, flags, &groups) &&
           flags_are_valid(flags + 1, end) &&
           expression_is_valid(text, (size_t)(replacement - text), groups);
}

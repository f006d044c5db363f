#include "dns/name.h"

#include <string.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "dns/escape.h"

#define MAX_LABELS 127

/* Every octet of a name may take four characters, \DDD. */
#define MAX_TEXT (4 * NAME_MAX_OCTETS)

static const struct name absent = {NULL, 0};

/* The wire form while it grows. */
struct draft {
    uint8_t *octets; /* room for NAME_MAX_OCTETS */
    size_t used;
    size_t label; /* where the length octet of the open label is */
    bool folds;
};

static uint8_t fold(uint8_t octet)
{
    return octet >= 'A' && octet <= 'Z' ? (uint8_t)(octet - 'A' + 'a') : octet;
}

static size_t draft_label_length(const struct draft *draft)
{
    return draft->used - draft->label - 1;
}

static void draft_open_label(struct draft *draft)
{
    draft->label = draft->used++;
}

static enum name_fault draft_close_label(struct draft *draft)
{
    size_t length = draft_label_length(draft);

    if (length == 0)
        return NAME_EMPTY_LABEL;
    draft->octets[draft->label] = (uint8_t)length;
    return NAME_OK;
}

/* Adds as many of count plain characters as there is room for, and tells how
 * many these were. */
static enum name_fault draft_add(struct draft *draft, const char *text,
                                 size_t count, size_t *added)
{
    size_t label_room = NAME_MAX_LABEL - draft_label_length(draft);
    size_t most = NAME_MAX_OCTETS - 1; /* the root needs the last one */
    size_t room = draft->used < most ? most - draft->used : 0;
    uint8_t *octets = draft->octets + draft->used;
    size_t fits = count;

    if (fits > label_room)
        fits = label_room;
    if (fits > room)
        fits = room;
    for (size_t i = 0; i < fits; i++)
        octets[i] = draft->folds ? fold((uint8_t)text[i]) : (uint8_t)text[i];
    draft->used += fits;
    *added = fits;
    if (fits == count)
        return NAME_OK;
    return fits == label_room ? NAME_LABEL_TOO_LONG : NAME_TOO_LONG;
}

/* Ends a draft whose text is at its end: a label that is still open is
 * relative to origin, an empty one is the root after the final dot. */
static enum name_fault draft_finish(struct draft *draft, struct name origin)
{
    static const uint8_t root[] = {0};

    if (draft_label_length(draft) == 0) {
        draft->octets[draft->label] = 0;
        return NAME_OK;
    }
    draft_close_label(draft);
    if (name_is_absent(origin))
        origin = (struct name){root, sizeof(root)};
    if (draft->used + origin.length > NAME_MAX_OCTETS)
        return NAME_TOO_LONG;
    memcpy(draft->octets + draft->used, origin.octets, origin.length);
    draft->used += origin.length;
    return NAME_OK;
}

/* Characters in front of the next dot or escape. */
static size_t plain_length(const char *text, size_t length)
{
    size_t at = 0;

    while (at < length && text[at] != '.' && text[at] != '\\')
        at++;
    return at;
}

static enum name_fault escape_add(struct draft *draft, const char *text,
                                  size_t length, size_t *size)
{
    enum name_fault fault;
    size_t read, added;
    uint8_t octet;

    /* "\[" once began a bit string (RFC 2673), which is no more. */
    if (length >= 2 && text[1] == '[' && draft_label_length(draft) == 0)
        return NAME_BAD_ESCAPE;
    read = escape_read(text + 1, length - 1, &octet);
    if (read == 0)
        return NAME_BAD_ESCAPE;
    fault = draft_add(draft, (const char *)&octet, 1, &added);
    *size = fault == NAME_OK ? 1 + read : 0;
    return fault;
}

/* A dot, an escape or the characters in front of the next of these; *size is
 * how many of them are well. */
static enum name_fault piece_read(struct draft *draft, const char *text,
                                  size_t length, size_t *size)
{
    enum name_fault fault;

    *size = 0;
    if (*text == '\\')
        return escape_add(draft, text, length, size);
    if (*text != '.')
        return draft_add(draft, text, plain_length(text, length), size);
    fault = draft_close_label(draft);
    if (fault != NAME_OK)
        return fault;
    draft_open_label(draft);
    *size = 1;
    return NAME_OK;
}

static enum name_fault labels_read(struct draft *draft, const char *text,
                                   size_t length, size_t *position)
{
    enum name_fault fault = NAME_OK;

    while (fault == NAME_OK && *position < length) {
        size_t size;

        fault = piece_read(draft, text + *position, length - *position, &size);
        *position += size;
    }
    return fault;
}

static enum name_fault draft_read(struct draft *draft, const char *text,
                                  size_t length, struct name origin,
                                  size_t *position)
{
    bool is_origin = length == 1 && *text == '@';

    if (length == 0 || (is_origin && name_is_absent(origin)))
        return NAME_EMPTY;
    if (is_origin) {
        memcpy(draft->octets, origin.octets, origin.length);
        draft->used = origin.length;
        return NAME_OK;
    }
    draft_open_label(draft);
    if (length == 1 && *text == '.')
        return draft_finish(draft, origin);

    enum name_fault fault = labels_read(draft, text, length, position);
    if (fault == NAME_OK) {
        fault = draft_finish(draft, origin);
        *position = length - 1;
    }
    return fault;
}

/* The same in one pass for what nearly all names are: without escapes and
 * without a fault.  False for any other; what is wrong is found out the long
 * way. */
static bool plain_read(const char *text, size_t length, struct name origin,
                       uint8_t *octets, size_t *used)
{
    size_t label = 0, next = 1;

    if (length > NAME_MAX_OCTETS - 2 || (length == 1 && *text == '@'))
        return false;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '.') {
            if (next == label + 1 || next > label + 1 + NAME_MAX_LABEL)
                return false;
            octets[label] = (uint8_t)(next - label - 1);
            label = next++;
        } else if (text[i] == '\\') {
            return false;
        } else {
            octets[next++] = fold((uint8_t)text[i]);
        }
    }
    if (next > label + 1 + NAME_MAX_LABEL || next == 1)
        return false;
    octets[label] = (uint8_t)(next - label - 1);
    if (octets[label] > 0) {
        if (name_is_absent(origin) || next + origin.length > NAME_MAX_OCTETS)
            return false;
        memcpy(octets + next, origin.octets, origin.length);
        next += origin.length;
    }
    *used = next;
    return true;
}

enum name_fault name_parse(const char *text, size_t length, struct name origin,
                           enum name_case letters, uint8_t *octets,
                           struct name *name, size_t *offset)
{
    struct draft draft = {.octets = octets, .folds = letters == NAME_FOLDED};
    size_t position = 0;

    if (draft.folds && plain_read(text, length, origin, octets, &draft.used)) {
        *name = (struct name){octets, (uint8_t)draft.used};
        return NAME_OK;
    }
    enum name_fault fault = draft_read(&draft, text, length, origin, &position);
    if (fault == NAME_OK)
        *name = (struct name){octets, (uint8_t)draft.used};
    else if (offset)
        *offset = position;
    return fault;
}

enum name_fault name_from_text(struct arena *arena, const char *text,
                               size_t length, struct name origin,
                               struct name *name, size_t *offset)
{
    uint8_t octets[NAME_MAX_OCTETS];
    struct name parsed;

    enum name_fault fault =
        name_parse(text, length, origin, NAME_FOLDED, octets, &parsed, offset);
    if (fault == NAME_OK)
        *name = name_copy(arena, parsed);
    return fault;
}

/* A length octet is never that of a letter. */
void name_fold(uint8_t *octets, size_t length)
{
    for (size_t i = 0; i < length; i++)
        octets[i] = fold(octets[i]);
}

/* Octets that mean something to a master file, though they can be seen. */
static bool is_special(uint8_t octet)
{
    switch (octet) {
    case '.':
    case '\\':
    case '"':
    case '(':
    case ')':
    case ';':
    case '@':
    case '$':
        return true;
    default:
        return false;
    }
}

/* Does the octet stand for itself?  Most are letters. */
static bool is_plain(uint8_t octet)
{
    return (octet >= 'a' && octet <= 'z') ||
           (octet > ' ' && octet < 0x7f && !is_special(octet));
}

static size_t escape_write(char *text, uint8_t octet)
{
    size_t used = 0;

    text[used++] = '\\';
    if (!is_special(octet)) {
        text[used++] = (char)('0' + octet / 100);
        text[used++] = (char)('0' + octet / 10 % 10);
        octet = (uint8_t)('0' + octet % 10);
    }
    text[used++] = (char)octet;
    return used;
}

/* Adds the labels in the first length octets of a name, each with a dot
 * behind it, the last one only where final_dot asks for it. */
static void labels_write(struct strbuf *buf, const uint8_t *octets,
                         size_t length, bool final_dot)
{
    char text[MAX_TEXT];
    size_t used = 0;

    for (size_t at = 0; at < length; at += octets[at] + 1u) {
        for (size_t i = 1; i <= octets[at]; i++)
            if (is_plain(octets[at + i]))
                text[used++] = (char)octets[at + i];
            else
                used += escape_write(text + used, octets[at + i]);
        text[used++] = '.';
    }
    if (used > 0 && !final_dot)
        used--;
    strbuf_add(buf, text, used);
}

static bool is_root(struct name name)
{
    return name.length == 1;
}

void name_write(struct strbuf *buf, struct name name)
{
    if (is_root(name))
        strbuf_add_char(buf, '.');
    else if (!name_is_absent(name))
        labels_write(buf, name.octets, name.length - 1u, true);
}

void name_write_relative(struct strbuf *buf, struct name name,
                         struct name origin)
{
    if (!name_is_within(name, origin))
        name_write(buf, name);
    else if (name.length == origin.length)
        strbuf_add_char(buf, '@');
    else
        labels_write(buf, name.octets, (size_t)(name.length - origin.length),
                     false);
}

void name_write_plain(struct strbuf *buf, struct name name)
{
    if (is_root(name))
        strbuf_add_char(buf, '.');
    else if (!name_is_absent(name))
        labels_write(buf, name.octets, name.length - 1u, false);
}

const char *name_to_text(struct arena *arena, struct name name)
{
    struct strbuf buf;

    strbuf_init(&buf, arena);
    name_write_plain(&buf, name);
    return buf.text;
}

/* Where each label but the root starts; an offset fits an octet. */
static size_t labels_find(struct name name, uint8_t offsets[MAX_LABELS])
{
    size_t count = 0;

    for (size_t at = 0; name.octets[at] != 0; at += name.octets[at] + 1u)
        offsets[count++] = (uint8_t)at;
    return count;
}

static int label_compare(const uint8_t *one, const uint8_t *other)
{
    uint8_t shorter = *one < *other ? *one : *other;
    int order = memcmp(one + 1, other + 1, shorter);

    return order != 0 ? order : *one - *other;
}

/* Label by label from the end, whatever the octets are. */
static int labels_compare(struct name one, struct name other)
{
    uint8_t one_labels[MAX_LABELS], other_labels[MAX_LABELS];
    size_t one_left = labels_find(one, one_labels);
    size_t other_left = labels_find(other, other_labels);

    while (one_left > 0 && other_left > 0) {
        int order = label_compare(one.octets + one_labels[--one_left],
                                  other.octets + other_labels[--other_left]);
        if (order != 0)
            return order;
    }
    return (one_left > 0) - (other_left > 0);
}

size_t name_measure(const uint8_t *octets, size_t left)
{
    size_t at = 0;

    while (at < left && octets[at] != 0) {
        if (octets[at] > NAME_MAX_LABEL)
            return 0;
        at += octets[at] + 1u;
    }
    return at < left && at < NAME_MAX_OCTETS ? at + 1 : 0;
}

/* How many octets at the end are alike, eight at a time. */
static size_t common_end(struct name one, struct name other)
{
    const uint8_t *one_end = one.octets + one.length;
    const uint8_t *other_end = other.octets + other.length;
    size_t most = one.length < other.length ? one.length : other.length;
    size_t same = 0;

    for (; same + 8 <= most; same += 8)
        if (memcmp(one_end - same - 8, other_end - same - 8, 8) != 0)
            break;
    while (same < most && one.octets[one.length - same - 1] ==
                              other.octets[other.length - same - 1])
        same++;
    return same;
}

/* The start of the label that the octet at offset is in. */
static size_t label_start(struct name name, size_t offset)
{
    size_t at = 0;

    while (at + name.octets[at] < offset)
        at += name.octets[at] + 1u;
    return at;
}

int name_compare(struct name one, struct name other)
{
    if (name_is_absent(one) || name_is_absent(other))
        return !name_is_absent(one) - !name_is_absent(other);

    size_t same = common_end(one, other);
    if (same == one.length && same == other.length)
        return 0;
    if (same == one.length || same == other.length)
        return labels_compare(one, other);

    /* The last octet that differs lies in the label that decides, if what
     * follows that label is alike as labels, too. */
    size_t one_at = label_start(one, one.length - same - 1);
    size_t other_at = label_start(other, other.length - same - 1);
    if (one.length - one_at - one.octets[one_at] !=
        other.length - other_at - other.octets[other_at])
        return labels_compare(one, other);
    return label_compare(one.octets + one_at, other.octets + other_at);
}

bool name_is_within(struct name name, struct name ancestor)
{
    if (name_is_absent(ancestor) || name.length < ancestor.length)
        return false;

    size_t start = (size_t)(name.length - ancestor.length);
    if (memcmp(name.octets + start, ancestor.octets, ancestor.length) != 0)
        return false;

    /* The same octets may lie in the middle of a label. */
    size_t at = 0;
    while (at < start)
        at += name.octets[at] + 1u;
    return at == start;
}

bool name_is_below(struct name name, struct name ancestor)
{
    return name.length > ancestor.length && name_is_within(name, ancestor);
}

unsigned name_label_count(struct name name)
{
    unsigned count = 0;

    if (name_is_absent(name))
        return 0;
    for (size_t at = 0; name.octets[at] != 0; at += name.octets[at] + 1u)
        count++;
    return count;
}

struct name name_parent(struct name name)
{
    if (name.length <= 1)
        return absent;

    size_t label = name.octets[0] + 1u;
    return (struct name){name.octets + label, (uint8_t)(name.length - label)};
}

/* label, its length octet first, in front of suffix. */
static struct name label_join(struct arena *arena, const uint8_t *label,
                              struct name suffix)
{
    size_t label_length = *label + 1u;
    size_t length = label_length + suffix.length;

    if (name_is_absent(suffix) || length > NAME_MAX_OCTETS)
        return absent;

    uint8_t *octets = arena_alloc(arena, length);
    memcpy(octets, label, label_length);
    memcpy(octets + label_length, suffix.octets, suffix.length);
    return (struct name){octets, (uint8_t)length};
}

struct name name_move(struct arena *arena, struct name name, struct name suffix)
{
    if (name.length <= 1)
        return absent;
    return label_join(arena, name.octets, suffix);
}

struct name name_prepend(struct arena *arena, const char *label,
                         struct name suffix)
{
    uint8_t octets[NAME_MAX_LABEL + 1];
    size_t length = strlen(label);

    if (length == 0 || length > NAME_MAX_LABEL)
        return absent;
    octets[0] = (uint8_t)length;
    for (size_t i = 0; i < length; i++)
        octets[i + 1] = fold((uint8_t)label[i]);
    return label_join(arena, octets, suffix);
}

struct name name_copy(struct arena *arena, struct name name)
{
    if (name_is_absent(name))
        return absent;
    return (struct name){
        (const uint8_t *)arena_copy(arena, name.octets, name.length),
        name.length};
}

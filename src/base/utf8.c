#include "base/utf8.h"

#include <string.h>

#include "base/diag.h"

/* One broken file can have a fault in every line: nobody mends more at once
 * than these. */
#define MAX_FAULTS 20

struct scan {
    struct diag *diag;
    const unsigned char *text;
    size_t length;
    size_t position;
    struct place place; /* of position */
    size_t faults;
};

size_t utf8_mark_length(const char *text, size_t length)
{
    static const char mark[] = {'\xef', '\xbb', '\xbf'};

    if (length < sizeof(mark) || memcmp(text, mark, sizeof(mark)) != 0)
        return 0;
    return sizeof(mark);
}

static bool is_utf_16(const struct scan *scan)
{
    const unsigned char *text = scan->text;

    if (scan->length < 2)
        return false;
    if ((text[0] == 0xfe && text[1] == 0xff) ||
        (text[0] == 0xff && text[1] == 0xfe))
        return true;
    if (scan->length < 4)
        return false;
    bool high_first = text[0] == 0 && text[2] == 0;
    bool low_first = text[1] == 0 && text[3] == 0;
    return high_first != low_first;
}

size_t utf8_read(const char *text, size_t left, uint32_t *code)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char lead = (unsigned char)*text;
    size_t size = lead < 0x80             ? 1
                  : (lead & 0xe0) == 0xc0 ? 2
                  : (lead & 0xf0) == 0xe0 ? 3
                  : (lead & 0xf8) == 0xf0 ? 4
                                          : 0;

    if (size == 0 || size > left)
        return 0;
    *code = size == 1 ? lead : lead & (0x7fu >> size);
    for (size_t i = 1; i < size; i++) {
        if (!utf8_is_continuation(text[i]))
            return 0;
        *code = *code << 6 | ((unsigned char)text[i] & 0x3fu);
    }
    if (*code < least[size] || *code > 0x10ffff ||
        (*code >= 0xd800 && *code <= 0xdfff))
        return 0;
    return size;
}

int utf8_shown(const char *text, size_t length)
{
    size_t shown = length < 60 ? length : 60;

    while (shown > 0 && shown < length && utf8_is_continuation(text[shown]))
        shown--;
    return (int)shown;
}

/* Characters that libyaml refuses, that move a terminal, or that it takes for
 * line breaks and an editor does not. */
static bool is_forbidden(uint32_t code)
{
    if (code < 0x20)
        return code != '\t' && code != '\n' && code != '\r';
    return (code >= 0x7f && code <= 0x9f) || code == 0x2028 || code == 0x2029 ||
           code == 0xfeff || code == 0xfffe || code == 0xffff;
}

static void scan_report_character(struct scan *scan, uint32_t code)
{
    struct diag *diag = scan->diag;

    scan->faults++;
    if (code == 0)
        diag_error(diag, scan->place, "nul-byte",
                   "a NUL byte: this is not a text file, or it is damaged");
    else if (code == 0xfeff)
        diag_error(diag, scan->place, "control-character",
                   "a byte-order mark (U+FEFF) can only be the first "
                   "character of the file");
    else
        diag_error(diag, scan->place, "control-character",
                   "character U+%04X cannot be used here", (unsigned)code);
}

static void scan_skip_bad_bytes(struct scan *scan)
{
    scan->faults++;
    diag_error(scan->diag, scan->place, "bad-utf-8",
               "byte 0x%02X is not UTF-8: save the file in that encoding",
               (unsigned)scan->text[scan->position]);
    do
        scan->position++;
    while (scan->position < scan->length &&
           utf8_is_continuation((char)scan->text[scan->position]));
    scan->place.column++;
}

static void scan_character(struct scan *scan)
{
    const unsigned char *text = scan->text + scan->position;
    size_t left = scan->length - scan->position;
    uint32_t code;
    size_t size = utf8_read((const char *)text, left, &code);

    if (size == 0) {
        scan_skip_bad_bytes(scan);
        return;
    }
    if (is_forbidden(code))
        scan_report_character(scan, code);
    scan->position += size;
    scan->place.column++;
    bool splits_pair = code == '\r' && left > 1 && text[1] == '\n';
    if (code == '\n' || (code == '\r' && !splits_pair)) {
        scan->place.line++;
        scan->place.column = 1;
    }
}

/* Passes over visible ASCII and spaces: nearly all that a topology is. */
static void scan_plain(struct scan *scan)
{
    const unsigned char *text = scan->text;
    size_t at = scan->position;

    while (at < scan->length && text[at] >= ' ' && text[at] < 0x7f)
        at++;
    scan->place.column += (uint32_t)(at - scan->position);
    scan->position = at;
}

int utf8_check(struct diag *diag, const char *file, const char *text,
               size_t length)
{
    struct scan scan = {.diag = diag,
                        .text = (const unsigned char *)text,
                        .length = length,
                        .place = {file, 1, 1}};

    if (is_utf_16(&scan))
        return diag_error(diag, scan.place, "utf-16",
                          "the file is in UTF-16: save it as UTF-8");
    scan.position = utf8_mark_length(text, length);
    scan_plain(&scan);
    while (scan.position < scan.length && scan.faults < MAX_FAULTS) {
        scan_character(&scan);
        scan_plain(&scan);
    }
    return scan.faults > 0 ? -1 : 0;
}

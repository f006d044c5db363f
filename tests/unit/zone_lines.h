/*
 * A recordset from lines `owner TYPE data`, and messages about it as lines.
 *
 * The zone is example.com and owners and names in data are relative to it.  A
 * record's place is its line; lines that are empty do count.  Data of a type
 * that is not in zone_lines_types are hexadecimal; "TYPE46/50" covers type 50.
 */
#ifndef UNIT_ZONE_LINES_H
#define UNIT_ZONE_LINES_H

#include <arpa/inet.h>
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/strbuf.h"
#include "dns/recordset.h"

static struct arena arena;

static inline void no_memory(void *context)
{
    (void)context;
    ck_abort_msg("out of memory");
}

static inline void set_up(void)
{
    arena_init(&arena, no_memory, NULL);
}

static inline void tear_down(void)
{
    arena_release(&arena);
}

static inline struct name name_of(const char *text)
{
    static const uint8_t octets[] = "\7example\3com";
    struct name name = {NULL, 0};

    ck_assert_msg(name_from_text(&arena, text, strlen(text),
                                 (struct name){octets, sizeof octets}, &name,
                                 NULL) == NAME_OK,
                  "%s", text);
    return name;
}

static const struct {
    const char *mnemonic;
    uint16_t type;
} zone_lines_types[] = {
    {"A", RECORD_A},       {"NS", RECORD_NS},   {"CNAME", RECORD_CNAME},
    {"SOA", RECORD_SOA},   {"MX", RECORD_MX},   {"TXT", RECORD_TXT},
    {"AAAA", RECORD_AAAA}, {"SRV", RECORD_SRV}, {"DNAME", RECORD_DNAME},
};

static inline uint16_t type_of(const char *text)
{
    for (size_t i = 0; i < sizeof zone_lines_types / sizeof zone_lines_types[0];
         i++)
        if (strcmp(zone_lines_types[i].mnemonic, text) == 0)
            return zone_lines_types[i].type;
    ck_assert_msg(strncmp(text, "TYPE", 4) == 0, "%s", text);
    return (uint16_t)strtoul(text + 4, NULL, 10);
}

static inline struct record_data data_of_bytes(const void *bytes, size_t length)
{
    return (struct record_data){
        (const uint8_t *)arena_copy(&arena, bytes, length), (uint16_t)length};
}

static inline struct record_data data_of_hex(const char *text)
{
    uint8_t octets[512];
    size_t length = 0;

    for (; text[0] && text[1]; text += 2) {
        const char digits[] = {text[0], text[1], '\0'};

        octets[length++] = (uint8_t)strtoul(digits, NULL, 16);
    }
    return data_of_bytes(octets, length);
}

static inline struct record_data data_of_mx(const char *target)
{
    struct name name = name_of(target);
    uint8_t octets[2 + NAME_MAX_OCTETS] = {0, 10};

    memcpy(octets + 2, name.octets, name.length);
    return data_of_bytes(octets, name.length + 2u);
}

/* Of an SOA the data say the serial, of an MX or SRV the target. */
static inline struct record_data data_of(uint16_t type, const char *text)
{
    struct soa soa = {.primary = name_of("ns"), .contact = name_of("h")};
    uint8_t address[16];

    switch (type) {
    case RECORD_A:
        ck_assert_msg(inet_pton(AF_INET, text, address) == 1, "%s", text);
        return data_of_bytes(address, 4);
    case RECORD_AAAA:
        ck_assert_msg(inet_pton(AF_INET6, text, address) == 1, "%s", text);
        return data_of_bytes(address, 16);
    case RECORD_NS:
    case RECORD_CNAME:
    case RECORD_DNAME:
        return record_make_name(&arena, name_of(text));
    case RECORD_SOA:
        soa.serial = (uint32_t)strtoul(text, NULL, 10);
        return record_make_soa(&arena, &soa);
    case RECORD_MX:
        return data_of_mx(text);
    case RECORD_SRV:
        return record_make_srv(&arena, 0, 0, 5061, name_of(text));
    default:
        return data_of_hex(text);
    }
}

static inline void set_add(struct recordset *set, const char *owner,
                           uint16_t type, uint16_t covers,
                           struct record_data data, uint32_t line)
{
    struct rr rr = {.data = data, .place = {"zone", line, 1}};

    recordset_add(set, recordset_node(set, name_of(owner)), type, covers, 3600,
                  line, &rr);
}

static inline void add_line(struct recordset *set, const char *text,
                            uint32_t line)
{
    char owner[200], type[20], data[600];
    const char *covers;

    if (*text == '\n' ||
        sscanf(text, "%199s %19s %599s", owner, type, data) != 3)
        return;
    covers = strchr(type, '/');
    set_add(set, owner, type_of(type),
            covers ? (uint16_t)strtoul(covers + 1, NULL, 10) : 0,
            data_of(type_of(type), data), line);
}

static inline void set_begin(struct recordset *set)
{
    recordset_init(set, &arena, name_of("@"));
}

static inline void set_add_lines(struct recordset *set, const char *text)
{
    uint32_t line = 1;

    while (*text) {
        add_line(set, text, line++);
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
}

/* "error 3 missing-ns" for each message, lines of notes behind it. */
static const char *message_lines(struct diag *diag)
{
    static const char *const severities[] = {"info", "warning", "error"};
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    diag_sort(diag);
    for (size_t i = 0; i < diag->count; i++) {
        const struct diag_message *message = &diag->messages[i];

        ck_assert_str_eq(message->place.file, "zone");
        strbuf_printf(&buf, "%s %u %s", severities[message->severity],
                      message->place.line, message->id);
        for (const struct diag_note *note = message->notes; note;
             note = note->next)
            strbuf_printf(&buf, " %u", note->place.line);
        strbuf_add_char(&buf, '\n');
    }
    return buf.text;
}

#endif

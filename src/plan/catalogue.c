#include "plan/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "base/suggest.h"
#include "base/text_index.h"
#include "base/yaml_tree.h"
#include "plan/templates.h"
#include "topology/schema.h"

const char *const level_names[] = {"required", "recommended", "optional", NULL};

/* A row as the file has it. */
struct row_text {
    struct place place;
    struct word id;
    struct word for_each;
    struct word_list when;
    struct word view;
    struct word record;
    struct flag mirror;
    struct word level;
    struct word why;
    struct word_list see;
    struct flag unsourced;
};

struct row_text_list {
    struct row_text *items;
    size_t count;
    bool said;
    struct place place;
};

struct catalogue_text {
    struct place place;
    struct word product;
    struct word title;
    struct row_text_list rows;
};

static const char *const views[] = {"internal", "external", "perimeter", NULL};

static const struct field row_fields[] = {
    {"id", load_identifier, offsetof(struct row_text, id), true, NULL},
    {"for-each", load_identifier, offsetof(struct row_text, for_each), true,
     NULL},
    {"when", load_identifier_list, offsetof(struct row_text, when), false,
     NULL},
    {"view", load_word, offsetof(struct row_text, view), true, views},
    {"record", load_text, offsetof(struct row_text, record), true, NULL},
    {"mirror", load_flag, offsetof(struct row_text, mirror), false, NULL},
    {"level", load_word, offsetof(struct row_text, level), true, level_names},
    {"why", load_text, offsetof(struct row_text, why), true, NULL},
    {"see", load_identifier_list, offsetof(struct row_text, see), true, NULL},
    {"unsourced", load_flag, offsetof(struct row_text, unsourced), false, NULL},
    {NULL, NULL, 0, false, NULL},
};
static const struct shape row_shape = {"row", sizeof(struct row_text),
                                       row_fields};

static const struct field catalogue_fields[] = {
    {"product", load_identifier, offsetof(struct catalogue_text, product), true,
     NULL},
    {"title", load_text, offsetof(struct catalogue_text, title), true, NULL},
    {"rows", load_list, offsetof(struct catalogue_text, rows), true,
     &row_shape},
    {NULL, NULL, 0, false, NULL},
};
static const struct shape catalogue_shape = {
    "catalogue", sizeof(struct catalogue_text), catalogue_fields};

struct compiler {
    struct arena *arena;
    struct diag *diag;
    const struct row_text *text;
    struct row *row;
};

static int fail_record(struct compiler *compiler, const char *what)
{
    return diag_error(compiler->diag, compiler->text->record.place,
                      "bad-record", "row '%s': %s", compiler->text->id.text,
                      what);
}

/* The index of the {variable} at text, whose kind must fit; -1 on error. */
static int compile_variable(struct compiler *compiler, const char *text,
                            size_t length, enum variable_kind kind)
{
    const struct collection *collection = compiler->row->collection;
    char *name = arena_copy(compiler->arena, text, length);
    int variable;
    struct suggest suggest;

    variable = collection_variable(collection, name + 1, length - 2);
    if (variable >= 0 && collection->variables[variable].kind == kind) {
        compiler->row->uses |= UINT64_C(1) << variable;
        return variable;
    }
    name[length - 1] = '\0';
    if (variable >= 0)
        return diag_error(compiler->diag, compiler->text->record.place,
                          "bad-record",
                          "row '%s': {%s} does not fit into its field",
                          compiler->text->id.text, name + 1);
    suggest_init(&suggest, name + 1);
    for (int i = 0; collection->variables[i].name; i++)
        suggest_offer(&suggest, collection->variables[i].name);
    return diag_error(
        compiler->diag, compiler->text->record.place, "unknown-variable",
        suggest.nearest ? "%s has no variable {%s}; did you mean "
                          "{%s}?"
                        : "%s has no variable {%s}; its first "
                          "one is {%s}",
        collection->name, name + 1,
        suggest.nearest ? suggest.nearest : collection->variables[0].name);
}

static bool is_variable(const char *text, size_t length)
{
    return length > 2 && text[0] == '{' && text[length - 1] == '}';
}

/* Of hosts and services; a zone's name becomes the name of a file. */
#define LABEL_LETTERS                                                          \
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

/* Labels in wire form, without the root. */
static int compile_labels(struct compiler *compiler, const char *text,
                          size_t length, struct name_pattern *pattern)
{
    struct name name;

    if (memchr(text, '{', length) || memchr(text, '}', length))
        return fail_record(compiler,
                           "a {variable} must be a whole label or more");
    if (strspn(text, LABEL_LETTERS) < length ||
        name_from_text(compiler->arena, text, length, (struct name){0}, &name,
                       NULL) != NAME_OK ||
        name.length < 2)
        return fail_record(compiler, "a name in the record is not valid");
    pattern->parts[pattern->count].variable = -1;
    pattern->parts[pattern->count].labels = name.octets;
    pattern->parts[pattern->count].labels_length = (uint8_t)(name.length - 1);
    pattern->count++;
    return 0;
}

/* Splits at the dots; one label is one part. */
static int compile_name(struct compiler *compiler, const char *text,
                        size_t length, struct name_pattern *pattern)
{
    const char *end = text + length;

    *pattern = (struct name_pattern){0};
    while (text < end) {
        const char *dot = memchr(text, '.', (size_t)(end - text));
        size_t part = (size_t)((dot ? dot : end) - text);

        if (pattern->count == PATTERN_MAX_PARTS)
            return fail_record(compiler, "a name has too many labels");
        if (is_variable(text, part)) {
            int variable =
                compile_variable(compiler, text, part, VARIABLE_NAME);

            if (variable < 0)
                return -1;
            pattern->parts[pattern->count++].variable = variable;
        } else if (compile_labels(compiler, text, part, pattern) < 0) {
            return -1;
        }
        text += part + (dot ? 1 : 0);
    }
    return 0;
}

static bool has_variable(const struct name_pattern *pattern)
{
    for (size_t i = 0; i < pattern->count; i++)
        if (pattern->parts[i].variable >= 0)
            return true;
    return false;
}

/* RFC 1123 section 2.1; named refuses zones with other hosts. */
static bool is_host_label(const uint8_t *label)
{
    return label[1] != '-' && label[label[0]] != '-' &&
           !memchr(label + 1, '_', label[0]);
}

static bool is_number(const uint8_t *label)
{
    for (uint8_t i = 1; i <= label[0]; i++)
        if (label[i] < '0' || label[i] > '9')
            return false;
    return true;
}

/* What has an address, or stands where something has one. */
static int check_host(struct compiler *compiler,
                      const struct name_pattern *pattern)
{
    const size_t last = pattern->count - 1;

    for (size_t i = 0; i < pattern->count; i++)
        if (pattern->parts[i].variable < 0 &&
            !is_host_label(pattern->parts[i].labels))
            return fail_record(compiler,
                               "a host's name has letters, digits and inner "
                               "hyphens only");
    if (pattern->parts[last].variable < 0 &&
        is_number(pattern->parts[last].labels))
        return fail_record(compiler, "an address stands where a name belongs");
    return 0;
}

/* A fixed name is none of the deployment's, and would make zones of domains
 * that are somebody else's. */
static int check_owner(struct compiler *compiler)
{
    const struct row *row = compiler->row;

    if (!has_variable(&row->owner))
        return fail_record(compiler, "the owner needs a {variable}");
    return row->type->number == RECORD_A ? check_host(compiler, &row->owner)
                                         : 0;
}

static int compile_target(struct compiler *compiler, const char *text,
                          size_t length, struct name_pattern *pattern)
{
    if (compile_name(compiler, text, length, pattern) < 0)
        return -1;
    if (pattern->count == 1 && !has_variable(pattern))
        return fail_record(compiler, "the target needs a domain");
    return check_host(compiler, pattern);
}

static int compile_number(struct compiler *compiler, const char *text,
                          size_t length, struct field_pattern *field)
{
    char *digits = arena_copy(compiler->arena, text, length);
    unsigned long number;

    if (is_variable(text, length)) {
        field->variable =
            compile_variable(compiler, text, length, VARIABLE_PORT);
        return field->variable < 0 ? -1 : 0;
    }
    if (length > 5 || strspn(digits, "0123456789") != length)
        return fail_record(compiler, "a number from 0 to 65535 is missing");
    number = strtoul(digits, NULL, 10);
    if (number > 65535)
        return fail_record(compiler, "a number is over 65535");
    field->number = (uint16_t)number;
    return 0;
}

static int compile_field(struct compiler *compiler, const char *text,
                         size_t length, struct field_pattern *field)
{
    field->variable = -1;
    switch (field->field) {
    case FIELD_NUMBER_16:
        return compile_number(compiler, text, length, field);
    case FIELD_NAME:
        return compile_target(compiler, text, length, &field->name);
    case FIELD_ADDRESS_4:
        if (!is_variable(text, length))
            return fail_record(compiler, "an address must be a {variable}");
        field->variable =
            compile_variable(compiler, text, length, VARIABLE_ADDRESS);
        return field->variable < 0 ? -1 : 0;
    default:
        return fail_record(compiler, "a field of this type cannot be planned");
    }
}

/* The next word of the record; its length is 0 at the end. */
static const char *next_word(const char **text, size_t *length)
{
    const char *word = *text + strspn(*text, " ");

    *length = strcspn(word, " ");
    *text = word + *length;
    return word;
}

static int compile_record(struct compiler *compiler)
{
    struct row *row = compiler->row;
    const char *text = compiler->text->record.text;
    size_t length;
    const char *word = next_word(&text, &length);

    if (length == 0 || compile_name(compiler, word, length, &row->owner) < 0)
        return length == 0 ? fail_record(compiler, "the record is empty") : -1;
    word = next_word(&text, &length);
    row->type = record_type_by_mnemonic(word, length);
    if (!row->type ||
        (row->type->number != RECORD_A && row->type->number != RECORD_CNAME &&
         row->type->number != RECORD_SRV))
        return fail_record(compiler, "the type is not one of A, CNAME, SRV");
    if (check_owner(compiler) < 0)
        return -1;
    for (size_t i = 0; row->type->fields[i] != FIELD_NONE; i++) {
        word = next_word(&text, &length);
        if (length == 0)
            return fail_record(compiler, "the record's data is not complete");
        row->fields[i].field = row->type->fields[i];
        if (compile_field(compiler, word, length, &row->fields[i]) < 0)
            return -1;
        if (i + 1 == RECORD_MAX_FIELDS)
            break;
    }
    next_word(&text, &length);
    return length == 0 ? 0
                       : fail_record(compiler, "the record's data is too long");
}

static int compile_when(struct compiler *compiler)
{
    const struct collection *collection = compiler->row->collection;
    const struct word_list *when = &compiler->text->when;
    int result = 0;

    for (size_t i = 0; i < when->count; i++) {
        int fact = collection_fact(collection, when->items[i].text);

        if (fact >= 0)
            compiler->row->when |= UINT64_C(1) << fact;
        else
            result = diag_error(compiler->diag, when->items[i].place,
                                "unknown-fact", "%s has no fact '%s'",
                                collection->name, when->items[i].text);
    }
    return result;
}

static const char *join_sources(struct arena *arena,
                                const struct word_list *see)
{
    struct strbuf buf;

    strbuf_init(&buf, arena);
    for (size_t i = 0; i < see->count; i++)
        strbuf_printf(&buf, "%s%s", i > 0 ? ", " : "", see->items[i].text);
    return buf.text ? buf.text : "";
}

static int word_index(const char *const words[], const char *word)
{
    int i = 0;

    while (words[i] && strcmp(words[i], word) != 0)
        i++;
    return i;
}

/* A row of the perimeter is for those who look the name up, and may have
 * nothing but a hosts file. */
static int check_perimeter(struct compiler *compiler)
{
    const struct row *row = compiler->row;

    if (row->view != VIEW_PERIMETER)
        return 0;
    if (!collection_has_machines(row->collection))
        return diag_error(compiler->diag, compiler->text->for_each.place,
                          "row-without-machine",
                          "row '%s': no machine of the perimeter belongs to "
                          "'%s'; use another collection",
                          compiler->text->id.text, row->collection->name);
    return row->type->number == RECORD_A
               ? 0
               : fail_record(compiler, "a hosts file has addresses only: the "
                                       "type must be A in the perimeter");
}

static int compile_row(struct arena *arena, struct diag *diag,
                       const struct row_text *text, struct row *row)
{
    struct compiler compiler = {arena, diag, text, row};
    int result = 0;

    row->requirement = (struct requirement){
        .id = text->id.text,
        .level = (enum level)word_index(level_names, text->level.text),
        .why = text->why.text,
        .see = join_sources(arena, &text->see),
        .unsourced = text->unsourced.value,
        .place = text->place,
    };
    row->view = (enum view)word_index(views, text->view.text);
    row->mirror = text->mirror.value;
    row->collection = collection_find(text->for_each.text);
    if (!row->collection)
        return diag_error(diag, text->for_each.place, "unknown-collection",
                          "there is no collection '%s'; see "
                          "ocszone-templates(5)",
                          text->for_each.text);
    if (text->see.count == 0 && !text->unsourced.value)
        result = diag_error(diag, text->see.place, "row-without-source",
                            "row '%s' names no source; add one to see, or "
                            "unsourced: true",
                            text->id.text);
    result |= compile_when(&compiler) | compile_record(&compiler);
    return result < 0 ? -1 : check_perimeter(&compiler);
}

static int check_ids(struct arena *arena, struct diag *diag,
                     const struct row_text_list *rows)
{
    struct text_index seen;
    int result = 0;

    text_index_init(&seen, arena);
    for (size_t i = 0; i < rows->count; i++) {
        struct word *id = &rows->items[i].id;
        const struct word *other =
            text_index_add(&seen, id->text, strlen(id->text), id);

        if (!other)
            continue;
        result = diag_error(diag, id->place, "row-defined-twice",
                            "two rows have the id '%s'; rename one", id->text);
        diag_note(diag, other->place, "the other is here");
    }
    return result;
}

static const struct catalogue *compile(struct arena *arena, struct diag *diag,
                                       const struct catalogue_text *text)
{
    struct catalogue *catalogue = ARENA_NEW(arena, struct catalogue);
    int result = check_ids(arena, diag, &text->rows);

    catalogue->product = text->product.text;
    catalogue->title = text->title.text;
    catalogue->count = text->rows.count;
    catalogue->rows = ARENA_NEW_ARRAY(arena, catalogue->count, struct row);
    for (size_t i = 0; i < catalogue->count; i++) {
        catalogue->rows[i].order = i;
        result |=
            compile_row(arena, diag, &text->rows.items[i], &catalogue->rows[i]);
    }
    return result < 0 ? NULL : catalogue;
}

static int fail_product(struct diag *diag, const struct word *product)
{
    return diag_error(diag, product->place, "unknown-product",
                      "there is no catalogue for the product '%s'; write "
                      "ocs2007 or ocs2007r2, or give --templates",
                      product->text);
}

/* The template topology.yaml is what a topology is started from. */
static bool is_for_topologies(const struct word *product)
{
    return strcmp(product->text, "topology") == 0;
}

const struct catalogue *catalogue_load(struct arena *arena, struct diag *diag,
                                       const char *directory,
                                       const struct word *product)
{
    struct file file;
    const struct yaml_node *root;
    struct catalogue_text text = {0};
    struct loader loader = {arena, diag};
    int found = templates_find(arena, diag, directory,
                               arena_printf(arena, "%s.yaml", product->text),
                               YAML_TREE_MAX_BYTES, &file);

    if (found < 0)
        return NULL;
    if (found > 0 || is_for_topologies(product)) {
        fail_product(diag, product);
        return NULL;
    }
    root = yaml_tree_read(arena, diag, file.name, file.text, file.length);
    if (!root || schema_load(&loader, root, &catalogue_shape, &text) < 0)
        return NULL;
    if (strcmp(text.product.text, product->text) != 0) {
        diag_error(diag, text.product.place, "wrong-product",
                   "the catalogue is for '%s'; its file is named for '%s'",
                   text.product.text, product->text);
        return NULL;
    }
    return compile(arena, diag, &text);
}

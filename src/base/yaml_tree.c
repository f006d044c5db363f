#include "base/yaml_tree.h"

#include <string.h>
#include <yaml.h>

#include "base/arena.h"
#include "base/text_index.h"
#include "base/utf8.h"

/* A broken file can have a fault in every line: nobody mends more at once
 * than these. */
#define MAX_FAULTS 1000

/* Up to here it is quicker to look at all children than to keep an index. */
#define SMALL_MAPPING 16

/* A list or mapping that is open. */
struct level {
    struct yaml_node *node;
    struct yaml_node *key;  /* of a mapping: the key whose value comes next */
    struct text_index keys; /* of a mapping that is not small: its children */
};

struct builder {
    struct arena *arena;
    struct diag *diag;
    const char *file;
    struct level levels[YAML_TREE_MAX_DEPTH];
    size_t depth; /* of open levels */
    struct text_index anchors;
    struct yaml_node *root;
    size_t alias_nodes; /* that aliases add to the tree */
    size_t errors_before;
    bool has_document;
    bool stopped;
};

static struct place mark_place(const char *file, yaml_mark_t mark)
{
    return (struct place){file, (uint32_t)mark.line + 1,
                          (uint32_t)mark.column + 1};
}

static struct level *level_top(struct builder *builder)
{
    return builder->depth > 0 ? &builder->levels[builder->depth - 1] : NULL;
}

/* Is the next node a key of the mapping that is open? */
static bool expects_key(struct builder *builder)
{
    struct level *level = level_top(builder);

    return level && level->node->kind == YAML_TREE_MAPPING && !level->key;
}

static void stop_too_deep(struct builder *builder, struct place place)
{
    diag_error(builder->diag, place, "too-deep",
               "more than %d levels of lists and mappings",
               YAML_TREE_MAX_DEPTH);
    builder->stopped = true;
}

void yaml_tree_append(struct yaml_node *parent, struct yaml_node *child)
{
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->count++;
    parent->weight += child->weight;
    if (parent->height <= child->height)
        parent->height = child->height + 1;
}

static bool text_is(const struct yaml_node *scalar, const char *text,
                    size_t length)
{
    return scalar->length == length && memcmp(scalar->text, text, length) == 0;
}

struct yaml_node *yaml_tree_child(const struct yaml_node *mapping,
                                  const char *key, size_t length)
{
    struct yaml_node *child = mapping->first;

    while (child && !(child->key && child->key->kind == YAML_TREE_SCALAR &&
                      text_is(child->key, key, length)))
        child = child->next;
    return child;
}

/* The first of the children with a key is the one that is found. */
static void index_add(struct text_index *index, struct yaml_node *child)
{
    const struct yaml_node *key = child->key;

    if (key->kind != YAML_TREE_SCALAR)
        return;
    void **slot = text_index_slot(index, key->text, key->length);
    if (!*slot)
        *slot = child;
}

void yaml_tree_index(const struct yaml_node *mapping, struct text_index *index)
{
    for (struct yaml_node *child = mapping->first; child; child = child->next)
        index_add(index, child);
}

/* Puts a node that is complete, and no key, where it belongs. */
static void attach(struct builder *builder, struct yaml_node *node)
{
    struct level *level = level_top(builder);

    if (builder->depth + node->height > YAML_TREE_MAX_DEPTH) {
        stop_too_deep(builder, node->place);
    } else if (!level) {
        builder->root = node;
    } else {
        node->key = level->key;
        level->key = NULL;
        yaml_tree_append(level->node, node);
        if (level->keys.count > 0)
            index_add(&level->keys, node);
    }
}

/* The child that has the same key already. */
static const struct yaml_node *earlier_child(struct builder *builder,
                                             struct level *level,
                                             const struct yaml_node *key)
{
    if (level->node->count < SMALL_MAPPING)
        return yaml_tree_child(level->node, key->text, key->length);
    if (level->keys.count == 0) {
        text_index_init(&level->keys, builder->arena);
        yaml_tree_index(level->node, &level->keys);
    }
    return text_index_find(&level->keys, key->text, key->length);
}

static void take_key(struct builder *builder, struct yaml_node *key)
{
    struct level *level = level_top(builder);
    const struct yaml_node *earlier = earlier_child(builder, level, key);

    if (earlier) {
        diag_error(builder->diag, key->place, "duplicate-key",
                   "key '%.*s' is here twice; keep one",
                   utf8_shown(key->text, key->length), key->text);
        diag_note(builder->diag, earlier->key->place, "it was here first");
    }
    if (!key->quoted && text_is(key, "<<", 2))
        diag_error(builder->diag, key->place, "merge-key",
                   "merge keys ('<<') are not used here: an alias stands for "
                   "a whole value");
    level->key = key;
}

static void report_key(struct builder *builder, struct place place)
{
    diag_error(builder->diag, place, "key-not-scalar",
               "a key must be plain text");
}

static void check_tag(struct builder *builder, struct place place,
                      enum yaml_kind kind, const yaml_char_t *tag)
{
    static const char *const standard[] = {
        [YAML_TREE_SCALAR] = YAML_STR_TAG,
        [YAML_TREE_SEQUENCE] = YAML_SEQ_TAG,
        [YAML_TREE_MAPPING] = YAML_MAP_TAG,
    };
    const char *text = (const char *)tag;

    if (tag && strcmp(text, standard[kind]) != 0)
        diag_error(builder->diag, place, "tag",
                   "tag '%.*s' cannot be used here: remove it",
                   utf8_shown(text, strlen(text)), text);
}

static struct yaml_node *node_new(struct builder *builder, enum yaml_kind kind,
                                  const yaml_event_t *event)
{
    struct yaml_node *node = ARENA_NEW(builder->arena, struct yaml_node);

    node->kind = kind;
    node->place = mark_place(builder->file, event->start_mark);
    node->text = "";
    node->weight = 1;
    node->height = 1;
    return node;
}

/* YAML lets a later anchor take the name of an earlier one. */
static void take_anchor(struct builder *builder, const yaml_char_t *anchor,
                        struct yaml_node *node)
{
    if (!anchor)
        return;

    size_t length = strlen((const char *)anchor);
    const char *text = arena_copy(builder->arena, anchor, length);
    *text_index_slot(&builder->anchors, text, length) = node;
}

static void take_scalar(struct builder *builder, const yaml_event_t *event)
{
    struct yaml_node *node = node_new(builder, YAML_TREE_SCALAR, event);
    const char *value = (const char *)event->data.scalar.value;

    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    node->length = event->data.scalar.length;
    if (node->length > 0)
        node->text = arena_copy(builder->arena, value, node->length);
    if (memchr(node->text, '\0', node->length))
        diag_error(builder->diag, node->place, "nul-byte",
                   "a value cannot hold a NUL character");
    check_tag(builder, node->place, node->kind, event->data.scalar.tag);
    take_anchor(builder, event->data.scalar.anchor, node);
    if (expects_key(builder))
        take_key(builder, node);
    else
        attach(builder, node);
}

static void take_start(struct builder *builder, enum yaml_kind kind,
                       const yaml_event_t *event, const yaml_char_t *tag,
                       const yaml_char_t *anchor)
{
    struct yaml_node *node = node_new(builder, kind, event);

    if (builder->depth == YAML_TREE_MAX_DEPTH) {
        stop_too_deep(builder, node->place);
        return;
    }
    if (expects_key(builder))
        report_key(builder, node->place);
    check_tag(builder, node->place, kind, tag);
    take_anchor(builder, anchor, node);
    builder->levels[builder->depth++] = (struct level){.node = node};
}

static void take_end(struct builder *builder)
{
    struct yaml_node *node = builder->levels[--builder->depth].node;

    /* A key that is none was reported when it began. */
    if (expects_key(builder))
        level_top(builder)->key = node;
    else
        attach(builder, node);
}

static bool is_open(const struct builder *builder, const struct yaml_node *node)
{
    for (size_t i = 0; i < builder->depth; i++)
        if (builder->levels[i].node == node)
            return true;
    return false;
}

/* What an alias points at; NULL after reporting. */
static struct yaml_node *alias_target(struct builder *builder,
                                      struct place place, const char *anchor)
{
    size_t length = strlen(anchor);
    int shown = utf8_shown(anchor, length);
    struct yaml_node *target =
        text_index_find(&builder->anchors, anchor, length);

    if (!target) {
        diag_error(builder->diag, place, "alias-unknown",
                   "alias '*%.*s' names no anchor ('&%.*s') above it", shown,
                   anchor, shown, anchor);
        return NULL;
    }
    if (is_open(builder, target)) {
        diag_error(builder->diag, place, "alias-cycle",
                   "alias '*%.*s' is inside of what it names: write the value "
                   "in its place",
                   shown, anchor);
        diag_note(builder->diag, target->place, "which starts here");
        return NULL;
    }
    return target;
}

static void attach_alias(struct builder *builder, struct yaml_node *node,
                         struct yaml_node *target)
{
    struct place place = node->place;

    builder->alias_nodes += target->weight;
    if (builder->alias_nodes > YAML_TREE_MAX_NODES) {
        diag_error(builder->diag, place, "alias-budget",
                   "the aliases up to here stand for more than %d values",
                   YAML_TREE_MAX_NODES);
        builder->stopped = true;
        return;
    }
    target->shared = target->first != NULL;
    *node = *target;
    node->place = place;
    attach(builder, node);
}

static void take_alias(struct builder *builder, const yaml_event_t *event)
{
    struct yaml_node *node = node_new(builder, YAML_TREE_SCALAR, event);
    const char *anchor = (const char *)event->data.alias.anchor;

    if (expects_key(builder)) {
        report_key(builder, node->place);
        level_top(builder)->key = node;
        return;
    }
    struct yaml_node *target = alias_target(builder, node->place, anchor);
    if (target)
        attach_alias(builder, node, target);
    else
        attach(builder, node);
}

static void take_document(struct builder *builder, const yaml_event_t *event)
{
    if (builder->has_document) {
        diag_error(builder->diag, mark_place(builder->file, event->start_mark),
                   "second-document",
                   "a second document starts here: a file holds one");
        builder->stopped = true;
    }
    builder->has_document = true;
}

static void check_not_empty(struct builder *builder)
{
    const struct yaml_node *root = builder->root;

    if (builder->diag->errors > builder->errors_before)
        return;
    if (!root ||
        (root->kind == YAML_TREE_SCALAR && root->length == 0 && !root->quoted))
        diag_error(builder->diag, (struct place){builder->file, 1, 1},
                   "empty-document", "there is nothing in this file");
}

static void take_event(struct builder *builder, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        take_document(builder, event);
        break;
    case YAML_SCALAR_EVENT:
        take_scalar(builder, event);
        break;
    case YAML_ALIAS_EVENT:
        take_alias(builder, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        take_start(builder, YAML_TREE_SEQUENCE, event,
                   event->data.sequence_start.tag,
                   event->data.sequence_start.anchor);
        break;
    case YAML_MAPPING_START_EVENT:
        take_start(builder, YAML_TREE_MAPPING, event,
                   event->data.mapping_start.tag,
                   event->data.mapping_start.anchor);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        take_end(builder);
        break;
    case YAML_STREAM_END_EVENT:
        check_not_empty(builder);
        builder->stopped = true;
        break;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        break;
    }
    if (builder->diag->errors >= builder->errors_before + MAX_FAULTS)
        builder->stopped = true;
}

static bool ends_line(char character)
{
    return character == '\n' || character == '\r';
}

static const char *next_line(const char *text, const char *end)
{
    while (text < end && !ends_line(*text))
        text++;
    if (text == end)
        return end;
    return end - text > 1 && memcmp(text, "\r\n", 2) == 0 ? text + 2 : text + 1;
}

/* A tab elsewhere in the line is not to blame: in brackets and quotes libyaml
 * lets a tab indent. */
static bool is_at_tab(const char *text, size_t length, yaml_mark_t mark)
{
    const char *end = text + length;

    for (size_t left = mark.line; left > 0; left--)
        text = next_line(text, end);
    for (size_t left = mark.column; text < end && left > 0; left--) {
        text++;
        while (text < end && utf8_is_continuation(*text))
            text++;
    }
    return text < end && *text == '\t';
}

/* What libyaml says of some faults leads away from them. */
static const char *syntax_hint(const char *problem)
{
    if (strcmp(problem, "mapping values are not allowed in this context") == 0)
        return ": is the line indented wrongly, or is there a ': ' in a value "
               "that needs quotes?";
    if (strstr(problem, "cannot start any token"))
        return ": does a value start with @, ` or %, and need quotes?";
    if (strstr(problem, "did not find expected"))
        return ": is a line indented wrongly, or a bracket or quote left open?";
    return "";
}

static void report_syntax(struct builder *builder, const yaml_parser_t *parser,
                          const char *text, size_t length)
{
    struct place place = mark_place(builder->file, parser->problem_mark);
    struct place start = mark_place(builder->file, parser->context_mark);
    const char *problem = parser->problem ? parser->problem : "unreadable";

    if (is_at_tab(text, length, parser->problem_mark)) {
        diag_error(builder->diag, place, "tab-indentation",
                   "a tab cannot indent: use spaces");
        return;
    }
    if (!parser->context) {
        diag_error(builder->diag, place, "yaml-syntax", "%s%s", problem,
                   syntax_hint(problem));
        return;
    }
    diag_error(builder->diag, place, "yaml-syntax", "%s: %s%s", parser->context,
               problem, syntax_hint(problem));
    if (start.line != place.line || start.column != place.column)
        diag_note(builder->diag, start, "%s that starts here", parser->context);
}

/* Returns false when there is no memory for libyaml. */
static bool events_read(struct builder *builder, yaml_parser_t *parser,
                        const char *text, size_t length)
{
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(parser, (const unsigned char *)text, length);
    while (!builder->stopped) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) {
            if (parser->error == YAML_MEMORY_ERROR)
                return false;
            report_syntax(builder, parser, text, length);
            break;
        }
        take_event(builder, &event);
        yaml_event_delete(&event);
    }
    return true;
}

/* The directives of a second document come before the event that tells of
 * it, and libyaml compares each with all before: so they are looked for here.
 * Tags are refused anyway. */
static int check_directives(struct diag *diag, const char *file,
                            const char *text, size_t length)
{
    const char *end = text + length;
    uint32_t number = 1;

    if (!memchr(text, '%', length))
        return 0;
    for (const char *line = text; line < end; number++) {
        if (end - line >= 4 && memcmp(line, "%TAG", 4) == 0)
            return diag_error(diag, (struct place){file, number, 1}, "tag",
                              "tags are not used here: remove this line");
        line = next_line(line, end);
    }
    return 0;
}

struct yaml_node *yaml_tree_read(struct arena *arena, struct diag *diag,
                                 const char *file, const char *text,
                                 size_t length)
{
    struct builder builder = {.arena = arena,
                              .diag = diag,
                              .file = file,
                              .errors_before = diag->errors};
    size_t mark = utf8_mark_length(text, length);
    yaml_parser_t parser;

    text_index_init(&builder.anchors, arena);
    if (utf8_check(diag, file, text, length) != 0 ||
        check_directives(diag, file, text + mark, length - mark) != 0)
        return NULL;
    bool has_memory = yaml_parser_initialize(&parser) != 0;
    if (has_memory) {
        has_memory = events_read(&builder, &parser, text + mark, length - mark);
        yaml_parser_delete(&parser);
    }
    if (!has_memory)
        arena->out_of_memory(arena->context);
    return diag->errors > builder.errors_before ? NULL : builder.root;
}

const char *yaml_tree_kind_name(enum yaml_kind kind)
{
    static const char *const names[] = {
        [YAML_TREE_SCALAR] = "a value",
        [YAML_TREE_SEQUENCE] = "a list",
        [YAML_TREE_MAPPING] = "a mapping",
    };

    return names[kind];
}

const struct yaml_node *yaml_tree_find(const struct yaml_node *mapping,
                                       const char *key)
{
    return yaml_tree_child(mapping, key, strlen(key));
}

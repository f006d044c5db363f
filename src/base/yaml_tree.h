/*
 * A YAML document as a tree in which every node knows its place.
 *
 *     pools:                       mapping
 *       - fqdn: a.example            child: sequence, key "pools"
 *         vip: 10.0.0.1                child: mapping
 *                                        child: scalar "a.example", key "fqdn"
 *                                        child: scalar "10.0.0.1", key "vip"
 *
 * Scalars are plain text: what they mean is for the reader's schema to say,
 * so `no` is a name and `010` is not an octal number.  Aliases share the
 * children of what they point at.  Only this module knows libyaml.
 *
 * Refused, each with its place: duplicate keys (both places), keys that are
 * no scalars, merge keys, tags, a second document, an empty document, an
 * alias inside of what it names, more than YAML_TREE_MAX_DEPTH levels, aliases
 * that would blow the tree up beyond YAML_TREE_MAX_NODES, and text that is
 * not clean UTF-8 without control characters (a byte-order mark is fine).
 */
#ifndef BASE_YAML_TREE_H
#define BASE_YAML_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

struct arena;
struct text_index;

#define YAML_TREE_MAX_DEPTH 64
#define YAML_TREE_MAX_NODES 1000000 /* through aliases */
#define YAML_TREE_MAX_BYTES (16u << 20)

enum yaml_kind { YAML_TREE_SCALAR, YAML_TREE_SEQUENCE, YAML_TREE_MAPPING };

struct yaml_node {
    enum yaml_kind kind;
    bool quoted; /* a scalar in quotes or a block scalar */
    bool shared; /* aliases give the children to other nodes, too */
    struct place place;
    const char *text; /* of a scalar, NUL-terminated; it holds no NUL */
    size_t length;
    const struct yaml_node *key; /* scalar; of a mapping's child alone */
    struct yaml_node *first;     /* child */
    struct yaml_node *last;
    struct yaml_node *next; /* sibling */
    size_t count;           /* of children */
    size_t weight;          /* nodes from here down, aliases expanded */
    uint32_t height;        /* levels from here down; a scalar has 1 */
};

/* Ids of the messages: see tests/topology.  Returns the root, in the arena,
 * or NULL after reporting; all faults of the text are reported, but libyaml
 * stops at its first syntax error. */
struct yaml_node *yaml_tree_read(struct arena *arena, struct diag *diag,
                                 const char *file, const char *text,
                                 size_t length);

/* "a mapping", "a list", "a value": for messages. */
const char *yaml_tree_kind_name(enum yaml_kind kind);

/* The child of a mapping with that key, or NULL. */
const struct yaml_node *yaml_tree_find(const struct yaml_node *mapping,
                                       const char *key);

/*
 * Merges the mapping `from` into the mapping `into`, which it changes: lists
 * append, mappings merge, a scalar said by both is reported with both places.
 * `from` is taken apart: its nodes move.  Returns 0, or -1 after reporting.
 */
int yaml_tree_merge(struct diag *diag, struct yaml_node *into,
                    struct yaml_node *from);

/* The same for a key of length bytes, to be changed. */
struct yaml_node *yaml_tree_child(const struct yaml_node *mapping,
                                  const char *key, size_t length);

/* Makes child, with its key, the last child of a list or mapping. */
void yaml_tree_append(struct yaml_node *parent, struct yaml_node *child);

/* Adds the children of a mapping by their keys; the first of a key counts. */
void yaml_tree_index(const struct yaml_node *mapping, struct text_index *index);

#endif

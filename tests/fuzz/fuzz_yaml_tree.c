/*
 * A YAML text from anywhere: a tree that is accepted keeps the promises of
 * its header.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/yaml_tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void abort_on_out_of_memory(void *context)
{
    (void)context;
    abort();
}

static void require(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

static void check_place(const struct yaml_node *node)
{
    require(node->place.file && node->place.line > 0 && node->place.column > 0,
            "every node has a place");
}

static void check_scalar(const struct yaml_node *node)
{
    check_place(node);
    require(node->kind == YAML_TREE_SCALAR, "it is a scalar");
    require(strlen(node->text) == node->length, "a scalar holds no NUL");
    require(!node->first && node->count == 0, "a scalar has no children");
}

static void check_key(const struct yaml_node *parent,
                      const struct yaml_node *child)
{
    const struct yaml_node *found;

    if (parent->kind != YAML_TREE_MAPPING) {
        require(!child->key, "an item of a list has no key");
        return;
    }
    check_scalar(child->key);
    found = yaml_tree_find(parent, child->key->text);
    require(found == child, "a key is in its mapping once");
}

/* What there is through aliases is counted down: the tree may be a million
 * nodes, which takes a fuzzer too long. */
static void walk(const struct yaml_node *node, unsigned depth, size_t *budget)
{
    size_t count = 0;
    size_t weight = 1;

    require(depth <= YAML_TREE_MAX_DEPTH, "the depth has a limit");
    if (*budget == 0)
        return;
    --*budget;
    check_place(node);
    if (node->kind == YAML_TREE_SCALAR)
        check_scalar(node);
    for (const struct yaml_node *child = node->first; child;
         child = child->next) {
        if (node->count <= 100)
            check_key(node, child);
        walk(child, depth + 1, budget);
        count++;
        weight += child->weight;
        require(child->height < node->height, "children are lower");
        require(child->next || child == node->last, "the last is known");
    }
    require(count == node->count, "children are counted");
    require(weight <= YAML_TREE_MAX_NODES && node->weight == weight,
            "weights add up");
}

static struct yaml_node *read(struct arena *arena, struct diag *diag,
                              const uint8_t *data, size_t size)
{
    return yaml_tree_read(arena, diag, "fuzz.yaml", (const char *)data, size);
}

/* With itself: every list doubles, every scalar is said twice. */
static void merge(struct arena *arena, struct diag *diag, const uint8_t *data,
                  size_t size, struct yaml_node *into)
{
    struct yaml_node *from = read(arena, diag, data, size);

    require(from != NULL, "what was read once is read again");
    if (into->kind == YAML_TREE_MAPPING && from->kind == YAML_TREE_MAPPING)
        yaml_tree_merge(diag, into, from);
}

static void print(struct diag *diag)
{
    static FILE *nowhere;

    if (!nowhere)
        nowhere = fopen("/dev/null", "w");
    if (nowhere)
        diag_print(diag, nowhere, SEVERITY_INFO, true);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct diag diag;
    struct yaml_node *root;
    size_t budget = 20000;

    arena_init(&arena, abort_on_out_of_memory, NULL);
    diag_init(&diag, &arena);
    diag_add_source(&diag, "fuzz.yaml", (const char *)data, size);
    root = read(&arena, &diag, data, size);
    require(!root == (diag.errors > 0), "a refusal says why");
    if (root) {
        walk(root, 1, &budget);
        merge(&arena, &diag, data, size, root);
    }
    print(&diag);
    arena_release(&arena);
    return 0;
}

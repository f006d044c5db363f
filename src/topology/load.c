#include "topology/topology.h"

#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "base/suggest.h"
#include "topology/schema.h"

const char *const view_names[VIEW_COUNT] = {"internal", "external",
                                            "perimeter"};

int schema_expect(struct loader *loader, const struct yaml_node *node,
                  enum yaml_kind kind, const char *what)
{
    if (node->kind == kind && kind != YAML_TREE_SCALAR)
        return 0;
    if (node->kind == YAML_TREE_SCALAR && !node->quoted && node->length == 0)
        return diag_error(loader->diag, node->place, "no-value",
                          "'%s' has no value; give one or take the key out",
                          what);
    if (node->kind == kind)
        return 0;
    return diag_error(
        loader->diag, node->place, "wrong-kind", "'%s' must be %s, not %s",
        what, yaml_tree_kind_name(kind), yaml_tree_kind_name(node->kind));
}

static const char *join_keys(struct arena *arena, const struct shape *shape)
{
    struct strbuf buf;

    strbuf_init(&buf, arena);
    for (const struct field *field = shape->fields; field->key; field++)
        strbuf_printf(&buf, "%s%s", field == shape->fields ? "" : ", ",
                      field->key);
    return buf.text;
}

static int report_unknown_key(struct loader *loader,
                              const struct yaml_node *node,
                              const struct shape *shape)
{
    struct suggest suggest;

    suggest_init(&suggest, node->key->text);
    for (const struct field *field = shape->fields; field->key; field++)
        suggest_offer(&suggest, field->key);
    if (suggest.nearest)
        return diag_error(loader->diag, node->key->place, "unknown-key",
                          "%s has no key '%s'; did you mean '%s'?", shape->noun,
                          node->key->text, suggest.nearest);
    return diag_error(loader->diag, node->key->place, "unknown-key",
                      "%s has no key '%s'; it has %s", shape->noun,
                      node->key->text, join_keys(loader->arena, shape));
}

static int load_field(struct loader *loader, const struct yaml_node *node,
                      const struct shape *shape, void *target)
{
    for (const struct field *field = shape->fields; field->key; field++)
        if (strcmp(field->key, node->key->text) == 0)
            return field->load(loader, node, field,
                               (char *)target + field->offset);
    return report_unknown_key(loader, node, shape);
}

static int require_fields(struct loader *loader, const struct yaml_node *node,
                          const struct shape *shape)
{
    int result = 0;

    for (const struct field *field = shape->fields; field->key; field++)
        if (field->required && !yaml_tree_find(node, field->key))
            result =
                diag_error(loader->diag, node->place, "missing-key",
                           "%s lacks '%s'; add it", shape->noun, field->key);
    return result;
}

int schema_load_fields(struct loader *loader, const struct yaml_node *node,
                       const struct shape *shape, void *target)
{
    int result;

    if (schema_expect(loader, node, YAML_TREE_MAPPING,
                      node->key ? node->key->text : shape->noun) < 0)
        return -1;
    result = require_fields(loader, node, shape);
    for (const struct yaml_node *child = node->first; child;
         child = child->next)
        if (load_field(loader, child, shape, target) < 0)
            result = -1;
    return result;
}

int schema_load(struct loader *loader, const struct yaml_node *node,
                const struct shape *shape, void *target)
{
    memcpy(target, &node->place, sizeof node->place);
    return schema_load_fields(loader, node, shape, target);
}

int load_mapping(struct loader *loader, const struct yaml_node *node,
                 const struct field *field, void *target)
{
    return schema_load(loader, node, field->detail, target);
}

static struct topology *load_tree(struct arena *arena, struct diag *diag,
                                  const struct yaml_node *root)
{
    struct topology *topology = ARENA_NEW(arena, struct topology);
    struct loader loader = {arena, diag};

    return schema_load(&loader, root, &topology_shape, topology) < 0 ? NULL
                                                                     : topology;
}

struct topology *topology_parse(struct arena *arena, struct diag *diag,
                                const char *file, const char *text,
                                size_t length)
{
    const struct yaml_node *root =
        yaml_tree_read(arena, diag, file, text, length);

    return root ? load_tree(arena, diag, root) : NULL;
}

static struct yaml_node *read_tree(struct arena *arena, struct diag *diag,
                                   const char *path)
{
    struct file file;

    if (file_read(arena, diag, path, YAML_TREE_MAX_BYTES, &file) < 0)
        return NULL;
    return yaml_tree_read(arena, diag, file.name, file.text, file.length);
}

static bool is_mapping(struct diag *diag, const struct yaml_node *root)
{
    struct loader loader = {NULL, diag};

    return schema_expect(&loader, root, YAML_TREE_MAPPING,
                         topology_shape.noun) == 0;
}

/* All files of a directory as one tree; every file's faults are reported. */
static struct yaml_node *read_directory(struct arena *arena, struct diag *diag,
                                        const char *path)
{
    struct yaml_node *whole = NULL;
    const char **files;
    size_t count;
    bool good = true;

    if (file_list(arena, diag, path, ".yaml", &files, &count) < 0)
        return NULL;
    if (count == 0)
        diag_error(diag, (struct place){path, 0, 0}, "empty-directory",
                   "the directory holds no *.yaml file; name a topology");
    for (size_t i = 0; i < count; i++) {
        struct yaml_node *root = read_tree(arena, diag, files[i]);

        if (!root || !is_mapping(diag, root) ||
            (whole && yaml_tree_merge(diag, whole, root) < 0))
            good = false;
        else if (!whole)
            whole = root;
    }
    return good ? whole : NULL;
}

struct topology *topology_load(struct arena *arena, struct diag *diag,
                               const char *path)
{
    const struct yaml_node *root;
    struct stat status;

    if (strcmp(path, "-") != 0 && stat(path, &status) == 0 &&
        S_ISDIR(status.st_mode))
        root = read_directory(arena, diag, path);
    else
        root = read_tree(arena, diag, path);
    return root ? load_tree(arena, diag, root) : NULL;
}

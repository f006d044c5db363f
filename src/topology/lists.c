/*
 * Values that come in several: lists, mappings from names, a value for each
 * view.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "topology/schema.h"
#include "topology/topology.h"

/* Every list of a topology is laid out like this one. */
struct any_list {
    void *items;
    size_t count;
    bool said;
    struct place place;
};

static struct any_list list_start(struct loader *loader,
                                  const struct yaml_node *node, size_t count,
                                  size_t size)
{
    return (struct any_list){
        .items = arena_array(loader->arena, count, size),
        .said = true,
        .place = node->place,
    };
}

int load_list(struct loader *loader, const struct yaml_node *node,
              const struct field *field, void *target)
{
    const struct shape *shape = field->detail;
    struct any_list list;
    int result = 0;

    if (schema_expect(loader, node, YAML_TREE_SEQUENCE, field->key) < 0)
        return -1;
    list = list_start(loader, node, node->count, shape->size);
    for (const struct yaml_node *item = node->first; item; item = item->next)
        if (schema_load(loader, item, shape,
                        (char *)list.items + list.count++ * shape->size) < 0)
            result = -1;
    memcpy(target, &list, sizeof list);
    return result;
}

/* A list of values, each size bytes large and read by load. */
static int load_values(struct loader *loader, const struct yaml_node *node,
                       const struct field *field, field_load *load, size_t size,
                       void *target)
{
    struct any_list list;
    int result = 0;

    if (schema_expect(loader, node, YAML_TREE_SEQUENCE, field->key) < 0)
        return -1;
    list = list_start(loader, node, node->count, size);
    for (const struct yaml_node *item = node->first; item; item = item->next)
        if (load(loader, item, field,
                 (char *)list.items + list.count++ * size) < 0)
            result = -1;
    memcpy(target, &list, sizeof list);
    return result;
}

static int load_value_or_list(struct loader *loader,
                              const struct yaml_node *node,
                              const struct field *field, field_load *load,
                              size_t size, void *target)
{
    struct any_list list;
    int result;

    if (node->kind != YAML_TREE_SCALAR)
        return load_values(loader, node, field, load, size, target);
    list = list_start(loader, node, 1, size);
    list.count = 1;
    result = load(loader, node, field, list.items);
    memcpy(target, &list, sizeof list);
    return result;
}

int load_fqdn_list(struct loader *loader, const struct yaml_node *node,
                   const struct field *field, void *target)
{
    return load_values(loader, node, field, load_fqdn, sizeof(struct fqdn),
                       target);
}

int load_domain_list(struct loader *loader, const struct yaml_node *node,
                     const struct field *field, void *target)
{
    return load_values(loader, node, field, load_domain, sizeof(struct fqdn),
                       target);
}

int load_network_list(struct loader *loader, const struct yaml_node *node,
                      const struct field *field, void *target)
{
    return load_values(loader, node, field, load_network,
                       sizeof(struct network), target);
}

int load_word_list(struct loader *loader, const struct yaml_node *node,
                   const struct field *field, void *target)
{
    return load_values(loader, node, field, load_word, sizeof(struct word),
                       target);
}

int load_identifier_list(struct loader *loader, const struct yaml_node *node,
                         const struct field *field, void *target)
{
    return load_values(loader, node, field, load_identifier,
                       sizeof(struct word), target);
}

int load_fqdn_or_list(struct loader *loader, const struct yaml_node *node,
                      const struct field *field, void *target)
{
    return load_value_or_list(loader, node, field, load_fqdn,
                              sizeof(struct fqdn), target);
}

int load_text_or_list(struct loader *loader, const struct yaml_node *node,
                      const struct field *field, void *target)
{
    return load_value_or_list(loader, node, field, load_text,
                              sizeof(struct word), target);
}

int load_mirror(struct loader *loader, const struct yaml_node *node,
                const struct field *field, void *target)
{
    if (node->kind == YAML_TREE_SCALAR && strcmp(node->text, "all") == 0)
        return 0;
    return load_fqdn_list(loader, node, field, target);
}

/* ---- mappings whose keys are names */

int load_host_map(struct loader *loader, const struct yaml_node *node,
                  const struct field *field, void *target)
{
    struct host_list *list = target;
    int result = 0;

    if (schema_expect(loader, node, YAML_TREE_MAPPING, field->key) < 0)
        return -1;
    list->said = true;
    list->place = node->place;
    list->items = ARENA_NEW_ARRAY(loader->arena, node->count, struct host);
    for (const struct yaml_node *child = node->first; child;
         child = child->next) {
        struct host *host = &list->items[list->count++];
        struct field address = {.key = child->key->text};

        host->place = child->key->place;
        if (load_domain(loader, child->key, &address, &host->fqdn) < 0 ||
            load_address(loader, child, &address, &host->address) < 0)
            result = -1;
    }
    return result;
}

int load_product_servers(struct loader *loader, const struct yaml_node *node,
                         const struct field *field, void *target)
{
    struct product_server_list *list = target;
    bool single = node->kind == YAML_TREE_SCALAR;
    int result = 0;

    if (!single &&
        schema_expect(loader, node, YAML_TREE_MAPPING, field->key) < 0)
        return -1;
    list->said = true;
    list->place = node->place;
    list->items = ARENA_NEW_ARRAY(loader->arena, single ? 1 : node->count,
                                  struct product_server);
    if (single) {
        list->count = 1;
        return load_fqdn(loader, node, field, &list->items[0].fqdn);
    }
    for (const struct yaml_node *child = node->first; child;
         child = child->next) {
        struct product_server *server = &list->items[list->count++];

        if (load_identifier(loader, child->key, field, &server->product) < 0 ||
            load_fqdn(loader, child, field, &server->fqdn) < 0)
            result = -1;
    }
    return result;
}

int load_federation(struct loader *loader, const struct yaml_node *node,
                    const struct field *field, void *target)
{
    struct federation *federation = target;

    federation->flag.place = node->place;
    federation->flag.said = true;
    if (node->kind == YAML_TREE_SCALAR && strchr(node->text, '.'))
        return load_fqdn(loader, node, field, &federation->edge);
    if (node->kind == YAML_TREE_SCALAR && node->length > 0 &&
        strcmp(node->text, "true") != 0 && strcmp(node->text, "false") != 0)
        return diag_error(loader->diag, node->place, "bad-flag",
                          "'%s' must be true, false or the name of an access "
                          "edge, not '%s'",
                          field->key, node->text);
    return load_flag(loader, node, field, &federation->flag);
}

/* ---- a value for each view */

/* Without views it is for the inside and the outside, and never for the
 * perimeter, which has name servers only where it is said. */

/* Does the mapping speak of views, or is it the value itself? */
static bool is_by_view(const struct yaml_node *node)
{
    if (node->kind != YAML_TREE_MAPPING)
        return false;
    for (int view = 0; view < VIEW_COUNT; view++)
        if (yaml_tree_find(node, view_names[view]))
            return true;
    return false;
}

/* detail of the fields below: how to read one view's value */
struct by_view {
    field_load *load;
    size_t size;
};

static int load_views(struct loader *loader, const struct yaml_node *node,
                      const struct field *field, const struct by_view *by_view,
                      void *target)
{
    const struct field fields[VIEW_COUNT + 1] = {
        {.key = view_names[VIEW_INTERNAL], .load = by_view->load},
        {.key = view_names[VIEW_EXTERNAL],
         .load = by_view->load,
         .offset = VIEW_EXTERNAL * by_view->size},
        {.key = view_names[VIEW_PERIMETER],
         .load = by_view->load,
         .offset = VIEW_PERIMETER * by_view->size},
    };
    const struct shape shape = {field->key, 0, fields};

    return schema_load_fields(loader, node, &shape, target);
}

int load_fqdn_by_view(struct loader *loader, const struct yaml_node *node,
                      const struct field *field, void *target)
{
    static const struct by_view by_view = {load_domain, sizeof(struct fqdn)};
    struct fqdn *views = target;
    int result;

    if (node->kind == YAML_TREE_MAPPING)
        return load_views(loader, node, field, &by_view, target);
    result = load_domain(loader, node, field, &views[VIEW_INTERNAL]);
    views[VIEW_EXTERNAL] = views[VIEW_INTERNAL];
    return result;
}

int load_domain_list_by_view(struct loader *loader,
                             const struct yaml_node *node,
                             const struct field *field, void *target)
{
    static const struct by_view by_view = {load_domain_list,
                                           sizeof(struct fqdn_list)};
    struct fqdn_list *views = target;
    int result;

    if (node->kind == YAML_TREE_MAPPING)
        return load_views(loader, node, field, &by_view, target);
    result = load_domain_list(loader, node, field, &views[VIEW_INTERNAL]);
    views[VIEW_EXTERNAL] = views[VIEW_INTERNAL];
    return result;
}

int load_host_map_by_view(struct loader *loader, const struct yaml_node *node,
                          const struct field *field, void *target)
{
    static const struct by_view by_view = {load_host_map,
                                           sizeof(struct host_list)};
    struct host_list *views = target;

    if (is_by_view(node))
        return load_views(loader, node, field, &by_view, target);
    return load_host_map(loader, node, field, &views[VIEW_INTERNAL]);
}

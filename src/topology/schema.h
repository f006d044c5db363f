/*
 * The keys of a topology file, as tables, and the reading that follows them.
 *
 * A shape describes a mapping: its fields say which key fills which member of
 * a struct, and how.  The struct of every shape begins with a struct place.
 */
#ifndef TOPOLOGY_SCHEMA_H
#define TOPOLOGY_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/yaml_tree.h"

struct arena;

struct loader {
    struct arena *arena;
    struct diag *diag;
};

struct field;

/* Reads node into target, a member whose type the function knows.  Returns 0,
 * or -1 after reporting; target may then be half filled. */
typedef int field_load(struct loader *loader, const struct yaml_node *node,
                       const struct field *field, void *target);

struct field {
    const char *key; /* NULL ends the fields of a shape */
    field_load *load;
    size_t offset;
    bool required;
    const void *detail; /* what the function needs: a shape, words ... */
};

struct shape {
    const char *noun; /* "pool": for messages */
    size_t size;
    const struct field *fields;
};

/* The shape of a whole file. */
extern const struct shape topology_shape;

/* Reads a mapping into target, zeroed and shape->size bytes large. */
int schema_load(struct loader *loader, const struct yaml_node *node,
                const struct shape *shape, void *target);

/* The same for a target that keeps no place of its own. */
int schema_load_fields(struct loader *loader, const struct yaml_node *node,
                       const struct shape *shape, void *target);

/* Is node of that kind, and not an empty value?  Reports when it is not. */
int schema_expect(struct loader *loader, const struct yaml_node *node,
                  enum yaml_kind kind, const char *what);

/* Field functions for composed values; detail is a struct shape. */
field_load load_mapping, load_list;

/* Field functions for values: see values.c.  The target's type is the struct
 * of value.h that bears the name. */
field_load load_fqdn, load_owner_name, load_domain, load_contact;
field_load load_address, load_network;
field_load load_port, load_flag, load_seconds;
field_load load_word;       /* detail: const char *const[], NULL-terminated */
field_load load_identifier; /* letters, digits, - and _ */
field_load load_label, load_text, load_date;

/* Lists of values, for the lists of value.h. */
field_load load_fqdn_list, load_domain_list, load_network_list;
field_load load_word_list; /* detail: words */
field_load load_identifier_list;

/* A list, or a single value, which is taken as a list of one. */
field_load load_fqdn_or_list, load_text_or_list;

/* The same name: address mapping that dns.hosts has. */
field_load load_host_map;

/* A value for all views, or a mapping of views to values: the targets are
 * arrays of VIEW_COUNT. */
field_load load_fqdn_by_view, load_domain_list_by_view, load_host_map_by_view;

/* true, false or a name: struct federation. */
field_load load_federation;

/* A name, or a mapping of products to names: struct product_server_list. */
field_load load_product_servers;

/* `all` (not said) or a list of names: struct fqdn_list. */
field_load load_mirror;

/* A name of a key in a mapping of names: see load_fqdn. */
int load_key_fqdn(struct loader *loader, const struct yaml_node *node,
                  void *target);

#endif

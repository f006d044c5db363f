#include "write/named_conf_writer.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "write/template.h"
#include "write/zone_writer.h"

const char *zone_file_name(struct arena *arena, const struct plan_zone *zone)
{
    struct strbuf path;

    strbuf_init(&path, arena);
    strbuf_add_text(&path, view_names[zone->view]);
    strbuf_add_char(&path, '/');
    name_write_plain(&path, zone->apex);
    strbuf_add_text(&path, zone->mode == ZONE_INCLUDE ? ".include" : ".zone");
    return path.text;
}

const char *zones_file_name(struct arena *arena, enum view view)
{
    return arena_printf(arena, "%s/zones.conf", view_names[view]);
}

/* A string as named.conf has it. */
static void write_quoted(struct strbuf *buf, const char *prefix,
                         const char *text)
{
    strbuf_add_char(buf, '"');
    for (; *prefix; prefix++) {
        if (*prefix == '"' || *prefix == '\\')
            strbuf_add_char(buf, '\\');
        strbuf_add_char(buf, *prefix);
    }
    strbuf_add_text(buf, text);
    strbuf_add_char(buf, '"');
}

void named_conf_write_zones(struct arena *arena, struct strbuf *buf,
                            const struct plan *plan, enum view view,
                            const char *prefix)
{
    const struct plan_view *zones = &plan->views[view];

    strbuf_add_text(buf, "// " WRITTEN_BY_US "\n");
    if (!plan_view_is_served(plan, view))
        strbuf_printf(buf, "// The %s view has no zones.\n", view_names[view]);
    else
        strbuf_printf(buf, "// The zones of the %s view.\n\n",
                      view_names[view]);
    for (size_t i = 0; i < zones->count; i++) {
        const struct plan_zone *zone = zones->zones[i];

        if (zone->mode == ZONE_INCLUDE)
            continue;
        strbuf_add_text(buf, "zone \"");
        name_write_plain(buf, zone->apex);
        strbuf_add_text(buf, "\" {\n    type primary;\n    file ");
        write_quoted(buf, prefix, zone_file_name(arena, zone));
        strbuf_add_text(buf, ";\n};\n");
    }
}

static void write_networks(struct strbuf *buf,
                           const struct network_list *networks)
{
    for (size_t i = 0; i < networks->count; i++) {
        const uint8_t *octets = networks->items[i].address.octets;

        strbuf_printf(buf, "%s    %u.%u.%u.%u/%u;", i > 0 ? "\n" : "",
                      octets[0], octets[1], octets[2], octets[3],
                      networks->items[i].prefix_bits);
    }
    if (networks->count == 0)
        strbuf_add_text(buf, "    localhost;\n    localnets;");
}

/* A deployment with one view has nobody to hide it from. */
static void write_view(struct arena *arena, struct strbuf *buf,
                       const struct plan *plan, enum view view,
                       const char *prefix)
{
    bool alone = !plan_view_is_served(plan, VIEW_INTERNAL) ||
                 !plan_view_is_served(plan, VIEW_EXTERNAL);

    if (!plan_view_is_served(plan, view))
        return;
    strbuf_printf(buf, "%sview \"%s\" {\n    match-clients { %s; };\n",
                  view > 0 && !alone ? "\n\n" : "", view_names[view],
                  view == VIEW_INTERNAL && !alone ? "\"ocszone-internal\""
                                                  : "any");
    strbuf_add_text(buf, "    include ");
    write_quoted(buf, prefix, zones_file_name(arena, view));
    strbuf_add_text(buf, ";\n};");
}

void named_conf_write(struct arena *arena, struct strbuf *buf,
                      const struct plan *plan, const char *prefix,
                      const char *template)
{
    struct strbuf networks;
    struct strbuf views;
    struct template_value values[] = {
        {"acl", NULL}, {"views", NULL}, {NULL, NULL}};

    strbuf_init(&networks, arena);
    strbuf_init(&views, arena);
    write_networks(&networks, &plan->topology->networks);
    /* The perimeter's name server is another one, out there. */
    write_view(arena, &views, plan, VIEW_INTERNAL, prefix);
    write_view(arena, &views, plan, VIEW_EXTERNAL, prefix);
    values[0].text = networks.text;
    values[1].text = views.text ? views.text : "";
    strbuf_add_text(buf, "// " WRITTEN_BY_US "\n");
    template_write(buf, template, values);
}

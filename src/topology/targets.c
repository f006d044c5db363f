#include "topology/targets.h"

static bool naming_is_strict(const struct topology *topology,
                             const struct sip_domain *domain)
{
    const struct flag *flag = domain->strict_naming.said
                                  ? &domain->strict_naming
                                  : &topology->strict_naming;

    return !flag->said || flag->value;
}

/* With DisableStrictDNSNaming in force, a name in the same tree will do. */
struct name target_of_sign_in(struct arena *arena,
                              const struct topology *topology,
                              const struct sip_domain *domain)
{
    struct name server = domain->sign_in.name;
    struct name parent = name_parent(server);
    struct name sip = domain->name.name;

    if (name_is_absent(server))
        return server;
    if (domain->sign_in_name.text)
        return name_prepend(arena, domain->sign_in_name.text, sip);
    if (name_equal(parent, sip))
        return server;
    if (!naming_is_strict(topology, domain) &&
        (name_is_within(parent, sip) || name_is_within(sip, parent)))
        return server;
    return name_move(arena, server, sip);
}

struct name target_of_access_edge(struct arena *arena,
                                  const struct sip_domain *domain,
                                  struct name edge)
{
    if (name_equal(name_parent(edge), domain->name.name))
        return edge;
    return name_prepend(arena, "sip", domain->name.name);
}

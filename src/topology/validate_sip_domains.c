#include <string.h>

#include "base/diag.h"
#include "topology/targets.h"
#include "topology/validate.h"

/* The longest that the catalogue puts in front: _sipfederationtls._tcp */
#define LONGEST_SERVICE 23

static int check_length(struct validation *validation,
                        const struct sip_domain *domain)
{
    const struct word *label = &domain->sign_in_name;

    if (domain->name.name.length + LONGEST_SERVICE > NAME_MAX_OCTETS)
        return diag_error(validation->diag, domain->name.place, "name-too-long",
                          "the SIP domain is so long that names in it, as "
                          "_sipfederationtls._tcp, would be over 255 octets");
    if (name_is_absent(domain->sign_in.name) ||
        !name_is_absent(
            target_of_sign_in(validation->arena, validation->topology, domain)))
        return 0;
    return diag_error(
        validation->diag, label->text ? label->place : domain->sign_in.place,
        "name-too-long",
        label->text ? "this name in the SIP domain would be over 255 "
                      "octets; use a shorter one"
                    : "the server's name moved into the SIP domain would "
                      "be over 255 octets; add a short sign_in_name");
}

/* T-AUTO: one SRV record for a SIP domain, so one access edge. */
static int check_access_edges(struct validation *validation,
                              const struct sip_domain *domain)
{
    const struct fqdn_list *edges = &domain->external_sign_in;

    if (edges->said && edges->count == 0)
        return diag_error(validation->diag, edges->place, "no-value",
                          "'external_sign_in' names no access edge; name one "
                          "or take the key out");
    if (edges->count < 2)
        return 0;
    diag_error(validation->diag, edges->items[1].place, "two-access-edges",
               "a SIP domain has one access edge for sign-in, as clients use "
               "one SRV record only; pick one, and let regional edges offer "
               "web_conferencing and av");
    diag_note(validation->diag, edges->items[0].place, "the first is here");
    return -1;
}

static int check_sign_in(struct validation *validation,
                         const struct sip_domain *domain)
{
    const struct definition *pool = definitions_find(
        &validation->definitions, domain->sign_in.name, DEFINES_POOL);

    if (name_is_absent(domain->sign_in.name))
        diag_warning(validation->diag, domain->name.place,
                     "no-automatic-sign-in",
                     "the SIP domain has no sign_in: nobody inside can sign "
                     "in without naming the server by hand");
    if (!pool || definition_is_in_service(pool))
        return 0;
    diag_error(validation->diag, domain->sign_in.place,
               "sign-in-at-decommissioned-pool",
               "sign-ins go to a pool that is decommissioned; name one in "
               "service");
    diag_note(validation->diag, pool->place, "the pool is here");
    return -1;
}

static int check_partners(struct validation *validation,
                          const struct sip_domain *domain,
                          const struct server *xmpp_gateway)
{
    int result = 0;

    if (domain->federation.flag.value && domain->external_sign_in.count == 0)
        result = diag_error(
            validation->diag, domain->federation.flag.place,
            "federation-without-edge",
            "federation needs an access edge; write its name instead of "
            "true, or add external_sign_in");
    if (domain->xmpp.value && !xmpp_gateway)
        result = diag_error(
            validation->diag, domain->xmpp.place, "xmpp-without-gateway",
            "xmpp needs a server with role: xmpp_gateway and 'external'; add "
            "it to servers");
    if (domain->phones.value &&
        name_is_absent(validation->topology->phones.time_server.name))
        diag_warning(validation->diag, domain->phones.place,
                     "phones-without-time-server",
                     "phones need the time and get no time_server from "
                     "'phones': they will ask time.windows.com");
    return result;
}

int validate_sip_domains(struct validation *validation)
{
    const struct topology *topology = validation->topology;
    const struct server *xmpp_gateway = topology_xmpp_gateway(topology);
    int result = 0;

    for (size_t i = 0; i < topology->sip_domains.count; i++) {
        const struct sip_domain *domain = &topology->sip_domains.items[i];

        result |= check_length(validation, domain);
        result |= check_access_edges(validation, domain);
        result |= check_sign_in(validation, domain);
        result |= check_partners(validation, domain, xmpp_gateway);
    }
    return result;
}

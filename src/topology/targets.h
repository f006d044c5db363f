/*
 * The names inside a SIP domain that lead to its servers.  Clients refuse a
 * target outside of the user's domain (B-DOUGL).
 */
#ifndef TOPOLOGY_TARGETS_H
#define TOPOLOGY_TARGETS_H

#include "topology/topology.h"

/*
 * What sign_in is called in the SIP domain: sign_in_name, the server's own
 * name where that will do, else its host label moved into the domain.  Absent
 * where there is no sign_in, or where the name would be over 255 octets.
 */
struct name target_of_sign_in(struct arena *arena,
                              const struct topology *topology,
                              const struct sip_domain *domain);

/* What an access edge is called in the SIP domain: its own name, or sip in the
 * domain.  Absent where that would be over 255 octets. */
struct name target_of_access_edge(struct arena *arena,
                                  const struct sip_domain *domain,
                                  struct name edge);

#endif

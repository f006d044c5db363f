/*
 * The parts of topology_validate().  Each reports all that it finds and
 * returns 0, or -1 when there was an error.
 */
#ifndef TOPOLOGY_VALIDATE_H
#define TOPOLOGY_VALIDATE_H

#include "topology/definitions.h"

struct validation {
    struct arena *arena;
    struct diag *diag;
    const struct topology *topology;
    struct definitions definitions;
};

/* Does each name that stands for something else stand for something? */
int validate_references(struct validation *validation);

/* Is each name given once, or to one computer at least? */
int validate_names(struct validation *validation);

/* Is each address given once? */
int validate_addresses(struct validation *validation);

/* Has each role what its edition and its neighbours need? */
int validate_roles(struct validation *validation);

/* Can each SIP domain be served as it wants to be? */
int validate_sip_domains(struct validation *validation);

#endif

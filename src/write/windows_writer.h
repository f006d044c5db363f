/*
 * The records of a plan as scripts for DNS servers of Windows: for dnscmd, or
 * for the DnsServer module of PowerShell; and for each the script that takes
 * away again what it adds.  They are for the internal view unless the other
 * one was said: many sites serve that from Active Directory.
 *
 * What a script does to a server, however often it runs:
 *
 *   zone is missing         it is made, and marked as ours: TXT at _ocszone
 *     in mode include       is a failure: its owner makes it
 *   zone is there           it stays, with all that is in it
 *   RRset of the plan       holds just what the plan says
 *   hosts that are no part  only in zones with the mark: elsewhere they are
 *   of the deployment       somebody else's (dns.hosts, name servers)
 *   SOA, NS, delegations    the server's own: not written
 *   records of base         the site's own: not written
 *
 * A script is a template with a list of calls in it, one for each record, of
 * subroutines that the template brings along.  Names are so plain that no
 * shell sees anything in them: windows_prepare() refuses others.  The plan has
 * one record of a type at each owner (plan/draft.h), so a call is a whole
 * RRset.  Lines end with CR LF, and all is ASCII, which every code page has.
 */
#ifndef WRITE_WINDOWS_WRITER_H
#define WRITE_WINDOWS_WRITER_H

#include "plan/plan.h"
#include "write/results.h"

struct diag;
struct plan_selection;

/* Does the format of that name write a script for Windows? */
bool windows_is_format(const char *name);

enum windows_script {
    WINDOWS_DNSCMD,
    WINDOWS_DNSCMD_UNDO,
    WINDOWS_POWERSHELL,
    WINDOWS_POWERSHELL_UNDO,
    WINDOWS_SCRIPT_COUNT
};

/* Loads the templates of the scripts into the selection: from a directory, or
 * NULL.  Reports and returns -1 when one cannot be read, or when a name of the
 * selected view cannot stand in a script: letters, digits, hyphens and
 * underscores can. */
int windows_prepare(struct arena *arena, struct diag *diag,
                    const char *directory, struct plan_selection *selection);

/* All of a struct plan_selection. */
result_writer windows_write_dnscmd, windows_write_dnscmd_undo,
    windows_write_powershell, windows_write_powershell_undo;

#endif

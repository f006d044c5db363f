#include "dns/resolver.h"

unsigned response_rcode(const struct response *response)
{
    switch (response->kind) {
    case RESPONSE_ENDLESS:
        return 2;
    case RESPONSE_NXDOMAIN:
        return 3;
    case RESPONSE_REFUSED:
        return 5;
    case RESPONSE_TOO_LONG:
        return 6;
    case RESPONSE_ANSWER:
    case RESPONSE_NODATA:
    case RESPONSE_REFERRAL:
    case RESPONSE_ALIAS:
        break;
    }
    return 0;
}

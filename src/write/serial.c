#include "write/serial.h"

#include <stddef.h>
#include <string.h>
#include <time.h>

static const struct {
    const char *name;
    enum serial_mode mode;
} modes[] = {
    {"increment", SERIAL_INCREMENT},
    {"date", SERIAL_DATE},
    {"unixtime", SERIAL_UNIXTIME},
    {"hash", SERIAL_HASH},
};

bool serial_from_text(const char *text, uint32_t *serial)
{
    uint64_t number = 0;

    if (!*text)
        return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return false;
        number = number * 10 + (uint64_t)(*text - '0');
        if (number > UINT32_MAX)
            return false;
    }
    *serial = (uint32_t)number;
    return true;
}

bool serial_policy_from_text(const char *text, struct serial_policy *policy)
{
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (strcmp(text, modes[i].name) == 0) {
            policy->mode = modes[i].mode;
            return true;
        }
    policy->mode = SERIAL_NUMBER;
    return serial_from_text(text, &policy->number);
}

bool serial_policy_needs_time(const struct serial_policy *policy)
{
    return policy->mode == SERIAL_DATE || policy->mode == SERIAL_UNIXTIME;
}

/* The first of a day ends in 01 (RFC 1912 section 2.2). */
static uint32_t serial_of_date(uint32_t seconds)
{
    const time_t when = (time_t)seconds;
    struct tm date;

    if (!gmtime_r(&when, &date))
        return 1;
    return ((uint32_t)(date.tm_year + 1900) * 10000 +
            (uint32_t)(date.tm_mon + 1) * 100 + (uint32_t)date.tm_mday) *
               100 +
           1;
}

uint32_t serial_first(const struct serial_policy *policy, uint32_t hash)
{
    uint32_t serial = 1;

    switch (policy->mode) {
    case SERIAL_INCREMENT:
        break;
    case SERIAL_DATE:
        serial = serial_of_date(policy->seconds);
        break;
    case SERIAL_UNIXTIME:
        serial = policy->seconds;
        break;
    case SERIAL_HASH:
        serial = hash;
        break;
    case SERIAL_NUMBER:
        return policy->number;
    }
    return serial == 0 ? 1 : serial;
}

uint32_t serial_follow(const struct serial_policy *policy, uint32_t old,
                       uint32_t hash)
{
    uint32_t serial = serial_first(policy, hash);

    if (policy->mode == SERIAL_NUMBER || policy->mode == SERIAL_HASH)
        return serial;
    if (policy->mode != SERIAL_INCREMENT && serial_is_older(old, serial))
        return serial;
    return serial_next(old);
}

uint32_t serial_next(uint32_t serial)
{
    return serial == UINT32_MAX ? 1 : serial + 1;
}

bool serial_is_older(uint32_t one, uint32_t other)
{
    return one != other && other - one < UINT32_C(0x80000000);
}

/*
 * Numbers in data as they are on the wire: the high octet first (RFC 1035
 * section 2.3.2).  What is put returns the octet behind it.
 */
#ifndef DNS_WIRE_H
#define DNS_WIRE_H

#include <stdint.h>

static inline uint16_t wire_16(const uint8_t *octets)
{
    return (uint16_t)(octets[0] << 8 | octets[1]);
}

static inline uint32_t wire_32(const uint8_t *octets)
{
    return (uint32_t)wire_16(octets) << 16 | wire_16(octets + 2);
}

static inline uint8_t *wire_put_16(uint8_t *octets, uint16_t number)
{
    octets[0] = (uint8_t)(number >> 8);
    octets[1] = (uint8_t)number;
    return octets + 2;
}

static inline uint8_t *wire_put_32(uint8_t *octets, uint32_t number)
{
    return wire_put_16(wire_put_16(octets, (uint16_t)(number >> 16)),
                       (uint16_t)number);
}

#endif

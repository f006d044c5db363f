#include "dns/rare_location.h"

#include "dns/rare_reader.h"

#define EQUATOR 0x80000000u

/* In centimetres: the bottom of what an altitude is counted from, and the
 * highest that 32 bits hold above it. */
#define LOWEST_ALTITUDE  10000000u
#define HIGHEST_ALTITUDE 4284967295u

/* A number with a fraction, "1.5" or "1.5m". */
struct decimal {
    unsigned decimals; /* how many there may be */
    char unit;         /* may follow; '\0' for none */
    uint32_t most;     /* the whole part, at most */
};

/* In units of the last decimal.  As named has it, a whole part can have a
 * sign, which for '-' leaves it 0. */
static bool decimal_read(const char *text, const struct decimal *decimal,
                         uint64_t *value)
{
    bool has_digits = false, is_negative = *text == '-';
    bool has_sign = is_negative || *text == '+';

    text += has_sign;
    *value = 0;
    for (; *text >= '0' && *text <= '9'; text++) {
        *value = *value * 10 + (uint64_t)(*text - '0');
        if (*value > decimal->most)
            return false;
        has_digits = true;
    }
    if ((has_sign && !has_digits) || (is_negative && *value > 0))
        return false;
    bool has_point = *text == '.';
    if (has_point)
        text++;
    for (unsigned i = 0; i < decimal->decimals; i++) {
        bool is_digit = has_point && *text >= '0' && *text <= '9';
        *value = *value * 10 + (is_digit ? (uint64_t)(*text++ - '0') : 0);
        has_digits = has_digits || is_digit;
        has_point = is_digit;
    }
    if (decimal->unit != '\0' && *text == decimal->unit)
        text++;
    return has_digits && *text == '\0';
}

/* Degrees, minutes and seconds on one axis. */
struct angle {
    char positive; /* direction */
    char negative;
    uint32_t most_degrees;
};

/* Reads the direction if it comes next. */
static bool direction_read(struct rare_reader *reader,
                           const struct angle *angle, char *direction)
{
    const struct rare_token *token =
        rare_at_end(reader) ? NULL : rare_peek_bare(reader);

    if (!token || token->length != 1 ||
        (*token->text != angle->positive && *token->text != angle->negative))
        return false;
    *direction = *token->text;
    return rare_pass(reader);
}

static bool whole_read(struct rare_reader *reader, uint32_t most,
                       uint32_t *number)
{
    const struct rare_token *token = rare_peek_bare(reader);

    if (!token)
        return false;
    if (!rare_digits(token->text, token->length, number))
        return rare_refuse(reader, "not a number");
    if (*number > most)
        return rare_refuse(reader, "the number is too large");
    return rare_pass(reader);
}

static bool seconds_read(struct rare_reader *reader, uint64_t *thousandths)
{
    static const struct decimal seconds = {3, '\0', 59};
    char text[32];

    if (!rare_peek_text(reader, text, sizeof(text)))
        return false;
    if (!decimal_read(text, &seconds, thousandths))
        return rare_refuse(reader, "not a number of seconds");
    return rare_pass(reader);
}

/* Up to the direction, which may follow each of the three numbers. */
static bool angle_read(struct rare_reader *reader, const struct angle *angle)
{
    uint32_t degrees, minutes = 0;
    uint64_t thousandths = 0;
    char direction = '\0';

    if (!whole_read(reader, angle->most_degrees, &degrees))
        return false;
    if (!direction_read(reader, angle, &direction) &&
        !whole_read(reader, 59, &minutes))
        return false;
    if (direction == '\0' && !direction_read(reader, angle, &direction) &&
        !seconds_read(reader, &thousandths))
        return false;
    if (degrees == angle->most_degrees && (minutes > 0 || thousandths > 0))
        return rare_refuse(reader, "too many degrees");
    if (direction == '\0' && !direction_read(reader, angle, &direction))
        return rare_refuse(reader, "not a direction");

    uint32_t distance =
        (degrees * 3600 + minutes * 60) * 1000 + (uint32_t)thousandths;
    rare_put(reader,
             direction == angle->positive ? EQUATOR + distance
                                          : EQUATOR - distance,
             4);
    return true;
}

static bool altitude_read(struct rare_reader *reader)
{
    static const struct decimal metres = {2, 'm', 42849672};
    char text[32];
    uint64_t centimetres;

    if (!rare_peek_text(reader, text, sizeof(text)))
        return false;

    bool is_below = text[0] == '-';
    if (!decimal_read(text + is_below, &metres, &centimetres) ||
        centimetres > (is_below ? LOWEST_ALTITUDE : HIGHEST_ALTITUDE))
        return rare_refuse(reader, "not an altitude");
    uint32_t distance = (uint32_t)centimetres;
    rare_put(reader,
             is_below ? LOWEST_ALTITUDE - distance : LOWEST_ALTITUDE + distance,
             4);
    return rare_pass(reader);
}

/* One digit and a power of ten, in centimetres; smaller digits are lost. */
static bool precision_read(struct rare_reader *reader, uint8_t *precision)
{
    static const struct decimal metres = {2, 'm', 90000000};
    char text[32];
    uint64_t centimetres;
    unsigned power = 0;

    if (!rare_peek_text(reader, text, sizeof(text)))
        return false;
    if (!decimal_read(text, &metres, &centimetres))
        return rare_refuse(reader, "not a size");
    for (; centimetres > 9; power++)
        centimetres /= 10;
    *precision = (uint8_t)(centimetres << 4 | power);
    return rare_pass(reader);
}

bool rare_read_location(struct rare_reader *reader)
{
    static const struct angle latitude = {'N', 'S', 90};
    static const struct angle longitude = {'E', 'W', 180};
    enum { VERSION, SIZE, PRECISIONS = 3 };
    /* 1 m, 10 km and 10 m: RFC 1876 section 3. */
    uint8_t precisions[PRECISIONS] = {0x12, 0x16, 0x13};
    size_t start = reader->octets.length;

    rare_put(reader, VERSION, 1);
    strbuf_add(&reader->octets, precisions, sizeof(precisions));
    if (!angle_read(reader, &latitude) || !angle_read(reader, &longitude) ||
        !altitude_read(reader))
        return false;
    for (size_t i = 0; i < PRECISIONS && !rare_at_end(reader); i++)
        if (!precision_read(reader, &precisions[i]))
            return false;
    for (size_t i = 0; i < PRECISIONS; i++)
        reader->octets.text[start + SIZE + i] = (char)precisions[i];
    return true;
}

#include "plan/expand.h"

#include <string.h>

#include "base/arena.h"

struct expander {
    struct arena *arena;
    struct diag *diag;
    const struct catalogue *catalogue;
    const struct collection *collection;
    expansion_visitor *visit;
    void *context;
    bool failed; /* in the row at hand */
    int result;
};

#define NAME_OVERFLOW (-1)

/* Writes the pattern's name in wire form; its length, or NAME_OVERFLOW. */
static int fill_name(const struct name_pattern *pattern,
                     const struct subject *subject,
                     uint8_t octets[NAME_MAX_OCTETS])
{
    size_t length = 0;

    for (size_t i = 0; i < pattern->count; i++) {
        const uint8_t *labels = pattern->parts[i].labels;
        size_t size = pattern->parts[i].labels_length;

        if (pattern->parts[i].variable >= 0) {
            struct name name = subject->values[pattern->parts[i].variable].name;

            labels = name.octets;
            size = name.length - 1u;
        }
        if (length + size + 1 > NAME_MAX_OCTETS)
            return NAME_OVERFLOW;
        memcpy(octets + length, labels, size);
        length += size;
    }
    octets[length++] = 0;
    return (int)length;
}

static struct name make_name(struct expander *expander,
                             const struct expansion *expansion,
                             const struct name_pattern *pattern)
{
    uint8_t octets[NAME_MAX_OCTETS];
    int length = fill_name(pattern, expansion->subject, octets);

    /* A row that does not apply asks for nothing: let it have no name. */
    if (length == NAME_OVERFLOW && !expansion->applies)
        return (struct name){0};
    if (length == NAME_OVERFLOW) {
        expander->failed = true;
        expander->result = diag_error(
            expander->diag, expansion->origin.place, "name-too-long",
            "a name that '%s' makes of this would be over 255 octets; use a "
            "shorter one",
            expansion->row->requirement.id);
        return (struct name){0};
    }
    return name_copy(expander->arena, (struct name){octets, (uint8_t)length});
}

static uint64_t owner_variables(const struct row *row)
{
    uint64_t mask = 0;

    for (size_t i = 0; i < row->owner.count; i++)
        if (row->owner.parts[i].variable >= 0)
            mask |= UINT64_C(1) << row->owner.parts[i].variable;
    return mask;
}

/* The variable that tells best why the record is as it is: that of the
 * address or target, else that of the owner. */
static int telling_variable(const struct row *row)
{
    int telling = -1;

    for (size_t i = 0; i < row->owner.count; i++)
        if (row->owner.parts[i].variable >= 0)
            telling = row->owner.parts[i].variable;
    for (size_t i = 0; row->fields[i].field != FIELD_NONE; i++) {
        const struct field_pattern *field = &row->fields[i];

        if (field->field == FIELD_ADDRESS_4)
            telling = field->variable;
        else if (field->field == FIELD_NAME && field->name.count > 0 &&
                 field->name.parts[field->name.count - 1].variable >= 0)
            telling = field->name.parts[field->name.count - 1].variable;
        if (i + 1 == RECORD_MAX_FIELDS)
            break;
    }
    return telling;
}

static uint16_t field_number(const struct field_pattern *field,
                             const struct subject *subject)
{
    return field->variable < 0 ? field->number
                               : subject->values[field->variable].port;
}

static struct record_data make_data(struct expander *expander,
                                    const struct expansion *expansion)
{
    const struct row *row = expansion->row;
    const struct subject *subject = expansion->subject;
    struct name target;

    switch (row->type->number) {
    case RECORD_A:
        return record_make_address(
            expander->arena, subject->values[row->fields[0].variable].address);
    case RECORD_SRV:
        target = make_name(expander, expansion, &row->fields[3].name);
        return record_make_srv(expander->arena,
                               field_number(&row->fields[0], subject),
                               field_number(&row->fields[1], subject),
                               field_number(&row->fields[2], subject), target);
    default:
        target = make_name(expander, expansion, &row->fields[0].name);
        return record_make_name(expander->arena, target);
    }
}

static void expand_row(struct expander *expander, const struct row *row,
                       const struct subject *subject)
{
    struct expansion expansion = {
        .row = row,
        .subject = subject,
        .lacks_facts = row->when & ~subject->facts,
        .lacks_values = row->uses & ~subject->has,
    };
    int telling = telling_variable(row);

    expander->failed = false;
    if (telling >= 0 && (subject->has & UINT64_C(1) << telling))
        expansion.origin = subject->values[telling].origin;
    /* Nobody in the perimeter looks up what belongs to no machine of it. */
    expansion.applies = expansion.lacks_facts == 0 &&
                        expansion.lacks_values == 0 &&
                        (row->view != VIEW_PERIMETER || subject->machine);
    if ((owner_variables(row) & ~subject->has) == 0)
        expansion.owner = make_name(expander, &expansion, &row->owner);
    if (expansion.applies)
        expansion.data = make_data(expander, &expansion);
    if (!expander->failed)
        expander->visit(&expansion, expander->context);
}

static void expand_subject(const struct subject *subject, void *context)
{
    struct expander *expander = context;

    for (size_t i = 0; i < expander->catalogue->count; i++)
        if (expander->catalogue->rows[i].collection == expander->collection)
            expand_row(expander, &expander->catalogue->rows[i], subject);
}

int expand_catalogue(struct arena *arena, struct diag *diag,
                     const struct facts *facts,
                     const struct catalogue *catalogue,
                     expansion_visitor *visit, void *context)
{
    struct expander expander = {.arena = arena,
                                .diag = diag,
                                .catalogue = catalogue,
                                .visit = visit,
                                .context = context};

    for (size_t i = 0; collections()[i]; i++) {
        expander.collection = collections()[i];
        expander.collection->each(facts, catalogue->product, expand_subject,
                                  &expander);
    }
    return expander.result;
}

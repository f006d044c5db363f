#include "write/template.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "plan/templates.h"

#define MAX_BYTES (1u << 20)

const char *template_load(struct arena *arena, struct diag *diag,
                          const char *directory, const char *name)
{
    struct file file;
    int found = templates_find(arena, diag, directory, name, MAX_BYTES, &file);

    if (found > 0)
        diag_error(diag, (struct place){0}, "cannot-open",
                   "there is no template '%s'", name);
    if (found != 0)
        return NULL;
    if (strlen(file.text) != file.length) {
        diag_error(diag, (struct place){.file = file.name}, "nul-byte",
                   "holds a NUL byte: the file is damaged, or no text");
        return NULL;
    }
    return file.text;
}

static const struct template_value *find_value(
    const struct template_value *values, const char *name, size_t length)
{
    for (; values->name; values++)
        if (strlen(values->name) == length &&
            memcmp(values->name, name, length) == 0)
            return values;
    return NULL;
}

void template_write(struct strbuf *buf, const char *text,
                    const struct template_value *values)
{
    while (*text) {
        size_t plain = strcspn(text, "{");
        const char *name = text + plain + 1;
        const char *end;
        const struct template_value *value;

        strbuf_add(buf, text, plain);
        text += plain;
        if (!*text)
            return;
        end = strchr(name, '}');
        value = end ? find_value(values, name, (size_t)(end - name)) : NULL;
        if (value) {
            strbuf_add_text(buf, value->text);
            text = end + 1;
        } else {
            strbuf_add_char(buf, *text++);
        }
    }
}

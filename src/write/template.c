#include "write/template.h"

#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "plan/templates.h"

#define MAX_BYTES (1u << 20)

const char *template_load(struct arena *arena, struct diag *diag,
                          const char *directory, const char *name)
{
    struct stat status;
    struct file file;

    if (directory) {
        const char *path = arena_printf(arena, "%s/%s", directory, name);

        if (stat(path, &status) == 0)
            return file_read(arena, diag, path, MAX_BYTES, &file) < 0
                       ? NULL
                       : file.text;
    }
    for (const struct builtin_template *builtin = builtin_templates;
         builtin->name; builtin++)
        if (strcmp(builtin->name, name) == 0)
            return (const char *)builtin->bytes;
    diag_error(diag, (struct place){0}, "cannot-open",
               "there is no template '%s'", name);
    return NULL;
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

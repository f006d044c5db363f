/*
 * The corpus of tests/topology: what is refused or warned of, and what is
 * not.
 *
 *   <fault>.yaml, or <fault>/ with several files    one fault
 *   <fault>.want                                    what is said of it
 *   accepted/<name>.yaml                            no fault
 *
 * A line of a .want is LINE:COLUMN severity id, or LINE:COLUMN note for a
 * further place of the message above it; where a topology has several files,
 * FILE: stands in front.  OCSZONE_TESTS names the directory of the tests when
 * the program is not run from the root of the repository.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "base/yaml_tree.h"
#include "plan/plan.h"
#include "topology/schema.h"
#include "topology/topology.h"

static struct arena arena;
static struct diag diag;

static void no_memory(void *context)
{
    (void)context;
    ck_abort_msg("out of memory");
}

static void set_up(void)
{
    arena_init(&arena, no_memory, NULL);
    diag_init(&diag, &arena);
}

static void tear_down(void)
{
    arena_release(&arena);
}

/* ---- the files */

/* Names of files, found before the tests are made. */
struct names {
    char **items;
    int count;
};

static struct names wants, inputs, accepted, examples;

#define ZONES "../../zones" /* from the corpus */

static const char *corpus_path(const char *name)
{
    const char *tests = getenv("OCSZONE_TESTS");

    return arena_printf(&arena, "%s/topology/%s", tests ? tests : "tests",
                        name);
}

/* Names without the suffix, sorted. */
static struct names names_list(const char *folder, const char *suffix)
{
    struct names names = {NULL, 0};
    const char **paths;
    size_t count;

    set_up();
    if (file_list(&arena, &diag, corpus_path(folder), suffix, &paths, &count) <
        0) {
        fprintf(stderr, "%s: %s\n", corpus_path(folder), diag.messages[0].text);
        exit(EXIT_FAILURE);
    }
    names.items = calloc(count + 1, sizeof *names.items);
    for (size_t i = 0; names.items && i < count; i++) {
        const char *name = strrchr(paths[i], '/') + 1;

        names.items[names.count++] =
            strndup(name, strlen(name) - strlen(suffix));
    }
    tear_down();
    return names;
}

static void names_free(struct names *names)
{
    for (int i = 0; i < names->count; i++)
        free(names->items[i]);
    free(names->items);
}

static bool names_have(const struct names *names, const char *name)
{
    for (int i = 0; i < names->count; i++)
        if (strcmp(names->items[i], name) == 0)
            return true;
    return false;
}

/* ---- what is said of a topology */

static const struct plan *plan_topology(const struct topology *topology)
{
    const struct plan *plan;

    if (!topology || topology_validate(&arena, &diag, topology) < 0)
        return NULL;
    plan = plan_build(&arena, &diag, topology, NULL);
    if (plan) {
        plan_report_zones(&arena, &diag, plan);
        plan_report_servers(&arena, &diag, plan);
        plan_report_sites(&arena, &diag, plan);
    }
    return plan;
}

/* Of the file that the test is about no name is shown. */
static void write_place(struct strbuf *buf, const char *path,
                        struct place place)
{
    const char *slash = strrchr(place.file, '/');

    if (strcmp(place.file, path) != 0)
        strbuf_printf(buf, "%s:", slash ? slash + 1 : place.file);
    strbuf_printf(buf, "%u:%u ", (unsigned)place.line, (unsigned)place.column);
}

/* The messages as a .want has them. */
static const char *reported(const char *path)
{
    static const char *const severities[] = {
        [SEVERITY_INFO] = "info",
        [SEVERITY_WARNING] = "warning",
        [SEVERITY_ERROR] = "error",
    };
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    diag_sort(&diag);
    for (size_t i = 0; i < diag.count; i++) {
        const struct diag_message *message = &diag.messages[i];

        write_place(&buf, path, message->place);
        strbuf_printf(&buf, "%s %s\n", severities[message->severity],
                      message->id);
        for (const struct diag_note *note = message->notes; note;
             note = note->next) {
            write_place(&buf, path, note->place);
            strbuf_add_text(&buf, "note\n");
        }
    }
    return buf.text ? buf.text : "";
}

/* A message without a text, or with one that says nothing, is no message. */
static void assert_texts(void)
{
    for (size_t i = 0; i < diag.count; i++)
        ck_assert_msg(strlen(diag.messages[i].text) > 12, "[%s] says '%s'",
                      diag.messages[i].id, diag.messages[i].text);
}

static const char *read_file(const char *path)
{
    struct file file;

    ck_assert_msg(file_read(&arena, &diag, path, 1u << 20, &file) == 0,
                  "%s cannot be read", path);
    return file.text;
}

/* Where `make check` leaves what was said of a topology, when it was not what
 * is wanted, for whoever wants to accept it; else NULL. */
static const char *got_path(const char *name)
{
    const char *build = getenv("BUILD");

    return build ? arena_printf(&arena, "%s/%s.got", build, name) : NULL;
}

static const char *leave_got(const char *path, const char *text)
{
    FILE *stream = path ? fopen(path, "w") : NULL;

    if (!stream)
        return "no file";
    fputs(text, stream);
    fclose(stream);
    return path;
}

static const char *fault_path(const char *name)
{
    const char *path = corpus_path(arena_printf(&arena, "%s%s", name, ".yaml"));

    return access(path, F_OK) == 0 ? path : corpus_path(name);
}

START_TEST(a_fault_is_reported_with_id_and_place)
{
    const char *name = wants.items[_i];
    const char *path = fault_path(name);
    const char *left = got_path(name);
    const char *want =
        read_file(corpus_path(arena_printf(&arena, "%s.want", name)));
    const char *got;
    const struct plan *plan = plan_topology(topology_load(&arena, &diag, path));

    if (left)
        unlink(left);
    got = reported(path);
    ck_assert_msg((plan == NULL) == (diag.errors > 0), "%s: %zu errors", path,
                  diag.errors);
    assert_texts();
    ck_assert_msg(strcmp(got, want) == 0,
                  "%s\nwanted:\n%sgot, and left in %s:\n%s", path, want,
                  leave_got(left, got), got);
}
END_TEST

/* Most deployments lie in a domain of Active Directory, those of several sites
 * have one way in, and both are told so. */
static bool is_worth_a_word(const struct diag_message *message)
{
    return strcmp(message->id, "whole-zone-over-ad-domain") != 0 &&
           strcmp(message->id, "signalling-through-one-site") != 0;
}

static const struct plan *plan_without_a_word(const char *path)
{
    const struct plan *plan = plan_topology(topology_load(&arena, &diag, path));

    ck_assert_msg(plan != NULL, "%s:\n%s", path, reported(path));
    for (size_t i = 0; i < diag.count; i++)
        ck_assert_msg(!is_worth_a_word(&diag.messages[i]), "%s:\n%s", path,
                      reported(path));
    return plan;
}

START_TEST(an_accepted_topology_is_planned_without_a_word)
{
    const struct plan *plan = plan_without_a_word(corpus_path(
        arena_printf(&arena, "accepted/%s.yaml", accepted.items[_i])));

    ck_assert_uint_gt(plan->views[VIEW_INTERNAL].count, 0);
}
END_TEST

START_TEST(an_alias_at_the_top_of_a_zone_becomes_the_address)
{
    static const char text[] = "as.im.example.com";
    static const uint8_t address[] = {10, 1, 0, 40};
    const struct plan *plan =
        plan_without_a_word(corpus_path("accepted/zone-at-alias.yaml"));
    const struct plan_zone *zone;
    struct name name;

    ck_assert_int_eq(name_from_text(&arena, text, strlen(text),
                                    (struct name){0}, &name, NULL),
                     NAME_OK);
    zone = plan_find_zone(plan, VIEW_INTERNAL, name);
    ck_assert(name_equal(zone->apex, name));
    ck_assert_uint_eq(zone->count, 2);
    ck_assert_uint_eq(zone->records[1].record.type, RECORD_A);
    ck_assert_mem_eq(zone->records[1].record.data.octets, address,
                     sizeof address);
}
END_TEST

/* What is said of it stands beside it: see tests/test_examples.sh. */
START_TEST(a_worked_example_is_planned_without_a_warning)
{
    const char *path = corpus_path(
        arena_printf(&arena, ZONES "/%s/topology.yaml", examples.items[_i]));

    if (access(path, F_OK) != 0)
        return; /* it is no example */
    plan_topology(topology_load(&arena, &diag, path));
    ck_assert_msg(diag.errors + diag.warnings == 0, "%s:\n%s", path,
                  reported(path));
}
END_TEST

START_TEST(every_faulty_topology_has_its_want)
{
    for (int i = 0; i < inputs.count; i++)
        ck_assert_msg(names_have(&wants, inputs.items[i]),
                      "%s.yaml has no .want", inputs.items[i]);
    ck_assert_int_gt(wants.count, 60);
    ck_assert_int_gt(accepted.count, 5);
    ck_assert_int_gt(examples.count, 1);
}
END_TEST

/* ---- the accepted topologies say all that can be said */

/* Shows each pair of a key of the schema and a node that has it. */
typedef void field_visitor(const struct field *field,
                           const struct yaml_node *node, void *context);

static void visit_fields(const struct yaml_node *mapping,
                         const struct shape *shape, field_visitor *visit,
                         void *context);

static void visit_field(const struct field *field, const struct yaml_node *node,
                        field_visitor *visit, void *context)
{
    visit(field, node, context);
    if (field->load == load_mapping)
        visit_fields(node, field->detail, visit, context);
    else if (field->load == load_list)
        for (const struct yaml_node *item = node->first; item;
             item = item->next)
            visit_fields(item, field->detail, visit, context);
}

static void visit_fields(const struct yaml_node *mapping,
                         const struct shape *shape, field_visitor *visit,
                         void *context)
{
    for (const struct field *field = shape->fields; field->key; field++) {
        const struct yaml_node *node = yaml_tree_find(mapping, field->key);

        if (node)
            visit_field(field, node, visit, context);
    }
}

struct seen {
    const struct field *field;
    const char *word; /* NULL: any value */
    bool found;
};

static bool has_word(const struct yaml_node *node, const char *word)
{
    if (node->kind == YAML_TREE_SCALAR)
        return strcmp(node->text, word) == 0;
    for (const struct yaml_node *child = node->first; child;
         child = child->next)
        if (has_word(child, word))
            return true;
    return false;
}

static void look(const struct field *field, const struct yaml_node *node,
                 void *context)
{
    struct seen *seen = context;

    if (field == seen->field && (!seen->word || has_word(node, seen->word)))
        seen->found = true;
}

static bool is_said(const struct field *field, const char *word)
{
    struct seen seen = {field, word, false};

    for (int i = 0; i < accepted.count; i++) {
        const char *path = corpus_path(
            arena_printf(&arena, "accepted/%s.yaml", accepted.items[i]));
        const char *text = read_file(path);

        visit_fields(yaml_tree_read(&arena, &diag, path, text, strlen(text)),
                     &topology_shape, look, &seen);
    }
    return seen.found;
}

/* mode: include cannot be planned yet. */
static bool is_yet_to_come(const char *word)
{
    return strcmp(word, "include") == 0;
}

static void assert_words_are_said(const struct field *field)
{
    const char *const *words = field->detail;

    for (size_t i = 0; words[i]; i++)
        ck_assert_msg(is_said(field, words[i]) || is_yet_to_come(words[i]),
                      "no accepted topology has '%s: %s'", field->key,
                      words[i]);
}

static void assert_shape_is_said(const struct shape *shape)
{
    for (const struct field *field = shape->fields; field->key; field++) {
        ck_assert_msg(is_said(field, NULL),
                      "no accepted topology has the key '%s' of %s", field->key,
                      shape->noun);
        if (field->load == load_mapping || field->load == load_list)
            assert_shape_is_said(field->detail);
        else if (field->load == load_word || field->load == load_word_list)
            assert_words_are_said(field);
    }
}

START_TEST(accepted_topologies_use_every_key_and_word)
{
    assert_shape_is_said(&topology_shape);
}
END_TEST

static Suite *topology_suite(void)
{
    Suite *suite = suite_create("topology");
    TCase *corpus = tcase_create("corpus");

    tcase_add_checked_fixture(corpus, set_up, tear_down);
    tcase_add_loop_test(corpus, a_fault_is_reported_with_id_and_place, 0,
                        wants.count);
    tcase_add_loop_test(corpus, an_accepted_topology_is_planned_without_a_word,
                        0, accepted.count);
    tcase_add_loop_test(corpus, a_worked_example_is_planned_without_a_warning,
                        0, examples.count);
    tcase_add_test(corpus, an_alias_at_the_top_of_a_zone_becomes_the_address);
    tcase_add_test(corpus, every_faulty_topology_has_its_want);
    tcase_add_test(corpus, accepted_topologies_use_every_key_and_word);
    suite_add_tcase(suite, corpus);
    return suite;
}

int main(void)
{
    SRunner *runner;
    int failed;

    wants = names_list("", ".want");
    inputs = names_list("", ".yaml");
    accepted = names_list("accepted", ".yaml");
    examples = names_list(ZONES, "");
    runner = srunner_create(topology_suite());
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    names_free(&wants);
    names_free(&inputs);
    names_free(&accepted);
    names_free(&examples);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

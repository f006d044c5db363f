#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/yaml_tree.h"

/* Where hostile input takes longer than this, something is quadratic: the
 * slowest of these tests takes two seconds under a sanitizer. */
#define HOSTILE_SECONDS 30

/* Large enough for that, and small enough for valgrind. */
#define LARGE (YAML_TREE_MAX_BYTES / 4)

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

static struct yaml_node *read_bytes(const char *file, const char *text,
                                    size_t length)
{
    diag_add_source(&diag, file, text, length);
    return yaml_tree_read(&arena, &diag, file, text, length);
}

static struct yaml_node *read_text(const char *text)
{
    return read_bytes("a.yaml", text, strlen(text));
}

static struct yaml_node *read_clean(const char *text)
{
    struct yaml_node *root = read_text(text);

    ck_assert_msg(root != NULL, "%s: %s", text,
                  diag.count > 0 ? diag.messages[0].text : "no message");
    ck_assert_uint_eq(diag.count, 0);
    return root;
}

/* The tree in one line: scalars in <>, or in "" where they were quoted. */
static void tree_dump(struct strbuf *buf, const struct yaml_node *node)
{
    if (node->kind == YAML_TREE_SCALAR) {
        strbuf_printf(buf, node->quoted ? "\"%s\"" : "<%s>", node->text);
        return;
    }
    strbuf_add_char(buf, node->kind == YAML_TREE_MAPPING ? '{' : '[');
    for (const struct yaml_node *child = node->first; child;
         child = child->next) {
        if (child != node->first)
            strbuf_add_char(buf, ' ');
        if (child->key)
            strbuf_printf(buf, "%s:", child->key->text);
        tree_dump(buf, child);
    }
    strbuf_add_char(buf, node->kind == YAML_TREE_MAPPING ? '}' : ']');
}

static const char *dumped(const struct yaml_node *node)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    tree_dump(&buf, node);
    return buf.text;
}

/* What the sums in the nodes should be, from the nodes below. */
static void assert_sums(const struct yaml_node *node)
{
    size_t count = 0, weight = 1;
    uint32_t height = 1;

    for (const struct yaml_node *child = node->first; child;
         child = child->next) {
        assert_sums(child);
        ck_assert_int_eq(child->key != NULL, node->kind == YAML_TREE_MAPPING);
        ck_assert_int_eq(child->next == NULL, child == node->last);
        count++;
        weight += child->weight;
        if (height <= child->height)
            height = child->height + 1;
    }
    ck_assert_uint_eq(node->count, count);
    ck_assert_uint_eq(node->weight, weight);
    ck_assert_uint_eq(node->height, height);
}

/* All messages in one line, in order: "id@line:column", and for each note
 * "+line:column". */
static const char *reported(void)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    diag_sort(&diag);
    for (size_t i = 0; i < diag.count; i++) {
        const struct diag_message *message = &diag.messages[i];
        ck_assert_str_eq(message->place.file, "a.yaml");
        strbuf_printf(&buf, "%s%s@%u:%u", i > 0 ? " " : "", message->id,
                      (unsigned)message->place.line,
                      (unsigned)message->place.column);
        for (struct diag_note *note = message->notes; note; note = note->next)
            strbuf_printf(&buf, "+%u:%u", (unsigned)note->place.line,
                          (unsigned)note->place.column);
    }
    return buf.text;
}

static const struct {
    const char *text, *tree;
} tree_rows[] = {
    {"a", "<a>"},
    {"a: 1\nb: x", "{a:<1> b:<x>}"},
    {"pools:\n  - fqdn: a.example\n    vip: 10.0.0.1\n",
     "{pools:[{fqdn:<a.example> vip:<10.0.0.1>}]}"},
    {"[a, [b, []], {c: d, e: {}}]", "[<a> [<b> []] {c:<d> e:{}}]"},
    {"- a\n-\n- 'b'\n- \"c\\n\"\n- |\n  d\n- >\n  e\n",
     "[<a> <> \"b\" \"c\n\" \"d\n\" \"e\n\"]"},
    {"a:\nb: ''\nc: ~\nd: no\ne: 010\nf: 1:30",
     "{a:<> b:\"\" c:<~> d:<no> e:<010> f:<1:30>}"},
    {"a: &x [1, 2]\nb: *x\nc: {d: *x}", "{a:[<1> <2>] b:[<1> <2>] "
                                        "c:{d:[<1> <2>]}}"},
    {"a: &x 1\nb: &x 2\nc: *x", "{a:<1> b:<2> c:<2>}"},
    {"a: &x {b: &y 1}\nc: [*x, *y]", "{a:{b:<1>} c:[{b:<1>} <1>]}"},
    {"&k a: 1\nb: *k", "{a:<1> b:<a>}"},
    {"a: &x 1\nb: *x\nc: *x\n", "{a:<1> b:<1> c:<1>}"},
    {"!!map {a: !!seq [!!str 1]}", "{a:[<1>]}"},
    {"%YAML 1.1\n---\na: 1\n...\n", "{a:<1>}"},
    {"\xef\xbb\xbf# note\na: 1", "{a:<1>}"},
    {"a: 1\r\nb: 2\r\n", "{a:<1> b:<2>}"},
    {"a:\t1", "{a:<1>}"},
    {"\"<<\": 1\nb: <<", "{<<:<1> b:<<<>}"},
    {"? a\n: 1", "{a:<1>}"},
    {"a: \xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80",
     "{a:<\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80>}"},
};

START_TEST(text_becomes_a_tree)
{
    struct yaml_node *root = read_clean(tree_rows[_i].text);

    ck_assert_str_eq(dumped(root), tree_rows[_i].tree);
    assert_sums(root);
    ck_assert_ptr_null(root->key);
    ck_assert_ptr_null(root->next);
}
END_TEST

static void assert_place(const struct yaml_node *node, unsigned line,
                         unsigned column)
{
    ck_assert_str_eq(node->place.file, "a.yaml");
    ck_assert_uint_eq(node->place.line, line);
    ck_assert_uint_eq(node->place.column, column);
}

START_TEST(columns_count_characters)
{
    struct yaml_node *root = read_clean("\xef\xbb\xbf\xc3\xa4: {\xc3\xb6: x}\n"
                                        "b:\n"
                                        "  - y\r\n"
                                        "  -\n");
    const struct yaml_node *list = root->last;

    assert_place(root, 1, 1);
    assert_place(root->first->key, 1, 1);
    assert_place(root->first, 1, 4);
    assert_place(root->first->first->key, 1, 5);
    assert_place(root->first->first, 1, 8);
    assert_place(list->key, 2, 1);
    assert_place(list, 3, 3);
    assert_place(list->first, 3, 5);
    assert_place(list->last, 4, 4);
}
END_TEST

START_TEST(an_alias_has_its_own_place_and_key)
{
    struct yaml_node *root = read_clean("a: &x\n  b: 1\nc: *x\n");
    const struct yaml_node *alias = root->last;

    assert_place(alias, 3, 4);
    ck_assert_str_eq(alias->key->text, "c");
    ck_assert_str_eq(root->first->key->text, "a");
    ck_assert_ptr_eq(alias->first, root->first->first);
    assert_place(alias->first, 2, 6);
}
END_TEST

static const struct {
    const char *text, *messages;
} fault_rows[] = {
    {"", "empty-document@1:1"},
    {"# note\n", "empty-document@1:1"},
    {"---\n...\n", "empty-document@1:1"},
    {"a: 1\n---\nb: 2\n", "second-document@2:1"},
    {"a\n---\n", "second-document@2:1"},
    {"a: 1\nb: 2\na: 3\n", "duplicate-key@3:1+1:1"},
    {"a: 1\n'a': 2\n\"a\": 3\n", "duplicate-key@2:1+1:1 duplicate-key@3:1+1:1"},
    {"a: {b: 1, b: 2}\nc: {b: 1}\na: 2",
     "duplicate-key@1:11+1:5 duplicate-key@3:1+1:1"},
    {"[a]: 1", "key-not-scalar@1:1"},
    {"? {a: 1, a: 2}\n: 1\nb: 1\nb: 2",
     "key-not-scalar@1:3 duplicate-key@1:10+1:4 duplicate-key@4:1+3:1"},
    {"a: &x 1\n*x : 2", "key-not-scalar@2:1"},
    {"? [a]\n? [b]\nc: 1", "key-not-scalar@1:3 key-not-scalar@2:3"},
    {"a: &x {b: 1}\nc:\n  <<: *x\n", "merge-key@3:3"},
    {"a: !!int 1\nb: !x [!y {}]\nc: ! d", "tag@1:4 tag@2:4 tag@2:8 tag@3:4"},
    {"a: !!str [1]\nb: !!map x\nc: !!seq {}", "tag@1:4 tag@2:4 tag@3:4"},
    {"%TAG ! tag:x,2000:\n---\na: 1", "tag@1:1"},
    {"a: *x\nb: [*y]\n", "alias-unknown@1:4 alias-unknown@2:5"},
    {"*x", "alias-unknown@1:1"},
    {"a: *x\nb: &x 1", "alias-unknown@1:4"},
    {"a: &x {b: *x}", "alias-cycle@1:11+1:4"},
    {"a: &x 1\nb: &x [[*x], *x]", "alias-cycle@2:9+2:4 alias-cycle@2:14+2:4"},
    {"&x [*x]", "alias-cycle@1:5+1:1"},
    {"a: \"\\0\"\nb: \"x\\x00y\"", "nul-byte@1:4 nul-byte@2:4"},
    {"a: 1\n b: 2\n", "yaml-syntax@2:3"},
    {"a: [1, 2\nb: 3\n", "yaml-syntax@2:2+1:4"},
    {"a: b: c", "yaml-syntax@1:5"},
    {"a: 'x\n", "yaml-syntax@2:1+1:4"},
    {"a: [", "yaml-syntax@2:1"},
    {"a:\n\tb: 1\n", "tab-indentation@2:1"},
    {"a:\n  b: 1\n \tc: 1\n", "tab-indentation@3:2"},
    {"\xc3\xa4:\r\n\tb: 1\n", "tab-indentation@2:1"},
    {"a:\r\tb: 1\r", "tab-indentation@2:1"},
    {"a:\n- \tb: 1", "tab-indentation@2:3"},
    {"a: b\n\tc: d\n", "tab-indentation@2:1"},
    {"a: [b,\n\tc] d", "yaml-syntax@2:5+1:1"},
    {"\xc3\xa4:\t@", "yaml-syntax@1:4"},
    {"a: \"\tx\" y\n", "yaml-syntax@1:9+1:1"},
    {"a: *x\nb: 1\nb: 2\nc: 'd\n",
     "alias-unknown@1:4 duplicate-key@3:1+2:1 yaml-syntax@5:1+4:4"},
};

START_TEST(a_fault_is_reported_with_its_place)
{
    struct yaml_node *root = read_text(fault_rows[_i].text);

    ck_assert_ptr_null(root);
    ck_assert_msg(strcmp(reported(), fault_rows[_i].messages) == 0,
                  "'%s': %s, not %s", fault_rows[_i].text, reported(),
                  fault_rows[_i].messages);
}
END_TEST

START_TEST(an_earlier_fault_of_others_does_not_count)
{
    diag_error(&diag, (struct place){"a.yaml", 1, 1}, "other", "other");
    ck_assert_ptr_nonnull(read_text("a: 1"));
}
END_TEST

/* The octets may hold NUL: the literals have their lengths. */
#define BYTES(literal) literal, sizeof(literal) - 1

static const struct {
    const char *text;
    size_t length;
    const char *messages;
} byte_rows[] = {
    {BYTES("\xff\xfe"), "utf-16@1:1"},
    {BYTES("\xff\xfe"
           "a\0:\0 \0b\0"),
     "utf-16@1:1"},
    {BYTES("\xfe\xff\0a\0:\0 \0b"), "utf-16@1:1"},
    {BYTES("a\0:\0"), "utf-16@1:1"},
    {BYTES("\0a\0:"), "utf-16@1:1"},
    {BYTES("a: b\0c\n\0"), "nul-byte@1:5 nul-byte@2:1"},
    {BYTES("a: \x1b[0m\nb\x7f"), "control-character@1:4 control-character@2:2"},
    {BYTES("\x01\x08\x0b\x0c\x0e\x1f"),
     "control-character@1:1 control-character@1:2 control-character@1:3 "
     "control-character@1:4 control-character@1:5 control-character@1:6"},
    {BYTES("\xc3\xa4\xc2\x85\xc2\x80\xc2\x9f"),
     "control-character@1:2 control-character@1:3 control-character@1:4"},
    {BYTES("\xe2\x80\xa8\xe2\x80\xa9\xef\xbb\xbf"),
     "control-character@1:1 control-character@1:2 control-character@1:3"},
    {BYTES("\xef\xbb\xbf\xef\xbb\xbf"), "control-character@1:1"},
    {BYTES("\xef\xbf\xbe\xef\xbf\xbf"),
     "control-character@1:1 control-character@1:2"},
    {BYTES("a: Stra\xdf"
           "e\n\xe4\n"),
     "bad-utf-8@1:8 bad-utf-8@2:1"},
    {BYTES("x\x80y\xbf"), "bad-utf-8@1:2 bad-utf-8@1:4"},
    {BYTES("\xc0\x80 \xc1\xbf"), "bad-utf-8@1:1 bad-utf-8@1:3"},
    {BYTES("\xe0\x80\x80 \xf0\x8f\xbf\xbf"), "bad-utf-8@1:1 bad-utf-8@1:3"},
    {BYTES("\xed\xa0\x80 \xf4\x90\x80\x80 \xff"),
     "bad-utf-8@1:1 bad-utf-8@1:3 bad-utf-8@1:5"},
    {BYTES("\xf5\x80\x80\x80 \xf8\x88\x80\x80\x80"),
     "bad-utf-8@1:1 bad-utf-8@1:3"},
    {BYTES("\xe2\x82\na\xe2\x82"), "bad-utf-8@1:1 bad-utf-8@2:2"},
    {BYTES("a\r\nb\rc\n\x01"), "control-character@4:1"},
    /* What libyaml would say is not said as well. */
    {BYTES("[\x01"), "control-character@1:2"},
};

START_TEST(unclean_text_is_refused)
{
    size_t length = byte_rows[_i].length;
    char *text = malloc(length);

    ck_assert_ptr_nonnull(text);
    memcpy(text, byte_rows[_i].text, length);
    ck_assert_ptr_null(read_bytes("a.yaml", text, length));
    ck_assert_msg(strcmp(reported(), byte_rows[_i].messages) == 0,
                  "row %d: %s, not %s", _i, reported(), byte_rows[_i].messages);
    free(text);
}
END_TEST

START_TEST(twenty_faults_of_the_text_are_enough)
{
    char text[64];

    memset(text, 1, sizeof(text));
    ck_assert_ptr_null(read_bytes("a.yaml", text, sizeof(text)));
    ck_assert_uint_eq(diag.count, 20);
}
END_TEST

START_TEST(a_child_is_found_by_its_key)
{
    struct yaml_node *root = read_clean("a: 1\nab: 2\n'': 3\nl: [a]");

    ck_assert_str_eq(yaml_tree_find(root, "a")->text, "1");
    ck_assert_str_eq(yaml_tree_find(root, "ab")->text, "2");
    ck_assert_str_eq(yaml_tree_find(root, "")->text, "3");
    ck_assert_ptr_null(yaml_tree_find(root, "b"));
    ck_assert_ptr_null(yaml_tree_find(yaml_tree_find(root, "l"), "a"));
    ck_assert_ptr_null(yaml_tree_find(yaml_tree_find(root, "a"), "a"));
}
END_TEST

START_TEST(kinds_have_different_names)
{
    const char *scalar = yaml_tree_kind_name(YAML_TREE_SCALAR);
    const char *list = yaml_tree_kind_name(YAML_TREE_SEQUENCE);
    const char *mapping = yaml_tree_kind_name(YAML_TREE_MAPPING);

    ck_assert_str_ne(scalar, list);
    ck_assert_str_ne(scalar, mapping);
    ck_assert_str_ne(list, mapping);
}
END_TEST

static const struct {
    const char *into, *from, *tree;
} merge_rows[] = {
    {"{a: 1}", "{b: 2}", "{a:<1> b:<2>}"},
    {"{a: [1]}", "{a: [2, 3], b: []}", "{a:[<1> <2> <3>] b:[]}"},
    {"{a: []}", "{a: [2]}", "{a:[<2>]}"},
    {"{a: [2]}", "{a: []}", "{a:[<2>]}"},
    {"{a: {b: {c: 1}}}", "{a: {b: {d: 2}, e: 3}}",
     "{a:{b:{c:<1> d:<2>} e:<3>}}"},
    {"{}", "{a: {b: 1}}", "{a:{b:<1>}}"},
    {"{a: 1}", "{}", "{a:<1>}"},
    {"[1]", "[[2]]", "[<1> [<2>]]"},
    {"{a: 1}", "{b: {c: [{d: 1}]}}", "{a:<1> b:{c:[{d:<1>}]}}"},
    /* What aliases share is not changed for the others. */
    {"{a: &x {p: 1}, b: *x}", "{b: {q: 2}}", "{a:{p:<1>} b:{p:<1> q:<2>}}"},
    {"{a: &x {p: 1}, b: *x}", "{a: {q: 2}}", "{a:{p:<1> q:<2>} b:{p:<1>}}"},
    {"{a: &x [1], b: *x, c: *x}", "{b: [2], c: [3]}",
     "{a:[<1>] b:[<1> <2>] c:[<1> <3>]}"},
    {"{a: &x {p: {l: [1]}}, b: *x}", "{b: {p: {l: [2]}}}",
     "{a:{p:{l:[<1>]}} b:{p:{l:[<1> <2>]}}}"},
    {"{a: &x {p: {l: [1]}}, b: *x}", "{a: {p: {l: [2]}}, b: {p: {l: [3]}}}",
     "{a:{p:{l:[<1> <2>]}} b:{p:{l:[<1> <3>]}}}"},
    {"{a: [1]}", "{a: &x [2], b: *x, c: &y {d: 1}, e: *y}",
     "{a:[<1> <2>] b:[<2>] c:{d:<1>} e:{d:<1>}}"},
    {"{a: {x: 1}}", "{a: &x {p: [1]}, b: *x}",
     "{a:{x:<1> p:[<1>]} b:{p:[<1>]}}"},
};

static struct yaml_node *read_other(const char *text)
{
    return read_bytes("b.yaml", text, strlen(text));
}

START_TEST(trees_merge)
{
    struct yaml_node *into = read_clean(merge_rows[_i].into);
    struct yaml_node *from = read_other(merge_rows[_i].from);

    ck_assert_ptr_nonnull(from);
    ck_assert_int_eq(yaml_tree_merge(&diag, into, from), 0);
    ck_assert_str_eq(dumped(into), merge_rows[_i].tree);
    ck_assert_uint_eq(diag.count, 0);
    assert_sums(into);
}
END_TEST

START_TEST(a_third_tree_merges_into_what_the_second_brought)
{
    struct yaml_node *into = read_clean("{a: 1}");

    ck_assert_int_eq(
        yaml_tree_merge(&diag, into, read_other("{l: &x [1], m: *x}")), 0);
    ck_assert_int_eq(yaml_tree_merge(&diag, into, read_other("{l: [2]}")), 0);
    ck_assert_int_eq(yaml_tree_merge(&diag, into, read_other("{m: [3]}")), 0);
    ck_assert_str_eq(dumped(into), "{a:<1> l:[<1> <2>] m:[<1> <3>]}");
    assert_sums(into);
}
END_TEST

START_TEST(what_a_merge_appended_is_shared_with_nobody)
{
    struct yaml_node *into = read_clean("{l: [0], n: {}}");

    ck_assert_int_eq(
        yaml_tree_merge(&diag, into,
                        read_other("{l: &x [1], m: *x, n: &y {a: 1}, o: *y}")),
        0);
    ck_assert_int_eq(
        yaml_tree_merge(&diag, into, read_other("{l: [2], n: {b: 2}}")), 0);
    ck_assert_str_eq(dumped(into), "{l:[<0> <1> <2>] n:{a:<1> b:<2>} m:[<1>] "
                                   "o:{a:<1>}}");
    assert_sums(into);
}
END_TEST

static const struct {
    const char *into, *from, *id;
    unsigned column, first_column;
} clash_rows[] = {
    {"{a: 1}", "{b: 2, a: 1}", "said-twice", 11, 5},
    {"{x: {a: 1}}", "{x: {a: }}", "said-twice", 9, 9},
    {"{a: 1}", "{a: [1]}", "kinds-differ", 5, 5},
    {"{a: {b: 1}}", "{a: [b]}", "kinds-differ", 5, 5},
    {"{c: 1, a: []}", "{a: }", "kinds-differ", 5, 11},
    {"{a: 1}", "[a]", "kinds-differ", 1, 1},
    {"a", "b", "said-twice", 1, 1},
};

START_TEST(trees_that_clash_are_reported_with_both_places)
{
    struct yaml_node *into = read_clean(clash_rows[_i].into);

    int status = yaml_tree_merge(&diag, into, read_other(clash_rows[_i].from));
    ck_assert_int_eq(status, -1);
    ck_assert_uint_eq(diag.count, 1);
    const struct diag_message *message = &diag.messages[0];
    ck_assert_str_eq(message->id, clash_rows[_i].id);
    ck_assert_str_eq(message->place.file, "b.yaml");
    ck_assert_uint_eq(message->place.column, clash_rows[_i].column);
    ck_assert_ptr_nonnull(message->notes);
    ck_assert_str_eq(message->notes->place.file, "a.yaml");
    ck_assert_uint_eq(message->notes->place.column,
                      clash_rows[_i].first_column);
}
END_TEST

START_TEST(all_clashes_are_reported_and_the_rest_merges)
{
    struct yaml_node *into = read_clean("{a: 1, b: {c: 2}, d: [3]}");

    ck_assert_int_eq(
        yaml_tree_merge(&diag, into,
                        read_other("{a: 9, b: {c: 9, e: 4}, d: [5]}")),
        -1);
    ck_assert_uint_eq(diag.count, 2);
    ck_assert_str_eq(dumped(into), "{a:<1> b:{c:<2> e:<4>} d:[<3> <5>]}");
}
END_TEST

/* A text that repeats a part, in memory of its own. */
static char *repeated(const char *head, const char *part, size_t times,
                      const char *tail, size_t *length)
{
    size_t head_size = strlen(head), part_size = strlen(part);
    size_t tail_size = strlen(tail);
    char *text = malloc(head_size + part_size * times + tail_size + 1);
    char *end = text;

    ck_assert_ptr_nonnull(text);
    end = stpcpy(end, head);
    for (size_t i = 0; i < times; i++)
        end = stpcpy(end, part);
    end = stpcpy(end, tail);
    *length = (size_t)(end - text);
    return text;
}

static struct yaml_node *read_repeated(const char *head, const char *part,
                                       size_t times, const char *tail)
{
    size_t length;
    char *text = repeated(head, part, times, tail, &length);
    char *lent = arena_copy(&arena, text, length);

    free(text);
    return read_bytes("a.yaml", lent, length);
}

static const struct {
    const char *head, *part, *tail;
    size_t times;
    const char *messages; /* "" for a tree */
} depth_rows[] = {
    {"", "[", "", 100000, "too-deep@1:65"},
    {"", "{a: ", "", 100000, "too-deep@1:257"},
    {"", "- ", "", 100000, "too-deep@1:129"},
    {"", "[\n", "", 100000, "too-deep@65:1"},
    {"x: &x [[]]\ny: ", "[", "*x", 62, "too-deep@2:66"},
    {"x: &x [[]]\ny: ", "[", "*x", 63, "too-deep@2:67"},
};

START_TEST(a_deep_tree_is_refused_at_once)
{
    struct yaml_node *root =
        read_repeated(depth_rows[_i].head, depth_rows[_i].part,
                      depth_rows[_i].times, depth_rows[_i].tail);

    ck_assert_ptr_null(root);
    ck_assert_msg(strcmp(reported(), depth_rows[_i].messages) == 0,
                  "row %d: %s", _i, reported());
}
END_TEST

static struct yaml_node *read_nested(const char *inside, size_t levels)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    strbuf_add_text(&buf, "x: &x [[]]\ny: ");
    for (size_t i = 1; i < levels; i++)
        strbuf_add_char(&buf, '[');
    strbuf_add_text(&buf, inside);
    for (size_t i = 1; i < levels; i++)
        strbuf_add_char(&buf, ']');
    return read_bytes("a.yaml", buf.text, buf.length);
}

START_TEST(sixty_four_levels_are_the_limit)
{
    struct yaml_node *root = read_nested("", 64);

    ck_assert_ptr_nonnull(root);
    ck_assert_uint_eq(root->height, YAML_TREE_MAX_DEPTH);
    root = read_nested("a", 63);
    ck_assert_ptr_nonnull(root);
    ck_assert_uint_eq(root->height, YAML_TREE_MAX_DEPTH);
    root = read_nested("*x", 62);
    ck_assert_ptr_nonnull(root);
    ck_assert_uint_eq(root->height, YAML_TREE_MAX_DEPTH);
    ck_assert_uint_eq(diag.count, 0);

    ck_assert_ptr_null(read_nested("a", 64));
    ck_assert_str_eq(reported(), "too-deep@2:67");
}
END_TEST

START_TEST(an_alias_cannot_pass_the_limit)
{
    ck_assert_ptr_null(read_nested("*x", 63));
    ck_assert_str_eq(reported(), "too-deep@2:66");
}
END_TEST

START_TEST(an_alias_bomb_is_refused)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    strbuf_add_text(&buf, "a: &a [x, x, x, x, x, x, x, x, x, x]\n");
    for (int name = 'b'; name <= 'z'; name++) {
        strbuf_printf(&buf, "%c: &%c [", name, name);
        for (int i = 0; i < 10; i++)
            strbuf_printf(&buf, "*%c, ", name - 1);
        strbuf_add_text(&buf, "]\n");
    }
    ck_assert_ptr_null(read_bytes("a.yaml", buf.text, buf.length));
    ck_assert_uint_eq(diag.count, 1);
    ck_assert_str_eq(diag.messages[0].id, "alias-budget");
    /* f's aliases stand for 111,111 values each, after 111,100 before. */
    ck_assert_uint_eq(diag.messages[0].place.line, 6);
}
END_TEST

START_TEST(aliases_within_the_budget_are_read)
{
    struct yaml_node *root = read_repeated("- &a [x, x, x, x, x, x, x, x, x]\n",
                                           "- *a\n", 100000, "");

    ck_assert_ptr_nonnull(root);
    ck_assert_uint_eq(root->weight, 1 + 100001 * 10);
    root = read_repeated("- &a [x, x, x, x, x, x, x, x, x]\n", "- *a\n", 100001,
                         "");
    ck_assert_ptr_null(root);
    ck_assert_str_eq(reported(), "alias-budget@100002:3");
}
END_TEST

/* count lines of a key each, "k17: 17"; and in the end the tail. */
static struct yaml_node *read_keys(const char *file, size_t first, size_t count,
                                   const char *tail)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    for (size_t i = first; i < first + count; i++)
        strbuf_printf(&buf, "k%zu: %zu\n", i, i);
    strbuf_add_text(&buf, tail);
    return read_bytes(file, buf.text, buf.length);
}

START_TEST(a_duplicate_is_found_in_a_mapping_of_any_size)
{
    const size_t sizes[] = {1, 2, 14, 15, 16, 17, 18, 40, 1000};
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    for (size_t i = 0; i < sizes[_i]; i++) {
        strbuf_reset(&buf);
        strbuf_printf(&buf, "k%zu: x\n", i);
        diag_init(&diag, &arena);
        ck_assert_ptr_null(read_keys("a.yaml", 0, sizes[_i], buf.text));
        strbuf_reset(&buf);
        strbuf_printf(&buf, "duplicate-key@%zu:1+%zu:1", sizes[_i] + 1, i + 1);
        ck_assert_str_eq(reported(), buf.text);
    }
}
END_TEST

START_TEST(the_first_of_many_duplicates_is_shown)
{
    ck_assert_ptr_null(read_keys("a.yaml", 0, 20, "k3: x\nk3: y\nk3: z\n"));
    ck_assert_str_eq(reported(), "duplicate-key@21:1+4:1 "
                                 "duplicate-key@22:1+4:1 "
                                 "duplicate-key@23:1+4:1");
}
END_TEST

START_TEST(complex_keys_do_not_hide_duplicates)
{
    ck_assert_ptr_null(read_keys("a.yaml", 0, 20, "[x]: 1\n[x]: 2\nk3: 3"));
    ck_assert_str_eq(reported(), "key-not-scalar@21:1 key-not-scalar@22:1 "
                                 "duplicate-key@23:1+4:1");
}
END_TEST

START_TEST(many_keys_are_read_in_no_time)
{
    struct yaml_node *root = read_keys("a.yaml", 0, 200000, "k123: 1\n");

    ck_assert_ptr_null(root);
    ck_assert_str_eq(reported(), "duplicate-key@200001:1+124:1");
}
END_TEST

START_TEST(many_keys_merge_in_no_time)
{
    struct yaml_node *into = read_keys("a.yaml", 0, 3, "");
    struct yaml_node *from = read_keys("b.yaml", 3, 100000, "");

    ck_assert_int_eq(yaml_tree_merge(&diag, into, from), 0);
    from = read_keys("b.yaml", 50000, 100000, "");
    ck_assert_int_eq(yaml_tree_merge(&diag, into, from), -1);
    ck_assert_uint_eq(diag.errors, 50003);
    ck_assert_uint_eq(into->count, 150000);
    assert_sums(into);
}
END_TEST

START_TEST(many_anchors_are_read_in_no_time)
{
    struct strbuf buf;

    strbuf_init(&buf, &arena);
    for (size_t i = 0; i < 100000; i++)
        strbuf_printf(&buf, "- &a%zu %zu\n- *a%zu\n", i, i, i / 2);
    struct yaml_node *root = read_bytes("a.yaml", buf.text, buf.length);
    ck_assert_ptr_nonnull(root);
    ck_assert_str_eq(root->last->text, "49999");
}
END_TEST

START_TEST(many_faults_end_the_reading)
{
    ck_assert_ptr_null(read_repeated("", "a: 1\n", 100000, ""));
    ck_assert_uint_eq(diag.count, 1000);
}
END_TEST

static const struct {
    const char *head, *part, *tail;
    bool is_tree;
} large_rows[] = {
    {"", "- \n", "", true},
    {"", "- a\n", "", true},
    {"[", ",", "]", false},
    {"[", "a,", "]", true},
    {"{", "a,", "}", false},
    {"a: ", "b", "", true},
    {"a: |\n ", "b", "", true},
    {"a: \"", "\\x00", "\"", false},
    {"", "#\n", "", false},
    {"", "\n", "", false},
    {"", "%TAG !a! b\n", "---\na", false},
    {"a\n...\n", "%TAG !a! b\n", "---\na", false},
    {"", "%YAML 1.1\n", "---\na", false},
    {"", "*a ", "", false},
    {"- ", "&a ", "", false},
    {"", "'", "", true},
    {"", "\t", "", false},
    {"a: [", "\n\t", "", false},
    {"", "\xff", "", false},
    {"", "\r", "a: : \t", false},
    {"", "]", "", false},
    {"- &", "a", " b", true},
    {"- !", "a", " b", false},
    {"", "--- ", "", true},
    {"", "? ", "", false},
    {"", "? a\n", "", false},
};

START_TEST(a_large_text_is_read_in_no_time)
{
    const char *part = large_rows[_i].part;
    size_t times = LARGE / strlen(part);
    struct yaml_node *root =
        read_repeated(large_rows[_i].head, part, times, large_rows[_i].tail);

    ck_assert_msg((root != NULL) == large_rows[_i].is_tree, "'%s': %s", part,
                  root ? "read" : diag.messages[0].text);
    ck_assert_int_eq(diag.count > 0, !large_rows[_i].is_tree);
}
END_TEST

#define ROWS(table) ((int)(sizeof(table) / sizeof((table)[0])))

static void add_reading(Suite *suite)
{
    TCase *reading = tcase_create("reading");

    tcase_add_checked_fixture(reading, set_up, tear_down);
    tcase_add_loop_test(reading, text_becomes_a_tree, 0, ROWS(tree_rows));
    tcase_add_test(reading, columns_count_characters);
    tcase_add_test(reading, an_alias_has_its_own_place_and_key);
    tcase_add_test(reading, a_child_is_found_by_its_key);
    tcase_add_test(reading, kinds_have_different_names);
    suite_add_tcase(suite, reading);
}

static void add_faults(Suite *suite)
{
    TCase *faults = tcase_create("faults");

    tcase_add_checked_fixture(faults, set_up, tear_down);
    tcase_add_loop_test(faults, a_fault_is_reported_with_its_place, 0,
                        ROWS(fault_rows));
    tcase_add_test(faults, an_earlier_fault_of_others_does_not_count);
    tcase_add_loop_test(faults, unclean_text_is_refused, 0, ROWS(byte_rows));
    tcase_add_test(faults, twenty_faults_of_the_text_are_enough);
    tcase_add_loop_test(faults, a_duplicate_is_found_in_a_mapping_of_any_size,
                        0, 9);
    tcase_add_test(faults, the_first_of_many_duplicates_is_shown);
    tcase_add_test(faults, complex_keys_do_not_hide_duplicates);
    tcase_set_timeout(faults, HOSTILE_SECONDS);
    suite_add_tcase(suite, faults);
}

static void add_merging(Suite *suite)
{
    TCase *merging = tcase_create("merging");

    tcase_add_checked_fixture(merging, set_up, tear_down);
    tcase_add_loop_test(merging, trees_merge, 0, ROWS(merge_rows));
    tcase_add_test(merging, a_third_tree_merges_into_what_the_second_brought);
    tcase_add_test(merging, what_a_merge_appended_is_shared_with_nobody);
    tcase_add_loop_test(merging, trees_that_clash_are_reported_with_both_places,
                        0, ROWS(clash_rows));
    tcase_add_test(merging, all_clashes_are_reported_and_the_rest_merges);
    suite_add_tcase(suite, merging);
}

static void add_hostile(Suite *suite)
{
    TCase *hostile = tcase_create("hostile");

    tcase_add_checked_fixture(hostile, set_up, tear_down);
    tcase_set_timeout(hostile, HOSTILE_SECONDS);
    tcase_add_loop_test(hostile, a_deep_tree_is_refused_at_once, 0,
                        ROWS(depth_rows));
    tcase_add_test(hostile, sixty_four_levels_are_the_limit);
    tcase_add_test(hostile, an_alias_cannot_pass_the_limit);
    tcase_add_test(hostile, an_alias_bomb_is_refused);
    tcase_add_test(hostile, aliases_within_the_budget_are_read);
    tcase_add_test(hostile, many_keys_are_read_in_no_time);
    tcase_add_test(hostile, many_keys_merge_in_no_time);
    tcase_add_test(hostile, many_anchors_are_read_in_no_time);
    tcase_add_test(hostile, many_faults_end_the_reading);
    tcase_add_loop_test(hostile, a_large_text_is_read_in_no_time, 0,
                        ROWS(large_rows));
    suite_add_tcase(suite, hostile);
}

static Suite *yaml_tree_suite(void)
{
    Suite *suite = suite_create("yaml_tree");

    add_reading(suite);
    add_faults(suite);
    add_merging(suite);
    add_hostile(suite);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(yaml_tree_suite());

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#include "dns/zone_lexer.h"

#include "zone_text.h"

/* ---- how tokens are shown: words as they are, strings in quotes */

static void show(struct strbuf *out, const struct zone_token *token)
{
    static const char *const faults[] = {
        [ZONE_LEXER_OPEN_QUOTE] = "!quote",
        [ZONE_LEXER_OPEN_PAREN] = "!open",
        [ZONE_LEXER_STRAY_PAREN] = "!stray",
        [ZONE_LEXER_NUL] = "!nul",
    };

    switch (token->kind) {
    case ZONE_TOKEN_WORD:
        strbuf_add(out, token->text, token->length);
        break;
    case ZONE_TOKEN_STRING:
        strbuf_add_char(out, '"');
        strbuf_add(out, token->text, token->length);
        strbuf_add_char(out, '"');
        break;
    case ZONE_TOKEN_BLANK:
        strbuf_add_char(out, '_');
        break;
    case ZONE_TOKEN_END:
        strbuf_add_char(out, '/');
        break;
    case ZONE_TOKEN_END_OF_FILE:
        strbuf_add_char(out, '.');
        break;
    case ZONE_TOKEN_FAULT:
        strbuf_add_text(out, faults[token->fault]);
    }
}

/* The text lies alone in memory, so that a sanitizer sees who reads on. */
static char *copy_alone(const char *text, size_t length)
{
    char *copy = malloc(length > 0 ? length : 1);

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, length);
    return copy;
}

static const char *tokens_of(const char *text, size_t length, bool has_places)
{
    char *copy = copy_alone(text, length);
    struct zone_lexer lexer;
    struct zone_token token;
    struct strbuf out;

    strbuf_init(&out, &arena);
    zone_lexer_init(&lexer, copy, length);
    do {
        zone_lexer_next(&lexer, &token);
        if (out.length > 0)
            strbuf_add_char(&out, ' ');
        show(&out, &token);
        if (has_places)
            strbuf_printf(&out, "@%u:%u", token.line,
                          zone_token_column(&token));
    } while (token.kind != ZONE_TOKEN_END_OF_FILE);
    ck_assert_msg(lexer.next == lexer.end, "the end is where the text ends");
    free(copy);
    return out.text;
}

struct row {
    const char *text;
    size_t length;
    const char *tokens;
};

#define TEXT(text) (text), sizeof(text) - 1

static void check_tokens(const struct row *row, bool has_places)
{
    const char *tokens = tokens_of(row->text, row->length, has_places);

    ck_assert_msg(strcmp(tokens, row->tokens) == 0, "%s\nis\n%s\nand not\n%s",
                  row->text, tokens, row->tokens);
}

static const struct row rows[] = {
    {TEXT(""), "."},
    {TEXT("a"), "a ."},
    {TEXT("a\n"), "a / ."},
    {TEXT("a b\tc  d\n"), "a b c d / ."},
    {TEXT("a \t\n"), "a / ."},
    {TEXT("\n\n"), "/ / ."},
    {TEXT("\xef\xbb\xbf"
          "a"),
     "a ."},
    {TEXT("\xef\xbb\xbf\xef\xbb\xbf"
          "a"),
     "\xef\xbb\xbf"
     "a ."},

    /* White space in front of an entry, once. */
    {TEXT(" a"), "_ a ."},
    {TEXT("\t \ta"), "_ a ."},
    {TEXT(" "), "_ ."},
    {TEXT(" \n a"), "_ / _ a ."},
    {TEXT("\n a"), "/ _ a ."},
    {TEXT(" ; x\na"), "_ / a ."},
    {TEXT(" (\n a)"), "_ a ."},
    {TEXT("(\n a)"), "a ."},
    {TEXT("( )\n a"), "/ _ a ."},
    {TEXT("a\n\n b"), "a / / _ b ."},

    /* Ends of lines. */
    {TEXT("a\r\nb\r\n"), "a / b / ."},
    {TEXT("a\rb\r"), "a / b / ."},
    {TEXT("a\r\r\nb"), "a / / b ."},
    {TEXT("a\n\rb"), "a / / b ."},
    {TEXT("a\r\n b"), "a / _ b ."},
    {TEXT("a\r b"), "a / _ b ."},
    {TEXT("a\fb\vc"), "a\fb\vc ."},
    {TEXT("a\xc2\xa0"
          "b"),
     "a\xc2\xa0"
     "b ."},
    {TEXT("a\xe2\x80\xa8"
          "b"),
     "a\xe2\x80\xa8"
     "b ."},
    {TEXT("a\x1f\x7f\x80\xff"), "a\x1f\x7f\x80\xff ."},

    /* Comments. */
    {TEXT(";"), "."},
    {TEXT("; a\nb"), "/ b ."},
    {TEXT("a;b c\nd"), "a / d ."},
    {TEXT("a ; \" ( \\\nb"), "a / b ."},
    {TEXT("a ; x\r\nb"), "a / b ."},
    {TEXT("a ; x\rb\nc"), "a / c ."},
    {TEXT("a ; \0\nb"), "a / b ."},
    {TEXT("a # // b"), "a # // b ."},

    /* Parentheses. */
    {TEXT("a ( b\nc )\nd"), "a b c / d ."},
    {TEXT("a(b)c"), "a b c ."},
    {TEXT("a((b)\n(c)\n)d"), "a b c d ."},
    {TEXT("()\n"), "/ ."},
    {TEXT("(\n)\n"), "/ ."},
    {TEXT("(\r\n\r)\n"), "/ ."},
    {TEXT("a ( ; b ) c\n d ) e"), "a d e ."},
    {TEXT("(a\n)b\nc"), "a b / c ."},
    {TEXT("a ("), "a !open ."},
    {TEXT("a (\nb\n"), "a b !open ."},
    {TEXT("("), "!open ."},
    {TEXT("((a)"), "a !open ."},
    {TEXT("a ( ; )"), "a !open ."},
    {TEXT("a ) b\n"), "a !stray b / ."},
    {TEXT(")"), "!stray ."},
    {TEXT("a))"), "a !stray !stray ."},
    {TEXT("(a)) b"), "a !stray b ."},
    {TEXT(") a\n b"), "!stray _ a / _ b ."},

    /* Escapes. */
    {TEXT("a\\ b"), "a\\ b ."},
    {TEXT("a\\;b;c"), "a\\;b ."},
    {TEXT("a\\(b"), "a\\(b ."},
    {TEXT("a\\)b"), "a\\)b ."},
    {TEXT("a\\\"b"), "a\\\"b ."},
    {TEXT("a\\\\ b"), "a\\\\ b ."},
    {TEXT("a\\\tb"), "a\\\tb ."},
    {TEXT("\\"), "\\ ."},
    {TEXT("a\\\nb"), "a\\ / b ."},
    {TEXT("a\\\rb"), "a\\ / b ."},
    {TEXT("a\\\r\nb"), "a\\ / b ."},
    {TEXT("(a\\\nb)"), "a\\ b ."},
    {TEXT("\\ a"), "\\ a ."},

    /* Quotes. */
    {TEXT("\"\""), "\"\" ."},
    {TEXT("\"a b\""), "\"a b\" ."},
    {TEXT("\"a;b(c)\" d"), "\"a;b(c)\" d ."},
    {TEXT("a\"b\"c"), "a \"b\" c ."},
    {TEXT("\"a\"\"b\""), "\"a\" \"b\" ."},
    {TEXT("\"a\\\"b\""), "\"a\\\"b\" ."},
    {TEXT("\"a\\\\\" b"), "\"a\\\\\" b ."},
    {TEXT("\"a\\\nb\""), "\"a\\\nb\" ."},
    {TEXT("\"a\\\\\nb\""), "!quote / b !quote ."},
    {TEXT("\"a\rb\tc\""), "\"a\rb\tc\" ."},
    {TEXT("\"a\\\r\n"), "!quote / ."},
    {TEXT("\"a"), "!quote ."},
    {TEXT("\""), "!quote ."},
    {TEXT("\"\\"), "!quote ."},
    {TEXT("\"\\\""), "!quote ."},
    {TEXT("\"a\nb\""), "!quote / b !quote ."},
    {TEXT("( \"a\n b )"), "!quote b ."},
    {TEXT("\"\n"), "!quote / ."},
    {TEXT(" \"a\""), "_ \"a\" ."},

    /* Octets of zero. */
    {TEXT("\0"), "!nul ."},
    {TEXT("a\0b"), "a !nul b ."},
    {TEXT("\0\0"), "!nul !nul ."},
};

START_TEST(text_has_the_tokens_of_bind)
{
    check_tokens(&rows[_i], false);
}
END_TEST

/* The octet is a character of the word then, and no name or number has it. */
START_TEST(nul_behind_a_backslash_belongs_to_the_word)
{
    struct zone_lexer lexer;
    struct zone_token token;

    zone_lexer_init(&lexer, "a\\\0b c", 6);
    zone_lexer_next(&lexer, &token);
    ck_assert_int_eq(token.kind, ZONE_TOKEN_WORD);
    ck_assert_uint_eq(token.length, 4);
}
END_TEST

START_TEST(nul_in_quotes_belongs_to_the_string)
{
    struct zone_lexer lexer;
    struct zone_token token;

    zone_lexer_init(&lexer, "\"a\0b\" c", 7);
    zone_lexer_next(&lexer, &token);
    ck_assert_int_eq(token.kind, ZONE_TOKEN_STRING);
    ck_assert_uint_eq(token.length, 3);
}
END_TEST

static const struct row places[] = {
    {TEXT(""), ".@1:1"},
    {TEXT("ab c\n  d\n"), "ab@1:1 c@1:4 /@1:5 _@2:1 d@2:3 /@2:4 .@3:1"},
    {TEXT("a\r\nb\rc"), "a@1:1 /@1:2 b@2:1 /@2:2 c@3:1 .@3:2"},
    {TEXT("\ta"), "_@1:1 a@1:2 .@1:3"},
    {TEXT("\xef\xbb\xbf"
          "a b"),
     "a@1:1 b@1:3 .@1:4"},
    {TEXT("\xc3\xa4\xe2\x82\xac b"), "\xc3\xa4\xe2\x82\xac@1:1 b@1:4 .@1:5"},
    {TEXT("a (\n b\n)c"), "a@1:1 b@2:2 c@3:2 .@3:3"},
    {TEXT("a (\r\n b\r)c"), "a@1:1 b@2:2 c@3:2 .@3:3"},
    {TEXT("a ; x\n\nb"), "a@1:1 /@1:6 /@2:1 b@3:1 .@3:2"},
    {TEXT("; x\ry\nb"), "/@2:2 b@3:1 .@3:2"},
    {TEXT("\"a\\\nb\" c\nd"), "\"a\\\nb\"@1:1 c@2:4 /@2:5 d@3:1 .@3:2"},
    {TEXT("a \"b\nc"), "a@1:1 !quote@1:3 /@1:5 c@2:1 .@2:2"},
    {TEXT("a\nb ((\nc\n)\n"), "a@1:1 /@1:2 b@2:1 c@3:1 !open@2:3 .@5:1"},
    {TEXT("(\n) (\n"), "!open@2:3 .@3:1"},
    {TEXT("a )b"), "a@1:1 !stray@1:3 b@1:4 .@1:5"},
    {TEXT("a\0b"), "a@1:1 !nul@1:2 b@1:3 .@1:4"},
};

START_TEST(tokens_know_their_place)
{
    check_tokens(&places[_i], true);
}
END_TEST

/* What comes behind an entry whose second token was read. */
static const struct row skips[] = {
    {TEXT("a b c\nd"), "d ."},       {TEXT("a b (\nc ) d\ne"), "e ."},
    {TEXT("a ( b\nc\n)\nd"), "d ."}, {TEXT("a b \"\nc"), "c ."},
    {TEXT("a b ) c\nd"), "d ."},     {TEXT("a b \0 c\nd"), "d ."},
    {TEXT("a b ( c\nd"), "."},       {TEXT("a b"), "."},
    {TEXT("a\nb"), "b ."},           {TEXT("a b\n c"), "_ c ."},
};

START_TEST(rest_of_an_entry_is_passed_over)
{
    const struct row *row = &skips[_i];
    struct zone_lexer lexer;
    struct zone_token token;
    struct strbuf out;

    strbuf_init(&out, &arena);
    zone_lexer_init(&lexer, row->text, row->length);
    zone_lexer_next(&lexer, &token);
    zone_lexer_next(&lexer, &token);
    zone_lexer_skip_entry(&lexer, &token);
    do {
        zone_lexer_next(&lexer, &token);
        strbuf_add_text(&out, out.length > 0 ? " " : "");
        show(&out, &token);
    } while (token.kind != ZONE_TOKEN_END_OF_FILE);
    ck_assert_msg(strcmp(out.text, row->tokens) == 0, "%s\nleaves\n%s",
                  row->text, out.text);
}
END_TEST

/* Whatever an octet is, it is in a token, or between them, once. */
START_TEST(each_octet_is_read_once)
{
    const char text[] = {'a', (char)_i, 'b', '\n', 'c'};
    const char *tokens = tokens_of(text, sizeof text, false);

    ck_assert_msg(strchr(tokens, 'a') == tokens, "%s", tokens);
    ck_assert_msg(_i == ';' || _i == '"' || strchr(tokens, 'b'), "%s", tokens);
    ck_assert_msg(_i == '(' || strstr(tokens, "/ c"), "%s", tokens);
}
END_TEST

START_TEST(many_parentheses_take_no_room)
{
    size_t length = 10000000;
    char *text = malloc(length);
    struct zone_lexer lexer;
    struct zone_token token;

    ck_assert_ptr_nonnull(text);
    memset(text, '(', length);
    zone_lexer_init(&lexer, text, length);
    zone_lexer_next(&lexer, &token);
    ck_assert_int_eq(token.kind, ZONE_TOKEN_FAULT);
    ck_assert_int_eq(token.fault, ZONE_LEXER_OPEN_PAREN);
    ck_assert_uint_eq(zone_token_column(&token), 1);
    zone_lexer_next(&lexer, &token);
    ck_assert_int_eq(token.kind, ZONE_TOKEN_END_OF_FILE);
    free(text);
}
END_TEST

static Suite *zone_lexer_suite(void)
{
    Suite *suite = suite_create("zone_lexer");
    TCase *tcase = tcase_create("tokens");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, text_has_the_tokens_of_bind, 0, ROWS(rows));
    tcase_add_test(tcase, nul_behind_a_backslash_belongs_to_the_word);
    tcase_add_test(tcase, nul_in_quotes_belongs_to_the_string);
    tcase_add_loop_test(tcase, tokens_know_their_place, 0, ROWS(places));
    tcase_add_loop_test(tcase, rest_of_an_entry_is_passed_over, 0, ROWS(skips));
    tcase_add_loop_test(tcase, each_octet_is_read_once, 0, 256);
    tcase_add_test(tcase, many_parentheses_take_no_room);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suite(zone_lexer_suite());
}

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "dns/rare_rdata.h"

#define MOST_TOKENS 64

static struct arena arena;
static struct name origin;

static void no_memory(void *context)
{
    (void)context;
    ck_abort_msg("out of memory");
}

static void set_up(void)
{
    const struct name absent = {NULL, 0};

    arena_init(&arena, no_memory, NULL);
    ck_assert_int_eq(
        name_from_text(&arena, "Example.", 8, absent, &origin, NULL), NAME_OK);
}

static void tear_down(void)
{
    arena_release(&arena);
}

/* Words and quoted strings, which lie in the text as a lexer finds them. */
static size_t tokens_of(const char *text, struct rare_token *tokens)
{
    size_t count = 0;

    for (;;) {
        text += strspn(text, " ");
        if (*text == '\0')
            return count;
        bool is_quoted = *text == '"';
        const char *start = text += is_quoted;
        while (*text != '\0' && *text != '"' && (is_quoted || *text != ' '))
            text += *text == '\\' && text[1] != '\0' ? 2 : 1;
        ck_assert_uint_lt(count, MOST_TOKENS);
        tokens[count++] =
            (struct rare_token){start, (size_t)(text - start), is_quoted};
        text += is_quoted;
    }
}

static uint16_t type_of(const char *mnemonic)
{
    uint16_t type = 0;

    ck_assert_msg(rare_type_by_mnemonic(mnemonic, strlen(mnemonic), &type),
                  "%s is unknown", mnemonic);
    return type;
}

/* A fault is told by its token; SIZE_MAX when there is none. */
static size_t fault_of(uint16_t type, const char *text,
                       struct rare_rdata *rdata)
{
    struct rare_token tokens[MOST_TOKENS];
    size_t count = tokens_of(text, tokens);
    uint8_t octets[RARE_MOST_OCTETS];
    const char *why = NULL;
    size_t at = 0;

    if (rare_rdata_read(&arena, type, tokens, count, origin, octets, rdata,
                        &why, &at)) {
        rdata->data.octets =
            (const uint8_t *)arena_copy(&arena, octets, rdata->data.length);
        return SIZE_MAX;
    }
    ck_assert_msg(why != NULL && *why != '\0', "\"%s\": no reason", text);
    ck_assert_msg(at <= count, "\"%s\": no such token", text);
    return at;
}

static struct rare_rdata rdata_of(const char *mnemonic, const char *text)
{
    struct rare_rdata rdata = {0};
    size_t fault = fault_of(type_of(mnemonic), text, &rdata);

    ck_assert_msg(fault == SIZE_MAX, "%s \"%s\": refused at token %zu",
                  mnemonic, text, fault);
    return rdata;
}

static const char *text_of(const char *mnemonic, struct record_data data)
{
    struct strbuf text;

    strbuf_init(&text, &arena);
    rare_rdata_write(&text, type_of(mnemonic), data);
    return text.text;
}

/* Octets as a file has them for any type. */
static bool from_wire(const char *mnemonic, const uint8_t *octets,
                      uint16_t length, struct rare_rdata *rdata)
{
    struct strbuf text;

    strbuf_init(&text, &arena);
    strbuf_printf(&text, "\\# %u ", (unsigned)length);
    for (size_t i = 0; i < length; i++)
        strbuf_printf(&text, "%02x", (unsigned)octets[i]);
    return fault_of(type_of(mnemonic), text.text, rdata) == SIZE_MAX;
}

static void assert_same_data(const char *label, struct record_data one,
                             struct record_data other)
{
    ck_assert_msg(record_data_equal(one, other), "%s: other octets", label);
}

struct row {
    const char *type;
    const char *text;
    const char *want;
};

static const struct row goods[] = {
    {"MB", "Mb", "mb.example."},
    {"MG", "mg.example.", "mg.example."},
    {"MR", "a.b\\.c.d", "a.b\\.c.d.example."},
    {"WKS", "10.0.0.1 tcp smtp 0 80", "10.0.0.1 6 0 25 80"},
    {"WKS", "10.0.0.2 88", "10.0.0.2 88"},
    {"HINFO", "\"Generic PC\" NetBSD", "\"Generic PC\" \"NetBSD\""},
    {"MINFO", "rmailbx emailbx", "rmailbx.example. emailbx.example."},
    {"RP", "mbox .", "mbox.example. ."},
    {"AFSDB", "1 Host", "1 host.example."},
    {"X25", "123456789", "\"123456789\""},
    {"ISDN", "150862028003217", "\"150862028003217\""},
    {"ISDN", "\"150862028003217\" 004", "\"150862028003217\" \"004\""},
    {"RT", "2 relay", "2 relay.example."},
    {"NSAP", "0x47.0005.80.0000", "0x470005800000"},
    {"NSAP-PTR", "foo.", "foo."},
    {"SIG", "NXT 1 3 3600 20000102030405 19961211100908 2143 foo.nil. MxFc",
     "NXT 1 3 3600 20000102030405 19961211100908 2143 foo.nil. MxFc"},
    {"KEY", "ZONE|USER DNSSEC RSASHA1 AQID", "256 3 5 AQID"},
    {"KEY", "NOKEY NONE 0", "49152 0 0"},
    {"KEY", "0x100 3 3 AQID", "256 3 3 AQID"},
    {"PX", "10 foo. bar.", "10 foo. bar."},
    {"GPOS", "-32.6882 116.8652 10.0", "\"-32.6882\" \"116.8652\" \"10.0\""},
    {"LOC", "42 21 54 N 71 06 18 W -24m 30m",
     "42 21 54.000 N 71 06 18.000 W -24m 30m 10000m 10m"},
    {"LOC", "90 N 180 E 0", "90 00 0.000 N 180 00 0.000 E 0m 1m 10000m 10m"},
    {"LOC", "0 S 0 W .5 .1m 5. 1.1",
     "00 00 0.000 S 00 00 0.000 W 0.50m 0.10m 5m 1m"},
    {"LOC", "1 59 59.999 S 0 W 42849672.95 0.09 90000000m 12345",
     "01 59 59.999 S 00 00 0.000 W 42849672.95m 0.09m 90000000m 10000m"},
    {"NXT", ". NS SOA MX", "\\# 3 002201"},
    {"EID", "12 89 AB", "1289ab"},
    {"NIMLOC", "1289ab", "1289ab"},
    {"ATMA", "+61.200", "\\# 6 013631323030"},
    {"ATMA", "61.2000", "\\# 4 00612000"},
    {"NAPTR", "100 10 u sip+E2U \"!^(.*)$!sip:\\\\1@foo.se!i\" .",
     "100 10 \"u\" \"sip+E2U\" \"!^(.*)$!sip:\\\\1@foo.se!i\" ."},
    {"KX", "10 kdc", "10 kdc.example."},
    {"CERT", "PKIX 1 RSASHA1 AQID", "PKIX 1 5 AQID"},
    {"CERT", "0 0 0 AQID", "0 0 0 AQID"},
    {"A6", "64 ::ffff:ffff:ffff:ffff foo.",
     "\\# 14 40ffffffffffffffff03666f6f00"},
    {"A6", "0 ::1", "\\# 17 0000000000000000000000000000000001"},
    {"DNAME", "Sub.Example", "sub.example.example."},
    {"SINK", "8 0 2 l4ik", "\\# 6 0800029788a4"},
    {"APL", "!1:192.168.38.0/28 2:FF00::/8",
     "!1:192.168.38.0/28 2:ff00:0000:0000:0000:0000:0000:0000:0000/8"},
    {"APL", "", "\\# 0"},
    {"DS", "30795 RSASHA1 SHA-1 310D27F4D82C1FC2400704EA9939FE6E1CEA A3B9",
     "30795 5 1 310d27f4d82c1fc2400704ea9939fe6e1ceaa3b9"},
    {"SSHFP", "1 1 aa549bfe898489c02d1715d97d79c57ba2fa76ab",
     "1 1 aa549bfe898489c02d1715d97d79c57ba2fa76ab"},
    {"SSHFP", "4 3", "4 3"},
    {"IPSECKEY", "10 3 2 Gw AQID", "10 3 2 gw.example. AQID"},
    {"IPSECKEY", "10 0 2 . AQID", "10 0 2 . AQID"},
    {"RRSIG", "MX 8 2 300 20300101000000 4294967295 12345 Example. AQ==",
     "MX 8 2 300 20300101000000 21060207062815 12345 example. AQ=="},
    {"NSEC", "a.example. MX A TYPE65280 NSEC RESINFO",
     "a.example. A MX NSEC TYPE261 TYPE65280"},
    {"DNSKEY", "257 DNSSEC ED25519 AQ ID", "257 3 15 AQID"},
    {"DHCID", "AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=",
     "AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA="},
    {"NSEC3", "1 0 10 AABB 2VPTU5TIMAMQTTGL4LUU9KG21E0AOR3S RRSIG A",
     "1 0 10 aabb 2vptu5timamqttgl4luu9kg21e0aor3s A RRSIG"},
    {"NSEC3", "SHA-1 1 0 - 2vptu5timamqttgl4luu9kg21e0aor3s",
     "1 1 0 - 2vptu5timamqttgl4luu9kg21e0aor3s"},
    {"NSEC3PARAM", "1 0 0 -", "1 0 0 -"},
    {"TLSA", "3 1 1 0D 6F ce", "3 1 1 0d6fce"},
    {"SMIMEA", "0 0 1 d2ab", "0 0 1 d2ab"},
    {"HIP", "2 200100107B1A AwEA rvs1 rvs2.example.",
     "2 200100107b1a AwEA rvs1.example. rvs2.example."},
    {"NINFO", "foo \"b az\"", "\"foo\" \"b az\""},
    {"RKEY", "0 255 1 AQID", "0 255 1 AQID"},
    {"TALINK", ". link", ". link.example."},
    {"CDS", "0 0 0 00", "0 0 0 00"},
    {"CDNSKEY", "0 3 0 AA==", "0 3 0 AA=="},
    {"OPENPGPKEY", "AQID AQ==", "AQIDAQ=="},
    {"CSYNC", "66 3 A NS AAAA", "66 3 A NS AAAA"},
    {"CSYNC", "0 0", "0 0"},
    {"ZONEMD", "1 1 240 E2D523F654B9422A96C5A8F4",
     "1 1 240 e2d523f654b9422a96c5a8f4"},
    {"SVCB", "0 Foo", "0 foo.example."},
    {"SVCB",
     "1 \".\" mandatory=alpn,port port=1 alpn=\"h2,h3\" key667=\"a b;c\"",
     "1 . mandatory=alpn,port alpn=h2,h3 port=1 key667=\"a b;c\""},
    {"HTTPS",
     "1 . alpn=h2,h3 port=443 ipv6hint=2001:DB8::1 "
     "ipv4hint=192.0.2.1,192.0.2.2 ech=AQID dohpath=/q{?dns}",
     "1 . alpn=h2,h3 port=443 ipv4hint=192.0.2.1,192.0.2.2 ech=AQID "
     "ipv6hint=2001:db8::1 dohpath=/q{?dns}"},
    {"HTTPS", "1 . no-default-alpn alpn=dot key5=a PORT=ab",
     "1 . alpn=dot no-default-alpn port=24930 ech=YQ=="},
    {"SVCB", "1 . key600=a\\;b", "\\# 10 00010002580003613b62"},
    {"DSYNC", "CDS NOTIFY 5359 Scanner",
     "\\# 22 003b0114ef077363616e6e6572076578616d706c6500"},
    {"HHIT", "AQID", "AQID"},
    {"BRID", "AQID", "AQID"},
    {"SPF", "\"v=spf1 -all\" \"a\\000b\"", "\"v=spf1 -all\" \"a\\000b\""},
    {"NID", "10 14:4FFF:ff20:0", "10 0014:4fff:ff20:0000"},
    {"L32", "10 10.1.2.0", "10 10.1.2.0"},
    {"L64", "10 2001:0DB8:1140:1000", "10 2001:0db8:1140:1000"},
    {"LP", "10 sub", "10 sub.example."},
    {"EUI48", "00-00-5E-00-53-2a", "00-00-5e-00-53-2a"},
    {"EUI64", "00-00-5e-ef-10-00-00-2a", "00-00-5e-ef-10-00-00-2a"},
    {"URI", "10 1 \"ftp://ftp.example/\\\"x\"",
     "10 1 \"ftp://ftp.example/\\\"x\""},
    {"CAA", "0 issue \"ca.example.net; policy=ev\"",
     "0 issue \"ca.example.net; policy=ev\""},
    {"CAA", "128 tbs ca.example", "128 tbs \"ca.example\""},
    {"CAA", "0 issue \"\"", "0 issue \"\""},
    {"AVC", "app-name:WOLFGANG", "\"app-name:WOLFGANG\""},
    {"DOA", "0 1 2 \"\" -", "\\# 10 00000000000000010200"},
    {"AMTRELAY", "10 1 3 Relay", "\\# 17 0a830572656c6179076578616d706c6500"},
    {"AMTRELAY", "10 0 0 .", "\\# 2 0a00"},
    {"RESINFO", "qnamemin exterr=15,16", "\"qnamemin\" \"exterr=15,16\""},
    {"WALLET", "BTC 123", "\"BTC\" \"123\""},
    {"TA", "30795 1 5 31", "30795 1 5 31"},
    {"DLV", "30795 1 5 31", "30795 1 5 31"},
    {"KEYDATA", "20090101000000 20090102000000 20090103000000 0 0 0",
     "\\# 16 495c0780495d5900495eaa8000000000"},
};

START_TEST(data_are_written_canonically)
{
    const struct row *row = &goods[_i];
    const char *text = text_of(row->type, rdata_of(row->type, row->text).data);

    ck_assert_msg(strcmp(text, row->want) == 0, "%s %s: \"%s\"", row->type,
                  row->text, text);
}
END_TEST

START_TEST(data_are_the_same_when_their_text_is_read)
{
    const struct row *row = &goods[_i];
    struct rare_rdata rdata = rdata_of(row->type, row->text);
    struct rare_rdata again =
        rdata_of(row->type, text_of(row->type, rdata.data));

    assert_same_data(row->text, again.data, rdata.data);
    ck_assert_uint_eq(again.covers, rdata.covers);
}
END_TEST

START_TEST(data_are_the_same_from_wire)
{
    const struct row *row = &goods[_i];
    struct rare_rdata rdata = rdata_of(row->type, row->text);
    struct rare_rdata again;

    ck_assert_msg(
        from_wire(row->type, rdata.data.octets, rdata.data.length, &again),
        "%s %s: refused", row->type, row->text);
    assert_same_data(row->text, again.data, rdata.data);
}
END_TEST

static const struct row unknowns[] = {
    {"TLSA", "\\# 5 0301 01abcd", "3 1 1 abcd"},
    {"HTTPS", "\\# 10 00010000010003026832", "1 . alpn=h2"},
    {"TYPE65280", "\\# 4 0A000001", "\\# 4 0a000001"},
    {"TYPE65280", "\\# 0", "\\# 0"},
    {"NULL", "\\# 1 00", "\\# 1 00"},
    {"UINFO", "\\# 1 00", "\\# 1 00"},
    {"AMTRELAY", "\\# 2 0a00", "\\# 2 0a00"},
    {"MB", "\\# 5 03464F4f00", "foo."},
    {"CAA", "\\# 7 00056973737565", "0 issue \"\""},
};

START_TEST(any_type_is_read_as_rfc_3597_has_it)
{
    const struct row *row = &unknowns[_i];
    const char *text = text_of(row->type, rdata_of(row->type, row->text).data);

    ck_assert_msg(strcmp(text, row->want) == 0, "%s %s: \"%s\"", row->type,
                  row->text, text);
}
END_TEST

static const struct {
    const char *type;
    const char *text;
    size_t at;
} bads[] = {
    {"MB", "", 0},
    {"MB", "a. b.", 1},
    {"MB", "\"foo\"", 0},
    {"MB", "a..b", 0},
    {"MB", "\\[x.", 0},
    {"NULL", "00", 0},
    {"WKS", "10.0.0.1 tcp 65536", 2},
    {"WKS", "10.0.0.1 256", 1},
    {"HINFO", "PC", 1},
    {"HINFO", "a b c", 2},
    {"AFSDB", "65536 host", 0},
    {"AFSDB", "-1 host", 0},
    {"AFSDB", "0x1 host", 0},
    {"X25", "123", 0},
    {"X25", "123a", 0},
    {"NSAP", "470005", 0},
    {"NSAP", "0x470", 0},
    {"SIG", "A 1 3 3600 1577836800 19961211100908 2143 foo. MxFc", 4},
    {"KEY", "256 3 5", 3},
    {"KEY", "65536 3 5 AQID", 0},
    {"KEY", "BOSS 3 5 AQID", 0},
    {"GPOS", "1 2", 2},
    {"LOC", "91 N 0 E 0", 0},
    {"LOC", "90 0 0.001 N 0 E 0", 3},
    {"LOC", "1 60 N 0 E 0", 1},
    {"LOC", "1 2 3.1234 N 0 E 0", 2},
    {"LOC", "1 2 3 4 N 0 E 0", 3},
    {"LOC", "1 N 0 E 42849672.96", 4},
    {"LOC", "1 N 0 E -100000.01", 4},
    {"LOC", "1 N 0 E 0 1 1 1 1", 8},
    {"NXT", ". 128", 1},
    {"ATMA", ".61", 0},
    {"ATMA", "+6a", 0},
    {"ATMA", "612", 0},
    {"NAPTR", "1 1 u s \"!^(a$!b!\" .", 4},
    {"NAPTR", "1 1 u s \"!^a$!\\\\1!\" .", 4},
    {"NAPTR", "1 1 u s \"!a!b\" .", 4},
    {"NAPTR", "1 1 u s \"!a!b!g\" .", 4},
    {"NAPTR", "1 1 u s \"1a1b1\" .", 4},
    {"NAPTR", "1 1 u s \"![z-a]!b!\" .", 4},
    {"NAPTR", "1 1 u s \"![[:foo:]]!b!\" .", 4},
    {"NAPTR", "1 1 u s \"!a{3,2}!b!\" .", 4},
    {"NAPTR", "1 1 u s \"!a**!b!\" .", 4},
    {"CERT", "PKIX 1 RSA AQID", 2},
    {"A6", "129 foo.", 0},
    {"SINK", "1 256 1", 1},
    {"APL", "3:1/2", 0},
    {"APL", "1:1.2.3.4/33", 0},
    {"APL", "1:1.2.3.4", 0},
    {"DS", "30795 8 2 310D27F4", 3},
    {"DS", "30795 8 5", 3},
    {"DS", "30795 256 5 00", 1},
    {"SSHFP", "1 1 aa", 2},
    {"IPSECKEY", "10 0 2 .", 4},
    {"IPSECKEY", "10 0 2 gw. AQID", 3},
    {"IPSECKEY", "10 4 2 . AQID", 3},
    {"RRSIG", "A 8 2 300 20230229000000 20200229000000 1 example. AQ==", 4},
    {"RRSIG", "A 8 0 300 20200229000000 20200229000000 1 example. AQ==", 7},
    {"RRSIG", "FOO 8 2 300 20200229000000 20200229000000 1 example. AQ==", 0},
    {"NSEC", "a.", 1},
    {"NSEC", "a. FOO", 1},
    {"DNSKEY", "257 3 8 AR==", 3},
    {"DNSKEY", "257 3 8 AQ=A", 3},
    {"DNSKEY", "257 3 8 AQ== AQ==", 4},
    {"DNSKEY", "257 3 8 AQI", 4},
    {"DNSKEY", "257 3 8", 3},
    {"NSEC3", "1 0 10 abc 2vptu5timamqttgl4luu9kg21e0aor3s A", 4},
    {"NSEC3", "1 0 10 - 2vptu A", 4},
    {"NSEC3", "2 0 10 - 2vptv A", 4},
    {"NSEC3PARAM", "1 0 65536 -", 2},
    {"TLSA", "3 1 256 00", 2},
    {"TLSA", "3 1 1 0g", 3},
    {"TLSA", "3 1 1 0 0 0", 6},
    {"HIP", "2 200 AwEA", 2},
    {"RKEY", "1 255 1 AQID", 0},
    {"ZONEMD", "1 1 240 E2D523F654B9422A96C5A8", 3},
    {"ZONEMD", "1 1 1 E2D523F654B9422A96C5A8F4", 3},
    {"ZONEMD", "4294967296 1 240 E2D523F654B9422A96C5A8F4", 0},
    {"SVCB", "65536 .", 0},
    {"SVCB", "1 . mandatory=port", 3},
    {"SVCB", "1 . mandatory=mandatory", 3},
    {"SVCB", "1 . mandatory=port,port port=1", 2},
    {"SVCB", "1 . no-default-alpn", 3},
    {"SVCB", "1 . alpn=a,,b", 2},
    {"SVCB", "1 . port=65536", 2},
    {"SVCB", "1 . port=1 port=2", 4},
    {"SVCB", "1 . key03=ab", 2},
    {"SVCB", "1 . colour=ab", 2},
    {"SVCB", "1 . ipv4hint=1.2.3", 2},
    {"SVCB", "1 . key4=abc", 2},
    {"SVCB", "1 . dohpath=/q", 2},
    {"SVCB", "1 . dohpath=/q{dns", 2},
    {"SVCB", "1 . dohpath=q{dns}", 2},
    {"DSYNC", "CDS 256 1 .", 1},
    {"SPF", "", 0},
    {"SPF", "a\\", 0},
    {"SPF", "a\\256", 0},
    {"NID", "10 14:4FFF:ff20", 1},
    {"EUI48", "00-00-5e-00-53", 0},
    {"EUI48", "00:00:5e:00:53:2a", 0},
    {"URI", "10 1 ftp://ftp.example/", 2},
    {"CAA", "256 issue \"x\"", 0},
    {"CAA", "0 is-sue \"x\"", 1},
    {"CAA", "0 issue", 2},
    {"CAA", "0 issue \"x\" \"y\"", 3},
    {"DOA", "0 1 2 \"\"", 4},
    {"AMTRELAY", "10 2 3 relay", 1},
    {"AMTRELAY", "10 0 4 relay", 2},
    {"KEYDATA", "2009 20090102000000 20090103000000 0 0 0", 0},
    {"TYPE65280", "foo", 0},
    {"TYPE65280", "", 0},
    {"TYPE65280", "\\# 4 0a0000", 2},
    {"TYPE65280", "\\# 1 0a0000", 2},
    {"TYPE65280", "\\# 65536 00", 1},
    {"TYPE65280", "\\# 0 00", 2},
    {"TLSA", "\\# 3 030101", 1},
    {"NSEC", "\\# 4 00000100", 1},
    {"DS", "\\# 5 0001080231", 1},
    {"CAA", "\\# 4 00012d61", 1},
    {"NAPTR", "\\# 12 0001000100000421612162 00", 1},
    {"CAA", "\\# 2 0001", 1},
};

START_TEST(bad_data_are_refused_at_their_token)
{
    struct rare_rdata rdata;
    size_t at = fault_of(type_of(bads[_i].type), bads[_i].text, &rdata);

    ck_assert_msg(at == bads[_i].at, "%s %s: token %zd", bads[_i].type,
                  bads[_i].text, (ssize_t)at);
}
END_TEST

#define ZEROS_13 "\0\0\0\0\0\0\0\0\0\0\0\0\0"

START_TEST(octets_are_those_of_the_standards)
{
    static const struct {
        const char *type;
        const char *text;
        const char *octets;
        uint16_t length;
    } rows[] = {
        {"CAA", "128 issue \"a\\000b\"",
         "\x80\x05issue"
         "a\0b",
         10},
        {"SPF", "\"a\\000b\"", "\3a\0b", 4},
        {"NSEC", ". A MX TYPE1234",
         "\0\0\2\x40\x01\4\x1b" ZEROS_13 ZEROS_13 "\x20", 34},
        {"LOC", "1 N 0 W -0.01 0.09 99",
         "\0\x90\x93\x13\x80\x36\xee\x80\x80\0\0\0\0\x98\x96\x7f", 16},
        {"AMTRELAY", "10 1 1 192.0.2.1", "\x0a\x81\xc0\0\2\1", 6},
        {"A6", "9 ffff::1 a.", "\x09\x7f\0\0\0\0\0\0\0\0\0\0\0\0\0\1\1a\0", 19},
        {"RRSIG", "TYPE258 8 1 0 19700101000001 20380119031408 7 . AQ==",
         "\1\2\x08\1\0\0\0\0\0\0\0\1\x80\0\0\0\0\7\0\1", 20},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct record_data want = {(const uint8_t *)rows[i].octets,
                                         rows[i].length};
        assert_same_data(rows[i].text,
                         rdata_of(rows[i].type, rows[i].text).data, want);
    }
}
END_TEST

START_TEST(signatures_tell_what_they_cover)
{
    ck_assert_uint_eq(
        rdata_of("RRSIG", "NSEC3 8 0 1 20300101000000 1 7 . AQ==").covers, 50);
    ck_assert_uint_eq(
        rdata_of("RRSIG", "65280 8 0 1 20300101000000 1 7 . AQ==").covers,
        65280);
    ck_assert_uint_eq(
        rdata_of("SIG", "MX 8 0 1 20300101000000 20300101000000 7 . AQ==")
            .covers,
        RECORD_MX);
    ck_assert_uint_eq(rdata_of("DS", "1 2 5 00").covers, 0);
}
END_TEST

START_TEST(names_in_wire_form_are_folded)
{
    static const uint8_t wire[] = "\0\1\3FoO";
    struct rare_rdata rdata;

    ck_assert(from_wire("KX", wire, sizeof(wire), &rdata));
    ck_assert_str_eq(text_of("KX", rdata.data), "1 foo.");
    ck_assert_mem_eq(rdata.data.octets, "\0\1\3foo", sizeof(wire));
}
END_TEST

/* Whatever the octets are: no crash, and what is accepted says the same. */
START_TEST(hostile_octets_do_no_harm)
{
    struct rare_rdata rdata = rdata_of(goods[_i].type, goods[_i].text);
    const char *type = goods[_i].type;
    struct rare_rdata found;

    for (size_t at = 0; at < rdata.data.length; at++)
        for (unsigned change = 1; change < 256; change = change * 2 + 1) {
            uint8_t *octets = (uint8_t *)arena_copy(&arena, rdata.data.octets,
                                                    rdata.data.length);
            octets[at] ^= (uint8_t)change;
            uint16_t length = (uint16_t)(change == 7 ? at : rdata.data.length);
            if (!from_wire(type, octets, length, &found))
                continue;
            ck_assert_uint_eq(found.data.length, length);
            const char *text = text_of(type, found.data);
            assert_same_data(text, rdata_of(type, text).data, found.data);
        }
}
END_TEST

START_TEST(data_of_65535_octets_are_the_most)
{
    struct rare_rdata rdata;
    struct strbuf text;

    strbuf_init(&text, &arena);
    for (unsigned i = 0; i < 65535; i++)
        strbuf_add_text(&text, "0f");
    ck_assert_uint_eq(rdata_of("EID", text.text).data.length, 65535);
    strbuf_add_text(&text, "0f");
    ck_assert_uint_ne(fault_of(type_of("EID"), text.text, &rdata), SIZE_MAX);
}
END_TEST

/* libldns has less room for these than they take. */
START_TEST(long_service_parameters_are_written)
{
    static const char *const keys[] = {"alpn=", "key667=", "alpn=h2,"};
    struct strbuf text;

    strbuf_init(&text, &arena);
    for (size_t key = 0; key < sizeof keys / sizeof *keys; key++) {
        strbuf_reset(&text);
        strbuf_printf(&text, "1 . %s", keys[key]);
        for (unsigned i = 0; i < 250; i++)
            strbuf_add_text(&text, "\\255");
        ck_assert_uint_gt(
            strlen(text_of("SVCB", rdata_of("SVCB", text.text).data)), 500);
    }
}
END_TEST

START_TEST(types_have_their_mnemonics)
{
    static const struct {
        const char *mnemonic;
        uint16_t type;
    } rows[] = {{"rrsig", 46},        {"NSAP-PTR", 23},  {"Https", 65},
                {"WALLET", 262},      {"UINFO", 100},    {"ANY", 255},
                {"TYPE65535", 65535}, {"type00046", 46}, {"KEYDATA", 65533}};
    static const char *const unknown[] = {
        "",       "A",          "MX",     "TYPE", "TYPE0",  "TYPE65536",
        "TYPE1x", "TYPE000001", "RRSIGX", "RRSI", "TYPE-1", "RESERVED0"};
    uint16_t type;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        ck_assert_uint_eq(type_of(rows[i].mnemonic), rows[i].type);
    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
        ck_assert_msg(
            !rare_type_by_mnemonic(unknown[i], strlen(unknown[i]), &type),
            "\"%s\"", unknown[i]);
    ck_assert_str_eq(rare_type_mnemonic(65), "HTTPS");
    ck_assert_ptr_null(rare_type_mnemonic(1));
    ck_assert_ptr_null(rare_type_mnemonic(65280));
}
END_TEST

START_TEST(each_mnemonic_leads_back_to_its_type)
{
    unsigned found = 0;

    for (unsigned type = 0; type <= UINT16_MAX; type++) {
        const char *mnemonic = rare_type_mnemonic((uint16_t)type);
        if (!mnemonic)
            continue;
        ck_assert_uint_eq(type_of(mnemonic), type);
        found++;
    }
    ck_assert_uint_eq(found, 86);
}
END_TEST

START_TEST(types_of_questions_are_refused)
{
    static const char *const refused[] = {"MD",   "MF",   "OPT",     "TKEY",
                                          "TSIG", "AXFR", "TYPE128", "ANY"};
    static const char *const fine[] = {"MB", "UINFO", "TYPE127", "URI",
                                       "KEYDATA"};

    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
        ck_assert_msg(rare_type_is_refused(type_of(refused[i])), "%s",
                      refused[i]);
    for (size_t i = 0; i < sizeof(fine) / sizeof(fine[0]); i++)
        ck_assert_msg(!rare_type_is_refused(type_of(fine[i])), "%s", fine[i]);
    ck_assert(rare_type_is_refused(0));
}
END_TEST

#define ROWS(table) ((int)(sizeof(table) / sizeof((table)[0])))

static Suite *rare_rdata_suite(void)
{
    Suite *suite = suite_create("rare_rdata");
    TCase *tcase = tcase_create("rare_rdata");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, data_are_written_canonically, 0, ROWS(goods));
    tcase_add_loop_test(tcase, data_are_the_same_when_their_text_is_read, 0,
                        ROWS(goods));
    tcase_add_loop_test(tcase, data_are_the_same_from_wire, 0, ROWS(goods));
    tcase_add_loop_test(tcase, any_type_is_read_as_rfc_3597_has_it, 0,
                        ROWS(unknowns));
    tcase_add_loop_test(tcase, bad_data_are_refused_at_their_token, 0,
                        ROWS(bads));
    tcase_add_test(tcase, octets_are_those_of_the_standards);
    tcase_add_test(tcase, signatures_tell_what_they_cover);
    tcase_add_test(tcase, names_in_wire_form_are_folded);
    tcase_add_loop_test(tcase, hostile_octets_do_no_harm, 0, ROWS(goods));
    tcase_add_test(tcase, data_of_65535_octets_are_the_most);
    tcase_add_test(tcase, long_service_parameters_are_written);
    tcase_add_test(tcase, types_have_their_mnemonics);
    tcase_add_test(tcase, each_mnemonic_leads_back_to_its_type);
    tcase_add_test(tcase, types_of_questions_are_refused);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(rare_rdata_suite());

    srunner_run_all(runner, CK_ENV);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

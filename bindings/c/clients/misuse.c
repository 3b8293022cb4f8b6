/* Wrong arguments of every sort: each is an error that names its argument, and nothing is written. */
#include "check.h"
#include "zhenggong.h"

static const char FACTS[] =
    "{\"month\": \"2025-03\", \"facts\": {\"person\": \"0417\", \"unit\": \"城东派出所\","
    "\"kind\": \"officer\", \"rank\": null, \"stated\": {\"post-pay\": \"2410.00\","
    "\"level-pay\": \"3620.00\", \"pension\": \"0.00\", \"occupational-annuity\": \"0.00\","
    "\"medical\": \"0.00\", \"housing-fund\": \"0.00\", \"income-tax\": \"30.90\"}}}";

static zg_engine *engine;
static zg_payslip *slip;

/* Expects that a call failed with this status, and that its error concerns this field. */
static void failed(zg_status got, zg_status want, zg_error *error, const char *field) {
    CHECK(got == want);
    CHECK(zg_error_status(error) == want);
    CHECK(IS(zg_error_field(error), field));
    CHECK(zg_error_zh(error).len > 0 && zg_error_en(error).len > 0);
    CHECK(zg_error_name(error).len > 0 && zg_error_json(error).len > 0);
    zg_error_free(error);
}

static void null_and_length(void) {
    zg_error *error = NULL;
    zg_engine *made = (zg_engine *)&error;
    zg_payslip *got = (zg_payslip *)&error;
    zg_string *text = (zg_string *)&error;
    int64_t fen = 77;
    zg_status s;

    s = zg_engine_new(NULL, 0, NULL, &error);
    failed(s, ZG_NULL_POINTER, error, "out");
    s = zg_engine_new(NULL, 3, &made, &error);
    failed(s, ZG_NULL_POINTER, error, "request");
    s = zg_engine_payslip(NULL, FACTS, strlen(FACTS), &got, &error);
    failed(s, ZG_NULL_POINTER, error, "engine");
    s = zg_engine_payslip(engine, NULL, 0, &got, &error);
    failed(s, ZG_MISSING_FACT, error, "month");
    s = zg_engine_evaluate(engine, NULL, 0, "{}", 2, &text, &error);
    failed(s, ZG_UNKNOWN_RULE, error, "");
    s = zg_engine_evaluate(engine, "allowance.police-rank", 21, NULL, 0, &text, &error);
    failed(s, ZG_INVALID_INPUT, error, "");
    s = zg_engine_evaluate(engine, "allowance.police-rank", 21, "{}", SIZE_MAX, &text, &error);
    failed(s, ZG_INVALID_INPUT, error, "input");
    s = zg_payslip_net(NULL, &fen, &error);
    failed(s, ZG_NULL_POINTER, error, "payslip");
    s = zg_payslip_net(slip, NULL, &error);
    failed(s, ZG_NULL_POINTER, error, "out");
    s = zg_payslip_line_amount(slip, 1000, &fen, &error);
    failed(s, ZG_NO_SUCH_LINE, error, "index");
    s = zg_payslip_amount(slip, "year-end-bonus", 14, &fen, &error);
    failed(s, ZG_NO_SUCH_LINE, error, "item");
    s = zg_payslip_text(slip, 7, &text, &error);
    failed(s, ZG_INVALID_OPTION, error, "lang");
    s = zg_rules(NULL, &error);
    failed(s, ZG_NULL_POINTER, error, "out");
    s = zg_schema_names(NULL, &error);
    failed(s, ZG_NULL_POINTER, error, "out");
    s = zg_schema("person", 6, NULL, &error);
    failed(s, ZG_NULL_POINTER, error, "out");
    s = zg_schema(NULL, 6, &text, &error);
    failed(s, ZG_NULL_POINTER, error, "name");
    s = zg_schema("persons", 7, &text, &error);
    failed(s, ZG_UNKNOWN_TERM, error, "name");
    s = zg_data_version(NULL, &error);
    failed(s, ZG_NULL_POINTER, error, "out");
    s = zg_money_parse("1.00", 4, NULL, &error);
    failed(s, ZG_NULL_POINTER, error, "fen");

    CHECK(zg_rules(NULL, NULL) == ZG_NULL_POINTER);
    CHECK(made == (zg_engine *)&error && got == (zg_payslip *)&error);
    CHECK(text == (zg_string *)&error && fen == 77);
    CHECK(zg_payslip_line_item(slip, 1000).len == 0);
    CHECK(zg_payslip_line_count(NULL) == 0);
    CHECK(IS(zg_error_en(NULL), "") && zg_error_row(NULL) == 0);
    CHECK(zg_error_status(NULL) == ZG_OK && IS(zg_string_view(NULL), ""));
    zg_engine_free(NULL);
    zg_payslip_free(NULL);
    zg_string_free(NULL);
    zg_error_free(NULL);
}

static void text_and_handles(void) {
    zg_error *error = NULL;
    zg_string *text = NULL;
    zg_payslip *got = NULL;
    int64_t fen = 77;
    zg_status s;

    s = zg_engine_evaluate(engine, "a\xff", 2, "{}", 2, &text, &error);
    failed(s, ZG_NOT_UTF8, error, "rule");
    s = zg_pack_lint("a.toml", 6, "x = \xc3", 5, &text, &error);
    failed(s, ZG_NOT_UTF8, error, "text");
    s = zg_pack_lint("a\0b", 3, "", 0, &text, &error);
    failed(s, ZG_INVALID_INPUT, error, "name");
    s = zg_money_parse("1\0", 2, &fen, &error);
    failed(s, ZG_INVALID_INPUT, error, "text");
    s = zg_money_parse("1.005", 5, &fen, &error);
    failed(s, ZG_TOO_MANY_DIGITS, error, "");
    s = zg_money_parse("", 0, &fen, &error);
    failed(s, ZG_INVALID_NUMBER, error, "");

    s = zg_engine_payslip((zg_engine *)slip, FACTS, strlen(FACTS), &got, &error);
    failed(s, ZG_WRONG_HANDLE, error, "engine");
    s = zg_payslip_net((zg_payslip *)engine, &fen, &error);
    failed(s, ZG_WRONG_HANDLE, error, "payslip");
    CHECK(IS(zg_string_view((zg_string *)slip), ""));
    CHECK(zg_payslip_line_count((zg_payslip *)engine) == 0);
    zg_string_free((zg_string *)engine); /* left alone, so that it is still good below */
    zg_error_free((zg_error *)slip);
    CHECK(text == NULL && got == NULL && fen == 77);
    CHECK(zg_payslip_net(slip, &fen, NULL) == ZG_OK && fen == 599910);
}

static void requests(void) {
    static const struct {
        const char *json, *field;
        zg_status status;
    } bad[] = {
        {"[]", "", ZG_INVALID_INPUT},
        {"{", "", ZG_INVALID_INPUT},
        {"{\"colour\": 1}", "colour", ZG_UNKNOWN_FIELD},
        {"{\"builtin\": \"national\"}", "builtin", ZG_INVALID_INPUT},
        {"{\"builtin\": [\"atlantis\"]}", "builtin", ZG_UNKNOWN_PLACE},
        {"{\"accept\": \"rumour\"}", "accept", ZG_UNKNOWN_TERM},
        {"{\"known_on\": \"2020-02-30\"}", "known_on", ZG_INVALID_DATE},
        {"{\"packs\": [{\"name\": \"a.toml\"}]}", "text", ZG_MISSING_FACT},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        zg_error *error = NULL;
        zg_engine *made = NULL;
        zg_status s = zg_engine_new(bad[i].json, strlen(bad[i].json), &made, &error);
        failed(s, bad[i].status, error, bad[i].field);
        CHECK(made == NULL);
    }
    /* A broken pack names file, line and column. */
    static const char broken[] =
        "{\"packs\": [{\"name\": \"unit.toml\", \"text\": \"[pack]\\nid = 5\\n\"}]}";
    zg_error *error = NULL;
    zg_engine *made = NULL;
    CHECK(zg_engine_new(broken, strlen(broken), &made, &error) / 100 == 2);
    CHECK(strncmp(zg_error_source(error).data, "unit.toml:", 10) == 0);
    zg_error_free(error);
    /* A misspelt key is named before the one that is missing. */
    static const struct {
        const char *json, *field;
        zg_status status;
    } runs[] = {
        {"{\"month\": \"2025-03\", \"peoples\": []}", "peoples", ZG_UNKNOWN_FIELD},
        {"{\"months\": \"2025-03\", \"people\": []}", "months", ZG_UNKNOWN_FIELD},
        {"{\"month\": \"2025-03\"}", "people", ZG_MISSING_FACT},
        {"{\"people\": []}", "month", ZG_MISSING_FACT},
    };
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        zg_string *none = NULL;
        zg_error *wrong = NULL;
        zg_status s =
            zg_engine_month_run(engine, runs[i].json, strlen(runs[i].json), &none, &wrong);
        failed(s, runs[i].status, wrong, runs[i].field);
        CHECK(none == NULL);
    }
    /* A record that can't be read is named by its row. */
    static const char people[] = "{\"month\": \"2025-03\", \"people\": [{\"person\": 5}]}";
    zg_string *run = NULL;
    error = NULL;
    CHECK(zg_engine_month_run(engine, people, strlen(people), &run, &error) / 100 == 1);
    CHECK(run == NULL && zg_error_row(error) == 1);
    zg_error_free(error);
}

static void amounts(void) {
    static const struct {
        const char *text;
        int64_t fen;
    } good[] = {{"0.00", 0}, {"-0.05", -5}, {"1234.50", 123450},
                {"92233720368547758.07", INT64_MAX}, {"-92233720368547758.08", INT64_MIN}};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        char buffer[ZG_MONEY_TEXT_MAX];
        size_t len = 0;
        int64_t fen = 77;
        CHECK(zg_money_parse(good[i].text, strlen(good[i].text), &fen, NULL) == ZG_OK);
        CHECK(fen == good[i].fen);
        CHECK(zg_money_format(fen, buffer, sizeof buffer, &len, NULL) == ZG_OK);
        CHECK(len == strlen(good[i].text) && strcmp(buffer, good[i].text) == 0);
        /* One byte less is refused and leaves the buffer as it was. */
        zg_error *error = NULL;
        memset(buffer, 'x', sizeof buffer);
        zg_status s = zg_money_format(fen, buffer, len, NULL, &error);
        failed(s, ZG_BUFFER_TOO_SMALL, error, "capacity");
        CHECK(buffer[0] == 'x');
    }
    zg_error *error = NULL;
    zg_status s = zg_money_format(1, NULL, 5, NULL, &error);
    failed(s, ZG_NULL_POINTER, error, "buffer");
}

int main(void) {
    CHECK(zg_engine_new(NULL, 0, &engine, NULL) == ZG_OK);
    CHECK(zg_engine_payslip(engine, FACTS, strlen(FACTS), &slip, NULL) == ZG_OK);
    null_and_length();
    text_and_handles();
    requests();
    amounts();
    zg_payslip_free(slip);
    zg_engine_free(engine);
    return zg_report();
}

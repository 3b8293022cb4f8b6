/* Pay by plain struct, rates, and the steps of a derivation by getters. */
#include <pthread.h>

#include "check.h"
#include "zhenggong.h"

static zg_engine *engine;

/* The officer of the README, whose pay is published: 5146.00 gross, 4242.36 net. */
static zg_person_month officer(void) {
    zg_person_month p = {.size = sizeof p, .month = 202103, .kind = ZG_KIND_OFFICER};
    p.person = (zg_str){"0417", 4};
    p.rank = ZG_RANK_SUPERVISOR_THIRD_CLASS;
    p.known = ZG_BIT(ZG_FACT_RANK);
    static const struct {
        int item;
        int64_t fen;
    } stated[] = {{ZG_ITEM_POST_PAY, 101000}, {ZG_ITEM_LEVEL_PAY, 246600}, {ZG_ITEM_PENSION, 27808},
                  {ZG_ITEM_OCCUPATIONAL_ANNUITY, 13904}, {ZG_ITEM_MEDICAL, 6952},
                  {ZG_ITEM_HOUSING_FUND, 41700}, {ZG_ITEM_INCOME_TAX, 0}};
    for (size_t i = 0; i < sizeof stated / sizeof *stated; i++) {
        p.stated_items |= ZG_BIT(stated[i].item);
        p.stated[stated[i].item] = stated[i].fen;
    }
    return p;
}

static zg_pay blank(void) { return (zg_pay){.size = sizeof(zg_pay), .net = 77}; }

static void amounts(void) {
    zg_person_month p = officer();
    zg_pay pay = blank();
    CHECK(zg_engine_pay(engine, &p, &pay, NULL) == ZG_OK);
    CHECK(pay.gross == 514600 && pay.deductions == 90364 && pay.net == 424236);
    CHECK(pay.employer_cost == 0);
    CHECK(pay.amounts[ZG_ITEM_POST_PAY] == 101000);
    CHECK(pay.amounts[ZG_ITEM_POLICE_RANK_ALLOWANCE] == 96000);
    CHECK(pay.stated_items == p.stated_items);
    CHECK(pay.items == (p.stated_items | ZG_BIT(ZG_ITEM_POLICE_RANK_ALLOWANCE) |
                        ZG_BIT(ZG_ITEM_POLICE_OVERTIME_ALLOWANCE)));
    int64_t earnings = 0;
    for (int item = 0; item < ZG_ITEM_PENSION; item++) earnings += pay.amounts[item];
    CHECK(earnings == pay.gross);

    p.known = 0;
    p.not_applicable = ZG_BIT(ZG_FACT_RANK); /* no rank, no allowances that go with it */
    CHECK(zg_engine_pay(engine, &p, &pay, NULL) == ZG_OK);
    CHECK(pay.gross == 347600 && pay.items == p.stated_items);
}

static void refused(void) {
    zg_person_month p = officer();
    zg_pay pay = blank();
    zg_error *error = NULL;
    p.known = 0; /* the rank is not known */
    CHECK(zg_engine_pay(engine, &p, &pay, &error) == ZG_MISSING_FACT);
    CHECK(IS(zg_error_field(error), "rank") && IS(zg_error_person(error), "0417"));
    CHECK(IS(zg_error_month(error), "2021-03"));
    zg_error_free(error);
    p = officer();
    p.rank = 77;
    error = NULL;
    CHECK(zg_engine_pay(engine, &p, &pay, &error) == ZG_UNKNOWN_TERM);
    CHECK(IS(zg_error_field(error), "rank") && strstr(zg_error_zh(error).data, "77") != NULL);
    zg_error_free(error);
    p = officer();
    p.size = sizeof p + 8; /* as if it were compiled with the header of another version */
    CHECK(zg_engine_pay(engine, &p, &pay, NULL) == ZG_WRONG_SIZE);
    p = officer();
    pay.size = 0;
    CHECK(zg_engine_pay(engine, &p, &pay, NULL) == ZG_WRONG_SIZE);
    pay.size = sizeof pay;
    CHECK(zg_engine_pay(NULL, &p, &pay, NULL) == ZG_NULL_POINTER);
    CHECK(zg_engine_pay(engine, NULL, &pay, NULL) == ZG_NULL_POINTER);
    CHECK(zg_engine_pay(engine, &p, NULL, NULL) == ZG_NULL_POINTER);
    CHECK(pay.net == 77);
}

static void rates(void) {
    static const struct {
        const char *text, *back;
        int64_t digits;
        uint32_t decimals;
    } good[] = {{"0.08", "0.08", 8, 2}, {"21.750", "21.75", 2175, 2}, {"-0.5", "-0.5", -5, 1},
                {"3", "3", 3, 0}, {"-9223372036.854775808", "-9223372036.854775808", INT64_MIN, 9}};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        zg_rate rate = {0, 0};
        char buffer[ZG_RATE_TEXT_MAX];
        size_t len = 0;
        CHECK(zg_rate_parse(good[i].text, strlen(good[i].text), &rate, NULL) == ZG_OK);
        CHECK(rate.digits == good[i].digits && rate.decimals == good[i].decimals);
        CHECK(zg_rate_format(rate, buffer, sizeof buffer, &len, NULL) == ZG_OK);
        CHECK(len == strlen(good[i].back) && strcmp(buffer, good[i].back) == 0);
        memset(buffer, 'x', sizeof buffer);
        CHECK(zg_rate_format(rate, buffer, len, NULL, NULL) == ZG_BUFFER_TOO_SMALL);
        CHECK(buffer[0] == 'x');
    }
    zg_rate rate = {7, 7};
    CHECK(zg_rate_parse("8%", 2, &rate, NULL) == ZG_INVALID_NUMBER);
    CHECK(zg_rate_parse("0.0000000001", 12, &rate, NULL) == ZG_TOO_MANY_DIGITS);
    CHECK(zg_rate_parse("99999999999999999999", 20, &rate, NULL) == ZG_NUMBER_OUT_OF_RANGE);
    CHECK(zg_rate_parse("\xff", 1, &rate, NULL) == ZG_NOT_UTF8);
    CHECK(zg_rate_parse("1", 1, NULL, NULL) == ZG_NULL_POINTER);
    CHECK(rate.digits == 7 && rate.decimals == 7);
    char buffer[ZG_RATE_TEXT_MAX];
    rate.decimals = 10;
    CHECK(zg_rate_format(rate, buffer, sizeof buffer, NULL, NULL) == ZG_TOO_MANY_DIGITS);
    CHECK(zg_rate_format(rate, NULL, 0, NULL, NULL) != ZG_OK);
}

static const char RANK[] = "allowance.police-rank";
static const char INPUT[] =
    "{\"month\": \"2016-05\", \"ranks\": [{\"from\": \"2014-07-01\", \"rank\": \"三级警司\"},"
    "{\"from\": \"2016-05-20\", \"rank\": \"二级警司\"}]}";

static void steps(void) {
    zg_derivation *why = NULL;
    CHECK(zg_engine_derive(engine, RANK, strlen(RANK), INPUT, strlen(INPUT), &why, NULL) == ZG_OK);
    size_t count = zg_derivation_step_count(why);
    CHECK(count > 6);
    int open = 0, notes = 0, terms = 0;
    zg_step step = {.size = sizeof step}, term = {0}, last = {0};
    for (size_t i = 0; i < count; i++) {
        CHECK(zg_derivation_step(why, i, &step, NULL) == ZG_OK);
        CHECK(step.label_zh.len > 0 && step.label_en.len > 0 && step.code.len > 0);
        CHECK(step.label_zh.data[step.label_zh.len] == '\0');
        switch (step.kind) {
        case ZG_STEP_LINE:
            CHECK(step.depth == (uint32_t)open++ && step.value_zh.len == 0);
            break;
        case ZG_STEP_END: open--; /* fall through */
        case ZG_STEP_NOTE:
        case ZG_STEP_TERM:
            CHECK(step.depth == (uint32_t)open - (step.kind != ZG_STEP_END));
            notes += step.kind == ZG_STEP_NOTE;
            terms += step.kind == ZG_STEP_TERM;
            if (step.kind == ZG_STEP_TERM) term = step;
            break;
        default: CHECK(0);
        }
        CHECK((step.op != ZG_OP_NONE) == (step.kind == ZG_STEP_TERM));
        CHECK((step.evidence != 0) == (step.source_title.len > 0));
        last = step;
    }
    CHECK(open == 0 && notes == 3 && terms == 1);
    CHECK(last.kind == ZG_STEP_END && last.is_amount == 1 && last.fen == 66000);
    CHECK(IS(last.value_zh, "660.00") && last.evidence == 0 && last.from == 0);
    /* The standard of 2016, by the document that was seen at second hand. */
    CHECK(term.op == ZG_OP_IS && term.fen == 66000 && term.is_amount == 1);
    CHECK(IS(term.label_zh, "警衔津贴标准") && IS(term.source_number, "人社部发〔2016〕11号"));
    CHECK(IS(term.source_title, "调整警衔津贴标准的通知") && IS(term.clause, "一"));
    CHECK(term.evidence == ZG_EVIDENCE_SECONDARY && term.layer == ZG_LAYER_NATIONAL);
    CHECK(term.from == 20150101 && term.to == 0 && IS(term.place, "全国"));

    zg_string *text = NULL;
    CHECK(zg_derivation_text(why, ZG_EN, &text, NULL) == ZG_OK);
    CHECK(strstr(zg_string_view(text).data, "660.00 yuan") != NULL);
    zg_string_free(text);
    text = NULL;
    CHECK(zg_derivation_text(why, 2, &text, NULL) == ZG_INVALID_OPTION && text == NULL);
    /* Its JSON is the part of the evaluation of that name, to the byte. */
    zg_string *whole = NULL;
    CHECK(zg_derivation_json(why, &text, NULL) == ZG_OK);
    CHECK(zg_engine_evaluate(engine, RANK, strlen(RANK), INPUT, strlen(INPUT), &whole, NULL) == ZG_OK);
    const char *part = strstr(zg_string_view(whole).data, "\"derivation\":");
    size_t len = zg_string_view(text).len;
    CHECK(part != NULL && strlen(part) == len + 14);
    CHECK(part != NULL && memcmp(part + 13, zg_string_view(text).data, len) == 0);
    zg_string_free(text);
    zg_string_free(whole);

    zg_error *error = NULL;
    step = last;
    CHECK(zg_derivation_step(why, count, &step, &error) == ZG_NO_SUCH_LINE);
    CHECK(IS(zg_error_field(error), "index") && step.fen == last.fen);
    zg_error_free(error);
    step.size--;
    CHECK(zg_derivation_step(why, 0, &step, NULL) == ZG_WRONG_SIZE);
    CHECK(zg_derivation_step(why, 0, NULL, NULL) == ZG_NULL_POINTER);
    CHECK(zg_derivation_step_count(NULL) == 0);
    CHECK(zg_derivation_step_count((zg_derivation *)engine) == 0);
    zg_derivation_free(why);
    zg_derivation_free(NULL);
}

static void rounded(void) {
    /* A payslip's derivation outlives it, and shows a rounding with the value before. */
    static const char request[] =
        "{\"rule\": 0, \"month\": \"2025-03\", \"housing\": [\"住房租金（其他城市）\"]}";
    zg_derivation *why = NULL;
    zg_error *error = NULL;
    CHECK(zg_engine_derive(engine, "tax.special-additional", 22, request, strlen(request), &why,
                           &error) == ZG_UNKNOWN_FIELD);
    CHECK(why == NULL && IS(zg_error_field(error), "rule"));
    zg_error_free(error);
    static const char tax[] =
        "{\"month\": \"2024-02\", \"months\": 2, \"income\": \"20000.55\", \"withheld\": \"0\"}";
    CHECK(zg_engine_derive(engine, "tax.wage-withholding", 20, tax, strlen(tax), &why, NULL) == ZG_OK);
    zg_step step = {.size = sizeof step};
    int seen = 0;
    for (size_t i = 0; i < zg_derivation_step_count(why); i++) {
        CHECK(zg_derivation_step(why, i, &step, NULL) == ZG_OK);
        if (step.kind != ZG_STEP_ROUND) continue;
        /* 10000.55 at 3 % is 300.0165. */
        seen += IS(step.value_zh, "300.0165") && step.label_zh.len > 0 && step.source_title.len > 0;
    }
    CHECK(seen == 1);
    zg_derivation_free(why);

    static const char facts[] =
        "{\"month\": \"2021-03\", \"facts\": {\"person\": \"0417\", \"unit\": \"u\", \"kind\": \"民警\","
        "\"rank\": \"三级警督\", \"stated\": {\"post-pay\": \"1010.00\", \"level-pay\": \"2466.00\","
        "\"pension\": \"278.08\", \"occupational-annuity\": \"139.04\", \"medical\": \"69.52\","
        "\"housing-fund\": \"417.00\", \"income-tax\": \"0.00\"}}}";
    zg_payslip *slip = NULL;
    why = NULL;
    CHECK(zg_engine_payslip(engine, facts, strlen(facts), &slip, NULL) == ZG_OK);
    zg_string *want = NULL, *got = NULL;
    CHECK(zg_payslip_explain(slip, ZG_ZH, &want, NULL) == ZG_OK);
    CHECK(zg_payslip_derivation(slip, &why, NULL) == ZG_OK);
    CHECK(zg_payslip_derivation(NULL, &why, NULL) == ZG_NULL_POINTER);
    zg_payslip_free(slip);
    CHECK(zg_derivation_text(why, ZG_ZH, &got, NULL) == ZG_OK);
    CHECK(strcmp(zg_string_view(want).data, zg_string_view(got).data) == 0);
    CHECK(zg_derivation_step(why, zg_derivation_step_count(why) - 1, &step, NULL) == ZG_OK);
    CHECK(step.fen == 424236 && IS(step.code, "net"));
    zg_string_free(want);
    zg_string_free(got);
    zg_derivation_free(why);
}

static void *many(void *good) {
    zg_person_month p = officer();
    for (int i = 0; i < 500; i++) {
        zg_pay pay = blank();
        p.month = 202101 + (uint32_t)(i % 12); /* months are first asked for by several threads */
        *(int *)good += zg_engine_pay(engine, &p, &pay, NULL) == ZG_OK && pay.net == 424236;
    }
    return NULL;
}

static void threads(void) {
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    int good[THREADS] = {0};
    for (int i = 0; i < THREADS; i++) CHECK(pthread_create(&threads[i], NULL, many, &good[i]) == 0);
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
        CHECK(good[i] == 500);
    }
}

int main(void) {
    CHECK(zg_engine_new(NULL, 0, &engine, NULL) == ZG_OK);
    amounts();
    refused();
    rates();
    steps();
    rounded();
    threads();
    zg_engine_free(engine);
    return zg_report();
}

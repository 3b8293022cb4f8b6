/*
 * One payslip from facts in JSON: lines, totals, and the derivation in Chinese and English; then the
 * error that a missing fact gives.
 *
 *     cc -std=c11 payslip.c $(pkg-config --cflags --libs zhenggong)
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "zhenggong.h"

static const char REQUEST[] =
    "{\"month\": \"2016-06\", \"facts\": {"
    "\"person\": \"P0417\", \"unit\": \"城东派出所\", \"kind\": \"officer\","
    "\"rank\": \"二级警司\", \"rank_since\": \"2016-05-20\", \"previous_rank\": \"三级警司\","
    "\"rank_event\": \"晋升\", \"duty\": \"一线执法勤务\","
    "\"overtime_rest_days\": 6, \"overtime_holiday_days\": 1,"
    "\"stated\": {\"post-pay\": \"600.00\", \"level-pay\": \"1200.00\", \"pension\": \"0.00\","
    "\"occupational-annuity\": \"0.00\", \"medical\": \"0.00\", \"housing-fund\": \"0.00\","
    "\"income-tax\": \"0.00\"}}}";

static const char WITHOUT_RANK[] =
    "{\"month\": \"2016-06\", \"facts\": {"
    "\"person\": \"P0418\", \"unit\": \"城东派出所\", \"kind\": \"officer\"}}";

/* Prints an error in both languages and frees it. */
static int failed(zg_error *error) {
    printf("[%d %s] %s\n%s\n", (int)zg_error_status(error), zg_error_name(error).data,
           zg_error_zh(error).data, zg_error_en(error).data);
    zg_error_free(error);
    return 1;
}

static int print(const zg_payslip *slip) {
    zg_error *error = NULL;
    for (size_t i = 0; i < zg_payslip_line_count(slip); i++) {
        int64_t fen = 0;
        int32_t origin = 0;
        char text[ZG_MONEY_TEXT_MAX];
        if (zg_payslip_line_amount(slip, i, &fen, &error) != ZG_OK) return failed(error);
        if (zg_payslip_line_origin(slip, i, &origin, &error) != ZG_OK) return failed(error);
        if (zg_money_format(fen, text, sizeof text, NULL, &error) != ZG_OK) return failed(error);
        printf("%-28s %10s  %s\n", zg_payslip_line_item(slip, i).data, text,
               origin == ZG_STATED ? "stated" : "computed");
    }
    int64_t net = 0;
    if (zg_payslip_net(slip, &net, &error) != ZG_OK) return failed(error);
    printf("net: %" PRId64 " fen\n\n", net);
    for (int32_t lang = ZG_ZH; lang <= ZG_EN; lang++) {
        zg_string *why = NULL;
        if (zg_payslip_explain(slip, lang, &why, &error) != ZG_OK) return failed(error);
        puts(zg_string_view(why).data);
        zg_string_free(why);
    }
    return 0;
}

int main(void) {
    zg_error *error = NULL;
    zg_engine *engine = NULL;
    static const char accept[] = "{\"accept\": \"inferred\"}";
    if (zg_engine_new(accept, strlen(accept), &engine, &error) != ZG_OK) return failed(error);

    zg_payslip *slip = NULL;
    int wrong = 1;
    if (zg_engine_payslip(engine, REQUEST, strlen(REQUEST), &slip, &error) == ZG_OK) {
        wrong = print(slip);
        zg_payslip_free(slip);
    } else {
        failed(error);
    }
    slip = NULL;
    error = NULL;
    if (zg_engine_payslip(engine, WITHOUT_RANK, strlen(WITHOUT_RANK), &slip, &error) == ZG_OK) {
        zg_payslip_free(slip);
        wrong = 1;
    } else {
        failed(error);
    }
    zg_engine_free(engine);
    return wrong;
}

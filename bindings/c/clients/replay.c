/*
 * Replays the cases of the core by rule id, payslips, month runs and packs, and compares each answer and
 * each error to the byte with that of Rust: replay cases.jsonl. Each line is one object of strings: id,
 * call, engine, rule, input, status, answer.
 */
#include <stdlib.h>

#include "check.h"
#include "line.h"
#include "zhenggong.h"

/* The JSON of a payslip; its parts have to be found in it. */
static zg_status payslip(const zg_engine *by, const char *request, zg_string **out, zg_error **err) {
    zg_payslip *slip = NULL;
    zg_string *receipt = NULL;
    zg_status status = zg_engine_payslip(by, request, strlen(request), &slip, err);
    if (status != ZG_OK) return status;
    status = zg_payslip_json(slip, out, err);
    CHECK(zg_payslip_receipt(slip, &receipt, NULL) == ZG_OK);
    CHECK(strstr(zg_string_view(*out).data, zg_string_view(receipt).data) != NULL);
    zg_string_free(receipt);
    zg_payslip_free(slip);
    return status;
}

static zg_status derive(const zg_engine *by, const char *rule, const char *input, zg_string **out,
                        zg_error **err) {
    zg_derivation *why = NULL;
    zg_status status = zg_engine_derive(by, rule, strlen(rule), input, strlen(input), &why, err);
    if (status != ZG_OK) return status;
    status = zg_derivation_json(why, out, err);
    zg_derivation_free(why);
    return status;
}

/* An engine that can't be made. */
static zg_status engine(const char *request, zg_error **err) {
    zg_engine *made = NULL;
    zg_status status = zg_engine_new(request, strlen(request), &made, err);
    zg_engine_free(made);
    return status;
}

/* Makes the call of a line. */
static zg_status ask(const char *call, const char *request, const char *rule, const char *input,
                     zg_string **out, zg_error **err) {
    size_t rule_len = strlen(rule), len = strlen(input);
    if (strcmp(call, "engine") == 0) return engine(request, err);
    if (strcmp(call, "lint") == 0) return zg_pack_lint(rule, rule_len, input, len, out, err);
    const zg_engine *by = engine_of(request);
    if (strcmp(call, "value") == 0) return zg_engine_value(by, rule, rule_len, input, len, out, err);
    if (strcmp(call, "derive") == 0) return derive(by, rule, input, out, err);
    if (strcmp(call, "payslip") == 0) return payslip(by, input, out, err);
    if (strcmp(call, "month-run") == 0) return zg_engine_month_run(by, input, len, out, err);
    CHECK(strcmp(call, "evaluate") == 0);
    return zg_engine_evaluate(by, rule, rule_len, input, len, out, err);
}

static int answers, errors;

static void replay(char *line) {
    char *id = take(&line, "id"), *call = take(&line, "call"), *request = take(&line, "engine");
    char *rule = take(&line, "rule"), *input = take(&line, "input");
    char *status = take(&line, "status"), *answer = take(&line, "answer");
    CHECK(answer != NULL);
    if (answer == NULL) return;
    zg_string *text = NULL;
    zg_error *error = NULL;
    zg_status s = ask(call, request, rule, input, &text, &error);
    CHECK((s == ZG_OK) == (text != NULL) && (s == ZG_OK) == (error == NULL));
    zg_str got = s == ZG_OK ? zg_string_view(text) : zg_error_json(error);
    int same = s == atoi(status) && got.len == strlen(answer) && memcmp(got.data, answer, got.len) == 0;
    if (!same) {
        fprintf(stderr, "%s, %s: got %d %s\n want %s %s\n", id, call, (int)s, got.data, status, answer);
    }
    CHECK(same);
    *(s == ZG_OK ? &answers : &errors) += 1;
    zg_string_free(text);
    zg_error_free(error);
}

int main(int argc, char **argv) {
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: replay cases.jsonl\n");
        return 2;
    }
    size_t size = (size_t)16 << 20;
    char *line = malloc(size);
    while (line != NULL && fgets(line, (int)size, file) != NULL) replay(line);
    CHECK(answers > 1500 && errors > 1800);
    free(line);
    fclose(file);
    free_engines();
    return zg_report();
}

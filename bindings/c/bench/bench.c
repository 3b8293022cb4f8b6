/*
 * What one call from C costs: bench plan.toml people.csv. The people are those of the reference plan,
 * with their exact pay, which each answer is compared with. Calls are timed in small groups, and of each
 * group the best round counts, so that other work of the machine does not.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "zhenggong.h"

enum { FACTS = 6, ITEMS = 9, ROUNDS = 15, GROUP = 500, JSON_CALLS = 4000, JSON_GROUP = 100 };

static const int ITEM[ITEMS] = {
    ZG_ITEM_POST_PAY, ZG_ITEM_LEVEL_PAY, ZG_ITEM_POLICE_RANK_ALLOWANCE,
    ZG_ITEM_POLICE_OVERTIME_ALLOWANCE, ZG_ITEM_PENSION, ZG_ITEM_OCCUPATIONAL_ANNUITY,
    ZG_ITEM_MEDICAL, ZG_ITEM_HOUSING_FUND, ZG_ITEM_INCOME_TAX};
static const char *const RANKS[] = {"二级警员", "一级警员", "三级警司", "二级警司", "一级警司",
                                    "三级警督", "二级警督", "一级警督", "三级警监", "二级警监",
                                    "一级警监", "副总警监", "总警监"};

struct row {
    zg_person_month person;
    int64_t lines[ITEMS], net;
};

static void stop(const char *what, zg_error *error) {
    fprintf(stderr, "%s: %s\n", what, zg_error_en(error).data);
    exit(2);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static char *whole_file(const char *path) {
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 1 << 20);
    if (file == NULL || text == NULL) stop(path, NULL);
    if (fread(text, 1, (1 << 20) - 1, file) == 0) stop(path, NULL);
    fclose(file);
    return text;
}

/* An engine with the reference plan alone. */
static zg_engine *reference_engine(const char *path) {
    char *plan = whole_file(path), *request = calloc(1, 2 << 20);
    if (request == NULL) stop("memory", NULL);
    strcpy(request, "{\"builtin\": [], \"accept\": \"inferred\", \"packs\": [{\"name\": \"p\", \"text\": \"");
    char *to = request + strlen(request);
    for (const char *from = plan; *from != '\0'; from++) {
        if (*from == '"' || *from == '\\') *to++ = '\\';
        if (*from == '\n') *to++ = '\\';
        *to++ = *from == '\n' ? 'n' : *from;
    }
    strcpy(to, "\"}]}");
    zg_engine *engine = NULL;
    zg_error *error = NULL;
    if (zg_engine_new(request, strlen(request), &engine, &error) != ZG_OK) stop("plan", error);
    free(plan);
    free(request);
    return engine;
}

static int64_t money(const char *text) {
    int64_t fen = 0;
    zg_error *error = NULL;
    if (zg_money_parse(text, strlen(text), &fen, &error) != ZG_OK) stop("amount", error);
    return fen;
}

static void read_row(char *line, struct row *row) {
    char *cells[5 + FACTS + ITEMS + 2];
    int count = 0;
    for (char *cell = strtok(line, ",\r\n"); cell != NULL; cell = strtok(NULL, ",\r\n")) {
        if (count < (int)(sizeof cells / sizeof *cells)) cells[count++] = cell;
    }
    zg_person_month *p = &row->person;
    memset(row, 0, sizeof *row);
    p->size = sizeof *p;
    p->kind = ZG_KIND_OFFICER;
    p->without_employer_cost = 1;
    while (p->rank < 13 && strcmp(RANKS[p->rank], cells[0]) != 0) p->rank++;
    p->rank++;
    p->duty = ZG_DUTY_FRONT_LINE;
    p->overtime_rest_days = (uint32_t)atoi(cells[1]);
    p->overtime_holiday_days = (uint32_t)atoi(cells[2]);
    if (zg_rate_parse(cells[3], strlen(cells[3]), &p->housing_rate, NULL) != ZG_OK) stop("rate", NULL);
    p->tax_months = (uint32_t)atoi(cells[4]);
    p->month = 202500 + p->tax_months;
    int64_t *facts[FACTS] = {&p->ytd_income, &p->ytd_special, &p->ytd_additional, &p->ytd_other,
                             &p->ytd_withheld, &p->special_additional};
    for (int i = 0; i < FACTS; i++) *facts[i] = money(cells[5 + i]);
    for (int i = 0; i < ITEMS; i++) row->lines[i] = money(cells[5 + FACTS + i]);
    p->housing_wage = money(cells[5 + FACTS + ITEMS]);
    row->net = money(cells[5 + FACTS + ITEMS + 1]);
    for (int i = 0; i < 2; i++) {
        p->stated[ITEM[i]] = row->lines[i];
        p->stated_items |= ZG_BIT(ITEM[i]);
    }
    static const int known[] = {
        ZG_FACT_RANK, ZG_FACT_DUTY, ZG_FACT_OVERTIME_REST_DAYS, ZG_FACT_OVERTIME_HOLIDAY_DAYS,
        ZG_FACT_HOUSING_WAGE, ZG_FACT_HOUSING_RATE, ZG_FACT_TAX_MONTHS, ZG_FACT_YTD_INCOME,
        ZG_FACT_YTD_SPECIAL, ZG_FACT_YTD_ADDITIONAL, ZG_FACT_YTD_OTHER, ZG_FACT_YTD_WITHHELD,
        ZG_FACT_SPECIAL_ADDITIONAL};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) p->known |= ZG_BIT(known[i]);
}

static struct row *read_people(const char *path, size_t *count) {
    FILE *file = fopen(path, "r");
    char line[1024];
    size_t room = 1 << 16;
    struct row *rows = malloc(room * sizeof *rows);
    if (file == NULL || rows == NULL || fgets(line, sizeof line, file) == NULL) stop(path, NULL);
    *count = 0;
    while (*count < room && fgets(line, sizeof line, file) != NULL) read_row(line, &rows[(*count)++]);
    fclose(file);
    return rows;
}

/* Calls so many times, in groups, and returns the seconds of one call. */
static double best_of(size_t count, size_t group, size_t (*ask)(const void *, size_t), const void *with,
                      size_t *wrong) {
    double total = 0;
    *wrong = 0;
    for (size_t from = 0; from + group <= count; from += group) {
        double best = 1e9;
        size_t bad = 0;
        for (int round = 0; round < ROUNDS; round++) {
            bad = 0;
            double start = now();
            for (size_t i = from; i < from + group; i++) bad += ask(with, i);
            double spent = now() - start;
            if (spent < best) best = spent;
        }
        total += best;
        *wrong += bad;
    }
    return total / (double)(count - count % group);
}

static zg_engine *engine;

static size_t ask_struct(const void *with, size_t i) {
    const struct row *row = (const struct row *)with + i;
    zg_pay pay;
    pay.size = sizeof pay;
    zg_status status = zg_engine_pay(engine, &row->person, &pay, NULL);
    int same = status == ZG_OK && pay.net == row->net;
    for (int k = 0; same && k < ITEMS; k++) same = pay.amounts[ITEM[k]] == row->lines[k];
    return !same;
}

static const char REQUEST[] =
    "{\"month\": \"2021-03\", \"facts\": {\"person\": \"0417\", \"unit\": \"城东派出所\","
    "\"kind\": \"民警\", \"rank\": \"三级警督\", \"stated\": {\"post-pay\": \"1010.00\","
    "\"level-pay\": \"2466.00\", \"pension\": \"278.08\", \"occupational-annuity\": \"139.04\","
    "\"medical\": \"69.52\", \"housing-fund\": \"417.00\", \"income-tax\": \"0.00\"}}}";

static size_t ask_json(const void *with, size_t i) {
    (void)with, (void)i;
    zg_payslip *slip = NULL;
    int64_t net = 0;
    int good = zg_engine_payslip(engine, REQUEST, sizeof REQUEST - 1, &slip, NULL) == ZG_OK &&
               zg_payslip_net(slip, &net, NULL) == ZG_OK && net == 424236;
    zg_payslip_free(slip);
    return !good;
}

static size_t ask_text(const void *with, size_t i) {
    (void)with, (void)i;
    zg_payslip *slip = NULL;
    zg_string *text = NULL;
    int good = zg_engine_payslip(engine, REQUEST, sizeof REQUEST - 1, &slip, NULL) == ZG_OK &&
               zg_payslip_json(slip, &text, NULL) == ZG_OK &&
               strstr(zg_string_view(text).data, "\"net\":\"4242.36\"") != NULL;
    zg_string_free(text);
    zg_payslip_free(slip);
    return !good;
}

static void print(const char *what, double seconds, const char *aim, size_t wrong, size_t count) {
    printf("%-38s %8.0f ns a call%s   %zu of %zu wrong\n", what, seconds * 1e9, aim, wrong, count);
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: bench plan.toml people.csv\n");
        return 2;
    }
    size_t count = 0, wrong = 0;
    engine = reference_engine(argv[1]);
    struct row *rows = read_people(argv[2], &count);
    double each = best_of(count, GROUP, ask_struct, rows, &wrong);
    print("struct: zg_engine_pay", each, "  (aim 1000) ", wrong, count);
    free(rows);
    zg_engine_free(engine);
    if (zg_engine_new(NULL, 0, &engine, NULL) != ZG_OK) stop("engine", NULL);
    each = best_of(JSON_CALLS, JSON_GROUP, ask_json, NULL, &wrong);
    print("JSON in: zg_engine_payslip, net", each, "  (aim 10000)", wrong, JSON_CALLS);
    each = best_of(JSON_CALLS / 10, JSON_GROUP / 10, ask_text, NULL, &wrong);
    print("JSON in and out, whole derivation", each, "             ", wrong, JSON_CALLS / 10);
    zg_engine_free(engine);
    return 0;
}

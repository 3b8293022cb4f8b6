/*
 * The month of a unit under the teaching scheme, from two tables: everybody's total, grade and
 * coefficient, then the sheets of one officer with each event, and the pay that follows.
 *
 *     cc -std=c11 assessment.c $(pkg-config --cflags --libs zhenggong)
 *     ./a.out subjects.csv events.csv P01
 */
#include <stdio.h>
#include <string.h>

#include "text_table.h"
#include "zhenggong.h"

/* Prints an error in both languages and frees it. */
static int failed(zg_error *error) {
    printf("[%d %s] %s\n%s\n", (int)zg_error_status(error), zg_error_name(error).data,
           zg_error_zh(error).data, zg_error_en(error).data);
    zg_error_free(error);
    return 1;
}

/* Cuts noughts after the second decimal place. */
static void shorten(char *cell) {
    char *point = strchr(cell, '.'), *end = cell + strlen(cell);
    while (point != NULL && end > point + 3 && end[-1] == '0') *--end = '\0';
}

/* Prints some columns of a table, a row a line. */
static int print(const zg_assessment *march, const char *name, const char *const *columns) {
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray batch;
    zg_error *error = NULL;
    if (zg_assessment_table(march, name, strlen(name), &stream, &error) != ZG_OK) {
        return failed(error);
    }
    int wrong = stream.get_schema(&stream, &schema);
    while (wrong == 0 && (wrong = stream.get_next(&stream, &batch)) == 0 && batch.release != NULL) {
        for (int64_t row = 0; row < batch.length; row++) {
            for (const char *const *wanted = columns; *wanted != NULL; wanted++) {
                for (int64_t i = 0; i < schema.n_children; i++) {
                    char cell[256];
                    if (strcmp(schema.children[i]->name, *wanted) != 0) continue;
                    wrong |= text_table_cell(schema.children[i], batch.children[i], row, cell,
                                             sizeof cell);
                    shorten(cell);
                    printf("%s%s", wanted == columns ? "" : " | ", *cell == '\0' ? "—" : cell);
                }
            }
            printf("\n");
        }
        batch.release(&batch);
    }
    schema.release(&schema);
    stream.release(&stream);
    return wrong != 0;
}

/* Pays two auxiliaries the coefficients of the month: contributions are left out here. */
static int pay(const zg_engine *engine, const zg_assessment *march) {
    static const char table[] =
        "person,kind,month,stated_pension,stated_medical,stated_unemployment,stated_housing_fund,"
        "stated_income_tax\n"
        "A01,辅警,2025-03,0,0,0,0,0\nA02,辅警,2025-03,0,0,0,0,0\n";
    zg_stream_options options = {.size = sizeof options, .without_employer_cost = 1,
                                 .columns = ZG_COLUMNS_ZH, .assessment = march};
    struct ArrowArrayStream people, paid;
    struct ArrowSchema schema;
    struct ArrowArray batch = {0};
    zg_error *error = NULL;
    if (text_table_of(table, ',', &people) != 0) return 1;
    if (zg_engine_month_run_stream(engine, &people, &options, &paid, &error) != ZG_OK) {
        return failed(error);
    }
    if (paid.get_next(&paid, &batch) != 0) {
        zg_stream_error(&paid, &error, NULL);
        paid.release(&paid);
        return failed(error);
    }
    paid.get_schema(&paid, &schema);
    for (int64_t row = 0; row < batch.length; row++) {
        for (int64_t i = 0; i < schema.n_children; i++) {
            const char *name = schema.children[i]->name;
            int shown = strcmp(name, "人员编号") == 0 || strcmp(name, "应发合计") == 0;
            char cell[64];
            if (!shown || text_table_cell(schema.children[i], batch.children[i], row, cell,
                                          sizeof cell) != 0) continue;
            printf("%s %s\n", name, cell);
        }
    }
    schema.release(&schema);
    batch.release(&batch);
    paid.release(&paid);
    return 0;
}

static int show(const zg_engine *engine, const zg_assessment *march, const char *officer) {
    static const char *const SCORES[] = {"对象", "类别", "总分", "等次", "系数", "名次", NULL};
    printf("== 三月考核 ==\n");
    if (print(march, "scores", SCORES) != 0) return 1;
    zg_error *error = NULL;
    zg_string *sheets = NULL;
    if (zg_assessment_text(march, officer, strlen(officer), ZG_ZH, &sheets, &error) != ZG_OK) {
        return failed(error);
    }
    printf("== %s 考核表 ==\n%s", officer, zg_string_view(sheets).data);
    zg_string_free(sheets);
    printf("== 当月奖惩当月兑现 ==\n");
    return pay(engine, march);
}

int main(int argc, char **argv) {
    static const char packs[] = "{\"builtin\": [\"national\", \"teaching-example\"]}";
    static const char month[] = "{\"month\": \"2025-03\"}";
    struct ArrowArrayStream subjects, events;
    if (argc != 4 || text_table_read(argv[1], &subjects) != 0) {
        fprintf(stderr, "usage: assessment subjects.csv events.csv ID\n");
        return 2;
    }
    if (text_table_read(argv[2], &events) != 0) {
        subjects.release(&subjects);
        return 2;
    }
    zg_error *error = NULL;
    zg_engine *engine = NULL;
    zg_assessment *march = NULL;
    int wrong = 1;
    if (zg_engine_new(packs, strlen(packs), &engine, &error) != ZG_OK) {
        subjects.release(&subjects);
        events.release(&events);
        return failed(error);
    }
    /* Both streams are taken over, also where the call fails. */
    if (zg_engine_assess(engine, month, strlen(month), &subjects, &events, ZG_COLUMNS_ZH, &march,
                         &error) == ZG_OK) {
        wrong = show(engine, march, argv[3]);
    } else {
        failed(error);
    }
    zg_assessment_free(march);
    zg_engine_free(engine);
    return wrong;
}

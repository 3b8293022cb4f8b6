/*
 * The seats of the best grade in a unit: its people as a table in, the seats as a table out. Then a rule
 * that is asked of one person, for each row of a table.
 *
 *     cc -std=c11 quota.c $(pkg-config --cflags --libs zhenggong)
 */
#include <stdio.h>
#include <string.h>

#include "text_table.h"
#include "zhenggong.h"

/* Twelve people should take part; one of the six with a score was sanctioned. */
static const char PEOPLE[] =
    "id,unit,score,standing\n"
    "P01,城东所,96.50,graded\nP02,城东所,99.00,graded\nP03,城东所,94.00,graded\n"
    "P04,城东所,97.25,not-excellent\nP05,城东所,93.50,graded\nP06,城东所,91.00,graded\n";
static const char YEAR[] =
    "{\"month\": \"2024-12\", \"rounding\": \"up\","
    " \"pools\": [{\"id\": \"城东所\", \"should_take_part\": 12}]}";

/* Since when each has worked; of one it is not known. */
static const char SINCE[] = "person,from\nP01,2004-07-01\nP02,2016-09-15\nP03,\n";
static const char UNTIL[] = "{\"month\": \"2024-12\", \"to\": \"2024-12-31\"}";

/* Prints an error in both languages and frees it. */
static int failed(zg_error *error) {
    printf("[%d %s] %s\n%s\n", (int)zg_error_status(error), zg_error_name(error).data,
           zg_error_zh(error).data, zg_error_en(error).data);
    zg_error_free(error);
    return 1;
}

/* Prints a table, a row a line, and releases the stream. */
static int print(struct ArrowArrayStream *stream) {
    struct ArrowSchema schema;
    struct ArrowArray batch;
    char cell[512];
    int wrong = stream->get_schema(stream, &schema);
    if (wrong == 0) {
        for (int64_t i = 0; i < schema.n_children; i++) {
            printf("%s%s", i == 0 ? "" : " | ", schema.children[i]->name);
        }
        printf("\n");
        while ((wrong = stream->get_next(stream, &batch)) == 0 && batch.release != NULL) {
            for (int64_t row = 0; row < batch.length; row++) {
                for (int64_t i = 0; i < schema.n_children; i++) {
                    wrong |= text_table_cell(schema.children[i], batch.children[i], row, cell,
                                             sizeof cell);
                    printf("%s%s", i == 0 ? "" : " | ", *cell == '\0' ? "—" : cell);
                }
                printf("\n");
            }
            batch.release(&batch);
        }
        schema.release(&schema);
    }
    stream->release(stream);
    return wrong != 0;
}

/* The table stands for the list "people" of the rule; its answer is a list, which is a table again. */
static int seats(const zg_engine *engine) {
    struct ArrowArrayStream people, table;
    zg_string *answer = NULL;
    zg_error *error = NULL;
    if (text_table_of(PEOPLE, ',', &people) != 0) return 1;
    if (zg_engine_evaluate_table(engine, "assessment.quota", 16, YEAR, strlen(YEAR), "people", 6,
                                 &people, &answer, &error) != ZG_OK) {
        return failed(error);
    }
    zg_str text = zg_string_view(answer);
    zg_status status = zg_value_table(text.data, text.len, NULL, 0, &table, &error);
    zg_string_free(answer);
    return status == ZG_OK ? print(&table) : failed(error);
}

static int years(const zg_engine *engine) {
    struct ArrowArrayStream since, table;
    zg_error *error = NULL;
    if (text_table_of(SINCE, ',', &since) != 0) return 1;
    if (zg_engine_evaluate_rows(engine, "service.full-years", 18, UNTIL, strlen(UNTIL), &since,
                                ZG_ON_ERROR_COLUMN, ZG_ZH, &table, &error) != ZG_OK) {
        return failed(error);
    }
    return print(&table);
}

int main(void) {
    zg_engine *engine = NULL;
    zg_error *error = NULL;
    if (zg_engine_new(NULL, 0, &engine, &error) != ZG_OK) return failed(error);
    printf("== 优秀名额（%s） ==\n", zg_engine_place(engine).data);
    int wrong = seats(engine);
    if (wrong == 0) {
        printf("== 周年数 ==\n");
        wrong = years(engine);
    }
    zg_engine_free(engine);
    return wrong;
}

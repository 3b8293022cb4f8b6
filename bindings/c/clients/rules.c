/*
 * Rules over tables: rules tables.jsonl [few]. Each line is one object of strings: id, engine, rule, input,
 * key and rows (the list of the input that is left out, as a table of texts with tabs), status, answer
 * (form evaluation/1, or the error), list and table (the first list of the value, with its cells as texts).
 * Each is compared to the byte with what Rust gives. Then a rule for each row, receipts, and what a caller
 * can do wrong.
 */
#include "check.h"
#include "line.h"
#include "table.h"
#include "text_table.h"

enum { MOST = 16 << 20 };

static const char QUOTA[] = "assessment.quota", YEARS[] = "service.full-years";
static const char YEAR[] = "{\"month\": \"2024-12\", \"pools\": [{\"id\": \"U\", \"should_take_part\": 5}]}";
static const char MARCH[] = "{\"month\": \"2025-03\", \"to\": \"2025-03-31\"}";
static const char SINCE[] = "person,from\nP1,2004-07-01\nP2,\nP3,2024-07-01\n";
static const char PLAIN[] = "{\"accept\": \"inferred\", \"known_on\": \"2025-06-30\"}";

/* Writes a table as texts with tabs, and releases the stream; -1 where it can't be read. */
static int dump(struct ArrowArrayStream *stream, char *out) {
    struct ArrowSchema schema;
    struct ArrowArray batch;
    int wrong = stream->get_schema(stream, &schema);
    if (wrong != 0) return wrong;
    for (int64_t i = 0; i < schema.n_children; i++) {
        out += sprintf(out, "%s%s", i == 0 ? "" : "\t", schema.children[i]->name);
    }
    out += sprintf(out, "\n");
    while ((wrong = stream->get_next(stream, &batch)) == 0 && batch.release != NULL) {
        for (int64_t row = 0; row < batch.length; row++) {
            for (int64_t i = 0; i < schema.n_children; i++) {
                out += sprintf(out, "%s", i == 0 ? "" : "\t");
                wrong |= text_table_cell(schema.children[i], batch.children[i], row, out, 65536);
                out += strlen(out);
            }
            out += sprintf(out, "\n");
        }
        batch.release(&batch);
        if (wrong != 0) break;
    }
    schema.release(&schema);
    stream->release(stream);
    return wrong;
}

static void same(const char *id, const char *what, const char *got, const char *want) {
    int equal = want != NULL && strcmp(got, want) == 0;
    if (!equal) fprintf(stderr, "%s, %s:\n got %s\n want %s\n", id, what, got, want);
    CHECK(equal);
}

static int answered, refused, lists;

static void replay(char *line, char *room) {
    char *id = take(&line, "id"), *request = take(&line, "engine"), *rule = take(&line, "rule");
    char *input = take(&line, "input"), *key = take(&line, "key"), *cells = take(&line, "rows");
    char *status = take(&line, "status"), *answer = take(&line, "answer");
    CHECK(answer != NULL);
    if (answer == NULL) return;
    struct ArrowArrayStream rows, table = {0};
    CHECK(text_table_of(cells, '\t', &rows) == 0);
    zg_string *out = NULL;
    zg_error *error = NULL;
    zg_status s = zg_engine_evaluate_table(engine_of(request), rule, strlen(rule), input, strlen(input),
                                           key, strlen(key), &rows, &out, &error);
    CHECK(rows.release == NULL);
    CHECK(s == atoi(status));
    if (s != ZG_OK) {
        refused++;
        CHECK(out == NULL);
        same(id, "error", zg_error_json(error).data, answer);
        zg_error_free(error);
        return;
    }
    answered++;
    zg_str got = zg_string_view(out);
    same(id, "answer", got.data, answer);
    char *list = take(&line, "list"), *want = take(&line, "table");
    CHECK(want != NULL);
    if (want != NULL && *want != '\0') {
        lists++;
        s = zg_value_table(got.data, got.len, list, strlen(list), &table, NULL);
        CHECK(s == ZG_OK && dump(&table, room) == 0);
        same(id, "list", room, want);
    }
    zg_string_free(out);
}

/* Expects that a call failed with this status, and that its error concerns this field. */
static void failed(zg_status got, zg_status want, zg_error *error, const char *field) {
    if (got != want) fprintf(stderr, "%d instead of %d: %s\n", got, want, zg_error_en(error).data);
    CHECK(got == want && zg_error_status(error) == want);
    CHECK(IS(zg_error_field(error), field));
    zg_error_free(error);
}

static zg_status rows_of(const zg_engine *engine, const char *shared, int on_error, int lang,
                         struct ArrowArrayStream *out, zg_error **error) {
    struct ArrowArrayStream rows;
    CHECK(text_table_of(SINCE, ',', &rows) == 0);
    zg_status status = zg_engine_evaluate_rows(engine, YEARS, strlen(YEARS), shared, strlen(shared),
                                               &rows, on_error, lang, out, error);
    CHECK(rows.release == NULL); /* taken over in every case */
    return status;
}

/* A rule for each row. */
static void each_row(const zg_engine *engine, char *room) {
    struct ArrowArrayStream out = {0};
    zg_error *error = NULL;
    CHECK(rows_of(engine, MARCH, ZG_ON_ERROR_COLUMN, ZG_EN, &out, NULL) == ZG_OK);
    CHECK(dump(&out, room) == 0);
    static const char head[] = "person\tvalue\terror_code\terror\nP1\t20\t\t\nP2\t\t108\trow 2, person P2";
    CHECK(strncmp(room, head, strlen(head)) == 0);
    CHECK(strcmp(room + strlen(room) - 8, "\nP3\t0\t\t\n") == 0);
    out.release = NULL;
    CHECK(rows_of(engine, MARCH, ZG_ON_ERROR_STOP, ZG_ZH, &out, &error) == ZG_MISSING_FACT);
    CHECK(zg_error_row(error) == 2 && IS(zg_error_person(error), "P2"));
    CHECK(IS(zg_error_rule(error), YEARS) && out.release == NULL);
    zg_error_free(error);
    zg_status s = rows_of(engine, MARCH, 2, ZG_ZH, &out, &error);
    failed(s, ZG_INVALID_OPTION, error, "on_error");
    s = rows_of(engine, MARCH, 0, 2, &out, &error);
    failed(s, ZG_INVALID_OPTION, error, "lang");
    s = rows_of(engine, "[]", 0, ZG_ZH, &out, &error);
    failed(s, ZG_INVALID_INPUT, error, "shared");
    s = rows_of(NULL, MARCH, 0, ZG_ZH, &out, &error);
    failed(s, ZG_NULL_POINTER, error, "engine");
    s = zg_engine_evaluate_rows(engine, YEARS, strlen(YEARS), MARCH, strlen(MARCH), NULL, 0, 0, &out,
                                &error);
    failed(s, ZG_NULL_POINTER, error, "rows");
    CHECK(out.release == NULL);
}

/* Every fault of a producer is an error of the call, and nothing that it gave is left. */
static void faults(const zg_engine *engine) {
    static const struct {
        enum fault fault;
        zg_status status;
        const char *field;
    } bad[] = {
        {SCHEMA_FAILS, ZG_STREAM_FAILED, "rows"},
        {NEXT_FAILS, ZG_STREAM_FAILED, "rows"},
        {NO_TABLE, ZG_INVALID_INPUT, "rows"},
        {BAD_FORMAT, ZG_INVALID_INPUT, "rows"},
        {FLOAT_COLUMN, ZG_FLOAT_REFUSED, "stated_post_pay"},
        {COLUMN_TWICE, ZG_DUPLICATE_COLUMN, "kind"},
        {FEW_CHILDREN, ZG_STREAM_FAILED, "rows"},
        {SHORT_COLUMN, ZG_STREAM_FAILED, "rows"},
        {NEGATIVE_LENGTH, ZG_STREAM_FAILED, "rows"},
        {NO_BUFFER, ZG_STREAM_FAILED, "rows"},
        {BAD_OFFSETS, ZG_STREAM_FAILED, "rows"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        for (int each = 0; each < 2; each++) {
            struct ArrowArrayStream rows, out = {.private_data = &rows};
            zg_string *text = (zg_string *)&rows;
            zg_error *error = NULL;
            make_table(&rows, 3, 5, bad[i].fault);
            zg_status s =
                each ? zg_engine_evaluate_rows(engine, YEARS, strlen(YEARS), MARCH, strlen(MARCH), &rows,
                                               ZG_ON_ERROR_COLUMN, ZG_ZH, &out, &error)
                     : zg_engine_evaluate_table(engine, QUOTA, strlen(QUOTA), YEAR, strlen(YEAR),
                                                "people", 6, &rows, &text, &error);
            if (s != bad[i].status) fprintf(stderr, "fault %d\n", (int)bad[i].fault);
            failed(s, bad[i].status, error, bad[i].field);
            CHECK(rows.release == NULL && live_objects() == 0);
            CHECK(text == (zg_string *)&rows && out.private_data == &rows && out.release == NULL);
        }
    }
}

static zg_status table_of(const zg_engine *engine, const char *input, const char *key,
                          zg_string **out, zg_error **error) {
    struct ArrowArrayStream rows;
    CHECK(text_table_of("id,unit,score,standing\nP1,U,95.50,graded\n", ',', &rows) == 0);
    zg_status status = zg_engine_evaluate_table(engine, QUOTA, strlen(QUOTA), input, strlen(input),
                                                key, strlen(key), &rows, out, error);
    CHECK(rows.release == NULL);
    return status;
}

static void misuse(const zg_engine *engine) {
    zg_string *text = NULL;
    zg_error *error = NULL;
    struct ArrowArrayStream released = {0}, out = {0};
    zg_status s = table_of(NULL, YEAR, "people", &text, &error);
    failed(s, ZG_NULL_POINTER, error, "engine");
    s = table_of(engine, YEAR, "people", NULL, &error);
    failed(s, ZG_NULL_POINTER, error, "out");
    s = table_of(engine, "{\"people\": []}", "people", &text, &error);
    failed(s, ZG_CONTRADICTORY_FACTS, error, "people");
    s = table_of(engine, YEAR, "pools", &text, &error);
    failed(s, ZG_CONTRADICTORY_FACTS, error, "pools");
    s = table_of(engine, YEAR, "persons", &text, &error);
    failed(s, ZG_UNKNOWN_FIELD, error, "persons");
    s = table_of(engine, "[]", "people", &text, &error);
    failed(s, ZG_INVALID_INPUT, error, "input");
    s = zg_engine_evaluate_table(engine, QUOTA, strlen(QUOTA), YEAR, strlen(YEAR), "people", 6, &released,
                                 &text, &error);
    failed(s, ZG_STREAM_RELEASED, error, "rows");
    CHECK(text == NULL);
    s = zg_value_table("[]", 2, NULL, 0, NULL, &error);
    failed(s, ZG_NULL_POINTER, error, "out");
    s = zg_value_table("{\"a\": [], \"b\": 1}", 17, "b", 1, &out, &error);
    CHECK(strstr(zg_error_en(error).data, "a") != NULL);
    failed(s, ZG_UNKNOWN_TERM, error, "key");
    s = zg_value_table("[\xff]", 3, NULL, 0, &out, &error);
    failed(s, ZG_NOT_UTF8, error, "value");
    s = zg_value_table("[", 1, NULL, 0, &out, &error);
    failed(s, ZG_INVALID_INPUT, error, "value");
    CHECK(out.release == NULL);
    /* An empty list is a table without rows, and a table ends. */
    struct ArrowArray batch;
    CHECK(zg_value_table("[]", 2, NULL, 0, &out, NULL) == ZG_OK);
    CHECK(out.get_next(&out, &batch) == 0 && batch.length == 0 && batch.n_children == 0);
    batch.release(&batch);
    CHECK(out.get_next(&out, &batch) == 0 && batch.release == NULL);
    out.release(&out);
}

/* What an engine computes with, as a payslip has it and piece by piece. */
static void receipts(const zg_engine *engine) {
    static const char nobody[] = "{\"month\": \"2025-03\", \"people\": []}";
    zg_string *run = NULL, *receipt = NULL, *data = NULL;
    zg_error *error = NULL;
    CHECK(zg_engine_month_run(engine, nobody, strlen(nobody), &run, NULL) == ZG_OK);
    CHECK(zg_engine_receipt(engine, 202503, &receipt, NULL) == ZG_OK);
    const char *own = strstr(zg_string_view(run).data, "\"receipt\":");
    zg_str got = zg_string_view(receipt);
    CHECK(own != NULL && strncmp(own + 10, got.data, got.len) == 0);
    CHECK(zg_data_version(&data, NULL) == ZG_OK);
    CHECK(IS(zg_engine_packs(engine), zg_string_view(data).data) && IS(zg_engine_place(engine), "national"));
    CHECK(zg_engine_accept(engine) == ZG_EVIDENCE_INFERRED && zg_engine_known_on(engine) == 20250630);
    zg_string_free(receipt);
    receipt = NULL;
    CHECK(zg_engine_receipt(engine, 0, &receipt, NULL) == ZG_OK);
    CHECK(strstr(zg_string_view(receipt).data, "\"month\":null") != NULL);
    zg_string_free(receipt);
    receipt = NULL;
    zg_status s = zg_engine_receipt(engine, 202513, &receipt, &error);
    failed(s, ZG_INVALID_MONTH, error, "month");
    s = zg_engine_receipt((const zg_engine *)run, 202503, &receipt, &error);
    failed(s, ZG_WRONG_HANDLE, error, "engine");
    s = zg_engine_receipt(engine, 202503, NULL, &error);
    failed(s, ZG_NULL_POINTER, error, "out");
    CHECK(receipt == NULL && IS(zg_engine_place(NULL), "") && IS(zg_engine_packs(NULL), ""));
    CHECK(zg_engine_accept((const zg_engine *)run) == 0 && zg_engine_known_on(NULL) == 0);
    zg_string_free(run);
    zg_string_free(data);
}

int main(int argc, char **argv) {
    FILE *file = argc >= 2 ? fopen(argv[1], "rb") : NULL;
    int few = argc == 3 && strcmp(argv[2], "few") == 0;
    if (file == NULL) {
        fprintf(stderr, "usage: rules tables.jsonl [few]\n");
        return 2;
    }
    char *line = malloc(MOST), *room = malloc(MOST);
    while (line != NULL && room != NULL && fgets(line, MOST, file) != NULL) replay(line, room);
    CHECK(answered > (few ? 3 : 60) && (few || (refused > 10 && lists > 10)));
    const zg_engine *engine = engine_of(PLAIN);
    if (room != NULL) each_row(engine, room);
    faults(engine);
    misuse(engine);
    receipts(engine);
    free(line);
    free(room);
    fclose(file);
    free_engines();
    return zg_report();
}

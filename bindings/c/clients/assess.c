/*
 * Assessments from tables: assess assessments.jsonl [few]. Each line is one object of strings: id, engine,
 * request, columns, subjects and events (tables of texts with tabs), status, answer (the value, or the
 * error), and the tables scores, sheets, trail, ranking, errors and difference with their cells as texts. Each is
 * compared to the byte with what Rust gives; with "few", a memory checker has only some of them. Then what a caller can do wrong.
 */
#include "check.h"
#include "line.h"
#include "table.h"
#include "text_table.h"

enum { MOST = 16 << 20 };

static const char TEACHING[] = "{\"builtin\": [\"national\", \"teaching-example\"]}";
static const char MARCH[] = "{\"month\": \"2025-03\"}";
static const char TWO[] = "id,kind\nA01,auxiliary\nA02,auxiliary\n";
static const char LATE[] = "编号,对象,日期,规则,次数\n"
                           "E1,A01,2025-03-10,full-attendance,\nE2,A02,2025-03-11,late,4\n";

/* Adds a text. */
static char *add(char *at, const char *text) {
    strcpy(at, text);
    return at + strlen(text);
}

/* Writes a table as texts with tabs, and releases the stream; -1 where it can't be read. */
static int dump(struct ArrowArrayStream *stream, char *out) {
    struct ArrowSchema schema;
    struct ArrowArray batch;
    int wrong = stream->get_schema(stream, &schema);
    for (int64_t i = 0; wrong == 0 && i < schema.n_children; i++) {
        out = add(out, i == 0 ? "" : "\t");
        out = add(out, schema.children[i]->name);
    }
    out = add(out, "\n");
    while (wrong == 0 && (wrong = stream->get_next(stream, &batch)) == 0 && batch.release != NULL) {
        for (int64_t row = 0; row < batch.length; row++) {
            for (int64_t i = 0; i < schema.n_children; i++) {
                out = add(out, i == 0 ? "" : "\t");
                wrong |= text_table_cell(schema.children[i], batch.children[i], row, out, 4096);
                out += strlen(out);
            }
            out = add(out, "\n");
        }
        batch.release(&batch);
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

/* Compares the tables of an assessment with those of the line. */
static void tables(const char *id, const zg_assessment *scored, char *line, char *room) {
    static const char *const NAMES[] = {"scores", "sheets", "trail", "ranking", "errors", "difference"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        char *want = take(&line, NAMES[i]);
        struct ArrowArrayStream stream = {0};
        zg_error *error = NULL;
        zg_status status = zg_assessment_table(scored, NAMES[i], strlen(NAMES[i]), &stream, &error);
        CHECK(want != NULL);
        if (want != NULL && *want == '\0') { /* nothing was compared */
            CHECK(status == ZG_UNKNOWN_TERM && IS(zg_error_field(error), "name"));
            zg_error_free(error);
            continue;
        }
        CHECK(status == ZG_OK && dump(&stream, room) == 0);
        same(id, NAMES[i], room, want);
    }
}

static int scored_well, refused;

static void replay(char *line, char *room) {
    char *id = take(&line, "id"), *request = take(&line, "engine"), *asked = take(&line, "request");
    char *columns = take(&line, "columns"), *subjects = take(&line, "subjects");
    char *events = take(&line, "events"), *status = take(&line, "status");
    char *answer = take(&line, "answer");
    CHECK(answer != NULL);
    if (answer == NULL) return;
    struct ArrowArrayStream people, happened;
    CHECK(text_table_of(subjects, '\t', &people) == 0);
    CHECK(text_table_of(events, '\t', &happened) == 0);
    zg_assessment *scored = NULL;
    zg_error *error = NULL;
    zg_status s = zg_engine_assess(engine_of(request), asked, strlen(asked), &people, &happened,
                                   atoi(columns), &scored, &error);
    CHECK(people.release == NULL && happened.release == NULL);
    CHECK(s == atoi(status));
    if (s != ZG_OK) {
        refused++;
        same(id, "error", zg_error_json(error).data, answer);
        zg_error_free(error);
        return;
    }
    scored_well++;
    zg_string *value = NULL;
    CHECK(zg_assessment_json(scored, &value, NULL) == ZG_OK);
    same(id, "value", zg_string_view(value).data, answer);
    zg_string_free(value);
    tables(id, scored, line, room);
    zg_assessment_free(scored);
}

/* Starts an assessment of the two auxiliaries. */
static zg_status start(const zg_engine *engine, const char *request, const char *subjects,
                       const char *events, zg_assessment **out, zg_error **err) {
    struct ArrowArrayStream people, happened;
    CHECK(text_table_of(subjects, ',', &people) == 0);
    CHECK(text_table_of(events, ',', &happened) == 0);
    zg_status status = zg_engine_assess(engine, request, request == NULL ? 0 : strlen(request), &people,
                                        &happened, ZG_COLUMNS_KEYS, out, err);
    CHECK(people.release == NULL && happened.release == NULL); /* taken over in every case */
    return status;
}

static void failed(zg_status got, zg_status want, zg_error *error, const char *field) {
    CHECK(got == want && zg_error_status(error) == want);
    CHECK(IS(zg_error_field(error), field));
    CHECK(zg_error_zh(error).len > 0 && zg_error_en(error).len > 0);
    zg_error_free(error);
}

static void misuse(const zg_engine *engine) {
    zg_assessment *out = NULL;
    zg_error *error = NULL;
    zg_status s = start(NULL, MARCH, TWO, LATE, &out, &error);
    failed(s, ZG_NULL_POINTER, error, "engine");
    s = start(engine, MARCH, TWO, LATE, NULL, &error);
    failed(s, ZG_NULL_POINTER, error, "out");
    s = start(engine, NULL, TWO, LATE, &out, &error);
    failed(s, ZG_MISSING_FACT, error, "month");
    s = start(engine, "{\"month\": \"2025-03\", \"colour\": 1}", TWO, LATE, &out, &error);
    failed(s, ZG_UNKNOWN_FIELD, error, "colour");
    s = start(engine, MARCH, "id\nA01\n", LATE, &out, &error);
    failed(s, ZG_MISSING_COLUMN, error, "kind");
    s = start(engine, MARCH, "id,kind,colour\nA01,auxiliary,red\n", LATE, &out, &error);
    failed(s, ZG_UNKNOWN_FIELD, error, "colour");
    s = start(engine, MARCH, "id,kind\nA01,auxiliary\nA02,horse\n", LATE, &out, &error);
    CHECK(zg_error_row(error) == 2 && IS(zg_error_person(error), "A02"));
    failed(s, ZG_UNKNOWN_TERM, error, "kind");
    s = start(engine, MARCH, TWO, "id,subject,date,rule\nE1,A01,2025-03-10,late\nE2,A01,soon,late\n", &out,
              &error);
    CHECK(zg_error_row(error) == 2 && IS(zg_error_person(error), "A01"));
    CHECK(strstr(zg_error_json(error).data, "\"table\":\"events\"") != NULL);
    failed(s, ZG_INVALID_DATE, error, "date");
    CHECK(out == NULL);

    /* Producers with faults, as either table. */
    static const enum fault faults[] = {SCHEMA_FAILS, NO_TABLE, BAD_FORMAT, FLOAT_COLUMN, COLUMN_TWICE};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        for (int second = 0; second < 2; second++) {
            struct ArrowArrayStream good, bad;
            CHECK(text_table_of(TWO, ',', &good) == 0);
            make_table(&bad, 1, 2, faults[i]);
            s = zg_engine_assess(engine, MARCH, strlen(MARCH), second ? &good : &bad,
                                 second ? &bad : &good, ZG_COLUMNS_KEYS, &out, &error);
            CHECK(s / 100 == 1 || s == ZG_STREAM_FAILED);
            CHECK(good.release == NULL && bad.release == NULL && live_objects() == 0);
            zg_error_free(error);
        }
    }
    /* Released, missing, and one stream twice. */
    struct ArrowArrayStream people, released = {0};
    CHECK(text_table_of(TWO, ',', &people) == 0);
    s = zg_engine_assess(engine, MARCH, strlen(MARCH), &people, &released, ZG_COLUMNS_KEYS, &out, &error);
    failed(s, ZG_STREAM_RELEASED, error, "events");
    CHECK(people.release == NULL);
    s = zg_engine_assess(engine, MARCH, strlen(MARCH), &released, NULL, ZG_COLUMNS_KEYS, &out, &error);
    failed(s, ZG_STREAM_RELEASED, error, "subjects");
    s = zg_engine_assess(engine, MARCH, strlen(MARCH), NULL, NULL, ZG_COLUMNS_KEYS, &out, &error);
    failed(s, ZG_NULL_POINTER, error, "subjects");
    CHECK(text_table_of(TWO, ',', &people) == 0);
    s = zg_engine_assess(engine, MARCH, strlen(MARCH), &people, &people, ZG_COLUMNS_KEYS, &out, &error);
    failed(s, ZG_STREAM_RELEASED, error, "events");
    CHECK(text_table_of(TWO, ',', &people) == 0);
    s = zg_engine_assess(engine, MARCH, strlen(MARCH), &people, NULL, 7, &out, &error);
    failed(s, ZG_INVALID_OPTION, error, "columns");
    CHECK(people.release == NULL && out == NULL);

    /* Getters. */
    CHECK(start(engine, MARCH, TWO, LATE, &out, NULL) == ZG_OK);
    struct ArrowArrayStream table = {0};
    struct ArrowSchema schema;
    zg_string *text = NULL;
    s = zg_assessment_table(out, "score", 5, &table, &error);
    failed(s, ZG_UNKNOWN_TERM, error, "name");
    s = zg_assessment_table(out, NULL, 5, &table, &error);
    failed(s, ZG_NULL_POINTER, error, "name");
    s = zg_assessment_table((const zg_assessment *)engine, "scores", 6, &table, &error);
    failed(s, ZG_WRONG_HANDLE, error, "assessment");
    s = zg_assessment_json(NULL, &text, &error);
    failed(s, ZG_NULL_POINTER, error, "assessment");
    s = zg_assessment_text(out, "A09", 3, ZG_ZH, &text, &error);
    failed(s, ZG_UNKNOWN_TERM, error, "subject");
    s = zg_assessment_text(out, "A01", 3, 5, &text, &error);
    failed(s, ZG_INVALID_OPTION, error, "lang");
    s = zg_assessment_input_schema("people", 6, &schema, &error);
    failed(s, ZG_UNKNOWN_TERM, error, "name");
    CHECK(zg_assessment_input_schema("events", 6, &schema, NULL) == ZG_OK && schema.n_children == 16);
    schema.release(&schema);
    zg_assessment_free((zg_assessment *)engine); /* left alone */
    zg_assessment_free(NULL);
    /* A table outlives its assessment; it gives its rows once and then ends. */
    CHECK(zg_assessment_table(out, "scores", 6, &table, NULL) == ZG_OK && text == NULL);
    zg_assessment_free(out);
    struct ArrowArray batch;
    CHECK(table.get_next(&table, &batch) == 0 && batch.length == 2);
    batch.release(&batch);
    CHECK(table.get_next(&table, &batch) == 0 && batch.release == NULL);
    CHECK(table.get_last_error(&table) == NULL);
    table.release(&table);
}

/* A roster of the two, without coefficients; contributions are left out of it. */
#define NOTHING                                                                                      \
    "\"stated\": {\"pension\": \"0\", \"medical\": \"0\", \"unemployment\": \"0\","                   \
    "\"housing-fund\": \"0\", \"income-tax\": \"0\", \"employer-pension\": \"0\","                    \
    "\"employer-medical\": \"0\", \"employer-unemployment\": \"0\", \"employer-work-injury\": \"0\"," \
    "\"employer-housing-fund\": \"0\"}"
#define AUXILIARY(id) \
    "{\"person\": \"" id "\", \"unit\": \"u\", \"kind\": \"auxiliary\", " NOTHING "}"
static const char ROSTER[] =
    "person,kind,stated_pension,stated_medical,stated_unemployment,stated_housing_fund,"
    "stated_income_tax\nA01,辅警,0,0,0,0,0\nA02,辅警,0,0,0,0,0\n";

/* The pay of the month takes the coefficients of the month: 3000 + 800 × 1.2, 800 × 0.8. */
static void paid(const zg_engine *engine) {
    zg_assessment *march = NULL;
    zg_string *value = NULL, *run = NULL;
    zg_error *error = NULL;
    CHECK(start(engine, MARCH, TWO, LATE, &march, NULL) == ZG_OK);
    CHECK(zg_assessment_json(march, &value, NULL) == ZG_OK);
    static char request[65536];
    snprintf(request, sizeof request, "{\"month\": \"2025-03\", \"people\": [%s, %s], \"assessment\": %s}",
             AUXILIARY("A01"), AUXILIARY("A02"), zg_string_view(value).data);
    CHECK(zg_engine_month_run(engine, request, strlen(request), &run, NULL) == ZG_OK);
    const char *json = zg_string_view(run).data;
    CHECK(strstr(json, "\"gross\":\"3960.00\"") != NULL && strstr(json, "\"gross\":\"3640.00\"") != NULL);
    CHECK(strstr(json, "\"errors\":[]") != NULL);
    zg_string_free(run);
    run = NULL;
    /* Without it the coefficient is missing; of another month it is refused. */
    snprintf(request, sizeof request, "{\"month\": \"2025-03\", \"people\": [%s]}", AUXILIARY("A01"));
    CHECK(zg_engine_month_run(engine, request, strlen(request), &run, NULL) == ZG_OK);
    CHECK(strstr(zg_string_view(run).data, "\"code\":108") != NULL);
    zg_string_free(run);
    run = NULL;
    snprintf(request, sizeof request, "{\"month\": \"2025-04\", \"people\": [%s], \"assessment\": %s}",
             AUXILIARY("A01"), zg_string_view(value).data);
    zg_status s = zg_engine_month_run(engine, request, strlen(request), &run, &error);
    failed(s, ZG_WRONG_MONTH, error, "assessment");
    static const char empty[] = "{\"month\": \"2025-03\", \"people\": [], \"assessment\": {}}";
    s = zg_engine_month_run(engine, empty, strlen(empty), &run, &error);
    CHECK(s / 100 == 1 && run == NULL);
    zg_error_free(error);

    /* The same as a stream. */
    struct ArrowArrayStream people, out = {0};
    zg_stream_options options = {.size = sizeof options, .month = 202503,
                                 .without_employer_cost = 1, .items = ZG_BIT(ZG_ITEM_POST_PAY),
                                 .totals = ZG_BIT(ZG_TOTAL_GROSS), .assessment = march};
    CHECK(text_table_of(ROSTER, ',', &people) == 0);
    CHECK(zg_engine_month_run_stream(engine, &people, &options, &out, NULL) == ZG_OK);
    struct ArrowArray batch = {0};
    CHECK(out.get_next(&out, &batch) == 0 && batch.n_children == 3);
    const int64_t *gross = batch.children[2]->buffers[1];
    CHECK(gross[0] == 396000 && gross[2] == 364000 && gross[1] == 0 && gross[3] == 0);
    batch.release(&batch);
    out.release(&out);
    options.month = 202504;
    CHECK(text_table_of(ROSTER, ',', &people) == 0);
    s = zg_engine_month_run_stream(engine, &people, &options, &out, &error);
    failed(s, ZG_WRONG_MONTH, error, "assessment");
    CHECK(people.release == NULL);
    /* Options of the size that they had before: nothing behind it is read. */
    options.month = 202503;
    options.size = offsetof(zg_stream_options, assessment);
    void *old = malloc(options.size);
    memcpy(old, &options, options.size);
    CHECK(text_table_of(ROSTER, ',', &people) == 0);
    CHECK(zg_engine_month_run_stream(engine, &people, old, &out, NULL) == ZG_OK);
    CHECK(out.get_next(&out, &batch) != 0);
    CHECK(strncmp(out.get_last_error(&out), "108 ", 4) == 0);
    out.release(&out);
    free(old);
    zg_string_free(value);
    zg_assessment_free(march);
}

int main(int argc, char **argv) {
    FILE *file = argc >= 2 ? fopen(argv[1], "rb") : NULL;
    int few = argc == 3 && strcmp(argv[2], "few") == 0;
    if (file == NULL) {
        fprintf(stderr, "usage: assess assessments.jsonl [few]\n");
        return 2;
    }
    char *line = malloc(MOST), *room = malloc(MOST);
    while (line != NULL && room != NULL && fgets(line, MOST, file) != NULL) replay(line, room);
    CHECK(scored_well > (few ? 5 : 60) && (few || refused > 20));
    free(line);
    free(room);
    fclose(file);
    misuse(engine_of(TEACHING));
    paid(engine_of(TEACHING));
    free_engines();
    return zg_report();
}

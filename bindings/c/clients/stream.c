/* Streams in and out: what comes out is right, and every fault of a producer is an error with words. */
#include <errno.h>
#include <pthread.h>

#include "check.h"
#include "table.h"

static zg_engine *engine;

static void nothing_is_left(void) { CHECK(live_objects() == 0); }

/* The position of a column in a schema, or -1. */
static int64_t find(const struct ArrowSchema *schema, const char *name) {
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (strcmp(schema->children[i]->name, name) == 0) return i;
    }
    return -1;
}

static int is_null(const struct ArrowArray *array, int64_t row) {
    const uint8_t *valid = array->buffers[0];
    row += array->offset;
    return valid != NULL && (valid[row / 8] >> (row % 8) & 1) == 0;
}

struct read {
    int64_t batches, rows, net, errors, longest;
    int failed;
};

/* Reads a stream of decimal128 to its end or to its first failure, and releases what it gave. */
static struct read read_all(struct ArrowArrayStream *stream) {
    struct read read = {0};
    struct ArrowSchema schema;
    if (stream->get_schema(stream, &schema) != 0) {
        read.failed = -1;
        return read;
    }
    int64_t net = find(&schema, "net"), code = find(&schema, "error_code");
    if (net < 0 || strcmp(schema.children[net]->format, "d:18,2") != 0) read.failed = -2;
    while (read.failed == 0) {
        struct ArrowArray batch;
        read.failed = stream->get_next(stream, &batch);
        if (read.failed != 0 || batch.release == NULL) break;
        const struct ArrowArray *nets = batch.children[net];
        const int64_t *halves = nets->buffers[1]; /* the low one first */
        for (int64_t row = 0; row < batch.length; row++) {
            if (!is_null(nets, row)) read.net += halves[2 * (row + nets->offset)];
            if (code >= 0 && !is_null(batch.children[code], row)) read.errors++;
        }
        read.batches++;
        read.rows += batch.length;
        if (batch.length > read.longest) read.longest = batch.length;
        batch.release(&batch);
    }
    schema.release(&schema);
    return read;
}

static zg_status start(int64_t batches, int64_t rows, enum fault fault,
                       const zg_stream_options *options, struct ArrowArrayStream *out,
                       zg_error **error) {
    struct ArrowArrayStream table;
    make_table(&table, batches, rows, fault);
    zg_status status = zg_engine_month_run_stream(engine, &table, options, out, error);
    CHECK(table.release == NULL); /* taken over in every case */
    return status;
}

static zg_stream_options defaults(void) {
    return (zg_stream_options){.size = sizeof(zg_stream_options)};
}

static void amounts(void) {
    zg_stream_options options = defaults();
    static const struct {
        int64_t batches, rows;
        size_t batch_rows;
        uint32_t threads;
        int64_t out;
    } runs[] = {{1, 1, 0, 0, 1}, {3, 1000, 0, 1, 3}, {2, 1000, 300, 2, 8}, {1, 20000, 0, 3, 1},
                {0, 5, 0, 0, 0}};
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        struct ArrowArrayStream out;
        options.batch_rows = runs[i].batch_rows;
        options.threads = runs[i].threads;
        CHECK(start(runs[i].batches, runs[i].rows, NO_FAULT, &options, &out, NULL) == ZG_OK);
        struct read read = read_all(&out);
        CHECK(read.failed == 0 && read.batches == runs[i].out);
        CHECK(read.rows == runs[i].batches * runs[i].rows);
        CHECK(read.net == read.rows * NET_FEN);
        if (options.batch_rows > 0) CHECK(read.longest == (int64_t)options.batch_rows);
        /* The end comes again as often as it is asked for. */
        struct ArrowArray end;
        CHECK(out.get_next(&out, &end) == 0 && end.release == NULL);
        zg_error *none = (zg_error *)&out;
        CHECK(zg_stream_error(&out, &none, NULL) == ZG_OK && none == NULL);
        CHECK(out.get_last_error(&out) == NULL);
        out.release(&out);
        CHECK(out.release == NULL);
        nothing_is_left();
    }
    /* A stream that is released before its end, and one that was moved. */
    struct ArrowArrayStream out, moved;
    CHECK(start(3, 10, NO_FAULT, NULL, &out, NULL) == ZG_OK);
    moved = out;
    out.release = NULL;
    struct ArrowArray batch;
    CHECK(moved.get_next(&moved, &batch) == 0 && batch.length == 10);
    moved.release(&moved);
    CHECK(live_streams() == 0);
    batch.release(&batch); /* what was given outlives the stream */
    nothing_is_left();
}

/* A column without a value comes as the type null; it has no buffers, and goes out as it came. */
static void nulls(void) {
    zg_stream_options options = defaults();
    struct ArrowArrayStream out;
    struct ArrowSchema schema;
    options.batch_rows = 3;
    CHECK(start(2, 5, NULL_PERSONS, &options, &out, NULL) == ZG_OK);
    CHECK(out.get_schema(&out, &schema) == 0);
    int64_t person = find(&schema, "person");
    CHECK(person >= 0 && strcmp(schema.children[person]->format, "n") == 0);
    schema.release(&schema);
    struct read read = read_all(&out);
    CHECK(read.failed == 0 && read.rows == 10 && read.batches == 4 && read.net == 10 * NET_FEN);
    out.release(&out);
    nothing_is_left();
}

static void row_errors(void) {
    zg_stream_options options = defaults();
    struct ArrowArrayStream out;
    options.on_error = ZG_ON_ERROR_COLUMN;
    CHECK(start(2, 4, BAD_KIND, &options, &out, NULL) == ZG_OK);
    struct read read = read_all(&out);
    CHECK(read.failed == 0 && read.rows == 8 && read.errors == 2 && read.net == 6 * NET_FEN);
    out.release(&out);

    options.on_error = ZG_ON_ERROR_STOP;
    CHECK(start(2, 4, BAD_KIND, &options, &out, NULL) == ZG_OK);
    read = read_all(&out);
    CHECK(read.failed == EINVAL && read.rows == 0);
    const char *words = out.get_last_error(&out);
    static const char three_lines[] = /* as docs/ABI.md shows them */
        "107 UnknownTerm\n"
        "第 2 行，人员 0417，月份 2025-03，字段 kind：“nobody”不是已知的人员类别。可用：民警、辅警。\n"
        "row 2, person 0417, month 2025-03, field kind: \"nobody\" is not a known kind of person. Known are: "
        "officer, auxiliary.";
    CHECK(words != NULL && strcmp(words, three_lines) == 0);
    zg_error *error = NULL;
    CHECK(zg_stream_error(&out, &error, NULL) == ZG_OK);
    CHECK(zg_error_status(error) == ZG_UNKNOWN_TERM && zg_error_row(error) == 2);
    CHECK(IS(zg_error_person(error), "0417") && IS(zg_error_field(error), "kind"));
    zg_error_free(error);
    struct ArrowArray batch;
    CHECK(out.get_next(&out, &batch) == EINVAL); /* never an end after a failure */
    out.release(&out);
    nothing_is_left();
}

static void refused_at_once(void) {
    static const struct {
        enum fault fault;
        zg_status status;
        const char *field;
    } bad[] = {
        {SCHEMA_FAILS, ZG_STREAM_FAILED, "input"},
        {NO_TABLE, ZG_INVALID_INPUT, "input"},
        {BAD_FORMAT, ZG_INVALID_INPUT, "input"},
        {FLOAT_COLUMN, ZG_FLOAT_REFUSED, "stated_post_pay"},
        {UNKNOWN_COLUMN, ZG_UNKNOWN_FIELD, "salary"},
        {MISSING_COLUMN, ZG_MISSING_COLUMN, "month"},
        {COLUMN_TWICE, ZG_DUPLICATE_COLUMN, "kind"},
        {WRONG_TYPE, ZG_COLUMN_TYPE, "rank"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        zg_error *error = NULL;
        struct ArrowArrayStream out = {.private_data = &error};
        CHECK(start(1, 5, bad[i].fault, NULL, &out, &error) == bad[i].status);
        CHECK(IS(zg_error_field(error), bad[i].field));
        CHECK(zg_error_zh(error).len > 0 && zg_error_en(error).len > 0);
        CHECK(out.private_data == &error && out.release == NULL);
        zg_error_free(error);
        nothing_is_left();
    }
    struct ArrowArrayStream out = {0}, released = {0};
    zg_error *error = NULL;
    CHECK(zg_engine_month_run_stream(engine, &released, NULL, &out, &error) == ZG_STREAM_RELEASED);
    zg_error_free(error);
    CHECK(zg_engine_month_run_stream(engine, NULL, NULL, &out, NULL) == ZG_NULL_POINTER);
    CHECK(start(1, 5, NO_FAULT, NULL, NULL, NULL) == ZG_NULL_POINTER);
    zg_stream_options options = defaults();
    options.size = 8;
    CHECK(start(1, 5, NO_FAULT, &options, &out, NULL) == ZG_WRONG_SIZE);
    struct ArrowArrayStream table;
    make_table(&table, 1, 5, NO_FAULT);
    CHECK(zg_engine_month_run_stream(NULL, &table, NULL, &out, NULL) == ZG_NULL_POINTER);
    CHECK(table.release == NULL);
    nothing_is_left();
    CHECK(out.release == NULL);
}

static void failing_midway(void) {
    static const struct {
        enum fault fault;
        const char *words;
    } bad[] = {
        {NEXT_FAILS, "errno 5: the personnel system  went away"},
        {NEXT_FAILS_MUTELY, "errno 5"},
        {FEW_CHILDREN, "columns"},
        {SHORT_COLUMN, "stated_post_pay"},
        {NEGATIVE_LENGTH, "stated_post_pay"},
        {NO_BUFFER, "null"},
        {BAD_OFFSETS, ""},
        {NULL_ROW, "row"},
    };
    zg_stream_options options = defaults();
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct ArrowArrayStream out;
        CHECK(start(3, 5, bad[i].fault, &options, &out, NULL) == ZG_OK);
        struct read read = read_all(&out);
        int given = bad[i].fault == NEXT_FAILS || bad[i].fault == NEXT_FAILS_MUTELY;
        CHECK(read.failed == EIO && read.batches == given);
        const char *words = out.get_last_error(&out);
        CHECK(words != NULL && strncmp(words, "807 StreamFailed\n", 17) == 0);
        int named = words != NULL && strstr(words, bad[i].words) != NULL;
        if (!named) fprintf(stderr, "fault %d: %s\n", (int)bad[i].fault, words);
        CHECK(named);
        zg_error *error = NULL;
        CHECK(zg_stream_error(&out, &error, NULL) == ZG_OK);
        CHECK(zg_error_status(error) == ZG_STREAM_FAILED && IS(zg_error_field(error), "input"));
        zg_error_free(error);
        out.release(&out);
        nothing_is_left();
    }
}

/* The producer did not fail: the caller has to correct a text, and is told which. */
static void no_text(void) {
    zg_stream_options options = defaults();
    struct ArrowArrayStream out;
    CHECK(start(3, 5, NOT_UTF8, &options, &out, NULL) == ZG_OK);
    struct read read = read_all(&out);
    CHECK(read.failed == EINVAL && read.batches == 0);
    const char *words = out.get_last_error(&out);
    CHECK(words != NULL && strncmp(words, "115 InvalidText\n", 16) == 0);
    zg_error *error = NULL;
    CHECK(zg_stream_error(&out, &error, NULL) == ZG_OK);
    CHECK(zg_error_status(error) == ZG_INVALID_TEXT && IS(zg_error_field(error), "kind"));
    CHECK(zg_error_row(error) == 2);
    zg_error_free(error);
    out.release(&out);
    nothing_is_left();
}

static void schemas(void) {
    struct ArrowSchema schema;
    CHECK(zg_stream_input_schema(&schema, NULL) == ZG_OK);
    CHECK(find(&schema, "kind") >= 0 && find(&schema, "stated_post_pay") >= 0);
    CHECK(find(&schema, "salary") < 0);
    schema.release(&schema);
    CHECK(zg_stream_input_schema(NULL, NULL) == ZG_NULL_POINTER);
    /* Another library's stream is not mistaken for one of ours. */
    struct ArrowArrayStream table;
    zg_error *error = NULL;
    make_table(&table, 1, 1, NO_FAULT);
    CHECK(zg_stream_error(&table, &error, NULL) == ZG_WRONG_HANDLE && error == NULL);
    table.release(&table);
    CHECK(zg_stream_error(&table, &error, NULL) == ZG_STREAM_RELEASED);
    CHECK(zg_stream_error(NULL, &error, NULL) == ZG_NULL_POINTER);
}

/* One thread's stream. */
static void *read_one(void *stream) {
    struct ArrowArrayStream *out = stream;
    struct read read = read_all(out);
    out->release(out);
    return (void *)(intptr_t)(read.failed == 0 && read.net == read.rows * NET_FEN);
}

static void threads(void) {
    enum { THREADS = 3 };
    pthread_t thread[THREADS];
    struct ArrowArrayStream out[THREADS];
    zg_stream_options options = defaults();
    for (int i = 0; i < THREADS; i++) {
        CHECK(start(1, 500, NO_FAULT, &options, &out[i], NULL) == ZG_OK);
    }
    zg_engine_free(engine); /* the streams do without it */
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_create(&thread[i], NULL, read_one, &out[i]) == 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *good = NULL;
        CHECK(pthread_join(thread[i], &good) == 0 && good != NULL);
    }
    nothing_is_left();
}

int main(void) {
    CHECK(zg_engine_new(NULL, 0, &engine, NULL) == ZG_OK);
    amounts();
    nulls();
    row_errors();
    refused_at_once();
    failing_midway();
    no_text();
    schemas();
    threads();
    return zg_report();
}

/* A table of people as an Arrow C stream; see table.h. */
#include "table.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PERSON, KIND, MONTH, RANK, TEXTS, AMOUNTS = TEXTS, COLUMNS = TEXTS + 7 };

static const char *const COLUMN_NAMES[COLUMNS] = {
    "person", "kind", "month", "rank", "stated_post_pay", "stated_level_pay", "stated_pension",
    "stated_occupational_annuity", "stated_medical", "stated_housing_fund", "stated_income_tax"};
static const int64_t COLUMN_FEN[COLUMNS] = {0, 0, 0, 0, 241000, 362000, 0, 0, 0, 0, 3090};

/* What was handed out and not released yet. */
static _Atomic int schemas = 0, arrays = 0, streams = 0;

struct table {
    int64_t batches, rows, given;
    enum fault fault;
};

static void release_schema(struct ArrowSchema *schema) {
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (schema->children[i]->release != NULL) schema->children[i]->release(schema->children[i]);
        free(schema->children[i]);
    }
    free(schema->children);
    schema->release = NULL;
    schemas--;
}

static void schema_of(struct ArrowSchema *out, const char *format, const char *name) {
    memset(out, 0, sizeof *out);
    out->format = format;
    out->name = name;
    out->flags = ARROW_FLAG_NULLABLE;
    out->release = release_schema;
    schemas++;
}

static int table_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    const struct table *table = stream->private_data;
    if (table->fault == SCHEMA_FAILS) return ENOMEM;
    schema_of(out, table->fault == NO_TABLE ? "i" : "+s", "");
    if (table->fault == NO_TABLE) return 0;
    out->n_children = COLUMNS;
    out->children = calloc(COLUMNS, sizeof *out->children);
    for (int i = 0; i < COLUMNS; i++) {
        const char *format = i < TEXTS ? "u" : table->fault == FLOAT_COLUMN ? "g" : "d:18,2,64";
        if (table->fault == BAD_FORMAT && i == AMOUNTS) format = "?";
        if (table->fault == NULL_PERSONS && i == PERSON) format = "n";
        if (table->fault == WRONG_TYPE && i == RANK) format = "i";
        const char *name = COLUMN_NAMES[i];
        if (table->fault == UNKNOWN_COLUMN && i == RANK) name = "salary";
        if (table->fault == MISSING_COLUMN && i == MONTH) name = "unit";
        if (table->fault == COLUMN_TWICE && i == RANK) name = "kind";
        out->children[i] = malloc(sizeof **out->children);
        schema_of(out->children[i], format, name);
    }
    return 0;
}

static void release_array(struct ArrowArray *array) {
    for (int64_t i = 0; i < array->n_children; i++) {
        if (array->children[i]->release != NULL) array->children[i]->release(array->children[i]);
        free(array->children[i]);
    }
    free(array->children);
    for (int64_t i = 0; i < array->n_buffers; i++) free((void *)array->buffers[i]);
    free(array->buffers);
    array->release = NULL;
    arrays--;
}

static void array_of(struct ArrowArray *out, int64_t rows, int64_t buffers) {
    memset(out, 0, sizeof *out);
    out->length = rows;
    out->n_buffers = buffers;
    out->buffers = calloc((size_t)buffers, sizeof *out->buffers);
    out->release = release_array;
    arrays++;
}

static void text_column(struct ArrowArray *out, const struct table *table, int column) {
    static const char *const TEXT[TEXTS] = {NULL, "officer", "2025-03", "n/a"};
    int64_t before = (table->given - 1) * table->rows;
    array_of(out, table->rows, 3);
    int32_t *offsets = malloc((size_t)(table->rows + 1) * sizeof *offsets);
    /* Nobody is paid twice a month, so each row has its own person: 0416, 0417, … */
    char person[24];
    char *bytes = malloc((size_t)table->rows * sizeof person + 1);
    int32_t at = 0;
    for (int64_t row = 0; row < table->rows; row++) {
        snprintf(person, sizeof person, "%04lld", (long long)(416 + before + row));
        const char *text = column == PERSON ? person : TEXT[column];
        if (table->fault == BAD_KIND && column == KIND && row == 1) text = "nobody";
        if (table->fault == NOT_UTF8 && column == KIND && row == 1) text = "\xff\xff";
        offsets[row] = at;
        memcpy(bytes + at, text, strlen(text));
        at += (int32_t)strlen(text);
    }
    offsets[table->rows] = at;
    if (table->fault == BAD_OFFSETS && column == PERSON) offsets[0] = at + 1;
    out->buffers[1] = offsets;
    out->buffers[2] = bytes;
}

static void amount_column(struct ArrowArray *out, const struct table *table, int column) {
    int64_t rows = table->fault == SHORT_COLUMN ? table->rows - 1 : table->rows;
    array_of(out, rows, 2);
    int64_t *fen = malloc((size_t)table->rows * sizeof *fen);
    for (int64_t row = 0; row < table->rows; row++) fen[row] = COLUMN_FEN[column];
    out->buffers[1] = fen;
    if (table->fault == NEGATIVE_LENGTH) out->length = -1;
    if (table->fault == NO_BUFFER) {
        free(fen);
        out->buffers[1] = NULL;
    }
}

static int table_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    struct table *table = stream->private_data;
    if ((table->fault == NEXT_FAILS || table->fault == NEXT_FAILS_MUTELY) && table->given == 1) {
        return EIO;
    }
    if (table->given == table->batches) {
        out->release = NULL;
        return 0;
    }
    table->given++;
    array_of(out, table->rows, 1);
    if (table->fault == NULL_ROW) {
        out->buffers[0] = calloc(1, (size_t)table->rows);
        out->null_count = table->rows;
    }
    out->n_children = COLUMNS;
    out->children = calloc(COLUMNS, sizeof *out->children);
    for (int i = 0; i < COLUMNS; i++) {
        out->children[i] = malloc(sizeof **out->children);
        if (table->fault == NULL_PERSONS && i == PERSON) {
            /* As Polars gives it: with a buffer, which the type does not have and which is NULL. */
            array_of(out->children[i], table->rows, table->given % 2);
            out->children[i]->null_count = table->rows;
        } else if (i < TEXTS) {
            text_column(out->children[i], table, i);
        } else {
            amount_column(out->children[i], table, i);
        }
    }
    if (table->fault == FEW_CHILDREN) {
        struct ArrowArray *last = out->children[--out->n_children];
        last->release(last);
        free(last);
    }
    return 0;
}

static const char *table_error(struct ArrowArrayStream *stream) {
    const struct table *table = stream->private_data;
    return table->fault == NEXT_FAILS ? "the personnel system \x01went away" : NULL;
}

static void release_table(struct ArrowArrayStream *stream) {
    free(stream->private_data);
    stream->release = NULL;
    streams--;
}

void make_table(struct ArrowArrayStream *out, int64_t batches, int64_t rows, enum fault fault) {
    struct table *table = malloc(sizeof *table);
    *table = (struct table){.batches = batches, .rows = rows, .fault = fault};
    out->get_schema = table_schema;
    out->get_next = table_next;
    out->get_last_error = table_error;
    out->release = release_table;
    out->private_data = table;
    streams++;
}

int live_streams(void) { return streams; }

int live_objects(void) { return streams + schemas + arrays; }

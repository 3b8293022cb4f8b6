/*
 * A table of texts as an Arrow C stream, for programs without an Arrow library: the first line has the
 * names of the columns, the others a row each, cells with one separator between them and no quotes. An
 * empty cell is a missing value. And the other way: the cells of what comes back, as texts.
 */
#ifndef ZG_TEXT_TABLE_H
#define ZG_TEXT_TABLE_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhenggong.h"

#ifdef __cplusplus
extern "C" {
#endif

struct text_table {
    char *text; /* every cell ends with a NUL */
    char **cells; /* by row, the names first */
    int64_t columns, rows;
    int given;
};

static inline void *text_table_memory(size_t count, size_t size) {
    void *memory = calloc(count + 1, size);
    if (memory == NULL) abort();
    return memory;
}

static inline void text_table_release_schema(struct ArrowSchema *schema) {
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (schema->children[i]->release != NULL) schema->children[i]->release(schema->children[i]);
        free(schema->children[i]);
    }
    free(schema->children);
    free((void *)schema->name);
    schema->release = NULL;
}

static inline void text_table_schema_of(struct ArrowSchema *out, const char *format, const char *name) {
    char *copy = (char *)text_table_memory(strlen(name), 1);
    strcpy(copy, name);
    memset(out, 0, sizeof *out);
    out->format = format;
    out->name = copy;
    out->flags = ARROW_FLAG_NULLABLE;
    out->release = text_table_release_schema;
}

static inline int text_table_get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    const struct text_table *table = (const struct text_table *)stream->private_data;
    text_table_schema_of(out, "+s", "");
    out->n_children = table->columns;
    out->children =
        (struct ArrowSchema **)text_table_memory((size_t)table->columns, sizeof *out->children);
    for (int64_t i = 0; i < table->columns; i++) {
        out->children[i] = (struct ArrowSchema *)text_table_memory(1, sizeof **out->children);
        text_table_schema_of(out->children[i], "u", table->cells[i]);
    }
    return 0;
}

static inline void text_table_release_array(struct ArrowArray *array) {
    for (int64_t i = 0; i < array->n_children; i++) {
        if (array->children[i]->release != NULL) array->children[i]->release(array->children[i]);
        free(array->children[i]);
    }
    free(array->children);
    for (int64_t i = 0; i < array->n_buffers; i++) free((void *)array->buffers[i]);
    free(array->buffers);
    array->release = NULL;
}

static inline void text_table_array_of(struct ArrowArray *out, int64_t rows, int64_t buffers) {
    memset(out, 0, sizeof *out);
    out->length = rows;
    out->n_buffers = buffers;
    out->buffers = (const void **)text_table_memory((size_t)buffers, sizeof *out->buffers);
    out->release = text_table_release_array;
}

/* One column: offsets and bytes. */
static inline void text_table_column(const struct text_table *table, int64_t column,
                                     struct ArrowArray *out) {
    text_table_array_of(out, table->rows, 3);
    int32_t *offsets = (int32_t *)text_table_memory((size_t)table->rows + 1, sizeof *offsets);
    for (int64_t row = 0; row < table->rows; row++) {
        const char *cell = table->cells[(row + 1) * table->columns + column];
        offsets[row + 1] = offsets[row] + (int32_t)strlen(cell);
    }
    char *bytes = (char *)text_table_memory((size_t)offsets[table->rows], 1);
    for (int64_t row = 0; row < table->rows; row++) {
        const char *cell = table->cells[(row + 1) * table->columns + column];
        memcpy(bytes + offsets[row], cell, strlen(cell));
    }
    out->buffers[1] = offsets;
    out->buffers[2] = bytes;
}

static inline int text_table_get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    struct text_table *table = (struct text_table *)stream->private_data;
    out->release = NULL;
    if (table->given) return 0;
    table->given = 1;
    text_table_array_of(out, table->rows, 1);
    out->n_children = table->columns;
    out->children =
        (struct ArrowArray **)text_table_memory((size_t)table->columns, sizeof *out->children);
    for (int64_t i = 0; i < table->columns; i++) {
        out->children[i] = (struct ArrowArray *)text_table_memory(1, sizeof **out->children);
        text_table_column(table, i, out->children[i]);
    }
    return 0;
}

static inline const char *text_table_last_error(struct ArrowArrayStream *stream) {
    (void)stream;
    return NULL; /* nothing here fails */
}

static inline void text_table_release(struct ArrowArrayStream *stream) {
    struct text_table *table = (struct text_table *)stream->private_data;
    free(table->text);
    free(table->cells);
    free(table);
    stream->release = NULL;
}

/* Makes a stream of a text, which is copied; -1 where a row has not as many cells as the first. */
static inline int text_table_of(const char *text, char separator, struct ArrowArrayStream *out) {
    size_t size = strlen(text), count = 1, at = 0;
    for (size_t i = 0; i < size; i++) count += text[i] == separator || text[i] == '\n';
    struct text_table *table = (struct text_table *)text_table_memory(1, sizeof *table);
    table->text = (char *)text_table_memory(size, 1);
    memcpy(table->text, text, size);
    table->cells = (char **)text_table_memory(count, sizeof *table->cells);
    int64_t in_row = 0;
    int sound = 1;
    char *cell = table->text;
    while (cell < table->text + size) {
        size_t length = strcspn(cell, separator == '\t' ? "\t\n" : ",\n");
        char end = cell[length];
        cell[length] = '\0';
        table->cells[at++] = cell;
        in_row++;
        cell += length + 1;
        if (end == separator && end != '\0') {
            if (*cell != '\0') continue;
            table->cells[at++] = cell; /* the last cell of the text is empty */
            in_row++;
        }
        if (table->columns == 0) {
            table->columns = in_row;
        } else {
            table->rows++;
        }
        sound = sound && in_row == table->columns;
        in_row = 0;
    }
    out->get_schema = text_table_get_schema;
    out->get_next = text_table_get_next;
    out->get_last_error = text_table_last_error;
    out->release = text_table_release;
    out->private_data = table;
    if (!sound) out->release(out);
    return sound ? 0 : -1;
}

/* The same of a file of comma-separated values; -1 where it can't be read. */
static inline int text_table_read(const char *path, struct ArrowArrayStream *out) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return -1;
    size_t size = 0, most = (size_t)1 << 20;
    char *text = (char *)text_table_memory(most, 1);
    size = fread(text, 1, most, file);
    fclose(file);
    int read = size < most ? text_table_of(text, ',', out) : -1;
    free(text);
    return read;
}

/* Writes digits with so many of them after the point. */
static inline void text_table_decimal(int64_t digits, int scale, char *out, size_t size) {
    uint64_t power = 1, value = digits < 0 ? 0 - (uint64_t)digits : (uint64_t)digits;
    for (int i = 0; i < scale; i++) power *= 10;
    snprintf(out, size, "%s%" PRIu64 ".%0*" PRIu64, digits < 0 ? "-" : "", value / power, scale,
             value % power);
}

/* Writes the date of a day, counted from 1970-01-01. */
static inline void text_table_date(int32_t days, char *out, size_t size) {
    int64_t z = (int64_t)days + 719468, era = z / 146097, day = z - era * 146097;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int64_t of_year = day - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
    int64_t number = month < 10 ? month + 3 : month - 9;
    snprintf(out, size, "%04d-%02d-%02d", (int)(year + era * 400 + (number <= 2)), (int)number,
             (int)(of_year - (153 * month + 2) / 5 + 1));
}

/*
 * Writes the text of a cell; the empty text where there is none. Of the types of Arrow these are the
 * ones that the tables of an assessment and of a rule's answer have. Returns -1 for another, or where the text is too long.
 */
static inline int text_table_cell(const struct ArrowSchema *schema, const struct ArrowArray *array,
                                  int64_t row, char *out, size_t size) {
    const uint8_t *valid = (const uint8_t *)array->buffers[0];
    const char *format = schema->format;
    int scale = 0;
    row += array->offset;
    *out = '\0';
    if (valid != NULL && (valid[row / 8] >> (row % 8) & 1) == 0) return 0;
    if (strcmp(format, "u") == 0) {
        const int32_t *offsets = (const int32_t *)array->buffers[1];
        size_t length = (size_t)(offsets[row + 1] - offsets[row]);
        if (length >= size) return -1;
        memcpy(out, (const char *)array->buffers[2] + offsets[row], length);
        out[length] = '\0';
    } else if (strcmp(format, "b") == 0) {
        const uint8_t *bits = (const uint8_t *)array->buffers[1];
        snprintf(out, size, "%s", (bits[row / 8] >> (row % 8) & 1) != 0 ? "true" : "false");
    } else if (strcmp(format, "l") == 0) {
        snprintf(out, size, "%" PRId64, ((const int64_t *)array->buffers[1])[row]);
    } else if (strcmp(format, "I") == 0) {
        snprintf(out, size, "%" PRIu32, ((const uint32_t *)array->buffers[1])[row]);
    } else if (strcmp(format, "tdD") == 0) {
        text_table_date(((const int32_t *)array->buffers[1])[row], out, size);
    } else if (sscanf(format, "d:18,%d", &scale) == 1) {
        /* 18 digits stand in the lower half of 128 bits. */
        text_table_decimal(((const int64_t *)array->buffers[1])[2 * row], scale, out, size);
    } else {
        return -1;
    }
    return 0;
}

#ifdef __cplusplus
}
#endif

#endif

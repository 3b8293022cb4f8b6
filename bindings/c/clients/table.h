/*
 * A table of people as an Arrow C stream, built by hand: what a program without an Arrow library does.
 * Every officer has all amounts stated, so that the net is 5999.10 yuan. The faults that a producer
 * can have are switched on one by one.
 */
#ifndef ZG_TABLE_H
#define ZG_TABLE_H

#include "zhenggong.h"

#ifdef __cplusplus
extern "C" {
#endif

enum fault {
    NO_FAULT,
    NULL_PERSONS,      /* no fault: the column of persons has the type null */
    SCHEMA_FAILS,      /* get_schema reports an error */
    NEXT_FAILS,        /* the second get_next reports an error, with words */
    NEXT_FAILS_MUTELY, /* the same without words */
    NO_TABLE,          /* the schema is one integer */
    BAD_FORMAT,        /* the format of a column means nothing */
    FLOAT_COLUMN,      /* amounts as double */
    UNKNOWN_COLUMN,    /* a column that nobody knows */
    MISSING_COLUMN,    /* no column month */
    COLUMN_TWICE,      /* two columns of one name */
    WRONG_TYPE,        /* ranks as integers */
    BAD_KIND,          /* the second row has a kind that nobody knows */
    FEW_CHILDREN,      /* an array has fewer columns than the schema */
    SHORT_COLUMN,      /* a column has fewer rows than the table */
    NEGATIVE_LENGTH,   /* the length of a column is negative */
    NO_BUFFER,         /* the amounts of a column are NULL */
    NOT_UTF8,          /* a text is not UTF-8 */
    BAD_OFFSETS,       /* the offsets of a text column go back */
    NULL_ROW,          /* a row of the table itself is null */
};

enum { NET_FEN = 599910 };

/* Makes a stream of so many tables with so many rows each. */
void make_table(struct ArrowArrayStream *out, int64_t batches, int64_t rows, enum fault fault);

/* How many streams were not released yet. */
int live_streams(void);

/* How many streams, schemas and arrays were not released yet. */
int live_objects(void);

#ifdef __cplusplus
}
#endif

#endif

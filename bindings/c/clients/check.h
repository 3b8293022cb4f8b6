/* Counting checks of the C clients. The last line printed is "N passed, N failed". */
#ifndef ZG_CHECK_H
#define ZG_CHECK_H

#include <stdio.h>
#include <string.h>

static int zg_passed = 0;
static int zg_failed = 0;

#define CHECK(condition)                                                                \
    do {                                                                                \
        if (condition) {                                                                \
            zg_passed++;                                                                \
        } else {                                                                        \
            zg_failed++;                                                                \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);             \
        }                                                                               \
    } while (0)

static inline int zg_report(void) {
    printf("%d passed, %d failed\n", zg_passed, zg_failed);
    return zg_failed != 0;
}

/* Whether a view holds this text, and has its NUL. */
#define IS(view, text) \
    ((view).len == strlen(text) && memcmp((view).data, (text), (view).len + 1) == 0)

#endif

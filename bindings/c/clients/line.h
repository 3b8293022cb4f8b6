/* Lines of JSON whose values are strings, and the engines that they name, each made once and kept. */
#ifndef ZG_LINE_H
#define ZG_LINE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhenggong.h"

static unsigned hex4(const char *at) {
    char digits[5] = {0};
    memcpy(digits, at, 4);
    return (unsigned)strtoul(digits, NULL, 16);
}

/* Takes the string that follows "key": out of the line, unescaped in place; NULL where it is not there. */
static char *take(char **line, const char *key) {
    char mark[32];
    snprintf(mark, sizeof mark, "\"%s\":\"", key);
    char *from = strstr(*line, mark);
    if (from == NULL) return NULL;
    from += strlen(mark);
    char *to = from, *start = from;
    for (; *from != '"' && *from != '\0'; from++) {
        if (*from != '\\') {
            *to++ = *from;
        } else {
            switch (*++from) {
            case 'n': *to++ = '\n'; break;
            case 't': *to++ = '\t'; break;
            case 'r': *to++ = '\r'; break;
            case 'b': *to++ = '\b'; break;
            case 'f': *to++ = '\f'; break;
            case 'u': *to++ = (char)hex4(from + 1); from += 4; break; /* control characters only */
            default: *to++ = *from;
            }
        }
    }
    *line = from + 1;
    *to = '\0';
    return start;
}

enum { ENGINES = 64 };

static struct {
    char *request;
    zg_engine *engine;
} kept[ENGINES];

/* Returns the engine of a request, made once and kept. */
static zg_engine *engine_of(const char *request) {
    int i = 0;
    while (i < ENGINES && kept[i].request != NULL && strcmp(kept[i].request, request) != 0) i++;
    if (i == ENGINES) return NULL;
    if (kept[i].request == NULL) {
        if (zg_engine_new(request, strlen(request), &kept[i].engine, NULL) != ZG_OK) return NULL;
        kept[i].request = malloc(strlen(request) + 1);
        if (kept[i].request != NULL) strcpy(kept[i].request, request);
    }
    return kept[i].engine;
}

static void free_engines(void) {
    for (int i = 0; i < ENGINES && kept[i].request != NULL; i++) {
        free(kept[i].request);
        zg_engine_free(kept[i].engine);
    }
}

#endif

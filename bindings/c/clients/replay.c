/*
 * Replays the cases of the core by rule id and compares each answer to the byte with that of Rust:
 * replay cases.jsonl. Each line is one object of strings: id, engine, rule, input, status, answer.
 */
#include <stdlib.h>

#include "check.h"
#include "zhenggong.h"

enum { ENGINES = 64 };

static struct {
    char *request;
    zg_engine *engine;
} kept[ENGINES];

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

static void replay(char *line) {
    char *id = take(&line, "id"), *request = take(&line, "engine"), *rule = take(&line, "rule");
    char *input = take(&line, "input"), *status = take(&line, "status");
    char *answer = take(&line, "answer");
    CHECK(answer != NULL);
    if (answer == NULL) return;
    zg_string *text = NULL;
    zg_error *error = NULL;
    zg_status s = zg_engine_evaluate(engine_of(request), rule, strlen(rule), input, strlen(input),
                                     &text, &error);
    zg_str got = s == ZG_OK ? zg_string_view(text) : zg_error_json(error);
    int same = s == atoi(status) && got.len == strlen(answer) && memcmp(got.data, answer, got.len) == 0;
    if (!same) fprintf(stderr, "%s: got %d %s\n want %s %s\n", id, (int)s, got.data, status, answer);
    CHECK(same);
    zg_string_free(text);
    zg_error_free(error);
}

int main(int argc, char **argv) {
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: replay cases.jsonl\n");
        return 2;
    }
    size_t size = (size_t)16 << 20;
    char *line = malloc(size);
    while (line != NULL && fgets(line, (int)size, file) != NULL) replay(line);
    CHECK(zg_passed > 300);
    free(line);
    fclose(file);
    for (int i = 0; i < ENGINES && kept[i].request != NULL; i++) {
        free(kept[i].request);
        zg_engine_free(kept[i].engine);
    }
    return zg_report();
}

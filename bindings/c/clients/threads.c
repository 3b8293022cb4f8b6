/* Four threads ask one engine at once; all get the same text as the first call. */
#include <pthread.h>
#include <stdlib.h>

#include "check.h"
#include "zhenggong.h"

enum { THREADS = 4, ROUNDS = 25 };

static const char INPUT[] =
    "{\"month\": \"2016-03\", \"ranks\": [{\"from\": \"2014-07-01\", \"rank\": \"三级警司\"}]}";
static const char RULE[] = "allowance.police-rank";

static zg_engine *engine;
static zg_string *first;

static void *ask(void *wrong) {
    for (int i = 0; i < ROUNDS; i++) {
        zg_string *text = NULL;
        zg_error *error = NULL;
        zg_status s = zg_engine_evaluate(engine, RULE, strlen(RULE), INPUT, strlen(INPUT), &text, &error);
        if (s != ZG_OK || strcmp(zg_string_view(text).data, zg_string_view(first).data) != 0) {
            ++*(int *)wrong;
        }
        zg_string_free(text);
        /* Each thread's error is its own. */
        char rule[16];
        snprintf(rule, sizeof rule, "no.%d", i);
        s = zg_engine_evaluate(engine, rule, strlen(rule), INPUT, strlen(INPUT), &text, &error);
        if (s != ZG_UNKNOWN_RULE || strstr(zg_error_en(error).data, rule) == NULL) {
            ++*(int *)wrong;
        }
        zg_error_free(error);
    }
    return NULL;
}

int main(void) {
    CHECK(zg_engine_new(NULL, 0, &engine, NULL) == ZG_OK);
    CHECK(zg_engine_evaluate(engine, RULE, strlen(RULE), INPUT, strlen(INPUT), &first, NULL) == ZG_OK);
    CHECK(strstr(zg_string_view(first).data, "\"660.00\"") != NULL);
    pthread_t threads[THREADS];
    int wrong[THREADS] = {0};
    for (int i = 0; i < THREADS; i++) CHECK(pthread_create(&threads[i], NULL, ask, &wrong[i]) == 0);
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
        CHECK(wrong[i] == 0);
    }
    zg_string_free(first);
    zg_engine_free(engine);
    return zg_report();
}

/*
 * Every status is reached from C, or stands in the list of those that can't be, with the reason:
 * errors codes.txt [small]. Each line of the file is a number and a name; one that is in neither list
 * fails. With "small", the text of 64 MiB is left out, which a memory checker takes minutes for.
 */
#include <stdlib.h>

#include "check.h"
#include "table.h"

#define HEAD                                                                     \
    "[pack]\nid = \"national\"\nlayer = \"national\"\nplace = \"全国\"\n"          \
    "[[source]]\nid = \"s\"\ntitle = \"t\"\nissued = \"2000\"\nevidence = \"official\"\n"
#define CITY(parent)                                                                         \
    "[pack]\nid = \"city\"\nlayer = \"city\"\nparent = \"" parent "\"\nplace = \"某市\"\n" \
    "[[source]]\nid = \"s\"\ntitle = \"t\"\nissued = \"2000\"\nevidence = \"official\"\n"
#define VALUE(rule, from, fields)                                                         \
    "[[value]]\nrule = \"" rule "\"\nfrom = \"" from "\"\nsource = \"s\"\nclause = \"1\"\n" \
    fields "\n"
#define OVERTIME "allowance.police-overtime"
#define RANK "allowance.police-rank"
#define FLAT "flat = \"1\"\n"

static zg_engine *national;

/* Appends a text to a JSON string. */
static void escape(char *to, const char *text) {
    to += strlen(to);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') *to++ = '\\';
        if (*text == '\n') {
            *to++ = '\\';
            *to++ = 'n';
        } else {
            *to++ = *text;
        }
    }
    *to = '\0';
}

/* Makes an engine of one or two packs and no built-in ones. */
static zg_status engine_of(const char *one, const char *two, zg_engine **out, zg_error **err) {
    static char request[16384];
    strcpy(request, "{\"builtin\": [], \"packs\": [{\"name\": \"one.toml\", \"text\": \"");
    escape(request, one);
    if (two != NULL) {
        strcat(request, "\"}, {\"name\": \"two.toml\", \"text\": \"");
        escape(request, two);
    }
    strcat(request, "\"}]}");
    return zg_engine_new(request, strlen(request), out, err);
}

static zg_status packs(const char *one, const char *two, zg_error **err) {
    zg_engine *engine = NULL;
    zg_status status = engine_of(one, two, &engine, err);
    zg_engine_free(engine);
    return status;
}

static zg_status engine(const char *request, zg_error **err) {
    zg_engine *made = NULL;
    zg_status status = zg_engine_new(request, strlen(request), &made, err);
    zg_engine_free(made);
    return status;
}

static zg_status rule_of(const zg_engine *by, const char *rule, const char *input, zg_error **err) {
    zg_string *out = NULL;
    zg_status status = zg_engine_evaluate(by, rule, strlen(rule), input, strlen(input), &out, err);
    zg_string_free(out);
    return status;
}

static zg_status rule(const char *rule, const char *input, zg_error **err) {
    return rule_of(national, rule, input, err);
}

/* Asks a rule of an engine with one pack. */
static zg_status alone(const char *pack, const char *rule, const char *input, zg_error **err) {
    zg_engine *engine = NULL;
    if (engine_of(pack, NULL, &engine, err) != ZG_OK) return -1;
    zg_status status = rule_of(engine, rule, input, err);
    zg_engine_free(engine);
    return status;
}

static zg_status facts(const char *more, zg_error **err) {
    char request[512];
    snprintf(request, sizeof request,
             "{\"month\": \"2025-03\", \"facts\": {\"person\": \"1\", \"unit\": \"u\","
             "\"kind\": \"officer\", %s}}", more);
    zg_payslip *slip = NULL;
    zg_status status = zg_engine_payslip(national, request, strlen(request), &slip, err);
    zg_payslip_free(slip);
    return status;
}

static zg_status table(enum fault fault, uint32_t month, zg_error **err) {
    struct ArrowArrayStream in, out = {0};
    zg_stream_options options = {.size = sizeof options, .month = month};
    make_table(&in, 1, 3, fault);
    zg_status status = zg_engine_month_run_stream(national, &in, &options, &out, err);
    if (status != ZG_OK) return status;
    struct ArrowArray batch = {0};
    if (out.get_next(&out, &batch) != 0) zg_stream_error(&out, err, NULL);
    if (batch.release != NULL) batch.release(&batch);
    out.release(&out);
    return zg_error_status(*err);
}

static zg_status money(const char *text, zg_error **err) {
    int64_t fen;
    return zg_money_parse(text, strlen(text), &fen, err);
}

/* A warning is no failure of a call; it stands among the findings. */
static zg_status warned(const char *pack, const char *mark, zg_status code, zg_error **err) {
    (void)err;
    zg_string *findings = NULL;
    zg_status status = zg_pack_lint("a.toml", 6, pack, strlen(pack), &findings, NULL);
    int there = status == ZG_OK && strstr(zg_string_view(findings).data, mark) != NULL;
    zg_string_free(findings);
    return there ? code : -1;
}

static zg_status too_large(zg_error **err) {
    (void)err;
    size_t size = ((size_t)64 << 20) + 1;
    char *text = malloc(size);
    if (text == NULL) return -1;
    memset(text, ' ', size);
    zg_string *findings = NULL;
    zg_status status = zg_pack_lint("a.toml", 6, text, size, &findings, NULL);
    int there = status == ZG_OK && strstr(zg_string_view(findings).data, "\"code\":215") != NULL;
    zg_string_free(findings);
    free(text);
    return there ? ZG_PACK_TOO_LARGE : -1;
}

static zg_status contradictory(zg_error **err) {
    zg_person_month person = {.size = sizeof person, .month = 202503, .kind = ZG_KIND_OFFICER};
    person.known = person.not_applicable = ZG_BIT(ZG_FACT_DUTY);
    zg_pay pay = {.size = sizeof pay};
    return zg_engine_pay(national, &person, &pay, err);
}

static zg_status small_buffer(zg_error **err) {
    char buffer[4];
    return zg_money_format(1000, buffer, sizeof buffer, NULL, err);
}

static zg_status wrong_size(zg_error **err) {
    zg_person_month person = {.size = 8};
    zg_pay pay = {.size = sizeof pay};
    return zg_engine_pay(national, &person, &pay, err);
}

static zg_status wrong_handle(zg_error **err) {
    zg_string *out = NULL;
    zg_payslip *slip = NULL;
    if (zg_rules(&out, NULL) != ZG_OK) return -1;
    zg_status status = zg_engine_payslip((zg_engine *)out, "", 0, &slip, err);
    zg_string_free(out);
    return status;
}

static zg_status no_line(zg_error **err) {
    zg_derivation *derivation = NULL;
    static const char input[] = "{\"month\": \"2025-03\", \"ranks\": []}";
    if (zg_engine_derive(national, RANK, strlen(RANK), input, strlen(input), &derivation, err) !=
        ZG_OK) {
        return -1;
    }
    zg_step step = {.size = sizeof step};
    zg_status status = zg_derivation_step(derivation, 100000, &step, err);
    zg_derivation_free(derivation);
    return status;
}

static zg_status released(zg_error **err) {
    struct ArrowArrayStream in = {0}, out = {0};
    return zg_engine_month_run_stream(national, &in, NULL, &out, err);
}

#define WAY(name, call) \
    static zg_status way_##name(zg_error **err) { return call; }

WAY(101, money("1,234", err))
WAY(102, money("0.005", err))
WAY(103, money("99999999999999999999", err))
WAY(104, facts("\"housing_wage\": 1.5", err))
WAY(105, engine("{\"known_on\": \"2025-02-29\"}", err))
WAY(106, rule(RANK, "{\"month\": \"2025-13\", \"ranks\": []}", err))
WAY(107, engine("{\"accept\": \"rumour\"}", err))
WAY(108, rule(RANK, "{\"month\": \"2025-01\"}", err))
WAY(109, engine("{\"colour\": 1}", err))
WAY(110, engine("[", err))
WAY(112, facts("\"housing_wage\": \"-1\"", err))
WAY(113, rule("allowance.horse", "{\"month\": \"2025-01\"}", err))
WAY(115, facts("\"auxiliary_post\": \" \"", err))
WAY(116, table(MISSING_COLUMN, 0, err))
WAY(117, table(COLUMN_TWICE, 0, err))
WAY(118, engine("\xff", err))
WAY(121, table(NO_FAULT, 202504, err))
WAY(123, table(WRONG_TYPE, 0, err))
WAY(201, rule(OVERTIME, "{\"month\": \"2017-06\", \"rest_days\": 0, \"holiday_days\": 0,"
                        "\"duty\": \"综合管理\"}", err))
WAY(202, packs(HEAD VALUE(OVERTIME, "2018-01-01", FLAT "= 1"), NULL, err))
WAY(203, packs(HEAD VALUE(OVERTIME, "2018-01-01", "flatt = \"1\""), NULL, err))
WAY(204, packs("", NULL, err))
WAY(205, packs(HEAD VALUE(OVERTIME, "2018-01-01", "[value.cap_days]\n\"综合管理\" = \"4\""), NULL, err))
WAY(206, packs(HEAD VALUE(OVERTIME, "2018-01-01", FLAT)
               "[[value]]\nrule = \"" RANK "\"\nfrom = \"2018-01-01\"\nsource = \"x\"\nclause = \"1\"\n"
               "stop_counts_from = \"当月\"\n", NULL, err))
WAY(207, packs(HEAD VALUE(OVERTIME, "2018-01-01", "to = \"2018-12-31\"\n" FLAT)
               VALUE(OVERTIME, "2018-12-01", "flat = \"2\""), NULL, err))
WAY(208, packs(HEAD VALUE(OVERTIME, "2018-01-01", FLAT),
               CITY("national") VALUE(OVERTIME, "2018-01-01", FLAT), err))
WAY(209, warned(CITY("national") VALUE("insurance.housing-fund", "2020-01-01",
                "rate_personal = \"0.13\""), "\"code\":209", ZG_OUT_OF_BOUNDS, err))
WAY(210, packs(HEAD VALUE("allowance.horse", "2018-01-01", FLAT), NULL, err))
WAY(211, packs(HEAD "[[source]]\nid = \"s\"\ntitle = \"t\"\nissued = \"2000\"\nevidence = \"official\"\n"
               VALUE(OVERTIME, "2018-01-01", FLAT), NULL, err))
WAY(212, packs(CITY("nowhere") VALUE(OVERTIME, "2018-01-01", "order = \"先计公休日\""), NULL, err))
WAY(213, packs(HEAD VALUE("basic-pay.post", "2006-07-01",
               "leader = { \"国家级正职\" = \"4000\" }\nnon_leader = { \"办事员\" = \"304\" }\n"
               "end_points = { \"办事员\" = \"340\" }"), NULL, err))
WAY(216, alone(HEAD VALUE(RANK, "2018-01-01", "change_counts_from = \"次月\"\nstop_counts_from = \"当月\"\n"
               "amount = { \"一级警员\" = \"1\" }"), RANK,
               "{\"month\": \"2020-01\", \"ranks\": [{\"from\": \"2010-01-01\", \"rank\": \"二级警员\"}]}", err))
WAY(217, engine("{\"builtin\": [\"atlantis\"]}", err))
WAY(218, packs(HEAD VALUE(OVERTIME, "2018-01-01", FLAT),
               "[pack]\nid = \"national\"\nlayer = \"national\"\nplace = \"中国\"\n"
               "[[source]]\nid = \"s\"\ntitle = \"t\"\nissued = \"2000\"\nevidence = \"official\"\n"
               VALUE(OVERTIME, "2019-01-01", FLAT), err))
WAY(219, packs(HEAD VALUE(OVERTIME, "2018-01-01", "to = \"2017-12-31\"\n" FLAT), NULL, err))
WAY(220, warned(HEAD, "\"code\":220", ZG_UNUSED_SOURCE, err))
WAY(221, packs(HEAD VALUE(OVERTIME, "2018-01-01", FLAT "rest_day = \"1\"\nholiday = \"1\"\n"
               "cap_days = { \"综合管理\" = 1 }"), NULL, err))
WAY(222, alone(HEAD VALUE(RANK, "2018-01-01", "stop_counts_from = \"当月\""), OVERTIME,
               "{\"month\": \"2018-01\", \"rest_days\": 0, \"holiday_days\": 0, \"duty\": \"综合管理\"}", err))
WAY(223, packs(HEAD VALUE(OVERTIME, "2018-01-01", "to = \"2018-12-30\"\n" FLAT), NULL, err))
WAY(301, rule(OVERTIME, "{\"month\": \"2016-10\", \"rest_days\": 5, \"holiday_days\": 3,"
                        "\"duty\": \"综合管理\"}", err))
WAY(302, rule("tax.wage-withholding", "{\"month\": \"2024-01\", \"months\": 1, \"income\": \"0\","
              "\"exempt\": \"92233720368547758.07\", \"special\": \"92233720368547758.07\","
              "\"withheld\": \"0\"}", err))
WAY(303, alone(HEAD VALUE("auxiliary.overtime-pay", "2018-01-01",
               "paid_days = \"0\"\nday_hours = 8\nextended_rate = \"1.5\"\nrest_day_rate = \"2\"\n"
               "holiday_rate = \"3\"\nrounding = \"half-up fen\""), "auxiliary.overtime-pay",
               "{\"month\": \"2020-01\", \"wage\": \"100\", \"hours\": \"1\", \"rest_days\": 0,"
               "\"holiday_days\": 0}", err))
WAY(304, rule("tax.special-additional", "{\"month\": \"2024-06\", \"housing\":"
              "[\"住房租金（直辖市、省会等）\", \"住房租金（其他城市）\"]}", err))
WAY(801, zg_rules(NULL, err))
WAY(807, table(BAD_OFFSETS, 0, err))

/* An engine with other evidence than the usual. */
static zg_status with(const char *request, const char *rule, const char *input, zg_error **err) {
    zg_engine *engine = NULL;
    if (zg_engine_new(request, strlen(request), &engine, err) != ZG_OK) return -1;
    zg_status status = rule_of(engine, rule, input, err);
    zg_engine_free(engine);
    return status;
}

WAY(214, with("{\"accept\": \"official\"}", RANK, "{\"month\": \"2025-01\", \"ranks\": []}", err))
WAY(306, with("{\"accept\": \"inferred\"}", "insurance.work-injury", "{\"month\": \"2026-07\","
              "\"base\": \"500000\", \"class\": \"一类\", \"step\": \"下浮至50%\"}", err))

static zg_status exhausted(zg_error **err) {
    static char request[4096];
    strcpy(request, "{\"accept\": \"inferred\", \"packs\": [{\"name\": \"a.toml\", \"text\": \"");
    escape(request, HEAD VALUE("basic-pay.level", "2006-07-01",
                               "issued = \"2020\"\ncells = { \"12-13\" = \"2200\" }"));
    strcat(request, "\"}]}");
    return with(request, "basic-pay.level-rise",
                "{\"month\": \"2014-09\", \"from\": \"12-13\", \"to_level\": 11}", err);
}

#define HUMEN "humen-example"
#define TEACHING "teaching-example"
#define EVENT(id, subject, date, rule, more)                                        \
    "{\"id\": \"" id "\", \"subject\": \"" subject "\", \"date\": \"" date "\"," \
    "\"rule\": \"" rule "\"" more "}"
#define RATED(id, kind, by)                                                            \
    EVENT(id, "A", "2025-01-10", "rating", ", \"points\": \"100\", \"rater\": \"" by "\"," \
          "\"rater_kind\": \"" kind "\"")

/* Scores January of one person under a built-in example scheme. */
static zg_status scored(const char *scheme, const char *kind, const char *more, const char *events,
                        zg_error **err) {
    char request[256], input[4096];
    snprintf(request, sizeof request,
             "{\"builtin\": [\"national\", \"%s\"], \"accept\": \"inferred\"}", scheme);
    snprintf(input, sizeof input,
             "{\"month\": \"2025-01\", \"subjects\": [{\"id\": \"A\", \"kind\": \"%s\"%s}],"
             "\"events\": [%s]}", kind, more, events);
    return with(request, "assessment.score", input, err);
}

WAY(131, scored(HUMEN, "auxiliary", "", EVENT("1", "A", "2025-01-10", "yawning", ""), err))
WAY(132, scored(HUMEN, "auxiliary", "", EVENT("1", "A", "2025-01-26", "absent", ""), err))
WAY(133, scored(HUMEN, "auxiliary", ", \"to\": \"2025-01-09\"",
                EVENT("1", "A", "2025-01-10", "absent", ""), err))
WAY(134, scored(HUMEN, "auxiliary", "", EVENT("1", "A", "2025-01-10", "absent", "") ","
                EVENT("1", "A", "2025-01-10", "absent", ""), err))
WAY(135, scored(TEACHING, "officer", "", RATED("1", "同事", "A"), err))
WAY(136, scored(HUMEN, "auxiliary", "", EVENT("1", "B", "2025-01-10", "absent", ""), err))
WAY(114, with("{\"builtin\": [\"national\", \"" TEACHING "\"]}", "assessment.score",
              "{\"month\": \"2025-01\", \"events\": [], \"subjects\": [{\"id\": \"A\", \"kind\": \"officer\"},"
              "{\"id\": \"A\", \"kind\": \"officer\"}]}", err))
WAY(224, with("{\"builtin\": [\"national\", \"" TEACHING "\"]}", "assessment.what-if",
              "{\"month\": \"2025-01\", \"subjects\": [],"
              "\"weights\": {\"teaching-officer\": {\"team\": \"0.5\"}}}", err))
WAY(311, scored(TEACHING, "officer", "",
                EVENT("1", "A", "2025-01-10", "praise-bureau", ", \"matter\": \"M\"") ","
                EVENT("2", "A", "2025-01-10", "attendance-points", ", \"points\": \"40\"") ","
                RATED("3", "领导", "R") "," RATED("4", "同事", "S") "," RATED("5", "群众", "T"), err))

static zg_status bad_option(zg_error **err) {
    struct ArrowArrayStream in, out = {0};
    zg_stream_options options = {.size = sizeof options, .on_error = 7};
    make_table(&in, 1, 1, NO_FAULT);
    return zg_engine_month_run_stream(national, &in, &options, &out, err);
}

static const struct {
    zg_status code;
    zg_status (*ask)(zg_error **err);
} WAYS[] = {
    {101, way_101}, {102, way_102}, {103, way_103}, {104, way_104}, {105, way_105}, {106, way_106},
    {107, way_107}, {108, way_108}, {109, way_109}, {110, way_110}, {111, contradictory},
    {112, way_112}, {113, way_113}, {114, way_114}, {115, way_115}, {116, way_116}, {117, way_117}, {118, way_118},
    {121, way_121}, {123, way_123}, {126, bad_option}, {131, way_131}, {132, way_132},
    {133, way_133}, {134, way_134}, {135, way_135}, {136, way_136}, {224, way_224}, {311, way_311},
    {201, way_201}, {202, way_202},
    {203, way_203}, {204, way_204}, {205, way_205}, {206, way_206}, {207, way_207}, {208, way_208},
    {209, way_209}, {210, way_210}, {211, way_211}, {212, way_212}, {213, way_213}, {214, way_214},
    {215, too_large}, {216, way_216}, {217, way_217}, {218, way_218}, {219, way_219},
    {220, way_220}, {221, way_221}, {222, way_222}, {223, way_223}, {301, way_301}, {302, way_302},
    {303, way_303}, {304, way_304}, {305, exhausted}, {306, way_306}, {801, way_801}, {802, wrong_handle},
    {803, small_buffer}, {804, no_line}, {805, wrong_size}, {806, released}, {807, way_807},
};

/* What no call from C can cause. The list only gets shorter. */
static const struct {
    zg_status code;
    const char *reason;
} ELSEWHERE[] = {
    {119, "roster files, which this interface does not read"},
    {120, "roster files"},
    {122, "roster files"},
    {124, "roster files"},
    {125, "no function opens a file"},
    {901, "a fault of the library; tests/boundary.rs injects one into every function"},
};

enum { LENGTH = sizeof WAYS / sizeof *WAYS, OTHERS = sizeof ELSEWHERE / sizeof *ELSEWHERE };

static void reach(size_t i) {
    zg_error *error = NULL;
    zg_status got = WAYS[i].ask(&error);
    if (got != WAYS[i].code) {
        fprintf(stderr, "%d: got %d %s\n", (int)WAYS[i].code, (int)got, zg_error_en(error).data);
    }
    CHECK(got == WAYS[i].code);
    /* Findings have no error object of their own. */
    if (error != NULL) {
        char mark[32];
        snprintf(mark, sizeof mark, "\"code\":%d,", (int)got);
        CHECK(zg_error_status(error) == got && zg_error_name(error).len > 0);
        CHECK(zg_error_zh(error).len > 0 && zg_error_en(error).len > 0);
        CHECK(strcmp(zg_error_zh(error).data, zg_error_en(error).data) != 0);
        CHECK(strstr(zg_error_json(error).data, mark) != NULL);
    }
    zg_error_free(error);
}

/* Facts that can't be read name the person and the month of the call. */
static void names_person_and_month(void) {
    zg_error *error = NULL;
    CHECK(facts("\"rank\": \"nobody\"", &error) == ZG_UNKNOWN_TERM);
    CHECK(strcmp(zg_error_person(error).data, "1") == 0);
    CHECK(strcmp(zg_error_month(error).data, "2025-03") == 0);
    CHECK(strcmp(zg_error_field(error).data, "rank") == 0);
    zg_error_free(error);
}

int main(int argc, char **argv) {
    FILE *file = argc >= 2 ? fopen(argv[1], "r") : NULL;
    int small = argc == 3 && strcmp(argv[2], "small") == 0;
    if (file == NULL) {
        fprintf(stderr, "usage: errors codes.txt [small]\n");
        return 2;
    }
    CHECK(zg_engine_new(NULL, 0, &national, NULL) == ZG_OK);
    for (size_t i = 0; i < LENGTH; i++) {
        if (!small || WAYS[i].ask != too_large) reach(i);
    }
    names_person_and_month();
    int code, known = 0;
    char name[64];
    while (fscanf(file, "%d %63s", &code, name) == 2) {
        int ways = 0;
        for (size_t i = 0; i < LENGTH; i++) ways += WAYS[i].code == code;
        for (size_t i = 0; i < OTHERS; i++) ways += ELSEWHERE[i].code == code;
        if (ways != 1) fprintf(stderr, "%d %s stands in %d lists of errors.c\n", code, name, ways);
        CHECK(ways == 1);
        known++;
    }
    CHECK(known == LENGTH + OTHERS);
    fclose(file);
    zg_engine_free(national);
    CHECK(live_objects() == 0);
    return zg_report();
}

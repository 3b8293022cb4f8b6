// The RAII header: handles free themselves, failures throw with everything the error says. The other
// file of this program includes the header too, so that what is defined there may be defined twice.
#include "check.h"
#include "table.h"
#include "text_table.h"
#include "zhenggong.hpp"

#include <thread>
#include <type_traits>
#include <vector>

std::size_t rules_seen_from_another_file();

static const std::string_view FACTS = R"({"month": "2025-03", "facts": {
    "person": "0417", "unit": "城东派出所", "kind": "officer", "rank": null,
    "stated": {"post-pay": "2410.00", "level-pay": "3620.00", "pension": "0.00",
        "occupational-annuity": "0.00", "medical": "0.00", "housing-fund": "0.00",
        "income-tax": "30.90"}}})";
static const std::string_view PEOPLE = R"({"month": "2025-03", "people": [
    {"person": "0417", "unit": "城东派出所", "kind": "officer", "rank": null,
     "stated": {"post-pay": "2410.00", "level-pay": "3620.00", "pension": "0.00",
        "occupational-annuity": "0.00", "medical": "0.00", "housing-fund": "0.00",
        "income-tax": "30.90"}},
    {"person": "0418", "unit": "城东派出所", "kind": "officer"}]})";
static const std::string_view RANK = R"({"month": "2016-03",
    "ranks": [{"from": "2014-07-01", "rank": "三级警司"}]})";

static_assert(!std::is_copy_constructible_v<zhenggong::payslip>);
static_assert(std::is_nothrow_move_constructible_v<zhenggong::engine>);

static void slip(const zhenggong::engine &engine) {
    zhenggong::payslip first = engine.payslip(FACTS);
    const zhenggong::payslip slip = std::move(first);
    CHECK(slip.person() == "0417" && slip.unit() == "城东派出所" && slip.month() == "2025-03");
    CHECK(slip.net() == 599910 && slip.gross() - slip.deductions() == slip.net());
    CHECK(slip.employer_cost() >= 0 && slip.size() >= 3);
    CHECK(slip.item(0) == "post-pay" && slip.amount(std::size_t{0}) == 241000);
    CHECK(slip.amount("级别工资") == 362000 && slip.stated(0) && slip.side(0) == ZG_EARNING);
    CHECK(slip.side(slip.size() - 1) != ZG_EARNING && slip.item(slip.size()).empty());
    CHECK(slip.text(zhenggong::language::zh).find("实发合计") != std::string::npos);
    CHECK(slip.text(zhenggong::language::en).find("Net pay") != std::string::npos);
    CHECK(slip.kind() == ZG_KIND_OFFICER && slip.evidence() == 0);
    CHECK(slip.json().find(slip.receipt()) != std::string::npos && slip.receipt().size() > 2);
    CHECK(!slip.explain(zhenggong::language::zh).empty());
    CHECK(slip.json().find("\"net\":\"5999.10\"") != std::string::npos);
    CHECK(slip.json().find(zhenggong::data_version()) != std::string::npos);
}

static void failures(const zhenggong::engine &engine) {
    try {
        engine.payslip(R"({"month": "2016-06", "facts": {"person": "P0418", "unit": "甲",
            "kind": "officer"}})");
        CHECK(false);
    } catch (const zhenggong::error &e) {
        CHECK(e.status() == ZG_MISSING_FACT && e.name() == "MissingFact");
        CHECK(e.person() == "P0418" && e.month() == "2016-06");
        CHECK(std::string(e.what()).find("P0418") != std::string::npos);
        CHECK(e.zh().find("缺少事实") != std::string::npos && e.row() == 0);
        CHECK(e.json().find("\"code\":108") != std::string::npos);
    }
    try {
        zhenggong::engine broken(R"({"packs": [{"name": "unit.toml", "text": "[pack]\nid = 5"}]})");
        CHECK(false);
    } catch (const zhenggong::error &e) {
        CHECK(e.status() / 100 == 2 && e.source().rfind("unit.toml:", 0) == 0);
    }
    try {
        zhenggong::parse_money("1,234.50");
        CHECK(false);
    } catch (const zhenggong::error &e) {
        CHECK(e.status() == ZG_INVALID_NUMBER);
    }
}

static void pay(const zhenggong::engine &engine) {
    zg_person_month person{};
    person.month = 202503;
    person.kind = ZG_KIND_OFFICER;
    person.not_applicable = ZG_BIT(ZG_FACT_RANK);
    for (int item : {ZG_ITEM_POST_PAY, ZG_ITEM_PENSION, ZG_ITEM_OCCUPATIONAL_ANNUITY, ZG_ITEM_MEDICAL,
                     ZG_ITEM_HOUSING_FUND, ZG_ITEM_INCOME_TAX, ZG_ITEM_LEVEL_PAY}) {
        person.stated_items |= ZG_BIT(item);
        person.stated[item] = item == ZG_ITEM_POST_PAY ? 603000 : 0;
    }
    person.stated[ZG_ITEM_INCOME_TAX] = 3090;
    CHECK(engine.pay(person).net == 599910);
    person.month = 0;
    try {
        engine.pay(person);
        CHECK(false);
    } catch (const zhenggong::error &e) {
        CHECK(e.status() == ZG_INVALID_MONTH && e.field() == "month");
    }
    CHECK(zhenggong::format_rate(zhenggong::parse_rate("0.080")) == "0.08");
}

static void steps(const zhenggong::engine &engine) {
    const zhenggong::derivation why = engine.derive("allowance.police-rank", RANK);
    const zg_step last = why.step(why.size() - 1);
    CHECK(last.kind == ZG_STEP_END && last.fen == 66000);
    CHECK(why.text(zhenggong::language::zh).find("660.00 元") != std::string::npos);
    CHECK(engine.payslip(FACTS).derivation().json().find("\"net\"") != std::string::npos);
    try {
        why.step(why.size());
        CHECK(false);
    } catch (const zhenggong::error &e) {
        CHECK(e.status() == ZG_NO_SUCH_LINE);
    }
}

static_assert(!std::is_copy_constructible_v<zhenggong::stream>);

// A stream that was moved away or taken throws instead of calling what is no longer there.
static void empty(zhenggong::stream &stream) {
    ArrowArray batch;
    int thrown = 0;
    try {
        stream.next(batch);
    } catch (const zhenggong::error &e) {
        thrown += e.status() == ZG_STREAM_RELEASED;
    }
    try {
        stream.schema();
    } catch (const zhenggong::error &e) {
        thrown += e.status() == ZG_STREAM_RELEASED;
    }
    CHECK(thrown == 2);
}

static void streams(const zhenggong::engine &engine) {
    ArrowArrayStream input;
    make_table(&input, 2, 3, NO_FAULT);
    zhenggong::stream first = engine.month_run(input);
    CHECK(input.release == nullptr);
    zhenggong::stream stream = std::move(first);
    empty(first);
    ArrowSchema schema = stream.schema();
    CHECK(schema.n_children > 30);
    schema.release(&schema);
    std::int64_t rows = 0;
    ArrowArray batch;
    while (stream.next(batch)) {
        rows += batch.length;
        batch.release(&batch);
    }
    CHECK(rows == 6 && live_objects() == 1); /* the input, until the result goes */

    make_table(&input, 2, 3, BAD_KIND);
    stream = engine.month_run(input);
    CHECK(live_objects() == 1);
    try {
        stream.next(batch);
        CHECK(false);
    } catch (const zhenggong::error &e) {
        CHECK(e.status() == ZG_UNKNOWN_TERM && e.row() == 2 && e.person() == "0417");
    }
    make_table(&input, 2, 3, FLOAT_COLUMN);
    try {
        engine.month_run(input);
        CHECK(false);
    } catch (const zhenggong::error &e) {
        CHECK(e.status() == ZG_FLOAT_REFUSED && e.field() == "stated_post_pay");
    }
    make_table(&input, 1, 1, NO_FAULT);
    zg_stream_options options{};
    options.on_error = 9;
    try {
        engine.month_run(input, options);
        CHECK(false);
    } catch (const zhenggong::error &e) {
        CHECK(e.status() == ZG_INVALID_OPTION);
    }
    ArrowArrayStream taken = stream.take();
    empty(stream);
    taken.release(&taken);
    CHECK(live_objects() == 0);
    ArrowSchema columns = zhenggong::stream_input_schema();
    CHECK(columns.n_children > 30);
    columns.release(&columns);
}

static_assert(!std::is_copy_constructible_v<zhenggong::assessment>);
static_assert(std::is_nothrow_move_constructible_v<zhenggong::assessment>);

// Two auxiliaries: 3 points off for each time late; their pay takes the coefficients.
static void assessments() {
    const zhenggong::engine engine(R"({"builtin": ["national", "teaching-example"]})");
    const char *subjects = "编号,类别\nA01,辅警\nA02,辅警\n";
    const char *events = "id,subject,date,rule,count\n"
                         "E1,A01,2025-03-10,full-attendance,\nE2,A02,2025-03-11,late,4\n";
    ArrowArrayStream people, happened;
    CHECK(text_table_of(subjects, ',', &people) == 0 && text_table_of(events, ',', &happened) == 0);
    zhenggong::assessment first =
        engine.assess(R"({"month": "2025-03", "published": {"A02": "91"}})", people, happened);
    CHECK(people.release == nullptr && happened.release == nullptr);
    const zhenggong::assessment march = std::move(first);
    // Each has a total, a sheet and a place; two lines of the trail are the events.
    const std::int64_t rows[] = {2, 2, 2, 2, 0, 1};
    std::size_t at = 0;
    for (const char *name : {"scores", "sheets", "trail", "ranking", "errors", "difference"}) {
        zhenggong::stream stream = march.table(name);
        ArrowArray batch;
        CHECK(stream.next(batch));
        CHECK(batch.length >= rows[at++]);
        batch.release(&batch);
        CHECK(!stream.next(batch));
    }
    CHECK(march.json().find("\"total\":\"88.00\"") != std::string::npos);
    CHECK(march.ranking(zhenggong::language::zh).find("A02") != std::string::npos);
    CHECK(march.text("A02", zhenggong::language::zh).find("迟到") != std::string::npos);
    try {
        march.table("score");
        CHECK(false);
    } catch (const zhenggong::error &e) {
        CHECK(e.status() == ZG_UNKNOWN_TERM && e.field() == "name");
    }
    CHECK(text_table_of(subjects, ',', &people) == 0);
    CHECK(text_table_of("id,subject,date\n", ',', &happened) == 0);
    try {
        engine.assess(R"({"month": "2025-03"})", people, happened);
        CHECK(false);
    } catch (const zhenggong::error &e) {
        CHECK(e.status() == ZG_MISSING_COLUMN && e.field() == "rule");
    }
    CHECK(people.release == nullptr && happened.release == nullptr);

    zg_stream_options options{};
    options.assessment = march.get();
    options.month = 202503;
    options.without_employer_cost = 1;
    options.totals = ZG_BIT(ZG_TOTAL_GROSS);
    options.items = ZG_BIT(ZG_ITEM_POST_PAY);
    CHECK(text_table_of("person,kind,stated_pension,stated_medical,stated_unemployment,"
                        "stated_housing_fund,stated_income_tax\nA01,辅警,0,0,0,0,0\n",
                        ',', &people) == 0);
    zhenggong::stream paid = engine.month_run(people, options);
    ArrowArray batch;
    CHECK(paid.next(batch));
    CHECK(static_cast<const std::int64_t *>(batch.children[2]->buffers[1])[0] == 396000);
    batch.release(&batch);
    ArrowSchema schema = zhenggong::assessment_input_schema("subjects");
    CHECK(schema.n_children == 14);
    schema.release(&schema);
    // Nothing happened.
    CHECK(text_table_of(subjects, ',', &people) == 0);
    const zhenggong::assessment quiet = engine.assess(R"({"month": "2025-03"})", people);
    CHECK(people.release == nullptr && quiet.json().find("A02") != std::string::npos);
    zhenggong::stream trail = quiet.table("trail");
    CHECK(trail.next(batch));
    batch.release(&batch);
}

// A table where a rule takes a list, a list of an answer as a table, a rule for each row, a receipt.
static void rules() {
    const zhenggong::engine engine(R"({"accept": "inferred", "known_on": "2025-06-30"})");
    const char *people = "id,unit,score,standing\nP1,U,95.50,graded\nP2,U,91.00,graded\n";
    ArrowArrayStream rows;
    CHECK(text_table_of(people, ',', &rows) == 0);
    const std::string answer = engine.evaluate(
        "assessment.quota",
        R"({"month": "2024-12", "pools": [{"id": "U", "should_take_part": 5}]})", "people", rows);
    CHECK(rows.release == nullptr && answer.find(R"("excellent":["P1"])") != std::string::npos);
    zhenggong::stream seats = zhenggong::value_table(answer);
    ArrowArray batch;
    CHECK(seats.next(batch) && batch.length == 1);
    batch.release(&batch);
    try {
        zhenggong::value_table(answer, "people");
        CHECK(false);
    } catch (const zhenggong::error &e) {
        CHECK(e.status() == ZG_UNKNOWN_TERM && e.field() == "key");
    }
    const char *joined = "person,from\nP1,2004-07-01\nP2,\n";
    const char *shared = R"({"month": "2025-03", "to": "2025-03-31"})";
    CHECK(text_table_of(joined, ',', &rows) == 0);
    zhenggong::stream years =
        engine.evaluate_rows("service.full-years", shared, rows, zhenggong::on_error::column);
    CHECK(years.next(batch) && batch.length == 2 && batch.n_children == 4);
    batch.release(&batch);
    CHECK(text_table_of(joined, ',', &rows) == 0);
    try {
        engine.evaluate_rows("service.full-years", shared, rows);
        CHECK(false);
    } catch (const zhenggong::error &e) {
        CHECK(e.status() == ZG_MISSING_FACT && e.row() == 2 && e.person() == "P2");
    }
    CHECK(rows.release == nullptr);
    CHECK(engine.place() == "national" && engine.packs() == zhenggong::data_version());
    CHECK(engine.accept() == ZG_EVIDENCE_INFERRED && engine.known_on() == 20250630);
    CHECK(engine.receipt(202412).find(engine.packs()) != std::string::npos);
    CHECK(engine.receipt(202412).find(R"("month":"2024-12")") != std::string::npos);
}

int main() {
    assessments();
    rules();
    const zhenggong::engine engine;
    slip(engine);
    failures(engine);
    pay(engine);
    steps(engine);
    streams(engine);
    CHECK(zg_abi_version() == ((ZG_ABI_MAJOR << 16) | ZG_ABI_MINOR));
    CHECK(zhenggong::library_version().size() >= 5 && zhenggong::data_version().size() == 64);
    const std::string run = engine.month_run(PEOPLE);
    CHECK(run.find("\"people\":1") != std::string::npos);
    CHECK(run.find("\"row\":2") != std::string::npos);
    CHECK(zhenggong::schema("person").find("\"$id\":\"person.json\"") != std::string::npos);
    CHECK(zhenggong::schema_names().find("\"allowance.police-rank.input\"") != std::string::npos);
    CHECK(zhenggong::rules().size() == rules_seen_from_another_file());
    CHECK(zhenggong::lint("a.toml", "[pack]\nid = 5\n").find("\"line\":2") != std::string::npos);
    CHECK(zhenggong::lint_packs(R"({"packs": [
        {"name": "p.toml", "text": "[pack]\nid = \"p\"\nlayer = \"province\"\nplace = \"某省\"\nparent = \"national\"\n"},
        {"name": "c.toml", "text": "[pack]\nid = \"c\"\nlayer = \"city\"\nplace = \"某市\"\nparent = \"p\"\n"}
        ]})") == "[]");
    CHECK(engine.value("allowance.police-rank", RANK).find("660.00") != std::string::npos);
    CHECK(zhenggong::format_money(zhenggong::parse_money("-0.05")) == "-0.05");

    const std::string want = engine.evaluate("allowance.police-rank", RANK);
    std::vector<int> same(4);
    std::vector<std::thread> threads;
    for (int &ok : same) {
        threads.emplace_back([&] { ok = engine.evaluate("allowance.police-rank", RANK) == want; });
    }
    for (auto &thread : threads) thread.join();
    for (int ok : same) CHECK(ok);
    return zg_report();
}

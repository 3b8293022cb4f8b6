// zhenggong.hpp - owning handles and exceptions over zhenggong.h, for C++17. C++17 封装。
//
// Handles move and free themselves. A call that fails throws zhenggong::error, which carries all that
// a zg_error says. An engine may be shared by threads through const references. Amounts are int64_t
// in fen (0.01 yuan).

#ifndef ZHENGGONG_HPP
#define ZHENGGONG_HPP

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "zhenggong.h"

namespace zhenggong {

namespace detail {

template <auto Free> struct deleter {
    template <typename T> void operator()(T *handle) const noexcept { Free(handle); }
};

template <typename T, auto Free> using owned = std::unique_ptr<T, deleter<Free>>;

inline std::string copy(zg_str view) { return std::string(view.data, view.len); }

} // namespace detail

// What went wrong, where, and what to do; what() is the English message. 错误。
class error : public std::runtime_error {
public:
    // Takes over the error of a failed call; NULL is fine.
    static error take(zg_status status, zg_error *handle) {
        detail::owned<zg_error, zg_error_free> owner(handle);
        return error(status, handle);
    }

    zg_status status() const noexcept { return status_; }
    const std::string &name() const noexcept { return name_; }
    const std::string &zh() const noexcept { return zh_; }
    const std::string &person() const noexcept { return person_; }
    const std::string &rule() const noexcept { return rule_; }
    const std::string &field() const noexcept { return field_; }
    const std::string &month() const noexcept { return month_; }
    const std::string &source() const noexcept { return source_; }
    const std::string &json() const noexcept { return json_; }
    // Row of the table from 1, or 0.
    std::uint64_t row() const noexcept { return row_; }

private:
    error(zg_status status, const zg_error *e)
        : std::runtime_error(detail::copy(zg_error_en(e))), status_(status),
          name_(detail::copy(zg_error_name(e))), zh_(detail::copy(zg_error_zh(e))),
          person_(detail::copy(zg_error_person(e))), rule_(detail::copy(zg_error_rule(e))),
          field_(detail::copy(zg_error_field(e))), month_(detail::copy(zg_error_month(e))),
          source_(detail::copy(zg_error_source(e))), json_(detail::copy(zg_error_json(e))),
          row_(zg_error_row(e)) {}

    zg_status status_;
    std::string name_, zh_, person_, rule_, field_, month_, source_, json_;
    std::uint64_t row_;
};

namespace detail {

// Calls f(args..., &err) and throws where it fails.
template <typename F, typename... Args> void call(F f, Args... args) {
    zg_error *err = nullptr;
    const zg_status status = f(args..., &err);
    if (status != ZG_OK) throw error::take(status, err);
}

// Calls f(args..., &string, &err) and returns the text.
template <typename F, typename... Args> std::string text(F f, Args... args) {
    zg_string *string = nullptr;
    call(f, args..., &string);
    owned<zg_string, zg_string_free> owner(string);
    return copy(zg_string_view(string));
}

template <typename T, typename F, typename... Args> T value(F f, Args... args) {
    T out{};
    call(f, args..., &out);
    return out;
}

} // namespace detail

enum class language : std::int32_t { zh = ZG_ZH, en = ZG_EN };

// What is done with a row that has no answer.
enum class on_error : std::int32_t { stop = ZG_ON_ERROR_STOP, column = ZG_ON_ERROR_COLUMN };

// Why an amount is what it is: steps, each with its source. 推导过程。
class derivation {
public:
    std::size_t size() const { return zg_derivation_step_count(get()); }
    // The texts of the step are valid while the derivation lives.
    zg_step step(std::size_t index) const {
        zg_step out{};
        out.size = sizeof out;
        detail::call(zg_derivation_step, get(), index, &out);
        return out;
    }
    std::string text(language l) const {
        return detail::text(zg_derivation_text, get(), static_cast<std::int32_t>(l));
    }
    std::string json() const { return detail::text(zg_derivation_json, get()); }
    const zg_derivation *get() const noexcept { return handle_.get(); }

private:
    friend class payslip;
    friend class engine;
    explicit derivation(zg_derivation *handle) : handle_(handle) {}
    detail::owned<zg_derivation, zg_derivation_free> handle_;
};

// One person's pay for one month. 工资单。
class payslip {
public:
    std::int64_t gross() const { return detail::value<std::int64_t>(zg_payslip_gross, get()); }
    std::int64_t deductions() const {
        return detail::value<std::int64_t>(zg_payslip_deductions, get());
    }
    std::int64_t net() const { return detail::value<std::int64_t>(zg_payslip_net, get()); }
    std::int64_t employer_cost() const {
        return detail::value<std::int64_t>(zg_payslip_employer_cost, get());
    }
    std::string person() const { return detail::copy(zg_payslip_person(get())); }
    std::string unit() const { return detail::copy(zg_payslip_unit(get())); }
    std::string month() const { return detail::copy(zg_payslip_month(get())); }
    // ZG_KIND_OFFICER or ZG_KIND_AUXILIARY.
    std::int32_t kind() const { return zg_payslip_kind(get()); }
    // The weakest used, ZG_EVIDENCE_OFFICIAL and so on; 0 where no value of a pack was used.
    std::int32_t evidence() const { return zg_payslip_evidence(get()); }
    std::size_t size() const { return zg_payslip_line_count(get()); }
    // Valid while the payslip lives; empty beyond the last line.
    std::string_view item(std::size_t index) const {
        const zg_str view = zg_payslip_line_item(get(), index);
        return {view.data, view.len};
    }
    std::int64_t amount(std::size_t index) const {
        return detail::value<std::int64_t>(zg_payslip_line_amount, get(), index);
    }
    std::int64_t amount(std::string_view item) const {
        return detail::value<std::int64_t>(zg_payslip_amount, get(), item.data(), item.size());
    }
    bool stated(std::size_t index) const {
        return detail::value<std::int32_t>(zg_payslip_line_origin, get(), index) == ZG_STATED;
    }
    // ZG_EARNING, ZG_DEDUCTION or ZG_EMPLOYER_COST.
    std::int32_t side(std::size_t index) const {
        return detail::value<std::int32_t>(zg_payslip_line_side, get(), index);
    }
    std::string text(language l) const {
        return detail::text(zg_payslip_text, get(), static_cast<std::int32_t>(l));
    }
    std::string explain(language l) const {
        return detail::text(zg_payslip_explain, get(), static_cast<std::int32_t>(l));
    }
    std::string json() const { return detail::text(zg_payslip_json, get()); }
    std::string receipt() const { return detail::text(zg_payslip_receipt, get()); }
    zhenggong::derivation derivation() const {
        return zhenggong::derivation(detail::value<zg_derivation *>(zg_payslip_derivation, get()));
    }
    const zg_payslip *get() const noexcept { return handle_.get(); }

private:
    friend class engine;
    explicit payslip(zg_payslip *handle) : handle_(handle) {}
    detail::owned<zg_payslip, zg_payslip_free> handle_;
};

// A result stream, released when it goes. It is used by one thread at a time. 结果流。
class stream {
public:
    stream(stream &&other) noexcept : stream_(std::exchange(other.stream_, ArrowArrayStream{})) {}
    stream &operator=(stream &&other) noexcept {
        if (this != &other) {
            release();
            stream_ = std::exchange(other.stream_, ArrowArrayStream{});
        }
        return *this;
    }
    stream(const stream &) = delete;
    stream &operator=(const stream &) = delete;
    ~stream() { release(); }

    // Returns the schema, which the caller releases.
    ArrowSchema schema() {
        ArrowSchema out{};
        if (stream_.release == nullptr || stream_.get_schema(&stream_, &out) != 0) fail();
        return out;
    }
    // Writes the next batch, which the caller releases; false at the end.
    bool next(ArrowArray &out) {
        if (stream_.release == nullptr || stream_.get_next(&stream_, &out) != 0) fail();
        return out.release != nullptr;
    }
    // Gives the stream away, to an Arrow library; this one is empty then, as after a move, and asked
    // again it throws ZG_STREAM_RELEASED.
    ArrowArrayStream take() noexcept { return std::exchange(stream_, ArrowArrayStream{}); }

private:
    friend class assessment;
    friend class engine;
    friend stream value_table(std::string_view, std::string_view);
    explicit stream(ArrowArrayStream made) noexcept : stream_(made) {}
    void release() noexcept {
        if (stream_.release != nullptr) stream_.release(&stream_);
    }
    [[noreturn]] void fail() {
        zg_error *err = detail::value<zg_error *>(zg_stream_error, &stream_);
        throw error::take(err == nullptr ? ZG_INTERNAL : zg_error_status(err), err);
    }
    ArrowArrayStream stream_;
};

// The scores of a period. 考核结果。
class assessment {
public:
    // "scores", "sheets", "trail", "ranking", "errors", "difference". The stream stays valid without this.
    stream table(std::string_view name) const {
        return stream(
            detail::value<ArrowArrayStream>(zg_assessment_table, get(), name.data(), name.size()));
    }
    // The value of the rule assessment.score, which a month run takes as "assessment".
    std::string json() const { return detail::text(zg_assessment_json, get()); }
    // One subject's sheets with every event.
    std::string text(std::string_view subject, language l) const {
        return detail::text(zg_assessment_text, get(), subject.data(), subject.size(),
                            static_cast<std::int32_t>(l));
    }
    std::string ranking(language l) const { return text({}, l); }
    const zg_assessment *get() const noexcept { return handle_.get(); }

private:
    friend class engine;
    explicit assessment(zg_assessment *handle) : handle_(handle) {}
    detail::owned<zg_assessment, zg_assessment_free> handle_;
};

// Packs, place, accepted evidence and known-on date, ready to be asked. 计算引擎。
class engine {
public:
    // Takes a request of form "engine-request/1"; the default has the national packs.
    explicit engine(std::string_view request = {})
        : handle_(detail::value<zg_engine *>(zg_engine_new, request.data(), request.size())) {}

    zhenggong::payslip payslip(std::string_view request) const {
        return zhenggong::payslip(detail::value<zg_payslip *>(zg_engine_payslip, get(),
                                                              request.data(), request.size()));
    }
    std::string month_run(std::string_view request) const {
        return detail::text(zg_engine_month_run, get(), request.data(), request.size());
    }
    std::string evaluate(std::string_view rule, std::string_view input) const {
        return detail::text(zg_engine_evaluate, get(), rule.data(), rule.size(), input.data(),
                            input.size());
    }
    // The value alone, without evidence and derivation.
    std::string value(std::string_view rule, std::string_view input) const {
        return detail::text(zg_engine_value, get(), rule.data(), rule.size(), input.data(),
                            input.size());
    }
    // The rows of a table stand under a key of the input. Takes them over in every case.
    std::string evaluate(std::string_view rule, std::string_view input, std::string_view key,
                         ArrowArrayStream &rows) const {
        return detail::text(zg_engine_evaluate_table, get(), rule.data(), rule.size(), input.data(),
                            input.size(), key.data(), key.size(), &rows);
    }
    // The rule for each row of a table, whose columns are inputs; shared has the others. Takes the
    // rows over in every case.
    stream evaluate_rows(std::string_view rule, std::string_view shared, ArrowArrayStream &rows,
                         on_error on = on_error::stop, language l = language::zh) const {
        return stream(detail::value<ArrowArrayStream>(
            zg_engine_evaluate_rows, get(), rule.data(), rule.size(), shared.data(), shared.size(),
            &rows, static_cast<std::int32_t>(on), static_cast<std::int32_t>(l)));
    }
    zhenggong::derivation derive(std::string_view rule, std::string_view input) const {
        return zhenggong::derivation(detail::value<zg_derivation *>(
            zg_engine_derive, get(), rule.data(), rule.size(), input.data(), input.size()));
    }
    // Amounts without a derivation. The size field of the person is set here.
    zg_pay pay(zg_person_month person) const {
        zg_pay out;
        person.size = sizeof person;
        out.size = sizeof out;
        detail::call(zg_engine_pay, get(), &person, &out);
        return out;
    }
    // Takes the input over in every case. The size field of the options is set here.
    stream month_run(ArrowArrayStream &input, zg_stream_options options = {}) const {
        ArrowArrayStream out{};
        options.size = sizeof options;
        detail::call(zg_engine_month_run_stream, get(), &input, &options, &out);
        return stream(out);
    }
    // Scores the subjects of a table by the events of another; a request of form
    // "assessment-request/1". Takes both inputs over in every case. Columns: ZG_COLUMNS_KEYS or _ZH.
    zhenggong::assessment assess(std::string_view request, ArrowArrayStream &subjects,
                                 ArrowArrayStream &events,
                                 std::int32_t columns = ZG_COLUMNS_KEYS) const {
        return zhenggong::assessment(
            detail::value<zg_assessment *>(zg_engine_assess, get(), request.data(), request.size(),
                                           &subjects, &events, columns));
    }
    // The same where nothing happened.
    zhenggong::assessment assess(std::string_view request, ArrowArrayStream &subjects,
                                 std::int32_t columns = ZG_COLUMNS_KEYS) const {
        return zhenggong::assessment(detail::value<zg_assessment *>(
            zg_engine_assess, get(), request.data(), request.size(), &subjects,
            static_cast<ArrowArrayStream *>(nullptr), columns));
    }
    // The receipt of what is computed for a month such as 202503; 0 where rows have their own.
    std::string receipt(std::uint32_t month) const {
        return detail::text(zg_engine_receipt, get(), month);
    }
    std::string place() const { return detail::copy(zg_engine_place(get())); }
    std::string packs() const { return detail::copy(zg_engine_packs(get())); }
    // ZG_EVIDENCE_OFFICIAL and so on.
    std::int32_t accept() const { return zg_engine_accept(get()); }
    // The day as 20250301, or 0.
    std::uint32_t known_on() const { return zg_engine_known_on(get()); }
    const zg_engine *get() const noexcept { return handle_.get(); }

private:
    detail::owned<zg_engine, zg_engine_free> handle_;
};

// A list in the answer of a rule as a table: of engine::value or engine::evaluate, by its key, or by no
// key where the answer itself is the list.
inline stream value_table(std::string_view value, std::string_view key = {}) {
    return stream(detail::value<ArrowArrayStream>(zg_value_table, value.data(), value.size(),
                                                  key.data(), key.size()));
}

inline std::string rules() { return detail::text(zg_rules); }
inline std::string schema_names() { return detail::text(zg_schema_names); }
inline std::string schema(std::string_view name) {
    return detail::text(zg_schema, name.data(), name.size());
}
inline std::string data_version() { return detail::text(zg_data_version); }
inline std::string library_version() { return detail::copy(zg_library_version()); }

inline std::string lint(std::string_view name, std::string_view text) {
    return detail::text(zg_pack_lint, name.data(), name.size(), text.data(), text.size());
}

// Checks several packs together: a request of form "engine-request/1".
inline std::string lint_packs(std::string_view request) {
    return detail::text(zg_packs_lint, request.data(), request.size());
}

inline std::int64_t parse_money(std::string_view text) {
    return detail::value<std::int64_t>(zg_money_parse, text.data(), text.size());
}

inline std::string format_money(std::int64_t fen) {
    char buffer[ZG_MONEY_TEXT_MAX];
    std::size_t len = 0;
    detail::call(zg_money_format, fen, static_cast<char *>(buffer), sizeof buffer, &len);
    return std::string(buffer, len);
}

inline zg_rate parse_rate(std::string_view text) {
    return detail::value<zg_rate>(zg_rate_parse, text.data(), text.size());
}

inline std::string format_rate(zg_rate rate) {
    char buffer[ZG_RATE_TEXT_MAX];
    std::size_t len = 0;
    detail::call(zg_rate_format, rate, static_cast<char *>(buffer), sizeof buffer, &len);
    return std::string(buffer, len);
}

// Returns the schema of a table with every column that can be read; the caller releases it.
inline ArrowSchema stream_input_schema() {
    return detail::value<ArrowSchema>(zg_stream_input_schema);
}

// The same of a table that an assessment reads: "subjects" or "events".
inline ArrowSchema assessment_input_schema(std::string_view name) {
    return detail::value<ArrowSchema>(zg_assessment_input_schema, name.data(), name.size());
}

} // namespace zhenggong

#endif

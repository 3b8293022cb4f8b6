/*
 * zhenggong.h - the rules of police personnel work in China, for C and C++. 政工规则库的 C 接口。
 *
 * Made by cbindgen from bindings/c/src; do not edit (UPDATE_HEADER=1 cargo test -p zhenggong-c).
 *
 * What holds for every function, and is not repeated at each:
 *
 * Ownership   A handle (zg_engine, zg_payslip, zg_error, zg_string) that a function writes to an out
 *             parameter is owned by the caller and freed with the function of its own name. Freeing
 *             NULL does nothing. Arguments are borrowed, read during the call only. A view (zg_str)
 *             is borrowed from the handle it was read from and ends with it.
 * Threads     Through const T* any number of threads may use a handle at once; freeing it needs it
 *             alone. There is no global state; an error belongs to the call that gave it.
 * Text        UTF-8 as pointer and length in bytes. What is passed in needs no NUL, and has none
 *             inside; NULL with length 0 is the empty text. What is lent out has a NUL after it.
 *             Text that is not UTF-8 is ZG_NOT_UTF8, a NUL inside is ZG_INVALID_INPUT.
 * Amounts     int64_t in fen (0.01 yuan); in JSON, text in yuan such as "1234.50". Never floating point.
 * JSON        Each request and answer has the form that its function names, such as "payslip/1";
 *             docs/ABI.md describes them. Unknown keys of requests are refused. Later releases may
 *             add keys to answers.
 * Failure     Functions that can fail return a zg_status: ZG_OK (0) or the number of an error, which
 *             never changes its meaning; new ones may come. On failure out parameters are untouched,
 *             and the last parameter, unless NULL, receives an error to free. On ZG_OK that is untouched.
 * Misuse      NULL is ZG_NULL_POINTER. A handle of another kind is ZG_WRONG_HANDLE, and is left alone
 *             by a function that frees. A pointer that is no handle, and a handle that was freed, are
 *             undefined behaviour, which is often but not always noticed.
 * Panics      A fault inside the library does not unwind into the caller: it is ZG_INTERNAL, or the
 *             empty answer of a function that returns none. Handles stay usable.
 * Versions    zg_abi_version. A new function raises the minor number; a changed or removed one raises
 *             the major number, which the SONAME carries. See docs/ABI.md.
 *
 * 所有函数的共同约定：输出的句柄由调用方拥有并以同名函数释放；视图随其句柄失效；只读句柄可多线程共用；
 * 文本为 UTF-8 指针加字节长度；金额为以分计的 int64_t；失败时返回错误码，输出参数不变；库内故障不会越界。
 */

#ifndef ZHENGGONG_H
#define ZHENGGONG_H

#include <stddef.h>
#include <stdint.h>

/*
 Major number of the ABI of this header: raised where a function changes or goes. ABI 主版本号。
 */
#define ZG_ABI_MAJOR 1

/*
 Minor number of the ABI of this header: raised where a function comes. ABI 次版本号。
 */
#define ZG_ABI_MINOR 0

/*
 Chinese, as a language of texts. 中文。
 */
#define ZG_ZH 0

/*
 English, as a language of texts. 英文。
 */
#define ZG_EN 1

/*
 The amount of a line was computed. 该行由规则计算。
 */
#define ZG_COMPUTED 0

/*
 The amount of a line was stated by the office. 该行由单位核定。
 */
#define ZG_STATED 1

/*
 A line is paid to the person. 应发。
 */
#define ZG_EARNING 0

/*
 A line is taken from the person's pay. 扣款。
 */
#define ZG_DEDUCTION 1

/*
 A line is paid by the employer on top. 单位承担。
 */
#define ZG_EMPLOYER_COST 2

/*
 Bytes that hold any amount as text, with its NUL. 金额文本所需的最大字节数。
 */
#define ZG_MONEY_TEXT_MAX 22

/*
 Packs, place, accepted evidence and known-on date, ready to be asked. 计算引擎。
 */
typedef struct zg_engine zg_engine;

/*
 What went wrong, where, and what to do. Read it with the `zg_error_` functions. 错误对象。
 */
typedef struct zg_error zg_error;

/*
 One person's pay for one month, with its derivation. 工资单。
 */
typedef struct zg_payslip zg_payslip;

/*
 A text that the caller owns; read it with `zg_string_view`. 调用方拥有的文本。
 */
typedef struct zg_string zg_string;

/*
 A borrowed text: UTF-8, `len` bytes, and a NUL after them. Never NULL; empty where there is none.
 借用的文本。
 */
typedef struct {
  /*
   First byte.
   */
  const char *data;
  /*
   Length in bytes, without the NUL.
   */
  size_t len;
} zg_str;

/*
 What a call returns: `ZG_OK`, or the number of an error. 状态码。
 */
typedef int32_t zg_status;

/*
 The call succeeded. 成功。
 */
#define ZG_OK 0

/*
 Error code InvalidNumber of the core. 核心错误码 101。
 */
#define ZG_INVALID_NUMBER 101

/*
 Error code TooManyDigits of the core. 核心错误码 102。
 */
#define ZG_TOO_MANY_DIGITS 102

/*
 Error code NumberOutOfRange of the core. 核心错误码 103。
 */
#define ZG_NUMBER_OUT_OF_RANGE 103

/*
 Error code FloatRefused of the core. 核心错误码 104。
 */
#define ZG_FLOAT_REFUSED 104

/*
 Error code InvalidDate of the core. 核心错误码 105。
 */
#define ZG_INVALID_DATE 105

/*
 Error code InvalidMonth of the core. 核心错误码 106。
 */
#define ZG_INVALID_MONTH 106

/*
 Error code UnknownTerm of the core. 核心错误码 107。
 */
#define ZG_UNKNOWN_TERM 107

/*
 Error code MissingFact of the core. 核心错误码 108。
 */
#define ZG_MISSING_FACT 108

/*
 Error code UnknownField of the core. 核心错误码 109。
 */
#define ZG_UNKNOWN_FIELD 109

/*
 Error code InvalidInput of the core. 核心错误码 110。
 */
#define ZG_INVALID_INPUT 110

/*
 Error code ContradictoryFacts of the core. 核心错误码 111。
 */
#define ZG_CONTRADICTORY_FACTS 111

/*
 Error code NegativeNotAllowed of the core. 核心错误码 112。
 */
#define ZG_NEGATIVE_NOT_ALLOWED 112

/*
 Error code UnknownRule of the core. 核心错误码 113。
 */
#define ZG_UNKNOWN_RULE 113

/*
 Error code DuplicatePerson of the core. 核心错误码 114。
 */
#define ZG_DUPLICATE_PERSON 114

/*
 Error code InvalidText of the core. 核心错误码 115。
 */
#define ZG_INVALID_TEXT 115

/*
 Error code MissingColumn of the core. 核心错误码 116。
 */
#define ZG_MISSING_COLUMN 116

/*
 Error code DuplicateColumn of the core. 核心错误码 117。
 */
#define ZG_DUPLICATE_COLUMN 117

/*
 Error code NotUtf8 of the core. 核心错误码 118。
 */
#define ZG_NOT_UTF8 118

/*
 Error code StrayQuote of the core. 核心错误码 119。
 */
#define ZG_STRAY_QUOTE 119

/*
 Error code WrongFieldCount of the core. 核心错误码 120。
 */
#define ZG_WRONG_FIELD_COUNT 120

/*
 Error code WrongMonth of the core. 核心错误码 121。
 */
#define ZG_WRONG_MONTH 121

/*
 Error code EmptyTable of the core. 核心错误码 122。
 */
#define ZG_EMPTY_TABLE 122

/*
 Error code ColumnType of the core. 核心错误码 123。
 */
#define ZG_COLUMN_TYPE 123

/*
 Error code NotEncodable of the core. 核心错误码 124。
 */
#define ZG_NOT_ENCODABLE 124

/*
 Error code Io of the core. 核心错误码 125。
 */
#define ZG_IO 125

/*
 Error code InvalidOption of the core. 核心错误码 126。
 */
#define ZG_INVALID_OPTION 126

/*
 Error code UnknownScoringRule of the core. 核心错误码 131。
 */
#define ZG_UNKNOWN_SCORING_RULE 131

/*
 Error code OutsideWindow of the core. 核心错误码 132。
 */
#define ZG_OUTSIDE_WINDOW 132

/*
 Error code PersonLeft of the core. 核心错误码 133。
 */
#define ZG_PERSON_LEFT 133

/*
 Error code DuplicateEvent of the core. 核心错误码 134。
 */
#define ZG_DUPLICATE_EVENT 134

/*
 Error code SelfRating of the core. 核心错误码 135。
 */
#define ZG_SELF_RATING 135

/*
 Error code UnknownSubject of the core. 核心错误码 136。
 */
#define ZG_UNKNOWN_SUBJECT 136

/*
 Error code ValueGap of the core. 核心错误码 201。
 */
#define ZG_VALUE_GAP 201

/*
 Error code PackSyntax of the core. 核心错误码 202。
 */
#define ZG_PACK_SYNTAX 202

/*
 Error code UnknownKey of the core. 核心错误码 203。
 */
#define ZG_UNKNOWN_KEY 203

/*
 Error code MissingKey of the core. 核心错误码 204。
 */
#define ZG_MISSING_KEY 204

/*
 Error code InvalidValue of the core. 核心错误码 205。
 */
#define ZG_INVALID_VALUE 205

/*
 Error code DanglingSource of the core. 核心错误码 206。
 */
#define ZG_DANGLING_SOURCE 206

/*
 Error code Overlap of the core. 核心错误码 207。
 */
#define ZG_OVERLAP 207

/*
 Error code NationalOnly of the core. 核心错误码 208。
 */
#define ZG_NATIONAL_ONLY 208

/*
 Error code OutOfBounds of the core. 核心错误码 209。
 */
#define ZG_OUT_OF_BOUNDS 209

/*
 Error code RuleNotFound of the core. 核心错误码 210。
 */
#define ZG_RULE_NOT_FOUND 210

/*
 Error code DuplicateSource of the core. 核心错误码 211。
 */
#define ZG_DUPLICATE_SOURCE 211

/*
 Error code UnknownParent of the core. 核心错误码 212。
 */
#define ZG_UNKNOWN_PARENT 212

/*
 Error code ChecksumFailed of the core. 核心错误码 213。
 */
#define ZG_CHECKSUM_FAILED 213

/*
 Error code EvidenceNotAccepted of the core. 核心错误码 214。
 */
#define ZG_EVIDENCE_NOT_ACCEPTED 214

/*
 Error code PackTooLarge of the core. 核心错误码 215。
 */
#define ZG_PACK_TOO_LARGE 215

/*
 Error code CellNotAttested of the core. 核心错误码 216。
 */
#define ZG_CELL_NOT_ATTESTED 216

/*
 Error code UnknownPlace of the core. 核心错误码 217。
 */
#define ZG_UNKNOWN_PLACE 217

/*
 Error code PackDisagrees of the core. 核心错误码 218。
 */
#define ZG_PACK_DISAGREES 218

/*
 Error code EmptyValidity of the core. 核心错误码 219。
 */
#define ZG_EMPTY_VALIDITY 219

/*
 Error code UnusedSource of the core. 核心错误码 220。
 */
#define ZG_UNUSED_SOURCE 220

/*
 Error code TableShape of the core. 核心错误码 221。
 */
#define ZG_TABLE_SHAPE 221

/*
 Error code NoSuchStandard of the core. 核心错误码 222。
 */
#define ZG_NO_SUCH_STANDARD 222

/*
 Error code MidMonth of the core. 核心错误码 223。
 */
#define ZG_MID_MONTH 223

/*
 Error code WeightSum of the core. 核心错误码 224。
 */
#define ZG_WEIGHT_SUM 224

/*
 Error code NeedsDecision of the core. 核心错误码 301。
 */
#define ZG_NEEDS_DECISION 301

/*
 Error code Overflow of the core. 核心错误码 302。
 */
#define ZG_OVERFLOW 302

/*
 Error code DivisionByZero of the core. 核心错误码 303。
 */
#define ZG_DIVISION_BY_ZERO 303

/*
 Error code ExclusiveDeductions of the core. 核心错误码 304。
 */
#define ZG_EXCLUSIVE_DEDUCTIONS 304

/*
 Error code LevelExhausted of the core. 核心错误码 305。
 */
#define ZG_LEVEL_EXHAUSTED 305

/*
 Error code NotApplicable of the core. 核心错误码 306。
 */
#define ZG_NOT_APPLICABLE 306

/*
 Error code ScoreAboveFull of the core. 核心错误码 311。
 */
#define ZG_SCORE_ABOVE_FULL 311

/*
 Error code Internal of the core. 核心错误码 901。
 */
#define ZG_INTERNAL 901

/*
 A pointer that the call needs is NULL. 所需指针为空。
 */
#define ZG_NULL_POINTER 801

/*
 A handle is of another kind, or was freed. 句柄类型不对或已释放。
 */
#define ZG_WRONG_HANDLE 802

/*
 The buffer is too small for the text. 缓冲区过小。
 */
#define ZG_BUFFER_TOO_SMALL 803

/*
 There is no line of this index, or of this item. 没有该行。
 */
#define ZG_NO_SUCH_LINE 804

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/*
 Returns the ABI of the library: major * 65536 + minor. 返回库的 ABI 版本。

 A program built with this header runs with a library of the same ZG_ABI_MAJOR and at least the
 same ZG_ABI_MINOR. Since ABI 1.0.
 */
uint32_t zg_abi_version(void);

/*
 Returns the version of the library, such as "0.1.0". 返回库的版本。

 Returns a view that stays valid. Since ABI 1.0.
 */
zg_str zg_library_version(void);

/*
 Returns the version of the built-in national data: the SHA-256 over the digests of its packs, as
 receipts of an engine with no other packs show it. 返回内置全国数据的版本。

 out      On ZG_OK, 64 hexadecimal digits owned by the caller (zg_string_free). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_INTERNAL. Since ABI 1.0.
 */
zg_status zg_data_version(zg_string **out, zg_error **err);

/*
 Returns a view of a string. 返回字符串的视图。

 string   Borrowed. NULL and a handle of another kind give the empty text.
 Returns a view that is valid until the string is freed. Since ABI 1.0.
 */
zg_str zg_string_view(const zg_string *string);

/*
 Frees a string. 释放字符串。

 string   Owned by the caller, or NULL. Since ABI 1.0.
 */
void zg_string_free(zg_string *string);

/*
 Returns the status of an error, the same that the call returned. 返回错误的状态码。

 error    Borrowed. NULL and a handle of another kind give ZG_OK. Since ABI 1.0.
 */
zg_status zg_error_status(const zg_error *error);

/*
 Returns the row of the table that an error concerns, from 1, or 0. 返回出错的行号。

 error    Borrowed. NULL and a handle of another kind give 0. Since ABI 1.0.
 */
uint64_t zg_error_row(const zg_error *error);

/*
 Returns the name of the error's code, such as MissingFact. 返回错误码名称。

 error    Borrowed. NULL, a handle of another kind, and an error without it give the empty text.
 Returns a view that is valid until the error is freed. Since ABI 1.0.
 */
zg_str zg_error_name(const zg_error *error);

/*
 Returns the message in Chinese: where, what, what to do. 返回中文说明。

 error    Borrowed. NULL, a handle of another kind, and an error without it give the empty text.
 Returns a view that is valid until the error is freed. Since ABI 1.0.
 */
zg_str zg_error_zh(const zg_error *error);

/*
 Returns the message in English: where, what, what to do. 返回英文说明。

 error    Borrowed. NULL, a handle of another kind, and an error without it give the empty text.
 Returns a view that is valid until the error is freed. Since ABI 1.0.
 */
zg_str zg_error_en(const zg_error *error);

/*
 Returns the opaque id of the person concerned. 返回所涉人员编号。

 error    Borrowed. NULL, a handle of another kind, and an error without it give the empty text.
 Returns a view that is valid until the error is freed. Since ABI 1.0.
 */
zg_str zg_error_person(const zg_error *error);

/*
 Returns the id of the rule that was running. 返回所涉规则编号。

 error    Borrowed. NULL, a handle of another kind, and an error without it give the empty text.
 Returns a view that is valid until the error is freed. Since ABI 1.0.
 */
zg_str zg_error_rule(const zg_error *error);

/*
 Returns the field, fact or argument concerned. 返回所涉字段。

 error    Borrowed. NULL, a handle of another kind, and an error without it give the empty text.
 Returns a view that is valid until the error is freed. Since ABI 1.0.
 */
zg_str zg_error_field(const zg_error *error);

/*
 Returns the month that was computed, as YYYY-MM. 返回所涉月份。

 error    Borrowed. NULL, a handle of another kind, and an error without it give the empty text.
 Returns a view that is valid until the error is freed. Since ABI 1.0.
 */
zg_str zg_error_month(const zg_error *error);

/*
 Returns the document concerned. 返回所涉依据。

 error    Borrowed. NULL, a handle of another kind, and an error without it give the empty text.
 Returns a view that is valid until the error is freed. Since ABI 1.0.
 */
zg_str zg_error_source(const zg_error *error);

/*
 Returns the error as JSON, form "error/1". 返回错误的 JSON。

 error    Borrowed. NULL, a handle of another kind, and an error without it give the empty text.
 Returns a view that is valid until the error is freed. Since ABI 1.0.
 */
zg_str zg_error_json(const zg_error *error);

/*
 Frees an error. 释放错误对象。

 error    Owned by the caller, or NULL. Since ABI 1.0.
 */
void zg_error_free(zg_error *error);

/*
 Makes an engine. 创建计算引擎。

 request  UTF-8 JSON, form "engine-request/1", request_len bytes; read during the call only. The
          empty text stands for {}. All keys may be absent: "builtin", a list of built-in packs
          (["national"]); "packs", a list of {"name", "text"} in TOML; "place", the id of a pack
          (the last one); "accept", the weakest evidence ("secondary"); "known_on", YYYY-MM-DD.
 out      On ZG_OK, an engine owned by the caller (zg_engine_free). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_NOT_UTF8, an input error (1xx), or the first error of a pack
 (2xx) with file, line and column as its source. Since ABI 1.0.
 */
zg_status zg_engine_new(const char *request, size_t request_len, zg_engine **out, zg_error **err);

/*
 Computes one payslip, with its derivation. 计算一人一月的工资单。

 engine   Borrowed. Any number of threads may use it at once.
 request  UTF-8 JSON, form "payslip-request/1", request_len bytes; read during the call only:
          {"month": "YYYY-MM", "facts": {...}}, the facts as the core's PersonMonth.
 out      On ZG_OK, a payslip owned by the caller (zg_payslip_free). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, an input error (1xx), a policy error (2xx), a
 rule's error (3xx), ZG_INTERNAL. Since ABI 1.0.
 */
zg_status zg_engine_payslip(const zg_engine *engine,
                            const char *request,
                            size_t request_len,
                            zg_payslip **out,
                            zg_error **err);

/*
 Computes the pay of many people for a month. 计算多人一月的工资。

 engine   Borrowed. Any number of threads may use it at once.
 request  UTF-8 JSON, form "month-run-request/1", request_len bytes; read during the call only:
          {"month": "YYYY-MM", "people": [{...}, ...]}, each the facts of one person. A record
          that can't be read fails the call and is named by its row; a person whose pay can't be
          computed is an entry of "errors" beside the good rows.
 out      On ZG_OK, JSON of form "month-run/1" owned by the caller (zg_string_free). Otherwise
          untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, an input error (1xx), ZG_UNKNOWN_PLACE,
 ZG_INTERNAL. Since ABI 1.0.
 */
zg_status zg_engine_month_run(const zg_engine *engine,
                              const char *request,
                              size_t request_len,
                              zg_string **out,
                              zg_error **err);

/*
 Runs any rule of the catalogue. 运行目录中的任一规则。

 engine   Borrowed. Any number of threads may use it at once.
 rule     UTF-8 id of the rule, such as "allowance.police-rank", rule_len bytes.
 input    UTF-8 JSON object, input_len bytes; read during the call only: "month" and the rule's
          own inputs, as zg_rules lists them.
 out      On ZG_OK, JSON of form "evaluation/1" (value, evidence, derivation) owned by the
          caller (zg_string_free). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_UNKNOWN_RULE, an input error (1xx), a policy
 error (2xx), a rule's error (3xx), ZG_INTERNAL. Since ABI 1.0.
 */
zg_status zg_engine_evaluate(const zg_engine *engine,
                             const char *rule,
                             size_t rule_len,
                             const char *input,
                             size_t input_len,
                             zg_string **out,
                             zg_error **err);

/*
 Frees an engine. Payslips made with it stay valid. 释放引擎。

 engine   Owned by the caller, or NULL; no thread uses it any more. Since ABI 1.0.
 */
void zg_engine_free(zg_engine *engine);

/*
 Returns the opaque id of the person. 返回人员编号。

 payslip  Borrowed. NULL and a handle of another kind give the empty text.
 Returns a view that is valid until the payslip is freed. Since ABI 1.0.
 */
zg_str zg_payslip_person(const zg_payslip *payslip);

/*
 Returns the unit. 返回单位。

 payslip  Borrowed. NULL and a handle of another kind give the empty text.
 Returns a view that is valid until the payslip is freed. Since ABI 1.0.
 */
zg_str zg_payslip_unit(const zg_payslip *payslip);

/*
 Returns the month as YYYY-MM. 返回月份。

 payslip  Borrowed. NULL and a handle of another kind give the empty text.
 Returns a view that is valid until the payslip is freed. Since ABI 1.0.
 */
zg_str zg_payslip_month(const zg_payslip *payslip);

/*
 Returns the gross pay, the sum of all earnings. 返回应发合计。

 payslip  Borrowed.
 out      On ZG_OK, the amount in fen (0.01 yuan). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE. Since ABI 1.0.
 */
zg_status zg_payslip_gross(const zg_payslip *payslip, int64_t *out, zg_error **err);

/*
 Returns the sum of all deductions. 返回扣款合计。

 payslip  Borrowed.
 out      On ZG_OK, the amount in fen (0.01 yuan). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE. Since ABI 1.0.
 */
zg_status zg_payslip_deductions(const zg_payslip *payslip, int64_t *out, zg_error **err);

/*
 Returns the net pay, gross less deductions; it can be negative. 返回实发合计。

 payslip  Borrowed.
 out      On ZG_OK, the amount in fen (0.01 yuan). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE. Since ABI 1.0.
 */
zg_status zg_payslip_net(const zg_payslip *payslip, int64_t *out, zg_error **err);

/*
 Returns the sum that the employer pays on top. 返回单位承担合计。

 payslip  Borrowed.
 out      On ZG_OK, the amount in fen (0.01 yuan). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE. Since ABI 1.0.
 */
zg_status zg_payslip_employer_cost(const zg_payslip *payslip, int64_t *out, zg_error **err);

/*
 Returns how many lines a payslip has. 返回行数。

 payslip  Borrowed. NULL and a handle of another kind give 0. Since ABI 1.0.
 */
size_t zg_payslip_line_count(const zg_payslip *payslip);

/*
 Returns the code of a line's item, such as "post-pay". 返回某行的项目代码。

 payslip  Borrowed. NULL and a handle of another kind give the empty text.
 index    From 0, in the order in which lines are printed; beyond the last gives the empty text.
 Returns a view that is valid until the payslip is freed. Since ABI 1.0.
 */
zg_str zg_payslip_line_item(const zg_payslip *payslip, size_t index);

/*
 Returns the amount of a line. 返回某行的金额。

 payslip  Borrowed.
 index    From 0, in the order in which lines are printed.
 out      On ZG_OK, the amount in fen (0.01 yuan). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_NO_SUCH_LINE. Since ABI 1.0.
 */
zg_status zg_payslip_line_amount(const zg_payslip *payslip,
                                 size_t index,
                                 int64_t *out,
                                 zg_error **err);

/*
 Returns the origin of a line's amount. 返回某行金额的来源。

 payslip  Borrowed.
 index    From 0, in the order in which lines are printed.
 out      On ZG_OK, ZG_COMPUTED or ZG_STATED. Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_NO_SUCH_LINE. Since ABI 1.0.
 */
zg_status zg_payslip_line_origin(const zg_payslip *payslip,
                                 size_t index,
                                 int32_t *out,
                                 zg_error **err);

/*
 Returns the side of the payslip that a line stands on. 返回某行所属的栏。

 payslip  Borrowed.
 index    From 0, in the order in which lines are printed.
 out      On ZG_OK, ZG_EARNING, ZG_DEDUCTION or ZG_EMPLOYER_COST. Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_NO_SUCH_LINE. Since ABI 1.0.
 */
zg_status zg_payslip_line_side(const zg_payslip *payslip,
                               size_t index,
                               int32_t *out,
                               zg_error **err);

/*
 Returns the amount of an item. 按项目返回金额。

 payslip  Borrowed.
 item     UTF-8 code or Chinese name of the item, item_len bytes.
 out      On ZG_OK, the amount in fen (0.01 yuan). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_NOT_UTF8, ZG_UNKNOWN_TERM, ZG_NO_SUCH_LINE.
 Since ABI 1.0.
 */
zg_status zg_payslip_amount(const zg_payslip *payslip,
                            const char *item,
                            size_t item_len,
                            int64_t *out,
                            zg_error **err);

/*
 Returns the payslip as text: lines with their origin, and totals. 返回工资单文本。

 payslip  Borrowed.
 lang     ZG_ZH or ZG_EN.
 out      On ZG_OK, a text owned by the caller (zg_string_free). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_INVALID_OPTION. Since ABI 1.0.
 */
zg_status zg_payslip_text(const zg_payslip *payslip, int32_t lang, zg_string **out, zg_error **err);

/*
 Returns the derivation as text: why each amount is what it is, with its sources. 返回推导说明。

 payslip  Borrowed.
 lang     ZG_ZH or ZG_EN.
 out      On ZG_OK, a text owned by the caller (zg_string_free). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_INVALID_OPTION. Since ABI 1.0.
 */
zg_status zg_payslip_explain(const zg_payslip *payslip,
                             int32_t lang,
                             zg_string **out,
                             zg_error **err);

/*
 Returns the payslip as JSON, with derivation and receipt. 返回工资单的 JSON。

 payslip  Borrowed.
 out      On ZG_OK, JSON of form "payslip/1" owned by the caller (zg_string_free). Otherwise
          untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE. Since ABI 1.0.
 */
zg_status zg_payslip_json(const zg_payslip *payslip, zg_string **out, zg_error **err);

/*
 Frees a payslip. 释放工资单。

 payslip  Owned by the caller, or NULL. Since ABI 1.0.
 */
void zg_payslip_free(zg_payslip *payslip);

/*
 Checks the text of a pack together with the national packs. 检查政策包。

 name     UTF-8 name of the file in the findings, name_len bytes.
 text     UTF-8 TOML, text_len bytes; read during the call only.
 out      On ZG_OK, a JSON array of findings (form "findings/1"; empty where nothing was found)
          owned by the caller (zg_string_free). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, also where the pack has errors; ZG_NULL_POINTER, ZG_NOT_UTF8, ZG_INTERNAL. Since
 ABI 1.0.
 */
zg_status zg_pack_lint(const char *name,
                       size_t name_len,
                       const char *text,
                       size_t text_len,
                       zg_string **out,
                       zg_error **err);

/*
 Lists all rules: ids, names, inputs, output, policy fields. 列出全部规则。

 out      On ZG_OK, a JSON array of form "rules/1" owned by the caller (zg_string_free).
          Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_INTERNAL. Since ABI 1.0.
 */
zg_status zg_rules(zg_string **out, zg_error **err);

/*
 Reads an amount in yuan, such as "1234.50" or "-0.05". 解析以元为单位的金额。

 text     UTF-8, text_len bytes: an optional "-", digits, optionally a point with one or two digits.
 fen      On ZG_OK, the amount in fen (0.01 yuan). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_NOT_UTF8, ZG_INVALID_NUMBER, ZG_TOO_MANY_DIGITS,
 ZG_NUMBER_OUT_OF_RANGE. Since ABI 1.0.
 */
zg_status zg_money_parse(const char *text, size_t text_len, int64_t *fen, zg_error **err);

/*
 Writes an amount in yuan with two decimals, such as "-1234.50". 将金额写成以元为单位的文本。

 fen      The amount in fen.
 buffer   On ZG_OK, the text and a NUL. Otherwise untouched.
 capacity Bytes of the buffer; ZG_MONEY_TEXT_MAX is enough for any amount.
 len      NULL, or on ZG_OK the length without the NUL. Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_BUFFER_TOO_SMALL. Since ABI 1.0.
 */
zg_status zg_money_format(int64_t fen,
                          char *buffer,
                          size_t capacity,
                          size_t *len,
                          zg_error **err);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* ZHENGGONG_H */

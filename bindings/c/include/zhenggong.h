/*
 * zhenggong.h - the rules of police personnel work in China, for C and C++. 政工规则库的 C 接口。
 *
 * Made by cbindgen from bindings/c/src; do not edit (UPDATE_HEADER=1 cargo test -p zhenggong-c).
 *
 * What holds for every function, and is not repeated at each:
 *
 * Ownership   A handle (zg_engine, zg_payslip, zg_derivation, zg_assessment, zg_error, zg_string)
 *             that a function writes to an out parameter is owned by the caller and freed with the
 *             function of its own name. Freeing NULL does nothing. Arguments are borrowed, read during
 *             the call only; the exception are input streams, which are taken over. A view (zg_str) is
 *             borrowed from the handle it was read from and ends with it.
 * Threads     Through const T* any number of threads may use a handle at once; freeing it needs it
 *             alone. There is no global state; an error belongs to the call that gave it.
 * Text        UTF-8 as pointer and length in bytes. What is passed in needs no NUL, and has none
 *             inside; NULL with length 0 is the empty text. What is lent out has a NUL after it.
 *             Text that is not UTF-8 is ZG_NOT_UTF8, a NUL inside is ZG_INVALID_INPUT.
 * Structs     zg_person_month, zg_pay, zg_step and zg_stream_options begin with their size: set all to
 *             zero and size to sizeof, of structs that are filled too. The sizeof of an older header of
 *             this major number is taken, its newer fields count as zero; another is ZG_WRONG_SIZE.
 * Numbers     Facts, items and terms have numbers (ZG_FACT_, ZG_ITEM_, ZG_RANK_ and so on) that never
 *             change; ZG_BIT makes the bit of a fact or item. Months are 202503, days 20250301.
 * Arrow       Streams, schemas and arrays are those of the Arrow C interfaces, freed by their own
 *             release. A stream is used by one thread at a time.
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
 * 文本为 UTF-8 指针加字节长度；
 * 结构体须先清零并置 size；传入的流一律由本库接管；金额为以分计的 int64_t；失败时返回错误码，输出参数不变；库内故障不会越界。
 */

#ifndef ZHENGGONG_H
#define ZHENGGONG_H

#include <stddef.h>
#include <stdint.h>
/* The bit of a fact or item in a mask: ZG_BIT(ZG_FACT_RANK). */
#define ZG_BIT(number) ((uint64_t)1 << (number))

/* The Arrow C data interface and stream interface, as their specification gives them. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

#ifdef __cplusplus
extern "C" {
#endif

struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

#ifdef __cplusplus
}
#endif

#endif /* ARROW_C_DATA_INTERFACE */

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

#ifdef __cplusplus
extern "C" {
#endif

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

#ifdef __cplusplus
}
#endif

#endif /* ARROW_C_STREAM_INTERFACE */

/*
 Major number of the ABI of this header: raised where a function changes or goes. ABI 主版本号。
 */
#define ZG_ABI_MAJOR 1

/*
 Minor number of the ABI of this header: raised where a function comes. ABI 次版本号。
 */
#define ZG_ABI_MINOR 3

/*
 警衔: police rank.
 */
#define ZG_FACT_RANK 0

/*
 警衔起始日: rank held since.
 */
#define ZG_FACT_RANK_SINCE 1

/*
 原警衔: previous rank.
 */
#define ZG_FACT_PREVIOUS_RANK 2

/*
 警衔变动: rank event.
 */
#define ZG_FACT_RANK_EVENT 3

/*
 职务层次: post tier.
 */
#define ZG_FACT_POST 4

/*
 职务类别: kind of post.
 */
#define ZG_FACT_POST_KIND 5

/*
 级别档次: level and step.
 */
#define ZG_FACT_LEVEL_STEP 6

/*
 岗位类别: kind of duty.
 */
#define ZG_FACT_DUTY 7

/*
 公休日加班天数: rest days worked.
 */
#define ZG_FACT_OVERTIME_REST_DAYS 8

/*
 节假日加班天数: statutory holidays worked.
 */
#define ZG_FACT_OVERTIME_HOLIDAY_DAYS 9

/*
 辅警层级: auxiliary grade.
 */
#define ZG_FACT_AUXILIARY_GRADE 10

/*
 辅警岗位: auxiliary post.
 */
#define ZG_FACT_AUXILIARY_POST 11

/*
 考核系数: assessment coefficient.
 */
#define ZG_FACT_COEFFICIENT 12

/*
 夜班次数: night shifts.
 */
#define ZG_FACT_NIGHT_SHIFTS 13

/*
 加班小时数: overtime hours.
 */
#define ZG_FACT_OVERTIME_HOURS 14

/*
 出勤天数: days on duty.
 */
#define ZG_FACT_DUTY_DAYS 15

/*
 辅警工作年限: years of service as an auxiliary.
 */
#define ZG_FACT_SERVICE_YEARS 16

/*
 缴费工资: contribution wage.
 */
#define ZG_FACT_CONTRIBUTION_WAGE 17

/*
 公积金工资: housing fund wage.
 */
#define ZG_FACT_HOUSING_WAGE 18

/*
 公积金比例: housing fund rate.
 */
#define ZG_FACT_HOUSING_RATE 19

/*
 工伤风险类别: risk class.
 */
#define ZG_FACT_RISK_CLASS 20

/*
 工伤费率档次: step of the work-injury rate.
 */
#define ZG_FACT_RISK_STEP 21

/*
 本年任职月数: months employed this year.
 */
#define ZG_FACT_TAX_MONTHS 22

/*
 预扣方式: withholding mode.
 */
#define ZG_FACT_TAX_MODE 23

/*
 累计收入: income to date.
 */
#define ZG_FACT_YTD_INCOME 24

/*
 累计专项扣除: special deductions to date.
 */
#define ZG_FACT_YTD_SPECIAL 25

/*
 累计专项附加扣除: special additional deductions to date.
 */
#define ZG_FACT_YTD_ADDITIONAL 26

/*
 累计其他扣除: other deductions to date.
 */
#define ZG_FACT_YTD_OTHER 27

/*
 累计已预扣税额: tax withheld to date.
 */
#define ZG_FACT_YTD_WITHHELD 28

/*
 专项附加扣除: special additional deductions.
 */
#define ZG_FACT_SPECIAL_ADDITIONAL 29

/*
 奖金计税方式: bonus election.
 */
#define ZG_FACT_BONUS_ELECTION 30

/*
 本年已单独计税次数: bonuses taxed apart this year.
 */
#define ZG_FACT_BONUS_SEPARATE_USED 31

/*
 公积金起缴事由日: housing fund start.
 */
#define ZG_FACT_FUND_START 32

/*
 公积金入职类别: kind of housing fund start.
 */
#define ZG_FACT_FUND_START_KIND 33

/*
 职务工资: post pay.
 */
#define ZG_ITEM_POST_PAY 0

/*
 级别工资: level pay.
 */
#define ZG_ITEM_LEVEL_PAY 1

/*
 警衔津贴: police rank allowance.
 */
#define ZG_ITEM_POLICE_RANK_ALLOWANCE 2

/*
 加班补贴: police overtime allowance.
 */
#define ZG_ITEM_POLICE_OVERTIME_ALLOWANCE 3

/*
 值勤岗位津贴: duty post allowance.
 */
#define ZG_ITEM_DUTY_POST_ALLOWANCE 4

/*
 艰苦边远地区津贴: hardship and remote area allowance.
 */
#define ZG_ITEM_HARDSHIP_ALLOWANCE 5

/*
 乡镇工作补贴: township allowance.
 */
#define ZG_ITEM_TOWNSHIP_ALLOWANCE 6

/*
 公务交通补贴: transport allowance.
 */
#define ZG_ITEM_TRANSPORT_ALLOWANCE 7

/*
 基础绩效奖: base performance award.
 */
#define ZG_ITEM_BASE_PERFORMANCE_AWARD 8

/*
 93年工改保留: retained from the 1993 reform.
 */
#define ZG_ITEM_RETAINED_1993 9

/*
 规范性津补贴: normative allowance.
 */
#define ZG_ITEM_NORMATIVE_ALLOWANCE 10

/*
 辅警基本工资: auxiliary basic pay.
 */
#define ZG_ITEM_AUXILIARY_BASIC 11

/*
 辅警岗位工资: auxiliary duty pay.
 */
#define ZG_ITEM_AUXILIARY_DUTY 12

/*
 辅警绩效工资: auxiliary performance pay.
 */
#define ZG_ITEM_AUXILIARY_PERFORMANCE 13

/*
 辅警加班补贴: auxiliary overtime pay.
 */
#define ZG_ITEM_AUXILIARY_OVERTIME 14

/*
 辅警津贴: auxiliary allowance.
 */
#define ZG_ITEM_AUXILIARY_ALLOWANCE 15

/*
 年终一次性奖金: year-end bonus.
 */
#define ZG_ITEM_YEAR_END_BONUS 16

/*
 其他应发: other earning.
 */
#define ZG_ITEM_OTHER_EARNING 17

/*
 基本养老保险（个人）: basic pension, own share.
 */
#define ZG_ITEM_PENSION 18

/*
 职业年金（个人）: occupational annuity, own share.
 */
#define ZG_ITEM_OCCUPATIONAL_ANNUITY 19

/*
 基本医疗保险（个人）: basic medical insurance, own share.
 */
#define ZG_ITEM_MEDICAL 20

/*
 大额医疗互助（个人）: large-claim medical flat amount.
 */
#define ZG_ITEM_MEDICAL_FLAT 21

/*
 失业保险（个人）: unemployment insurance, own share.
 */
#define ZG_ITEM_UNEMPLOYMENT 22

/*
 住房公积金（个人）: housing provident fund, own share.
 */
#define ZG_ITEM_HOUSING_FUND 23

/*
 个人所得税: income tax.
 */
#define ZG_ITEM_INCOME_TAX 24

/*
 全年一次性奖金个人所得税: income tax on the annual bonus.
 */
#define ZG_ITEM_BONUS_TAX 25

/*
 其他扣款: other deduction.
 */
#define ZG_ITEM_OTHER_DEDUCTION 26

/*
 基本养老保险（单位）: basic pension, employer's share.
 */
#define ZG_ITEM_EMPLOYER_PENSION 27

/*
 职业年金（单位）: occupational annuity, employer's share.
 */
#define ZG_ITEM_EMPLOYER_ANNUITY 28

/*
 基本医疗保险含生育（单位）: medical with maternity insurance, employer's share.
 */
#define ZG_ITEM_EMPLOYER_MEDICAL 29

/*
 失业保险（单位）: unemployment insurance, employer's share.
 */
#define ZG_ITEM_EMPLOYER_UNEMPLOYMENT 30

/*
 工伤保险（单位）: work-related injury insurance, employer's share.
 */
#define ZG_ITEM_EMPLOYER_WORK_INJURY 31

/*
 住房公积金（单位）: housing provident fund, employer's share.
 */
#define ZG_ITEM_EMPLOYER_HOUSING_FUND 32

/*
 民警: police officer.
 */
#define ZG_KIND_OFFICER 1

/*
 辅警: auxiliary.
 */
#define ZG_KIND_AUXILIARY 2

/*
 二级警员: Constable, Second Class.
 */
#define ZG_RANK_CONSTABLE_SECOND_CLASS 1

/*
 一级警员: Constable, First Class.
 */
#define ZG_RANK_CONSTABLE_FIRST_CLASS 2

/*
 三级警司: Superintendent, Third Class.
 */
#define ZG_RANK_SUPERINTENDENT_THIRD_CLASS 3

/*
 二级警司: Superintendent, Second Class.
 */
#define ZG_RANK_SUPERINTENDENT_SECOND_CLASS 4

/*
 一级警司: Superintendent, First Class.
 */
#define ZG_RANK_SUPERINTENDENT_FIRST_CLASS 5

/*
 三级警督: Supervisor, Third Class.
 */
#define ZG_RANK_SUPERVISOR_THIRD_CLASS 6

/*
 二级警督: Supervisor, Second Class.
 */
#define ZG_RANK_SUPERVISOR_SECOND_CLASS 7

/*
 一级警督: Supervisor, First Class.
 */
#define ZG_RANK_SUPERVISOR_FIRST_CLASS 8

/*
 三级警监: Commissioner, Third Class.
 */
#define ZG_RANK_COMMISSIONER_THIRD_CLASS 9

/*
 二级警监: Commissioner, Second Class.
 */
#define ZG_RANK_COMMISSIONER_SECOND_CLASS 10

/*
 一级警监: Commissioner, First Class.
 */
#define ZG_RANK_COMMISSIONER_FIRST_CLASS 11

/*
 副总警监: Deputy Commissioner General.
 */
#define ZG_RANK_DEPUTY_COMMISSIONER_GENERAL 12

/*
 总警监: Commissioner General.
 */
#define ZG_RANK_COMMISSIONER_GENERAL 13

/*
 授予: granted.
 */
#define ZG_RANK_EVENT_GRANTED 1

/*
 晋升: promoted.
 */
#define ZG_RANK_EVENT_PROMOTED 2

/*
 降低: demoted.
 */
#define ZG_RANK_EVENT_DEMOTED 3

/*
 不予保留: not kept.
 */
#define ZG_RANK_EVENT_NOT_KEPT 4

/*
 退休: retired.
 */
#define ZG_RANK_EVENT_RETIRED 5

/*
 国家级正职: State level, principal.
 */
#define ZG_POST_STATE_PRINCIPAL 1

/*
 国家级副职: State level, deputy.
 */
#define ZG_POST_STATE_DEPUTY 2

/*
 省部级正职: Province or ministry level, principal.
 */
#define ZG_POST_PROVINCE_MINISTRY_PRINCIPAL 3

/*
 省部级副职: Province or ministry level, deputy.
 */
#define ZG_POST_PROVINCE_MINISTRY_DEPUTY 4

/*
 厅局级正职: Bureau level, principal.
 */
#define ZG_POST_BUREAU_PRINCIPAL 5

/*
 厅局级副职: Bureau level, deputy.
 */
#define ZG_POST_BUREAU_DEPUTY 6

/*
 县处级正职: Division level, principal.
 */
#define ZG_POST_DIVISION_PRINCIPAL 7

/*
 县处级副职: Division level, deputy.
 */
#define ZG_POST_DIVISION_DEPUTY 8

/*
 乡科级正职: Section level, principal.
 */
#define ZG_POST_SECTION_PRINCIPAL 9

/*
 乡科级副职: Section level, deputy.
 */
#define ZG_POST_SECTION_DEPUTY 10

/*
 科员: Staff member.
 */
#define ZG_POST_STAFF_MEMBER 11

/*
 办事员: Clerk.
 */
#define ZG_POST_CLERK 12

/*
 领导职务: leading post.
 */
#define ZG_POST_KIND_LEADING 1

/*
 非领导职务: non-leading post.
 */
#define ZG_POST_KIND_NON_LEADING 2

/*
 一线执法勤务: front line.
 */
#define ZG_DUTY_FRONT_LINE 1

/*
 综合管理: general administration.
 */
#define ZG_DUTY_GENERAL_ADMINISTRATION 2

/*
 见习: probation.
 */
#define ZG_AUXILIARY_PROBATION 1

/*
 七级: grade 7.
 */
#define ZG_AUXILIARY_GRADE_7 2

/*
 六级: grade 6.
 */
#define ZG_AUXILIARY_GRADE_6 3

/*
 五级: grade 5.
 */
#define ZG_AUXILIARY_GRADE_5 4

/*
 四级: grade 4.
 */
#define ZG_AUXILIARY_GRADE_4 5

/*
 三级: grade 3.
 */
#define ZG_AUXILIARY_GRADE_3 6

/*
 二级: grade 2.
 */
#define ZG_AUXILIARY_GRADE_2 7

/*
 一级: grade 1.
 */
#define ZG_AUXILIARY_GRADE_1 8

/*
 一类: class 1.
 */
#define ZG_RISK_CLASS_1 1

/*
 二类: class 2.
 */
#define ZG_RISK_CLASS_2 2

/*
 三类: class 3.
 */
#define ZG_RISK_CLASS_3 3

/*
 四类: class 4.
 */
#define ZG_RISK_CLASS_4 4

/*
 五类: class 5.
 */
#define ZG_RISK_CLASS_5 5

/*
 六类: class 6.
 */
#define ZG_RISK_CLASS_6 6

/*
 七类: class 7.
 */
#define ZG_RISK_CLASS_7 7

/*
 八类: class 8.
 */
#define ZG_RISK_CLASS_8 8

/*
 下浮至50%: down to 50 %.
 */
#define ZG_RISK_STEP_DOWN_50 1

/*
 下浮至80%: down to 80 %.
 */
#define ZG_RISK_STEP_DOWN_80 2

/*
 基准: base rate.
 */
#define ZG_RISK_STEP_BASE 3

/*
 上浮至120%: up to 120 %.
 */
#define ZG_RISK_STEP_UP_120 4

/*
 上浮至150%: up to 150 %.
 */
#define ZG_RISK_STEP_UP_150 5

/*
 新参加工作: first job.
 */
#define ZG_FUND_START_NEW_WORKER 1

/*
 新调入: transferred in.
 */
#define ZG_FUND_START_TRANSFEREE 2

/*
 按任职受雇月份: by months employed here.
 */
#define ZG_TAX_MODE_NORMAL 1

/*
 当年首次取得工资: first wages of the year.
 */
#define ZG_TAX_MODE_FIRST_JOB_IN_YEAR 2

/*
 上年收入不超过6万元: at most 60000 in the year before.
 */
#define ZG_TAX_MODE_PRIOR_YEAR_60000 3

/*
 单独计税: by itself.
 */
#define ZG_BONUS_SEPARATE 1

/*
 并入综合所得: with the wages.
 */
#define ZG_BONUS_MERGE 2

/*
 官方: official.
 */
#define ZG_EVIDENCE_OFFICIAL 1

/*
 二手: secondary.
 */
#define ZG_EVIDENCE_SECONDARY 2

/*
 推定: inferred.
 */
#define ZG_EVIDENCE_INFERRED 3

/*
 全国: national.
 */
#define ZG_LAYER_NATIONAL 1

/*
 省级: province.
 */
#define ZG_LAYER_PROVINCE 2

/*
 市级: city.
 */
#define ZG_LAYER_CITY 3

/*
 单位: unit.
 */
#define ZG_LAYER_UNIT 4

/*
 Bytes that hold any rate as text, with its NUL. 比例文本所需的最大字节数。
 */
#define ZG_RATE_TEXT_MAX 22

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
 A line begins: what is computed next. 一行开始。
 */
#define ZG_STEP_LINE 1

/*
 A term of the line's formula. 算式中的一项。
 */
#define ZG_STEP_TERM 2

/*
 A fact or reason that is no number of the formula. 说明。
 */
#define ZG_STEP_NOTE 3

/*
 The formula's value is rounded: the value before, and how. 取整。
 */
#define ZG_STEP_ROUND 4

/*
 The line ends with this value. 一行的结果。
 */
#define ZG_STEP_END 5

/*
 The step is no term. 不是算式项。
 */
#define ZG_OP_NONE 0

/*
 The first term. 首项。
 */
#define ZG_OP_IS 1

/*
 Added. 加。
 */
#define ZG_OP_PLUS 2

/*
 Taken off. 减。
 */
#define ZG_OP_MINUS 3

/*
 Multiplied. 乘。
 */
#define ZG_OP_TIMES 4

/*
 Divided by. 除以。
 */
#define ZG_OP_OVER 5

/*
 Raised to this floor where it lay below. 不低于。
 */
#define ZG_OP_AT_LEAST 6

/*
 Cut to this ceiling where it lay above. 不高于。
 */
#define ZG_OP_AT_MOST 7

/*
 Room for items in zg_person_month and zg_pay; more than there are. 项目数组长度。
 */
#define ZG_ITEM_ROOM 64

/*
 The stream ends with the error of the first row that can't be computed. 遇错即止。
 */
#define ZG_ON_ERROR_STOP 0

/*
 Such a row has no amounts, and its error in the columns error_code and error. 错误入列。
 */
#define ZG_ON_ERROR_COLUMN 1

/*
 Amounts come as decimal128(18, 2). 128位十进制。
 */
#define ZG_DECIMAL128 0

/*
 Refused as ZG_INVALID_OPTION: readers of Arrow take the buffer of a decimal64 column for one of 128
 bits, and so show other amounts. 不提供64位十进制。
 */
#define ZG_DECIMAL64 1

/*
 A person with a second row of the same month in one batch of the result is the error
 ZG_DUPLICATE_PERSON of that row. 同批查重。
 */
#define ZG_REPEATS_IN_BATCH 0

/*
 As before, over the whole stream. The tables that came are kept in memory until its end. 全流查重。
 */
#define ZG_REPEATS_IN_STREAM 1

/*
 A person may have several rows of a month, and nothing is compared. 不查重。
 */
#define ZG_REPEATS_ALLOWED 2

/*
 Columns have keys as names, such as post_pay; texts of errors are English. 英文列名。
 */
#define ZG_COLUMNS_KEYS 0

/*
 Columns have Chinese names, and texts of errors are Chinese. 中文列名。
 */
#define ZG_COLUMNS_ZH 1

/*
 应发合计: gross pay.
 */
#define ZG_TOTAL_GROSS 0

/*
 扣款合计: sum of all deductions.
 */
#define ZG_TOTAL_DEDUCTIONS 1

/*
 实发合计: net pay.
 */
#define ZG_TOTAL_NET 2

/*
 单位承担合计: what the employer pays on top.
 */
#define ZG_TOTAL_EMPLOYER_COST 3

/*
 Bytes that hold any amount as text, with its NUL. 金额文本所需的最大字节数。
 */
#define ZG_MONEY_TEXT_MAX 22

/*
 The scores of a period, with what was asked. 考核结果。
 */
typedef struct zg_assessment zg_assessment;

/*
 Why an amount is what it is: steps, each with its source. 推导过程。
 */
typedef struct zg_derivation zg_derivation;

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
 An exact decimal ratio: digits / 10^decimals, so 8 % is {8, 2}. 精确的十进制比例。
 */
typedef struct {
  /*
   The digits without the point.
   */
  int64_t digits;
  /*
   How many of them stand after the point: 0 to 9.
   */
  uint32_t decimals;
} zg_rate;

/*
 One step of a derivation. The texts are views that are valid until the derivation is freed; what
 a step has not is the empty text or 0. 推导的一步。
 */
typedef struct {
  /*
   sizeof(zg_step), set by the caller before the call.
   */
  size_t size;
  /*
   ZG_STEP_LINE, _TERM, _NOTE, _ROUND or _END.
   */
  int32_t kind;
  /*
   How a term joins the formula: ZG_OP_IS and so on. ZG_OP_NONE for other steps.
   */
  int32_t op;
  /*
   How deep the line stands to which the step belongs; 0 for the outermost.
   */
  uint32_t depth;
  /*
   Whether the value is an amount, which `fen` has then: 1 or 0.
   */
  uint32_t is_amount;
  /*
   The value in fen, where it is an amount; otherwise 0.
   */
  int64_t fen;
  /*
   Stable code of the label.
   */
  zg_str code;
  /*
   What the step is about, in Chinese; for ZG_STEP_ROUND, how it is rounded.
   */
  zg_str label_zh;
  /*
   The same in English.
   */
  zg_str label_en;
  /*
   The value in Chinese; for ZG_STEP_ROUND, the value before.
   */
  zg_str value_zh;
  /*
   The same in English.
   */
  zg_str value_en;
  /*
   Title of the document that the value comes from.
   */
  zg_str source_title;
  /*
   Number of that document.
   */
  zg_str source_number;
  /*
   Clause of that document.
   */
  zg_str clause;
  /*
   Name of the place that set the value.
   */
  zg_str place;
  /*
   The pack's remark on the value.
   */
  zg_str note;
  /*
   ZG_EVIDENCE_OFFICIAL and so on; 0 without a source.
   */
  int32_t evidence;
  /*
   ZG_LAYER_NATIONAL and so on; 0 without a source.
   */
  int32_t layer;
  /*
   First day on which the value holds, as 20250301; 0 without a source.
   */
  uint32_t from;
  /*
   Last day on which it holds, as 20250331; 0 without a source or where none is stated.
   */
  uint32_t to;
} zg_step;

/*
 The facts of one person for one month. Set all of it to zero, then size, kind, month and what is
 known; a fact whose bit stands in neither mask is missing, and its field is not read. 个人月度事实。
 */
typedef struct {
  /*
   sizeof(zg_person_month).
   */
  size_t size;
  /*
   The facts that are known: ZG_BIT(ZG_FACT_RANK) and so on. Their fields are read.
   */
  uint64_t known;
  /*
   The facts that do not apply to the person, in the same way.
   */
  uint64_t not_applicable;
  /*
   The items whose amount the office states: ZG_BIT(ZG_ITEM_POST_PAY) and so on.
   */
  uint64_t stated_items;
  /*
   Opaque id of the person, which errors name; {NULL, 0} for none. Read during the call only.
   */
  zg_str person;
  /*
   Post of an auxiliary, as the pay plan names it. Read during the call only.
   */
  zg_str auxiliary_post;
  /*
   Assessment coefficient of the month.
   */
  zg_rate coefficient;
  /*
   Housing fund rate of the person's unit.
   */
  zg_rate housing_rate;
  /*
   Wage from which the contribution base is made, in fen.
   */
  int64_t contribution_wage;
  /*
   Wage from which the housing fund base is made, in fen.
   */
  int64_t housing_wage;
  /*
   Income this year before this month, in fen.
   */
  int64_t ytd_income;
  /*
   Contributions deducted this year before this month, in fen.
   */
  int64_t ytd_special;
  /*
   Special additional deductions this year before this month, in fen.
   */
  int64_t ytd_additional;
  /*
   Other lawful deductions this year before this month, in fen.
   */
  int64_t ytd_other;
  /*
   Tax withheld this year before this month, in fen.
   */
  int64_t ytd_withheld;
  /*
   Special additional deductions of this month, in fen.
   */
  int64_t special_additional;
  /*
   Stated amounts in fen, by item: stated, at ZG_ITEM_POST_PAY and so on.
   */
  int64_t stated[ZG_ITEM_ROOM];
  /*
   The month that is paid, as 202503.
   */
  uint32_t month;
  /*
   Day since which the rank is held, as 20250312.
   */
  uint32_t rank_since;
  /*
   Rest days worked without compensatory leave.
   */
  uint32_t overtime_rest_days;
  /*
   Statutory holidays worked without compensatory leave.
   */
  uint32_t overtime_holiday_days;
  /*
   Night shifts of the month.
   */
  uint32_t night_shifts;
  /*
   Overtime hours of the month.
   */
  uint32_t overtime_hours;
  /*
   Days on duty in the month.
   */
  uint32_t duty_days;
  /*
   Whole years of service as an auxiliary.
   */
  uint32_t service_years;
  /*
   Months employed by this unit this year, this one included.
   */
  uint32_t tax_months;
  /*
   How many bonuses were taxed apart earlier this year.
   */
  uint32_t bonus_separate_used;
  /*
   Day on which a new worker began or a transferee was first paid here, as 20210308.
   */
  uint32_t fund_start;
  /*
   1 leaves the employer's lines out, so that no pack has to have their standards; otherwise 0.
   */
  uint8_t without_employer_cost;
  /*
   ZG_KIND_OFFICER or ZG_KIND_AUXILIARY; always needed.
   */
  uint8_t kind;
  /*
   ZG_RANK_CONSTABLE_SECOND_CLASS and so on.
   */
  uint8_t rank;
  /*
   Rank held before rank_since, ZG_RANK_CONSTABLE_SECOND_CLASS and so on.
   */
  uint8_t previous_rank;
  /*
   ZG_RANK_EVENT_GRANTED and so on.
   */
  uint8_t rank_event;
  /*
   ZG_POST_STAFF_MEMBER and so on.
   */
  uint8_t post;
  /*
   ZG_POST_KIND_LEADING or ZG_POST_KIND_NON_LEADING.
   */
  uint8_t post_kind;
  /*
   Level, 27 to 1; with step, the fact ZG_FACT_LEVEL_STEP.
   */
  uint8_t level;
  /*
   Step inside the level, from 1.
   */
  uint8_t step;
  /*
   ZG_DUTY_FRONT_LINE and so on.
   */
  uint8_t duty;
  /*
   ZG_AUXILIARY_GRADE_1 and so on.
   */
  uint8_t auxiliary_grade;
  /*
   ZG_RISK_CLASS_1 and so on.
   */
  uint8_t risk_class;
  /*
   ZG_RISK_STEP_BASE and so on.
   */
  uint8_t risk_step;
  /*
   ZG_TAX_MODE_NORMAL and so on.
   */
  uint8_t tax_mode;
  /*
   ZG_BONUS_SEPARATE or ZG_BONUS_MERGE.
   */
  uint8_t bonus_election;
  /*
   ZG_FUND_START_NEW_WORKER or ZG_FUND_START_TRANSFEREE.
   */
  uint8_t fund_start_kind;
  /*
   Zero; anything else is ZG_INVALID_OPTION.
   */
  uint8_t reserved[4];
} zg_person_month;

/*
 The pay of one person for one month: totals and the amount of each item. 个人月度工资。
 */
typedef struct {
  /*
   sizeof(zg_pay), set by the caller before the call.
   */
  size_t size;
  /*
   Gross pay in fen, the sum of all earnings.
   */
  int64_t gross;
  /*
   Sum of all deductions in fen.
   */
  int64_t deductions;
  /*
   Net pay in fen, gross less deductions; it can be negative.
   */
  int64_t net;
  /*
   What the employer pays on top, in fen.
   */
  int64_t employer_cost;
  /*
   The items that have a line: ZG_BIT(ZG_ITEM_POST_PAY) and so on.
   */
  uint64_t items;
  /*
   Those of them whose amount was stated and not computed.
   */
  uint64_t stated_items;
  /*
   Amounts in fen by item: amounts, at ZG_ITEM_POST_PAY and so on; 0 without a line.
   */
  int64_t amounts[ZG_ITEM_ROOM];
} zg_pay;

/*
 How a stream is computed and what it gives. All zero but size is the default. 流选项。
 */
typedef struct {
  /*
   sizeof(zg_stream_options); the size that it had in ABI 1.1 is taken as well.
   */
  size_t size;
  /*
   The items that get a column, ZG_BIT(ZG_ITEM_POST_PAY) and so on; 0 for all.
   */
  uint64_t items;
  /*
   The totals that get a column, ZG_BIT(ZG_TOTAL_GROSS) and so on; 0 for all.
   */
  uint64_t totals;
  /*
   The most rows of a batch that comes out; longer ones are cut. 0 leaves them as they come.
   */
  size_t batch_rows;
  /*
   How many threads share a batch; 0 counts as 1. The result does not depend on it.
   */
  uint32_t threads;
  /*
   The month of all rows, as 202503; 0 where the table has a column month.
   */
  uint32_t month;
  /*
   ZG_ON_ERROR_STOP or ZG_ON_ERROR_COLUMN.
   */
  int32_t on_error;
  /*
   ZG_DECIMAL128.
   */
  int32_t width;
  /*
   1 leaves the employer's lines out, so that no pack has to have their standards; otherwise 0.
   */
  int32_t without_employer_cost;
  /*
   ZG_COLUMNS_KEYS or ZG_COLUMNS_ZH.
   */
  int32_t columns;
  /*
   NULL, or the assessment of the same month, whose coefficients are paid; borrowed during the
   call. A row that states another coefficient, or is of another month, has an error. Since ABI 1.2.
   */
  const zg_assessment *assessment;
  /*
   ZG_REPEATS_IN_BATCH, ZG_REPEATS_IN_STREAM or ZG_REPEATS_ALLOWED. Rows without a person are
   nobody's. Since ABI 1.2.
   */
  int32_t repeats;
  /*
   Zero. Since ABI 1.2.
   */
  int32_t reserved;
} zg_stream_options;

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
 There is no line of this index or item, or no step of this index. 没有该行或该步骤。
 */
#define ZG_NO_SUCH_LINE 804

/*
 The size field of a struct is not the size that this library knows. 结构体 size 字段不符。
 */
#define ZG_WRONG_SIZE 805

/*
 A stream was released before it was passed. 传入的流已释放。
 */
#define ZG_STREAM_RELEASED 806

/*
 The producer of a stream reported an error, or gave arrays that are not well-formed. 上游流出错。
 */
#define ZG_STREAM_FAILED 807

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
 Reads a rate, such as "0.08" or "21.75". 解析比例。

 text     UTF-8, text_len bytes: an optional "-", digits, optionally a point with one to nine
          digits. A percent sign is refused: 8 % is "0.08".
 out      On ZG_OK, the rate, without zeros at its end. Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_NOT_UTF8, ZG_INVALID_NUMBER, ZG_TOO_MANY_DIGITS,
 ZG_NUMBER_OUT_OF_RANGE. Since ABI 1.1.
 */
zg_status zg_rate_parse(const char *text, size_t text_len, zg_rate *out, zg_error **err);

/*
 Writes a rate as a decimal number without zeros at its end, such as "0.08". 将比例写成文本。

 rate     The rate.
 buffer   On ZG_OK, the text and a NUL. Otherwise untouched.
 capacity Bytes of the buffer; ZG_RATE_TEXT_MAX is enough for any rate.
 len      NULL, or on ZG_OK the length without the NUL. Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_BUFFER_TOO_SMALL; ZG_TOO_MANY_DIGITS for more than nine
 decimals. Since ABI 1.1.
 */
zg_status zg_rate_format(zg_rate rate,
                         char *buffer,
                         size_t capacity,
                         size_t *len,
                         zg_error **err);

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
          computed is an entry of "errors" beside the good rows. An optional "assessment" is the
          value of the rule assessment.score for the same month, whose coefficients are paid.
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

 What it was computed with: zg_engine_receipt for the month of the input.

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
 Runs any rule of the catalogue and gives its value alone. 运行目录中的任一规则，只返回结果值。

 What it was computed with: zg_engine_receipt for the month of the input.

 engine   Borrowed. Any number of threads may use it at once.
 rule     UTF-8 id of the rule, such as "allowance.police-rank", rule_len bytes.
 input    UTF-8 JSON object, input_len bytes; read during the call only: "month" and the rule's
          own inputs, as zg_rules lists them.
 out      On ZG_OK, JSON as under "value" of form "evaluation/1" owned by the caller
          (zg_string_free). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_UNKNOWN_RULE, an input error (1xx), a policy
 error (2xx), a rule's error (3xx), ZG_INTERNAL. Since ABI 1.1.
 */
zg_status zg_engine_value(const zg_engine *engine,
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
 Returns the receipt of what an engine computes for a month, so that it can be computed again.
 返回计算回执。

 It is that of zg_engine_pay, zg_engine_evaluate and zg_engine_value, of streams and of assessments;
 payslips and month runs in JSON carry their own, which is the same.

 engine   Borrowed. Any number of threads may use it at once.
 month    The month, as 202503; 0 for a stream whose table has a column month: "month" is null then.
 out      On ZG_OK, JSON as under "receipt" of form "payslip/1" owned by the caller (zg_string_free):
          "library", its version; "packs", the SHA-256 over the digests of all packs; "place", "month",
          "known_on", "accept". Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_INVALID_MONTH, ZG_INTERNAL. Since ABI 1.3.
 */
zg_status zg_engine_receipt(const zg_engine *engine,
                            uint32_t month,
                            zg_string **out,
                            zg_error **err);

/*
 Returns the id of the place that an engine computes for. 返回地方标准包编号。

 engine   Borrowed. NULL and a handle of another kind give the empty text.
 Returns a view that is valid until the engine is freed. Since ABI 1.3.
 */
zg_str zg_engine_place(const zg_engine *engine);

/*
 Returns the SHA-256 over the digests of all packs of an engine, in hex. 返回标准数据摘要。

 engine   Borrowed. NULL and a handle of another kind give the empty text.
 Returns a view that is valid until the engine is freed. Since ABI 1.3.
 */
zg_str zg_engine_packs(const zg_engine *engine);

/*
 Returns the weakest evidence that an engine accepts. 返回接受的最弱依据等级。

 engine   Borrowed.
 Returns ZG_EVIDENCE_OFFICIAL and so on; 0 for NULL and a handle of another kind. Since ABI 1.3.
 */
int32_t zg_engine_accept(const zg_engine *engine);

/*
 Returns the day by which standards had to be issued to count. 返回“只计此日前已发布”的日期。

 engine   Borrowed.
 Returns the day as 20250301; 0 where all count, for NULL and a handle of another kind. Since
 ABI 1.3.
 */
uint32_t zg_engine_known_on(const zg_engine *engine);

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
 Returns the kind of person. 返回人员类别。

 payslip  Borrowed.
 Returns ZG_KIND_OFFICER or ZG_KIND_AUXILIARY; 0 for NULL and a handle of another kind. Since
 ABI 1.1.
 */
int32_t zg_payslip_kind(const zg_payslip *payslip);

/*
 Returns the weakest evidence of the values used. 返回所用数据中最弱的依据等级。

 payslip  Borrowed.
 Returns ZG_EVIDENCE_OFFICIAL and so on; 0 where no value of a pack was used, for NULL and for a
 handle of another kind. Since ABI 1.1.
 */
int32_t zg_payslip_evidence(const zg_payslip *payslip);

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
 Returns the receipt: library, data, place and dates that the payslip was made with. 返回回执。

 payslip  Borrowed.
 out      On ZG_OK, JSON as under "receipt" of form "payslip/1" owned by the caller
          (zg_string_free). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE. Since ABI 1.1.
 */
zg_status zg_payslip_receipt(const zg_payslip *payslip, zg_string **out, zg_error **err);

/*
 Frees a payslip. 释放工资单。

 payslip  Owned by the caller, or NULL. Since ABI 1.0.
 */
void zg_payslip_free(zg_payslip *payslip);

/*
 Returns the derivation of a payslip. 返回工资单的推导过程。

 payslip  Borrowed; the derivation stays valid without it.
 out      On ZG_OK, a derivation owned by the caller (zg_derivation_free). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE. Since ABI 1.1.
 */
zg_status zg_payslip_derivation(const zg_payslip *payslip, zg_derivation **out, zg_error **err);

/*
 Runs any rule of the catalogue and returns how its value came about. 运行规则并返回推导过程。

 engine   Borrowed. Any number of threads may use it at once.
 rule     UTF-8 id of the rule, rule_len bytes.
 input    UTF-8 JSON object, input_len bytes, as for zg_engine_evaluate.
 out      On ZG_OK, a derivation owned by the caller (zg_derivation_free). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns what zg_engine_evaluate returns. Since ABI 1.1.
 */
zg_status zg_engine_derive(const zg_engine *engine,
                           const char *rule,
                           size_t rule_len,
                           const char *input,
                           size_t input_len,
                           zg_derivation **out,
                           zg_error **err);

/*
 Returns how many steps a derivation has. 返回步骤数。

 derivation Borrowed. NULL and a handle of another kind give 0. Since ABI 1.1.
 */
size_t zg_derivation_step_count(const zg_derivation *derivation);

/*
 Returns one step of a derivation. 返回推导的一步。

 derivation Borrowed.
 index    From 0, in the order in which the rules took them.
 out      Its size field is sizeof(zg_step). On ZG_OK, the step. Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_WRONG_SIZE, ZG_NO_SUCH_LINE. Since ABI 1.1.
 */
zg_status zg_derivation_step(const zg_derivation *derivation,
                             size_t index,
                             zg_step *out,
                             zg_error **err);

/*
 Returns a derivation as text, indented. 返回推导说明。

 derivation Borrowed.
 lang     ZG_ZH or ZG_EN.
 out      On ZG_OK, a text owned by the caller (zg_string_free). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_INVALID_OPTION. Since ABI 1.1.
 */
zg_status zg_derivation_text(const zg_derivation *derivation,
                             int32_t lang,
                             zg_string **out,
                             zg_error **err);

/*
 Returns a derivation as JSON, a tree of lines with every source. 返回推导过程的 JSON。

 derivation Borrowed.
 out      On ZG_OK, JSON as under "derivation" of form "evaluation/1", owned by the caller
          (zg_string_free). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE. Since ABI 1.1.
 */
zg_status zg_derivation_json(const zg_derivation *derivation, zg_string **out, zg_error **err);

/*
 Frees a derivation. 释放推导过程。

 derivation Owned by the caller, or NULL. Since ABI 1.1.
 */
void zg_derivation_free(zg_derivation *derivation);

/*
 Computes the pay of one person for a month, without a derivation. 计算一人一月工资（无推导）。

 The same rules as zg_engine_payslip give the same amounts and errors. On ZG_OK nothing is
 allocated, once the month was asked for before; an auxiliary_post that the pay plan does not name
 is the exception. What it was computed with: zg_engine_receipt for the month.

 engine   Borrowed. Any number of threads may use it at once.
 person   Borrowed; its size field is sizeof(zg_person_month).
 out      Its size field is sizeof(zg_pay). On ZG_OK, the pay. Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_WRONG_SIZE, an input error (1xx) that names
 the field, a policy error (2xx), a rule's error (3xx), ZG_INTERNAL. Since ABI 1.1.
 */
zg_status zg_engine_pay(const zg_engine *engine,
                        const zg_person_month *person,
                        zg_pay *out,
                        zg_error **err);

/*
 Computes the pay of a stream of tables, one row per person and month. 以 Arrow 流核算。

 The table's columns are those of zg_stream_input_schema, in any order and type that can be read;
 float columns are refused. What comes out has the columns person, unit and month as they came,
 then one per item and total in yuan. Batches are computed as they are asked for, so memory does
 not grow with rows. A get_next of the result that fails returns EINVAL, or EIO where the input or
 the library is at fault; its get_last_error has three lines: number and name of the code, the
 message in Chinese, the message in English. zg_stream_error gives the whole error. What it was
 computed with: zg_engine_receipt for the month of the options.

 engine   Borrowed. The result stays valid without it.
 input    Taken over in every case, also where the call fails: afterwards it is marked as released,
          and what it held is released now or with the result. Only NULL is left alone.
 options  NULL for the defaults, or borrowed; the size field is sizeof(zg_stream_options), of this
          header or an older one. With an assessment, the table needs the column person.
 out      On ZG_OK, a stream owned by the caller, who calls its release. It is used by one thread
          at a time. Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_WRONG_SIZE, ZG_INVALID_OPTION,
 ZG_STREAM_RELEASED, ZG_STREAM_FAILED where the input has no schema to give; ZG_WRONG_MONTH where the
 assessment is of another month than the options say, ZG_NOT_APPLICABLE where it is not one of a
 month; ZG_FLOAT_REFUSED, ZG_COLUMN_TYPE, ZG_UNKNOWN_FIELD, ZG_MISSING_COLUMN, ZG_DUPLICATE_COLUMN, naming the column;
 ZG_INTERNAL. Since ABI 1.1.
 */
zg_status zg_engine_month_run_stream(const zg_engine *engine,
                                     struct ArrowArrayStream *input,
                                     const zg_stream_options *options,
                                     struct ArrowArrayStream *out,
                                     zg_error **err);

/*
 Returns the error that ended a result stream. 返回结果流的错误。

 stream   Borrowed; a stream that a function of this header gave.
 out      On ZG_OK, an error owned by the caller (zg_error_free), or NULL where the stream has not
          failed. Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_STREAM_RELEASED; ZG_WRONG_HANDLE for another library's
 stream. Since ABI 1.1.
 */
zg_status zg_stream_error(const struct ArrowArrayStream *stream, zg_error **out, zg_error **err);

/*
 Returns the schema of a table with every column that can be read. 返回输入表的结构。

 The types are those that cost least to make; the others that a column can have are read, too.

 out      On ZG_OK, a schema owned by the caller, who calls its release. Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_INTERNAL. Since ABI 1.1.
 */
zg_status zg_stream_input_schema(struct ArrowSchema *out, zg_error **err);

/*
 Scores the subjects of a table by the events of another. 按名册和事件表考核。

 Columns are those of zg_assessment_input_schema, by key or Chinese name, in any order and type that
 can be read; float columns are refused. An error of a row names the row, from 1, the column as its
 field, and the person. What it was computed with: zg_engine_receipt for the month of the request.

 engine   Borrowed. The result stays valid without it.
 request  UTF-8 JSON, form "assessment-request/1", request_len bytes; read during the call only:
          "month", and where wanted "period", "orders", "schemes", "known_on", "on_error" ("raise" where
          absent, or "report": who can be scored is, the others' errors are a table), "other_periods"
          (true passes over events of other periods), and one thing to compare with: "published",
          "published_on", "earlier", or "other_schemes" and "weights".
 subjects Taken over in every case, as by zg_engine_month_run_stream; read to its end and released.
 events   NULL where there are none, or taken over in the same way.
 columns  ZG_COLUMNS_KEYS or ZG_COLUMNS_ZH: the language of the tables that come out, in names and
          cells.
 out      On ZG_OK, an assessment owned by the caller (zg_assessment_free). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_INVALID_OPTION, ZG_STREAM_RELEASED,
 ZG_STREAM_FAILED; ZG_FLOAT_REFUSED, ZG_COLUMN_TYPE, ZG_UNKNOWN_FIELD, ZG_MISSING_COLUMN,
 ZG_DUPLICATE_COLUMN, naming the column; another input error (1xx), a policy error (2xx), a rule's
 error (3xx), ZG_INTERNAL. Since ABI 1.2.
 */
zg_status zg_engine_assess(const zg_engine *engine,
                           const char *request,
                           size_t request_len,
                           struct ArrowArrayStream *subjects,
                           struct ArrowArrayStream *events,
                           int32_t columns,
                           zg_assessment **out,
                           zg_error **err);

/*
 Returns a table of an assessment. 返回考核结果的一张表。

 "scores" has a row for each subject, "sheets" for each sheet, "trail" for each line of a sheet with
 its event and clause, "ranking" for each place, "errors" for each error where the request says
 "on_error": "report", "difference" for each subject that differs from what the request compares with;
 docs/ASSESSMENT.md lists their columns. Points are decimal128(18, 4),
 coefficients decimal128(18, 9), days date32.

 assessment  Borrowed. The result stays valid without it.
 name     UTF-8 name of the table, name_len bytes.
 out      On ZG_OK, a stream of one batch owned by the caller, who calls its release. Otherwise
          untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_NOT_UTF8, ZG_UNKNOWN_TERM, also
 for "difference" where the request compares nothing; ZG_INTERNAL. Since ABI 1.2.
 */
zg_status zg_assessment_table(const zg_assessment *assessment,
                              const char *name,
                              size_t name_len,
                              struct ArrowArrayStream *out,
                              zg_error **err);

/*
 Returns an assessment as JSON: the value of the rule assessment.score with trail and ranking.
 返回考核结果的 JSON。

 A request of zg_engine_month_run takes it under the key "assessment", and pays its coefficients.

 assessment  Borrowed.
 out      On ZG_OK, JSON owned by the caller (zg_string_free). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_INTERNAL. Since ABI 1.2.
 */
zg_status zg_assessment_json(const zg_assessment *assessment, zg_string **out, zg_error **err);

/*
 Returns one subject's sheets as text, every event with its date, clause and points; or the ranking
 lists. 返回一个对象的考核表，或全部排名。

 assessment  Borrowed. What was asked is scored again for the text.
 subject  UTF-8 id of the subject, subject_len bytes; the empty text stands for the ranking lists.
 lang     ZG_ZH or ZG_EN.
 out      On ZG_OK, a text owned by the caller (zg_string_free). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_NOT_UTF8, ZG_INVALID_OPTION; ZG_UNKNOWN_TERM where
 the subject was not scored; ZG_INTERNAL. Since ABI 1.2.
 */
zg_status zg_assessment_text(const zg_assessment *assessment,
                             const char *subject,
                             size_t subject_len,
                             int32_t lang,
                             zg_string **out,
                             zg_error **err);

/*
 Returns the schema of a table that zg_engine_assess reads, with every column. 返回输入表的结构。

 The types are the usual ones; the others that a column can have are read, too. A column that must be
 there is not nullable.

 name     UTF-8 name of the table, "subjects" or "events", name_len bytes.
 out      On ZG_OK, a schema owned by the caller, who calls its release. Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_NOT_UTF8, ZG_UNKNOWN_TERM, ZG_INTERNAL. Since ABI 1.2.
 */
zg_status zg_assessment_input_schema(const char *name,
                                     size_t name_len,
                                     struct ArrowSchema *out,
                                     zg_error **err);

/*
 Frees an assessment. Tables that it gave stay valid. 释放考核结果。

 assessment  Owned by the caller, or NULL. Since ABI 1.2.
 */
void zg_assessment_free(zg_assessment *assessment);

/*
 Runs any rule of the catalogue with a table for one of its lists. 运行规则，其一列表由表给出。

 The rows stand under a key of the input, such as "people" of "assessment.quota"; they are answered
 as the same rows in JSON would be. A column is a key of each row: texts (amounts too, "95.50"),
 booleans, integers, decimals, date32, lists and structs. Float columns are refused. An empty or null
 cell is a key that the row does not have. An error of a column names the column as its field, and
 its JSON has the key under args, as "table". What it was computed with: zg_engine_receipt.

 engine   Borrowed. Any number of threads may use it at once.
 rule     UTF-8 id of the rule, rule_len bytes.
 input    UTF-8 JSON object, input_len bytes; read during the call only: "month" and the rule's other
          inputs, as zg_rules lists them.
 key      UTF-8 name of the input that the rows are, key_len bytes.
 rows     Taken over in every case, as by zg_engine_month_run_stream; read to its end and released.
 out      On ZG_OK, JSON of form "evaluation/1" owned by the caller (zg_string_free); zg_value_table
          makes a table of a list in it. Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_STREAM_RELEASED, ZG_STREAM_FAILED;
 ZG_CONTRADICTORY_FACTS where the input has the key; ZG_FLOAT_REFUSED, ZG_COLUMN_TYPE,
 ZG_DUPLICATE_COLUMN, naming the column; ZG_UNKNOWN_RULE, another input error (1xx), a policy error
 (2xx), a rule's error (3xx), ZG_INTERNAL. Since ABI 1.3.
 */
zg_status zg_engine_evaluate_table(const zg_engine *engine,
                                   const char *rule,
                                   size_t rule_len,
                                   const char *input,
                                   size_t input_len,
                                   const char *key,
                                   size_t key_len,
                                   struct ArrowArrayStream *rows,
                                   zg_string **out,
                                   zg_error **err);

/*
 Returns a list in the answer of a rule as a table, one row an item. 把结果中的列表作为表返回。

 Whole numbers are int64, booleans bool, all else text, amounts digit by digit. A key of an object
 inside an item has a column "key.inner"; a list of texts is one text with ";" between them, another
 list is JSON. A column is there where an item has a value for it.

 value    UTF-8 JSON, value_len bytes; read during the call only: the value of a rule, as
          zg_engine_value gives it, or the whole of form "evaluation/1", in whose value is looked.
 key      UTF-8 key of the list in the value, key_len bytes; the empty text where the value itself is
          the list.
 out      On ZG_OK, a stream of one batch owned by the caller, who calls its release. Otherwise
          untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_NOT_UTF8, ZG_INVALID_INPUT; ZG_UNKNOWN_TERM where there is no such
 list, with those that there are; ZG_INTERNAL. Since ABI 1.3.
 */
zg_status zg_value_table(const char *value,
                         size_t value_len,
                         const char *key,
                         size_t key_len,
                         struct ArrowArrayStream *out,
                         zg_error **err);

/*
 Runs any rule of the catalogue for each row of a table. 逐行运行规则。

 The columns are inputs of the rule, read as by zg_engine_evaluate_table. A column person comes first
 in the result, and errors name it; it is an input of settlement.payslip alone. The other columns of the
 result are those of zg_value_table, or value where the rule answers a single value; rows stay in order. With
 ZG_ON_ERROR_COLUMN a row without an answer has its error in the columns error_code and error, which are
 there where a row has one. What it was computed with: zg_engine_receipt.

 engine   Borrowed. Any number of threads may use it at once. The result stays valid without it.
 rule     UTF-8 id of the rule, rule_len bytes.
 shared   UTF-8 JSON object, shared_len bytes; read during the call only: the inputs that are the
          same for all rows, such as "month". The empty text stands for {}.
 rows     Taken over in every case, as by zg_engine_month_run_stream; read to its end and released.
 on_error ZG_ON_ERROR_STOP, where the first row without an answer fails the call, or
          ZG_ON_ERROR_COLUMN.
 lang     ZG_ZH or ZG_EN: the language of the column error.
 out      On ZG_OK, a stream of one batch owned by the caller, who calls its release. Otherwise
          untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_INVALID_OPTION, ZG_STREAM_RELEASED,
 ZG_STREAM_FAILED; ZG_FLOAT_REFUSED, ZG_COLUMN_TYPE, ZG_DUPLICATE_COLUMN, naming the column;
 ZG_UNKNOWN_RULE, an input error (1xx), a policy error (2xx) or a rule's error (3xx), naming row and
 person; ZG_CONTRADICTORY_FACTS where an input is a column and shared; ZG_INTERNAL. Since ABI 1.3.
 */
zg_status zg_engine_evaluate_rows(const zg_engine *engine,
                                  const char *rule,
                                  size_t rule_len,
                                  const char *shared,
                                  size_t shared_len,
                                  struct ArrowArrayStream *rows,
                                  int32_t on_error,
                                  int32_t lang,
                                  struct ArrowArrayStream *out,
                                  zg_error **err);

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
 Checks several packs together, such as a city's below a province's. 一并检查多个政策包。

 request  UTF-8 JSON, form "engine-request/1", request_len bytes; read during the call only. The
          packs are "builtin" (["national"] where absent) and "packs"; "place", "accept" and
          "known_on" may be there and are not looked at.
 out      On ZG_OK, a JSON array of findings (form "findings/1"; empty where nothing was found)
          owned by the caller (zg_string_free). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, also where a pack has errors; ZG_NULL_POINTER, ZG_NOT_UTF8, an input error (1xx),
 ZG_UNKNOWN_PLACE, ZG_INTERNAL. Since ABI 1.1.
 */
zg_status zg_packs_lint(const char *request, size_t request_len, zg_string **out, zg_error **err);

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

/*
 Lists the names of all schemas: of the records, then of the input and the output of each rule as
 "RULE.input" and "RULE.output" with the id of the rule. 列出全部 JSON Schema 的名称。

 out      On ZG_OK, a JSON array of texts owned by the caller (zg_string_free). Otherwise untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_INTERNAL. Since ABI 1.1.
 */
zg_status zg_schema_names(zg_string **out, zg_error **err);

/*
 Returns one schema, as docs/schemas has it. 返回一个 JSON Schema。

 name     UTF-8 name of the schema, such as "person" or "allowance.police-rank.input", name_len
          bytes.
 out      On ZG_OK, JSON Schema (draft 2020-12) owned by the caller (zg_string_free). Otherwise
          untouched.
 err      NULL, or on failure an error owned by the caller (zg_error_free).
 Returns ZG_OK, ZG_NULL_POINTER, ZG_NOT_UTF8, ZG_UNKNOWN_TERM, ZG_INTERNAL. Since ABI 1.1.
 */
zg_status zg_schema(const char *name, size_t name_len, zg_string **out, zg_error **err);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* ZHENGGONG_H */

//! Statuses: the error codes of the core by number, and those that only a C caller can cause.

/// What a call returns: `ZG_OK`, or the number of an error. 状态码。
pub type zg_status = i32;

/// The call succeeded. 成功。
pub const ZG_OK: zg_status = 0;
/// Error code InvalidNumber of the core. 核心错误码 101。
pub const ZG_INVALID_NUMBER: zg_status = 101;
/// Error code TooManyDigits of the core. 核心错误码 102。
pub const ZG_TOO_MANY_DIGITS: zg_status = 102;
/// Error code NumberOutOfRange of the core. 核心错误码 103。
pub const ZG_NUMBER_OUT_OF_RANGE: zg_status = 103;
/// Error code FloatRefused of the core. 核心错误码 104。
pub const ZG_FLOAT_REFUSED: zg_status = 104;
/// Error code InvalidDate of the core. 核心错误码 105。
pub const ZG_INVALID_DATE: zg_status = 105;
/// Error code InvalidMonth of the core. 核心错误码 106。
pub const ZG_INVALID_MONTH: zg_status = 106;
/// Error code UnknownTerm of the core. 核心错误码 107。
pub const ZG_UNKNOWN_TERM: zg_status = 107;
/// Error code MissingFact of the core. 核心错误码 108。
pub const ZG_MISSING_FACT: zg_status = 108;
/// Error code UnknownField of the core. 核心错误码 109。
pub const ZG_UNKNOWN_FIELD: zg_status = 109;
/// Error code InvalidInput of the core. 核心错误码 110。
pub const ZG_INVALID_INPUT: zg_status = 110;
/// Error code ContradictoryFacts of the core. 核心错误码 111。
pub const ZG_CONTRADICTORY_FACTS: zg_status = 111;
/// Error code NegativeNotAllowed of the core. 核心错误码 112。
pub const ZG_NEGATIVE_NOT_ALLOWED: zg_status = 112;
/// Error code UnknownRule of the core. 核心错误码 113。
pub const ZG_UNKNOWN_RULE: zg_status = 113;
/// Error code DuplicatePerson of the core. 核心错误码 114。
pub const ZG_DUPLICATE_PERSON: zg_status = 114;
/// Error code InvalidText of the core. 核心错误码 115。
pub const ZG_INVALID_TEXT: zg_status = 115;
/// Error code MissingColumn of the core. 核心错误码 116。
pub const ZG_MISSING_COLUMN: zg_status = 116;
/// Error code DuplicateColumn of the core. 核心错误码 117。
pub const ZG_DUPLICATE_COLUMN: zg_status = 117;
/// Error code NotUtf8 of the core. 核心错误码 118。
pub const ZG_NOT_UTF8: zg_status = 118;
/// Error code StrayQuote of the core. 核心错误码 119。
pub const ZG_STRAY_QUOTE: zg_status = 119;
/// Error code WrongFieldCount of the core. 核心错误码 120。
pub const ZG_WRONG_FIELD_COUNT: zg_status = 120;
/// Error code WrongMonth of the core. 核心错误码 121。
pub const ZG_WRONG_MONTH: zg_status = 121;
/// Error code EmptyTable of the core. 核心错误码 122。
pub const ZG_EMPTY_TABLE: zg_status = 122;
/// Error code ColumnType of the core. 核心错误码 123。
pub const ZG_COLUMN_TYPE: zg_status = 123;
/// Error code NotEncodable of the core. 核心错误码 124。
pub const ZG_NOT_ENCODABLE: zg_status = 124;
/// Error code Io of the core. 核心错误码 125。
pub const ZG_IO: zg_status = 125;
/// Error code InvalidOption of the core. 核心错误码 126。
pub const ZG_INVALID_OPTION: zg_status = 126;
/// Error code UnknownScoringRule of the core. 核心错误码 131。
pub const ZG_UNKNOWN_SCORING_RULE: zg_status = 131;
/// Error code OutsideWindow of the core. 核心错误码 132。
pub const ZG_OUTSIDE_WINDOW: zg_status = 132;
/// Error code PersonLeft of the core. 核心错误码 133。
pub const ZG_PERSON_LEFT: zg_status = 133;
/// Error code DuplicateEvent of the core. 核心错误码 134。
pub const ZG_DUPLICATE_EVENT: zg_status = 134;
/// Error code SelfRating of the core. 核心错误码 135。
pub const ZG_SELF_RATING: zg_status = 135;
/// Error code UnknownSubject of the core. 核心错误码 136。
pub const ZG_UNKNOWN_SUBJECT: zg_status = 136;
/// Error code ValueGap of the core. 核心错误码 201。
pub const ZG_VALUE_GAP: zg_status = 201;
/// Error code PackSyntax of the core. 核心错误码 202。
pub const ZG_PACK_SYNTAX: zg_status = 202;
/// Error code UnknownKey of the core. 核心错误码 203。
pub const ZG_UNKNOWN_KEY: zg_status = 203;
/// Error code MissingKey of the core. 核心错误码 204。
pub const ZG_MISSING_KEY: zg_status = 204;
/// Error code InvalidValue of the core. 核心错误码 205。
pub const ZG_INVALID_VALUE: zg_status = 205;
/// Error code DanglingSource of the core. 核心错误码 206。
pub const ZG_DANGLING_SOURCE: zg_status = 206;
/// Error code Overlap of the core. 核心错误码 207。
pub const ZG_OVERLAP: zg_status = 207;
/// Error code NationalOnly of the core. 核心错误码 208。
pub const ZG_NATIONAL_ONLY: zg_status = 208;
/// Error code OutOfBounds of the core. 核心错误码 209。
pub const ZG_OUT_OF_BOUNDS: zg_status = 209;
/// Error code RuleNotFound of the core. 核心错误码 210。
pub const ZG_RULE_NOT_FOUND: zg_status = 210;
/// Error code DuplicateSource of the core. 核心错误码 211。
pub const ZG_DUPLICATE_SOURCE: zg_status = 211;
/// Error code UnknownParent of the core. 核心错误码 212。
pub const ZG_UNKNOWN_PARENT: zg_status = 212;
/// Error code ChecksumFailed of the core. 核心错误码 213。
pub const ZG_CHECKSUM_FAILED: zg_status = 213;
/// Error code EvidenceNotAccepted of the core. 核心错误码 214。
pub const ZG_EVIDENCE_NOT_ACCEPTED: zg_status = 214;
/// Error code PackTooLarge of the core. 核心错误码 215。
pub const ZG_PACK_TOO_LARGE: zg_status = 215;
/// Error code CellNotAttested of the core. 核心错误码 216。
pub const ZG_CELL_NOT_ATTESTED: zg_status = 216;
/// Error code UnknownPlace of the core. 核心错误码 217。
pub const ZG_UNKNOWN_PLACE: zg_status = 217;
/// Error code PackDisagrees of the core. 核心错误码 218。
pub const ZG_PACK_DISAGREES: zg_status = 218;
/// Error code EmptyValidity of the core. 核心错误码 219。
pub const ZG_EMPTY_VALIDITY: zg_status = 219;
/// Error code UnusedSource of the core. 核心错误码 220。
pub const ZG_UNUSED_SOURCE: zg_status = 220;
/// Error code TableShape of the core. 核心错误码 221。
pub const ZG_TABLE_SHAPE: zg_status = 221;
/// Error code NoSuchStandard of the core. 核心错误码 222。
pub const ZG_NO_SUCH_STANDARD: zg_status = 222;
/// Error code MidMonth of the core. 核心错误码 223。
pub const ZG_MID_MONTH: zg_status = 223;
/// Error code WeightSum of the core. 核心错误码 224。
pub const ZG_WEIGHT_SUM: zg_status = 224;
/// Error code NeedsDecision of the core. 核心错误码 301。
pub const ZG_NEEDS_DECISION: zg_status = 301;
/// Error code Overflow of the core. 核心错误码 302。
pub const ZG_OVERFLOW: zg_status = 302;
/// Error code DivisionByZero of the core. 核心错误码 303。
pub const ZG_DIVISION_BY_ZERO: zg_status = 303;
/// Error code ExclusiveDeductions of the core. 核心错误码 304。
pub const ZG_EXCLUSIVE_DEDUCTIONS: zg_status = 304;
/// Error code LevelExhausted of the core. 核心错误码 305。
pub const ZG_LEVEL_EXHAUSTED: zg_status = 305;
/// Error code NotApplicable of the core. 核心错误码 306。
pub const ZG_NOT_APPLICABLE: zg_status = 306;
/// Error code ScoreAboveFull of the core. 核心错误码 311。
pub const ZG_SCORE_ABOVE_FULL: zg_status = 311;
/// Error code Internal of the core. 核心错误码 901。
pub const ZG_INTERNAL: zg_status = 901;
/// A pointer that the call needs is NULL. 所需指针为空。
pub const ZG_NULL_POINTER: zg_status = 801;
/// A handle is of another kind, or was freed. 句柄类型不对或已释放。
pub const ZG_WRONG_HANDLE: zg_status = 802;
/// The buffer is too small for the text. 缓冲区过小。
pub const ZG_BUFFER_TOO_SMALL: zg_status = 803;
/// There is no line of this index or item, or no step of this index. 没有该行或该步骤。
pub const ZG_NO_SUCH_LINE: zg_status = 804;
/// The size field of a struct is not the size that this library knows. 结构体 size 字段不符。
pub const ZG_WRONG_SIZE: zg_status = 805;
/// A stream was released before it was passed. 传入的流已释放。
pub const ZG_STREAM_RELEASED: zg_status = 806;
/// The producer of a stream reported an error, or gave arrays that are not well-formed. 上游流出错。
pub const ZG_STREAM_FAILED: zg_status = 807;

//! The single list of error codes. Last added: 136, 224, 311, 901. Numbers are never reused.

/// Which side an error concerns, by the hundred of its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorClass {
    /// 1xx: what the caller gave.
    Input,
    /// 2xx: policy data.
    Policy,
    /// 3xx: a rule that can't give an answer.
    Rule,
    /// 9xx: a fault of this library.
    Internal,
}

impl ErrorClass {
    /// Returns the name used in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Policy => "policy",
            Self::Rule => "rule",
            Self::Internal => "internal",
        }
    }
}

macro_rules! codes {
    ($($number:literal $name:ident [$($param:ident),*] $class:ident
        $zh:literal
        $en:literal;)*) => {
        /// The stable code of an [`Error`](super::Error). New codes are added; none changes its meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        #[repr(u16)]
        #[allow(rustdoc::broken_intra_doc_links, reason = "messages speak of TOML's [[source]]")]
        pub enum ErrorCode {
            $(#[doc = $en] $name = $number,)*
        }

        impl ErrorCode {
            /// All codes, by number.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Returns the name of the code, as in this enum.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            /// Returns which side the error concerns.
            #[must_use]
            pub const fn class(self) -> ErrorClass {
                match self { $(Self::$name => ErrorClass::$class,)* }
            }

            /// Returns the arguments of its message.
            #[must_use]
            pub const fn params(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$(stringify!($param)),*],)* }
            }

            /// Returns the Chinese message with `{argument}` placeholders.
            #[must_use]
            pub const fn template_zh(self) -> &'static str {
                match self { $(Self::$name => $zh,)* }
            }

            /// Returns the English message with `{argument}` placeholders.
            #[must_use]
            pub const fn template_en(self) -> &'static str {
                match self { $(Self::$name => $en,)* }
            }
        }
    };
}

impl ErrorCode {
    /// Returns the stable number.
    #[must_use]
    pub const fn number(self) -> u16 {
        self as u16
    }
}

codes! {
    101 InvalidNumber [value] Input
        "“{value}”不是合法的十进制数。请写成如 1234.56 的形式，不用千分位、单位或空格。"
        "\"{value}\" is not a decimal number. Write it like 1234.56, without separators, units or spaces.";
    102 TooManyDigits [value, digits] Input
        "“{value}”的小数位超过 {digits} 位。请先按制度取整再录入，本库不替您舍入。"
        "\"{value}\" has more than {digits} decimal places. Round it by your rule first; this library does not round input.";
    103 NumberOutOfRange [value, min, max] Input
        "“{value}”超出允许范围（{min} 至 {max}）。请核对数值。"
        "\"{value}\" is outside the allowed range ({min} to {max}). Check the value.";
    104 FloatRefused [value] Input
        "{value} 不能用作金额或比例：不接受浮点数、整数和布尔值。请传十进制文本，如 \"660.00\"，或 Decimal(\"660.00\")。"
        "{value} can't be an amount or rate: floats, bare integers and booleans are refused. Pass decimal text such as \"660.00\", or Decimal(\"660.00\").";
    105 InvalidDate [value] Input
        "“{value}”不是有效日期。请写成 2025-03-01 的形式。"
        "\"{value}\" is not a valid date. Write it like 2025-03-01.";
    106 InvalidMonth [value] Input
        "“{value}”不是有效月份。请写成 2025-03 的形式，年份 1900 至 2999，月份 01 至 12。"
        "\"{value}\" is not a valid month. Write it like 2025-03, years 1900 to 2999, months 01 to 12.";
    107 UnknownTerm [kind, value, known] Input
        "“{value}”不是已知的{kind}。可用：{known}。"
        "\"{value}\" is not a known {kind}. Known are: {known}.";
    108 MissingFact [fact] Input
        "缺少事实“{fact}”，无法计算。请补录该项：数额为零写 0，不适用写“无”。"
        "the fact {fact} is missing, so the rule can't be computed. Supply it: 0 where the amount is zero, n/a where it does not apply.";
    109 UnknownField [name, known] Input
        "不认识字段“{name}”。可用：{known}。请更正拼写或删除。"
        "the field {name} is not known. Known are: {known}. Correct the spelling or remove it.";
    110 InvalidInput [detail] Input
        "输入不符合格式：{detail}。请对照该规则的输入说明更正。"
        "the input does not have the expected form: {detail}. Compare it with the rule's input description.";
    111 ContradictoryFacts [detail] Input
        "事实互相矛盾：{detail}。请核对后只保留正确的一项。"
        "facts contradict each other: {detail}. Keep the correct one.";
    112 NegativeNotAllowed [value] Input
        "“{value}”不能为负。请核对数值；扣款请录入相应的扣除项。"
        "\"{value}\" must not be negative. Check the value; enter a deduction under its own item.";
    113 UnknownRule [rule] Input
        "没有规则“{rule}”。请查阅规则目录。"
        "there is no rule {rule}. See the rule catalogue.";
    114 DuplicatePerson [first] Input
        "人员编号重复，首次出现在第 {first} 行。请保留一行。"
        "the person id occurs twice; it first stands in line {first}. Keep one of the lines.";
    115 InvalidText [detail] Input
        "文本不可用：{detail}。请用 1 至 64 个可见字符。"
        "the text can't be used: {detail}. Use 1 to 64 visible characters.";
    116 MissingColumn [column] Input
        "缺少列“{column}”。请在表头补上该列（中文或英文列名均可）。"
        "the column {column} is missing. Add it to the header, under its Chinese or English name.";
    117 DuplicateColumn [column] Input
        "列“{column}”出现两次。请只保留一列。"
        "the column {column} occurs twice. Keep one.";
    118 NotUtf8 [detail] Input
        "文件不是有效的 UTF-8（{detail}）。若为 GBK 编码，请在读取时声明 GBK，或另存为 UTF-8。"
        "the file is not valid UTF-8 ({detail}). If it is GBK, say so when reading it, or save it as UTF-8.";
    119 StrayQuote [detail] Input
        "引号不成对或位置不对：{detail}。字段含引号时应整体加引号并将引号写两次。"
        "a quotation mark is unpaired or misplaced: {detail}. Quote the whole field and double the mark inside.";
    120 WrongFieldCount [found, expected] Input
        "该行有 {found} 个字段，表头有 {expected} 个。请补齐或删除多余的逗号。"
        "the line has {found} fields, the header has {expected}. Add what is missing or remove extra commas.";
    121 WrongMonth [found, expected] Input
        "该行月份为 {found}，本次核算月份为 {expected}。请更正月份或分月核算。"
        "the line is of month {found}, but month {expected} is being run. Correct it, or run each month apart.";
    122 EmptyTable [] Input
        "表中没有数据行。请至少提供一行。"
        "the table has no rows. Give at least one.";
    123 ColumnType [column, found, expected] Input
        "列“{column}”的类型是 {found}，需要 {expected}。请转换后再传入。"
        "the column {column} has type {found}; {expected} is needed. Convert it first.";
    124 NotEncodable [detail] Input
        "文本不能用所声明的编码读取（{detail}）。请核对文件编码。"
        "the text can't be read in the declared encoding ({detail}). Check the encoding of the file.";
    125 Io [detail] Input
        "文件无法读写：{detail}。请核对路径和权限。"
        "the file can't be read or written: {detail}. Check the path and the permissions.";
    126 InvalidOption [option, value, known] Input
        "选项 {option} 的值“{value}”不可用。可用：{known}。"
        "the option {option} can't be \"{value}\". Possible: {known}.";
    131 UnknownScoringRule [rule, scheme, known] Input
        "考核方案 {scheme} 没有计分规则“{rule}”。可用：{known}。请更正事件的 rule，或在方案中补列。"
        "no scheme by which the event counts ({scheme}) has the scoring rule {rule}. Known are: {known}. Correct the event, or add the rule to the scheme.";
    132 OutsideWindow [event, date, from, to] Input
        "事件“{event}”发生于 {date}，不在考核窗口 {from} 至 {to} 之内。请更正日期，或归入所属周期。"
        "the event {event} is dated {date}, outside the window {from} to {to}. Correct the date, or score it in its own period.";
    133 PersonLeft [event, date, left] Input
        "事件“{event}”发生于 {date}，该对象在考核名册中的期间为 {left}。请核对日期和去向，或改记在岗者。"
        "the event {event} is dated {date}, but the subject is on the list {left}. Check the date and where the person went.";
    134 DuplicateEvent [event, first] Input
        "事件编号“{event}”重复，首次出现在 {first}。请保留一条；更正旧事件请用新编号并写 replaces。"
        "the event id {event} occurs twice; it first stands at {first}. Keep one; to correct an event, use a new id with `replaces`.";
    135 SelfRating [event, rater] Input
        "事件“{event}”是 {rater} 对自己的评议，方案不允许自评。请删除，或在方案中写 own = true。"
        "in the event {event}, {rater} rates itself, which the scheme forbids. Remove it, or allow it with own = true.";
    136 UnknownSubject [event, subject] Input
        "“{event}”的对象“{subject}”不在考核名册中。请补列对象或更正编号。"
        "the subject {subject} of {event} is not on the list. Add it or correct the id.";

    201 ValueGap [value, last, next] Policy
        "“{value}”在该月没有有效标准：上一标准止于 {last}，下一标准始于 {next}。请加载包含该月的政策包，或更正月份、已知日。"
        "there is no value of {value} for this month: the last one ends {last}, the next one starts {next}. Load a pack that covers the month, or correct the month or known-on date.";
    202 PackSyntax [detail] Policy
        "政策包不是有效的 TOML：{detail}。请更正该处。"
        "the pack is not valid TOML: {detail}. Correct this place.";
    203 UnknownKey [key, known] Policy
        "不认识键“{key}”。此处可用：{known}。"
        "the key {key} is not known here. Known are: {known}.";
    204 MissingKey [key] Policy
        "缺少键“{key}”。请补上。"
        "the key {key} is missing. Add it.";
    205 InvalidValue [key, value, expected] Policy
        "“{key}”的值 {value} 不可用，应为{expected}。"
        "{key} can't be {value}; {expected} is expected.";
    206 DanglingSource [id] Policy
        "来源“{id}”未在本文件的 [[source]] 中列出。每个值都须有来源；请补列来源或更正编号。"
        "the source {id} is not listed under [[source]] of this file. Every value needs one: add the source or correct the id.";
    207 Overlap [value, from, other] Policy
        "“{value}”自 {from} 起的值与 {other} 处的值重叠。请写明止日；更正旧值请另列一条并写更晚的 issued。"
        "the value of {value} from {from} overlaps the one at {other}. State where it ends; to correct an old value, add one with a later `issued`.";
    208 NationalOnly [value, layer] Policy
        "“{value}”是全国统一标准，{layer}层不得设定。请删除该值。"
        "{value} is a national standard; the {layer} layer must not set it. Remove the value.";
    209 OutOfBounds [value, found, min, max] Policy
        "“{value}”为 {found}，超出上级规定的 {min} 至 {max}。请改为范围内的值，或核对上级政策包。"
        "{value} is {found}, outside the {min} to {max} that the higher layer allows. Use a value within, or check the higher pack.";
    210 RuleNotFound [rule] Policy
        "没有规则“{rule}”，该值不会被使用。请对照规则目录更正编号。"
        "there is no rule {rule}, so the value would never be used. Correct the id by the rule catalogue.";
    211 DuplicateSource [id] Policy
        "来源编号“{id}”重复。请改用不同编号。"
        "the source id {id} occurs twice. Use another id.";
    212 UnknownParent [parent] Policy
        "上级政策包“{parent}”未加载，或层级不高于本包。请加载上级包或更正 parent。"
        "the parent pack {parent} is not loaded, or its layer is not above this one. Load it or correct `parent`.";
    213 ChecksumFailed [value, found, expected] Policy
        "“{value}”读得 {found}，与公布的端点 {expected} 不符。请逐格核对该表。"
        "{value} reads {found}, but the published end point is {expected}. Check the table cell by cell.";
    214 EvidenceNotAccepted [value, evidence] Policy
        "“{value}”的证据等级为{evidence}，未被接受。确认可用时请放宽接受的证据等级，或在本地政策包中给出有据的值。"
        "{value} rests on {evidence} evidence, which is not accepted. Accept it knowingly, or supply a sourced value in a pack of your own.";
    215 PackTooLarge [size, limit] Policy
        "政策包大小为 {size} 字节，超过上限 {limit}。请拆分。"
        "the pack has {size} bytes, above the limit of {limit}. Split it.";
    216 CellNotAttested [cell, table] Policy
        "“{table}”中的单元格“{cell}”没有可考的公布值，本库不推算。请在补充政策包中给出该格并注明来源（全国标准用 id = \"national\"），或改录核定金额。"
        "the cell {cell} of {table} has no attested value, and none is guessed. Supply the cell with its source in a further pack (for a national table with id = \"national\"), or enter a stated amount.";
    217 UnknownPlace [place, known] Policy
        "没有地方“{place}”的政策包。可用：{known}。请加载该地政策包或更正地名编号。"
        "no pack of the place {place} is loaded. Known are: {known}. Load it or correct the place id.";
    218 PackDisagrees [id, key] Policy
        "政策包“{id}”的多个文件对“{key}”说法不一。请统一。"
        "files of the pack {id} disagree on {key}. Make them agree.";
    219 EmptyValidity [from, to] Policy
        "有效期止日 {to} 早于起日 {from}。请更正。"
        "the validity ends {to}, before it starts {from}. Correct one of them.";
    220 UnusedSource [id] Policy
        "来源“{id}”没有被任何值引用。请引用或删除。"
        "no value cites the source {id}. Cite it or remove it.";
    221 TableShape [detail] Policy
        "表格结构不对：{detail}。请对照制度文本核对。"
        "the table does not have the expected shape: {detail}. Check it against the text.";
    222 NoSuchStandard [value] Policy
        "没有加载“{value}”的任何标准。请加载相应政策包，或不要求该项。"
        "no standard of {value} is loaded at all. Load a pack that has it, or leave the item out.";
    223 MidMonth [value, date] Policy
        "“{value}”按月生效，{date} 不在月初（止日须为月末）。请改为整月。"
        "{value} holds by whole months, but {date} is not at the start (or, for an end, the end) of one. Use whole months.";
    224 WeightSum [what, found, expected] Policy
        "{what}的权重合计为 {found}，应为 {expected}。请调整权重。"
        "the weights of {what} sum to {found}; {expected} is expected. Adjust them.";

    301 NeedsDecision [question] Rule
        "需由有权机关裁量：{question}。请录入裁量结果后再核算。"
        "this is left to a decision: {question}. Enter what was decided, then compute again.";
    302 Overflow [] Rule
        "计算结果超出可表示范围（约 ±9.2 亿亿分）。请核对录入的数值。"
        "the result is beyond what can be represented (about 92 quadrillion yuan). Check the values entered.";
    303 DivisionByZero [] Rule
        "除数为零。请核对录入的数值和政策包。"
        "a divisor is zero. Check the values entered and the pack.";
    304 ExclusiveDeductions [first, second] Rule
        "{first}与{second}不得同时扣除。请只保留一项。"
        "{first} and {second} can't be deducted together. Keep one of them.";
    305 LevelExhausted [detail] Rule
        "无法就近就高套入：{detail}。请由有权机关确定级别和档次后录入。"
        "no step at or above the present pay exists: {detail}. Enter the level and step that were decided.";
    306 NotApplicable [detail] Rule
        "该规则不适用：{detail}。请核对人员类别与项目。"
        "the rule does not apply: {detail}. Check the kind of person and the item.";
    311 ScoreAboveFull [score, full] Rule
        "得分 {score} 超过满分 {full}，方案不允许超过。请核对加分，或在方案中写明 above 为 cap 或 allow。"
        "the score {score} is above the full score {full}, which the scheme refuses. Check the additions, or let the scheme say `cap` or `allow`.";

    901 Internal [detail] Internal
        "本库内部错误：{detail}。请附上输入报告此问题。"
        "an internal fault of this library: {detail}. Please report it with the input.";
}

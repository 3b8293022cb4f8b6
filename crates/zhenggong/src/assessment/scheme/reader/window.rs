//! Windows: calendar months, a day of the month, or a list of dated windows without hole or overlap.

use chrono::NaiveDate;

use super::super::tab::{Tab, all, invalid, shape};
use crate::{
    assessment::{Period, Span, Window},
    policy::Node,
};

pub(super) fn read(node: Node<'_>) -> Option<Window> {
    if node.is_text() {
        let text = node.text()?;
        return match text {
            "calendar" => Some(Window::Calendar),
            _ => invalid(
                node,
                text,
                "calendar、{ start_day, end_day } 或 [{ of, from, to }] / calendar, { start_day, end_day } or [{ of, from, to }]",
            ),
        };
    }
    if node.is_table() { by_day(node) } else { listed(node) }
}

fn by_day(node: Node<'_>) -> Option<Window> {
    let tab = Tab::read(node, &["start_day", "end_day"])?;
    let start = tab.need("start_day");
    let end = tab.need("end_day");
    let (start, end) = (start?, end?);
    let (first, last) = (start.count(), end.count());
    let (first, last) = (first?, last?);
    if !(2..=28).contains(&first) {
        return invalid(start, &first.to_string(), "2 至 28 / 2 to 28");
    }
    if last + 1 < first {
        let detail = format!(
            "窗口 {first} 日至 {last} 日之间有空档，止日应为 {0} 日 / the windows leave a hole: one from {first} to {last} should end on {0}",
            first - 1
        );
        return shape(end, detail);
    }
    if last >= first {
        let detail = format!(
            "窗口 {first} 日至 {last} 日互相重叠，止日应为 {0} 日 / the windows overlap: one from {first} to {last} should end on {0}",
            first - 1
        );
        return shape(end, detail);
    }
    Some(Window::From(first))
}

fn listed(node: Node<'_>) -> Option<Window> {
    let items = node.items()?;
    if items.is_empty() {
        return shape(node, "没有窗口 / there is no window");
    }
    let read = |item: &Node<'_>| {
        let tab = Tab::read(*item, &["of", "from", "to"])?;
        let of = tab.req("of", Node::text_of::<Period>);
        let (from, to) =
            (tab.req("from", Node::text_of::<NaiveDate>), tab.req("to", Node::text_of));
        let (of, span) = (of?, Span { from: from?, to: to? });
        if span.to < span.from {
            return shape(
                *item,
                format!(
                    "窗口止日 {0} 早于起日 / the window ends on {0}, before it starts",
                    span.to
                ),
            );
        }
        Some((of, span))
    };
    let windows: Vec<(Period, Span)> = all(items.iter().map(read))?;
    let mut sound = true;
    for ((pair, item), at) in windows.windows(2).zip(items.iter().skip(1)).zip(1..) {
        let [(before, earlier), (of, later)] = pair else { continue };
        let problem = if of <= before {
            Some(("窗口须按时间先后列出", "windows stand in order of time"))
        } else if later.from <= earlier.to {
            Some(("与上一窗口重叠", "it overlaps the window before"))
        } else if earlier.to.succ_opt() != Some(later.from) {
            Some(("与上一窗口之间有空档", "it leaves a hole after the window before"))
        } else {
            None
        };
        if let Some((zh, en)) = problem {
            sound = false;
            let at = at + 1;
            shape::<()>(*item, (format!("第 {at} 个窗口：{zh}"), format!("window {at}: {en}")));
        }
    }
    sound.then_some(Window::Listed(windows))
}

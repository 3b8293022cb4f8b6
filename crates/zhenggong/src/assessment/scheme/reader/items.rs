//! Sheets and items.

use super::{
    super::{
        Item, Name, Sheet,
        draft::{Part, say},
        tab::{Tab, shape},
    },
    MOST_SHEETS, Reader,
};
use crate::{
    assessment::{ItemMode, Points},
    policy::Node,
};

impl<'a> Reader<'a> {
    pub(super) fn sheet(&mut self, node: Node<'a>) {
        if self.sheets.len() == MOST_SHEETS {
            say(node, format!("考核表超过 {MOST_SHEETS} 张 / more than {MOST_SHEETS} sheets"));
            return;
        }
        let keys = ["id", "zh", "en", "base", "full", "weight", "floor", "cap", "items"];
        let Some(tab) = Tab::read(node, &keys) else {
            self.nameless = true;
            return self.keep_sheet(node, 0, None);
        };
        let name = tab.name();
        let base = tab.req("base", Node::points);
        let full = tab.opt("full", Node::points);
        let weight = tab.opt("weight", Node::rate);
        let floor = tab.opt("floor", Node::signed_points);
        let cap = tab.opt("cap", Node::points);
        let first = self.items.len();
        let label = name.as_ref().and_then(|name| self.unique(node, name, false));
        self.nameless |= name.is_none();
        let items = tab.need("items").and_then(Node::items);
        self.nameless |= items.is_none();
        let listed = items.is_some();
        // Two sheets of one number would share their items; there are at most as many as a byte counts.
        let number = u8::try_from(self.sheets.len()).unwrap_or(u8::MAX);
        for item in items.unwrap_or_default() {
            self.item(item, number);
        }
        let sheet = || {
            let base = base?;
            listed.then_some(Sheet {
                label: label?,
                base,
                full: full?.unwrap_or(base),
                weight: weight?,
                floor: floor?,
                cap: cap?,
                items: 0..0,
            })
        };
        self.keep_sheet(node, first, sheet());
        if let (Some(label), Some(part)) = (label, self.sheets.last_mut()) {
            part.it.label = label;
        }
    }

    /// Keeps a sheet whose items begin at `first`, or its place where it could not be read.
    fn keep_sheet(&mut self, node: Node<'a>, first: usize, sheet: Option<Sheet>) {
        let whole = sheet.is_some();
        let at = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        let mut it = sheet.unwrap_or(Sheet {
            label: u16::MAX,
            base: Points::ZERO,
            full: Points::ZERO,
            weight: None,
            floor: None,
            cap: None,
            items: 0..0,
        });
        it.items = at(first)..at(self.items.len());
        self.sheets.push(Part { it, node, whole });
    }

    /// Keeps the name of a sheet or an item, whose codes are unique in the scheme.
    fn unique(&mut self, node: Node<'_>, name: &Name, item: bool) -> Option<u16> {
        let sheets = self.sheets.iter().map(|s| s.it.label);
        let mut labels = sheets.chain(self.items.iter().map(|i| i.it.label));
        let taken = |label: u16| {
            self.names.get(usize::from(label)).is_some_and(|other| other.code == name.code)
        };
        if labels.any(taken) {
            let (zh, en) = if item { ("项目", "item") } else { ("考核表", "sheet") };
            let code = &name.code;
            return shape(node, (format!("{zh} {code} 重复"), format!("{en} {code} occurs twice")));
        }
        self.label(node, name)
    }

    fn item(&mut self, node: Node<'a>, sheet: u8) {
        let at = self.items.len();
        // The place is kept before its rules are read, so that numbers stand.
        let rules = u16::try_from(self.rules.len()).unwrap_or(u16::MAX);
        let it = Item {
            label: u16::MAX,
            sheet,
            mode: ItemMode::Public,
            weight: None,
            above_weight: false,
            most: None,
            least: None,
            clause: None,
            rules: rules..rules,
        };
        self.items.push(Part { it, node, whole: false });
        let read = self.read_item(node, sheet, at);
        let last = u16::try_from(self.rules.len()).unwrap_or(u16::MAX);
        if let Some(part) = self.items.get_mut(at) {
            part.whole = read.is_some();
            if let Some(item) = read {
                part.it = item;
            }
            part.it.rules = rules..last;
        }
    }

    fn read_item(&mut self, node: Node<'a>, sheet: u8, at: usize) -> Option<Item> {
        let keys = [
            "id",
            "zh",
            "en",
            "clause",
            "mode",
            "weight",
            "above_weight",
            "most",
            "least",
            "rules",
        ];
        let Some(tab) = Tab::read(node, &keys) else {
            self.nameless = true;
            return None;
        };
        let name = tab.name();
        self.nameless |= name.is_none();
        let clause = self.clause(&tab);
        let mode = tab.req("mode", Node::member::<ItemMode>);
        let weight = tab.opt("weight", Node::points);
        let above_weight = tab.flag("above_weight");
        let most = tab.opt("most", Node::points);
        let least = tab.opt("least", Node::points);
        let label = name.as_ref().and_then(|name| self.unique(node, name, true));
        if let (Some(label), Some(part)) = (label, self.items.get_mut(at)) {
            part.it.label = label;
        }
        let number = u16::try_from(at).ok().filter(|n| *n < 4096);
        if number.is_none() {
            say(node, "项目超过 4096 个 / more than 4096 items");
        }
        let rules = tab.need("rules").and_then(Node::items);
        self.nameless |= rules.is_none();
        if rules.as_ref().is_some_and(Vec::is_empty) {
            say(node, "项目没有计分规则，永远不会被触及 / an item without rules is unreachable");
            return None;
        }
        let listed = rules.is_some();
        for rule in rules.unwrap_or_default() {
            self.rule(rule, number.unwrap_or_default());
        }
        let weight = match (mode, weight) {
            (Some(mode), Some(weight)) => item_weight(node, mode, weight),
            _ => None,
        };
        let mut sound = listed && number.is_some();
        let limited = |limit: &Option<Option<Points>>| matches!(limit, Some(Some(_)));
        let loss = matches!(mode, Some(ItemMode::ScaledLoss | ItemMode::DirectLoss));
        if mode.is_some_and(|m| m != ItemMode::Public) && (limited(&most) || limited(&least)) {
            sound = false;
            say(node, "只有 public 项目写 most、least / only public items have most and least");
        }
        if above_weight == Some(true) && mode.is_some() && !loss {
            sound = false;
            say(node, "只有扣分项目写 above_weight / only loss items have above_weight");
        }
        let item = Item {
            label: label?,
            sheet,
            mode: mode?,
            weight: weight?,
            above_weight: above_weight?,
            most: most?,
            least: least?,
            clause: clause?,
            rules: 0..0,
        };
        sound.then_some(item)
    }
}

/// Loss items need a weight above 0, an earned item may have one, a public one has none.
fn item_weight(node: Node<'_>, mode: ItemMode, weight: Option<Points>) -> Option<Option<Points>> {
    match (mode, weight) {
        (_, Some(weight)) if weight.is_zero() => {
            shape(node, "权重为 0 的项目永远不起作用 / an item of weight 0 has no effect")
        }
        (ItemMode::ScaledLoss | ItemMode::DirectLoss, None) => node.missing("weight"),
        (ItemMode::Public, Some(_)) => {
            shape(node, "public 项目不写 weight / a public item has no weight")
        }
        (_, weight) => Some(weight),
    }
}

//! Sheets and items.

use super::{
    super::{
        Item, Name, Sheet,
        tab::{Tab, shape},
    },
    Reader,
};
use crate::{
    assessment::{ItemMode, Points},
    policy::Node,
};

impl Reader {
    pub(super) fn sheet(&mut self, node: Node<'_>) -> Option<()> {
        let keys = ["id", "zh", "en", "base", "full", "weight", "floor", "cap", "items"];
        let tab = Tab::read(node, &keys)?;
        let name = tab.name();
        let base = tab.req("base", Node::points);
        let full = tab.opt("full", Node::points);
        let weight = tab.opt("weight", Node::rate);
        let floor = tab.opt("floor", Node::signed_points);
        let cap = tab.opt("cap", Node::points);
        let number = u8::try_from(self.sheets.len()).ok().filter(|n| *n < 16);
        let Some(number) = number else {
            return shape(node, "考核表超过 16 张 / more than 16 sheets");
        };
        let first = u16::try_from(self.items.len()).ok()?;
        let label = name.as_ref().and_then(|name| self.unique(node, name, false));
        let items = tab.need("items").and_then(Node::items);
        let mut whole = true;
        for item in items? {
            whole &= self.item(item, number).is_some();
        }
        let last = u16::try_from(self.items.len()).ok()?;
        let base = base?;
        self.sheets.push(Sheet {
            label: label?,
            base,
            full: full?.unwrap_or(base),
            weight: weight?,
            floor: floor?,
            cap: cap?,
            items: first..last,
        });
        whole.then_some(())
    }

    /// Keeps the name of a sheet or an item, whose codes are unique in the scheme.
    fn unique(&mut self, node: Node<'_>, name: &Name, item: bool) -> Option<u16> {
        let sheets = self.sheets.iter().map(|s| s.label);
        let mut labels = sheets.chain(self.items.iter().map(|i| i.label));
        let taken = |label: u16| {
            self.names.get(usize::from(label)).is_some_and(|other| other.code == name.code)
        };
        if labels.any(taken) {
            let kind = if item { "项目 / item" } else { "考核表 / sheet" };
            return shape(node, format!("{kind} {} 重复 / occurs twice", name.code));
        }
        self.label(node, name)
    }

    fn item(&mut self, node: Node<'_>, sheet: u8) -> Option<()> {
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
        let tab = Tab::read(node, &keys)?;
        let name = tab.name();
        let clause = self.clause(&tab);
        let mode = tab.req("mode", Node::member::<ItemMode>);
        let weight = tab.opt("weight", Node::points);
        let above_weight = tab.flag("above_weight");
        let most = tab.opt("most", Node::points);
        let least = tab.opt("least", Node::points);
        let label = name.as_ref().and_then(|name| self.unique(node, name, true));
        let number = u16::try_from(self.items.len()).ok().filter(|n| *n < 4096);
        let Some(number) = number else {
            return shape(node, "项目超过 4096 个 / more than 4096 items");
        };
        let first = u16::try_from(self.rules.len()).ok()?;
        // The place is kept before its rules are read, so that numbers stand.
        let placeholder = Item {
            label: label.unwrap_or_default(),
            sheet,
            mode: ItemMode::Public,
            weight: None,
            above_weight: false,
            most: None,
            least: None,
            clause: None,
            rules: first..first,
        };
        self.items.push(placeholder);
        let rules = tab.need("rules").and_then(Node::items)?;
        if rules.is_empty() {
            return shape(
                node,
                "项目没有计分规则，永远不会被触及 / an item without rules is unreachable",
            );
        }
        let mut whole = true;
        for rule in rules {
            whole &= self.rule(rule, number).is_some();
        }
        let last = u16::try_from(self.rules.len()).ok()?;
        let (mode, weight) = (mode?, weight?);
        let item = Item {
            label: label?,
            sheet,
            mode,
            weight: item_weight(node, mode, weight)?,
            above_weight: above_weight?,
            most: most?,
            least: least?,
            clause: clause?,
            rules: first..last,
        };
        if mode != ItemMode::Public && (item.most.is_some() || item.least.is_some()) {
            return shape(
                node,
                "只有 public 项目写 most、least / only public items have most and least",
            );
        }
        if item.above_weight && !matches!(mode, ItemMode::ScaledLoss | ItemMode::DirectLoss) {
            return shape(node, "只有扣分项目写 above_weight / only loss items have above_weight");
        }
        *self.items.get_mut(usize::from(number))? = item;
        whole.then_some(())
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

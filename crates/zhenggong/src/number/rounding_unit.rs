//! The unit that an amount is rounded to.

/// The unit that an amount is rounded to: fen, jiao or yuan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoundingUnit {
    /// 分, 0.01 yuan.
    Fen,
    /// 角, 0.1 yuan.
    Jiao,
    /// 元.
    Yuan,
}

impl RoundingUnit {
    /// All units, small to large.
    pub const ALL: [Self; 3] = [Self::Fen, Self::Jiao, Self::Yuan];

    /// Returns how many fen the unit has.
    #[must_use]
    pub const fn in_fen(self) -> i64 {
        match self {
            Self::Fen => 1,
            Self::Jiao => 10,
            Self::Yuan => 100,
        }
    }

    /// Returns the Chinese name.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Fen => "分",
            Self::Jiao => "角",
            Self::Yuan => "元",
        }
    }

    /// Returns the English name.
    #[must_use]
    pub const fn en(self) -> &'static str {
        match self {
            Self::Fen => "fen",
            Self::Jiao => "jiao",
            Self::Yuan => "yuan",
        }
    }
}

//! The macro that makes a closed list.

/// Defines an enum with codes, names, text form and serde by code (reading accepts the Chinese name).
macro_rules! vocabulary {
    (
        $(#[$meta:meta])*
        pub enum $name:ident ($kind_code:literal, $kind_zh:literal, $kind_en:literal) {
            $($member:ident = $code:literal, $zh:literal, $en:literal;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $(#[doc = concat!($zh, ": ", $en, ".")] $member,)*
        }

        impl $crate::vocabulary::Vocabulary for $name {
            const KIND: $crate::vocabulary::Term =
                $crate::vocabulary::Term::new($kind_code, $kind_zh, $kind_en);
            const ALL: &'static [Self] = &[$(Self::$member),*];

            #[inline]
            fn term(self) -> &'static $crate::vocabulary::Term {
                match self {
                    $(Self::$member => {
                        static TERM: $crate::vocabulary::Term =
                            $crate::vocabulary::Term::new($code, $zh, $en);
                        &TERM
                    })*
                }
            }

            #[inline]
            fn index(self) -> usize {
                self as usize
            }
        }

        impl $name {
            /// Returns the Chinese name.
            #[must_use]
            pub fn zh(self) -> &'static str {
                $crate::vocabulary::Vocabulary::term(self).zh
            }

            /// Returns the English name.
            #[must_use]
            pub fn en(self) -> &'static str {
                $crate::vocabulary::Vocabulary::term(self).en
            }

            /// Returns the code, which never changes.
            #[must_use]
            pub fn code(self) -> &'static str {
                $crate::vocabulary::Vocabulary::term(self).code
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl $crate::number::FromText for $name {
            const EXPECTING: &'static str = concat!($kind_zh, "（文本） / ", $kind_en, " as text");

            fn from_text(text: &str) -> $crate::Result<Self> {
                <Self as $crate::vocabulary::Vocabulary>::find(text)
            }
        }

        $crate::number::text_form!($name);

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::schema::vocabulary::<Self>(generator)
            }
        }
    };
}
pub(crate) use vocabulary;

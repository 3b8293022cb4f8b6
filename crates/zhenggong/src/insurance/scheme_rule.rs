//! The macro that makes the rule of a scheme: parameter type, catalogue entry, evaluation.

/// Defines the parameter type of a scheme and its rule. `rates` says who may set the personal and the
/// employer's rate; `also` adds fields that only this scheme has.
macro_rules! scheme {
    (
        $(#[$doc:meta])*
        $name:ident: $id:literal, $zh:literal, $en:literal;
        about: $about_zh:literal, $about_en:literal;
        items: $personal:ident, $employer:ident;
        rates: $personal_scope:ident, $employer_scope:ident;
        also: [$($also:expr),*];
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name($crate::insurance::SchemeTerms);

        impl $name {
            /// Returns the terms, for [`personal_share`](crate::insurance::personal_share) and its
            /// kind.
            #[must_use]
            #[inline]
            pub fn terms(&self) -> &$crate::insurance::SchemeTerms {
                &self.0
            }
        }

        impl $crate::policy::Parameters for $name {
            fn rule() -> &'static $crate::policy::RuleInfo {
                &RULE
            }

            fn resolve(fields: &$crate::policy::Fields<'_>) -> $crate::Result<Self> {
                use $crate::vocabulary::PayItem;
                let (own, employer) = (PayItem::$personal, PayItem::$employer);
                $crate::insurance::SchemeTerms::read(fields, $id, own, employer).map(Self)
            }
        }

        const FIELDS: &[$crate::policy::FieldSpec] = {
            use $crate::{
                insurance::scheme_terms as terms,
                number::Rate,
                policy::{Scope, field},
            };
            &[
                field::<Rate>("rate_personal", Scope::$personal_scope),
                field::<Rate>("rate_employer", Scope::$employer_scope),
                terms::ROUNDING_PERSONAL,
                terms::ROUNDING_EMPLOYER,
                terms::OWN_FLOOR,
                terms::OWN_CEILING,
                $($also,)*
            ]
        };

        /// The rule in the catalogue.
        pub static RULE: $crate::policy::RuleInfo = {
            use $crate::{policy::{Evaluate, InputSpec, RuleInfo, resolve_as}, vocabulary::Term};
            RuleInfo {
                term: Term::new($id, $zh, $en),
                about: Term::new("about", $about_zh, $about_en),
                fields: FIELDS,
                inputs: &[
                    InputSpec::required(
                        Term::new("side", "缴费方", "side of the contribution"),
                        "contribution-side",
                    ),
                    InputSpec::required(
                        Term::new("base", "缴费基数", "contribution base"),
                        "money",
                    ),
                ],
                output: "money",
                resolve: resolve_as::<$name>,
                evaluate: &Evaluate(evaluate),
            }
        };

        #[derive(serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        struct Input {
            side: $crate::insurance::ContributionSide,
            base: $crate::number::Money,
        }

        fn evaluate(
            snapshot: &$crate::policy::Snapshot,
            input: Input,
            t: &mut $crate::derivation::Recorder,
        ) -> $crate::Result<$crate::number::Money> {
            let scheme: &$name = snapshot.get()?;
            scheme.0.line(input.side, input.base, t)
        }
    };
}
pub(crate) use scheme;

//! Which version of a template the next outreach mail uses.

use crate::closed_set;
use crate::engagement::Tier;

closed_set! {
    /// Another version of a template, in a file of its own beside the plain one.
    pub enum TemplateVariant {
        /// Clearly shorter, with one question: for deals that have gone cold.
        Short = "short", "Shorter";
        /// Something useful first and the ask after it: for those who looked and went quiet.
        Value = "value", "Useful first";
    }
}

impl TemplateVariant {
    /// The version that suits a tier.
    pub const fn of_tier(tier: Tier) -> Option<Self> {
        match tier {
            Tier::Cold => Some(Self::Short),
            Tier::Lurker => Some(Self::Value),
            Tier::New | Tier::Engaged | Tier::Hot | Tier::Warm | Tier::Ghost => None,
        }
    }

    /// Key of this version of a template.
    pub fn key(self, plain: &str) -> String {
        format!("{plain}_{self}")
    }

    /// The version that a key names, with the plain template's key.
    pub fn of_key(key: &str) -> Option<(&str, Self)> {
        let (plain, end) = key.rsplit_once('_')?;
        Some((plain, end.parse().ok()?))
    }
}

/// The version an outreach mail uses, and on whose word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approach {
    /// The plain template.
    Plain,
    /// Decided for this deal's next mail, whatever its tier has become since.
    Decided(TemplateVariant),
    /// What the tier asks for.
    Tier(TemplateVariant),
}

impl Approach {
    /// Chooses among the versions of the template `plain` that exist. `decided` is the version an earlier decision has
    /// set for the deal's next mail; a version that doesn't exist is passed over.
    pub fn choose(plain: &str, tier: Tier, decided: Option<TemplateVariant>, available: &[String]) -> Self {
        let there = |variant: &TemplateVariant| available.contains(&variant.key(plain));
        match (decided.filter(there), TemplateVariant::of_tier(tier).filter(there)) {
            (Some(variant), _) => Self::Decided(variant),
            (None, Some(variant)) => Self::Tier(variant),
            (None, None) => Self::Plain,
        }
    }

    /// The version, where it isn't the plain one.
    pub const fn variant(self) -> Option<TemplateVariant> {
        match self {
            Self::Plain => None,
            Self::Decided(variant) | Self::Tier(variant) => Some(variant),
        }
    }

    /// Key of the template to use.
    pub fn key(self, plain: &str) -> String {
        self.variant().map_or_else(|| plain.to_owned(), |variant| variant.key(plain))
    }
}

#[cfg(test)]
mod tests {
    use super::TemplateVariant::{Short, Value};
    use super::*;

    const PLAIN: &str = "business_followup1";
    const SHORT: &str = "business_followup1_short";
    const VALUE: &str = "business_followup1_value";

    #[test]
    fn versions_are_chosen_by_decision_then_tier_and_only_if_they_exist() {
        let (both, none): (&[&str], &[&str]) = (&[SHORT, VALUE], &[]);
        let cases = [
            (Tier::Cold, None, both, Approach::Tier(Short), SHORT),
            (Tier::Lurker, None, both, Approach::Tier(Value), VALUE),
            (Tier::New, None, both, Approach::Plain, PLAIN),
            (Tier::Warm, None, both, Approach::Plain, PLAIN),
            (Tier::Hot, None, both, Approach::Plain, PLAIN),
            (Tier::Engaged, None, both, Approach::Plain, PLAIN),
            (Tier::Ghost, None, both, Approach::Plain, PLAIN),
            (Tier::Cold, None, &[VALUE], Approach::Plain, PLAIN),
            (Tier::Lurker, None, &[SHORT], Approach::Plain, PLAIN),
            (Tier::Warm, Some(Short), both, Approach::Decided(Short), SHORT),
            (Tier::Cold, Some(Value), both, Approach::Decided(Value), VALUE),
            (Tier::Cold, Some(Value), &[SHORT], Approach::Tier(Short), SHORT),
            (Tier::Warm, Some(Value), &[SHORT], Approach::Plain, PLAIN),
            (Tier::Lurker, Some(Short), none, Approach::Plain, PLAIN),
        ];
        for (tier, decided, available, expected, key) in cases {
            let available: Vec<String> = available.iter().map(|key| (*key).to_owned()).collect();
            let approach = Approach::choose(PLAIN, tier, decided, &available);
            assert_eq!(approach, expected, "{tier}, {decided:?}, {available:?}");
            assert_eq!(approach.key(PLAIN), key, "{tier}, {decided:?}, {available:?}");
        }
    }

    #[test]
    fn another_templates_version_is_no_version_of_this_one() {
        let others = ["business_followup2_short".to_owned(), "business_followup1_short_short".to_owned()];
        assert_eq!(Approach::choose(PLAIN, Tier::Cold, Some(Short), &others), Approach::Plain);
    }

    #[test]
    fn keys_name_their_version() {
        for variant in TemplateVariant::ALL {
            assert_eq!(TemplateVariant::of_key(&variant.key(PLAIN)), Some((PLAIN, *variant)));
        }
        for key in [PLAIN, "generic", "short", "seo_services", "_shortly"] {
            assert_eq!(TemplateVariant::of_key(key), None, "{key}");
        }
    }
}

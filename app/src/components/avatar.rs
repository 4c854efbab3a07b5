use leptos::prelude::*;

/// How big an avatar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AvatarSize {
    /// 20 px, in rows and cards.
    #[default]
    Small,
    /// 28 px, in lists.
    Large,
    /// 40 px, in the head of a page.
    Huge,
}

/// A person as initials on a hue that stays theirs. An empty name draws the outline of nobody.
#[component]
pub fn Avatar(#[prop(into)] name: String, #[prop(optional)] size: AvatarSize) -> impl IntoView {
    let size = match size {
        AvatarSize::Small => "",
        AvatarSize::Large => " avatar--large",
        AvatarSize::Huge => " avatar--huge",
    };
    let hue = if name.is_empty() { "none".to_owned() } else { hue(&name).to_string() };
    let initials = initials(&name);
    let label = if name.is_empty() { "No owner".to_owned() } else { name };
    view! {
        <span class=format!("avatar avatar--{hue}{size}") role="img" aria-label=label.clone() title=label>
            {initials}
        </span>
    }
}

/// First letters of the first and the last word; "?" for nobody, so that the node is never empty.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let letters = words.next().into_iter().chain(words.next_back());
    let text: String = letters.flat_map(char::to_uppercase).collect();
    if text.is_empty() { "?".to_owned() } else { text }
}

/// 1–6, the same for a name on the server and in the browser.
fn hue(name: &str) -> u32 {
    name.chars().fold(0_u32, |sum, c| sum.wrapping_mul(31).wrapping_add(u32::from(c))) % 6 + 1
}

#[cfg(test)]
mod tests {
    use super::{hue, initials};

    #[test]
    fn initials_take_the_first_and_the_last_word() {
        for (name, expected) in [
            ("Meera Nair", "MN"),
            ("Maria de la Cruz", "MC"),
            ("priya", "P"),
            ("  ", "?"),
            ("(Ravi) Ø", "RØ"),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }

    #[test]
    fn hue_stays_in_range() {
        for name in ["Meera Nair", "", "李小龙"] {
            assert!((1..=6).contains(&hue(name)), "{name}");
        }
    }
}

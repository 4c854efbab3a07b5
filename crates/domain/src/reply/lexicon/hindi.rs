//! Hindi and Hinglish in Latin letters, as businesses write it: the verb, and with it the "no", comes last.

use super::Language;

#[rustfmt::skip]
pub(super) const HINDI: Language = Language {
    unsubscribe_plain: &[
        "mail mat bhejo", "mail mat bhejna", "email mat bhejo", "email mat bhejna", "mails mat bhejo", "mat bhejo",
        "mat bhejna", "mail mat karo", "message mat karo", "band karo",
    ],
    not_interested: &[
        "nahi chahiye", "nahin chahiye", "nai chahiye", "zarurat nahi", "zaroorat nahi", "jarurat nahi",
        "zarurat nahin", "zaroorat nahin",
    ],
    no_alone: &[
        "nahi", "nahin", "nahi ji", "ji nahi",
    ],
    later: &[
        "baad mein", "baad me", "abhi nahi", "abhi nahin",
    ],
    interested: &[
        "call karo", "call kare", "call karein", "call kijiye", "phone karo", "phone kijiye", "bhej do", "bhejo",
        "bhej dijiye", "details bhejo", "details bhejiye",
    ],
    interested_weak: &[
        "bhejo", "bhej do",
    ],
    yes_alone: &[
        "haan", "haan ji", "ji haan", "han ji", "theek hai", "thik hai",
    ],
    greetings: &[
        "namaste", "namaskar",
    ],
    negations_after: &[
        "nahi", "nahin", "nai", "mat",
    ],
    ..Language::EMPTY
};

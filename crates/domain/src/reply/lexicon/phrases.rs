//! The phrases, written as they are matched: small letters, no apostrophes, single spaces.

/// Messages that consist of nothing else and mean "write to me no more".
#[rustfmt::skip]
pub(in crate::reply) const STOP_ALONE: &[&str] = &[
    "stop", "please stop", "stop please", "stop it", "stop this", "unsubscribe", "unsubscribe please", "please unsubscribe",
    "unsub", "remove", "remove please", "please remove", "opt out", "optout", "opt me out", "stop thanks", "unsubscribe thanks",
    "remove thanks", "cancel", "stopall", "stop all", "unsubscribe me",
];

/// Someone asks in so many words to be left alone: believed wherever it stands, automatic mail included.
#[rustfmt::skip]
pub(in crate::reply) const UNSUBSCRIBE_PLAIN: &[&str] = &[
    "unsubscribe me", "unsubscribe us", "please unsubscribe", "remove me", "remove us", "remove my email",
    "remove my address", "remove my name", "remove my details", "remove our email", "remove our address",
    "remove our details", "remove this email", "remove this address", "take me off", "take us off", "take my email off",
    "take my name off", "take our email off", "take this email off", "opt me out", "opt us out", "stop emailing",
    "stop e mailing", "stop mailing", "stop contacting", "stop sending", "stop spamming", "stop messaging",
    "stop writing", "stop these emails", "stop the emails", "stop with the emails", "stop harassing", "do not email me",
    "do not email us", "dont email me", "dont email us", "do not contact me", "do not contact us", "dont contact me",
    "dont contact us", "do not contact again", "dont contact again", "do not email again", "dont email again",
    "do not email this", "do not contact this", "do not send me", "dont send me", "do not send us", "dont send us",
    "do not mail", "dont mail me", "never email", "never contact", "never write", "no more emails", "no more mail",
    "no more messages", "no further emails", "no further contact", "no further correspondence", "no further emails",
    "cease contact", "cease and desist", "cease all", "leave me alone", "leave us alone", "delete my email",
    "delete my details", "delete my data", "delete my address", "delete our details", "delete me from", "erase my data",
    "do not wish to receive", "dont wish to receive", "do not want to receive", "dont want to receive",
    "no longer wish to receive", "no longer want to receive", "wish to be removed", "want to be removed",
    "like to be removed", "be taken off", "report you for spam", "report you as spam", "report this as spam",
    "reported as spam", "reported this as spam", "reporting this as spam", "reported you", "reporting you",
    "mark you as spam", "rather you didnt contact", "rather you didnt email", "not accept unsolicited",
    "dont accept unsolicited", "fuck off", "piss off", "bugger off", "go away",
];

/// The writer means one channel, not all mail.
#[rustfmt::skip]
pub(in crate::reply) const OTHER_CHANNELS: &[&str] = &["phone", "call", "calls", "calling", "sms", "text", "whatsapp"];

/// Words that mean the same in a short personal answer, though not in a footer or on a topic.
#[rustfmt::skip]
pub(in crate::reply) const UNSUBSCRIBE_WORDS: &[&str] =
    &["unsubscribe", "unsubscribed", "unsubscribing", "unsub", "opt out", "optout", "opting out"];

/// What follows when "unsubscribe" is the topic rather than the wish.
#[rustfmt::skip]
pub(in crate::reply) const UNSUBSCRIBE_TOPICS: &[&str] = &["rate", "rates", "numbers", "feature", "features", "lists", "landing"];

#[rustfmt::skip]
pub(in crate::reply) const NOT_INTERESTED: &[&str] = &[
    "not interested", "no interest", "uninterested", "not for us", "not for me", "no thanks", "no thank you",
    "no thankyou", "not at this time", "not at this stage", "not at this point", "not at the moment", "not right now",
    "not now", "not this time", "not a good fit", "not the right fit", "not a fit", "not a good match", "not looking for",
    "not looking to", "not keen", "well pass", "ill pass", "i will pass", "we will pass", "have to pass", "going to pass",
    "pass on this", "gonna pass", "happy with our current", "happy with my current", "happy with what we have",
    "not in the market", "dont need", "do not need", "no need for", "have no need", "not needed", "not required",
    "decline", "respectfully decline", "not relevant", "not suitable", "not proceed", "not be proceeding",
    "not going ahead", "not go ahead", "wont be proceeding", "not want", "dont want", "do not want", "not something we",
    "not something i", "not worth", "not planning", "no plans to", "no longer trading", "no longer in business",
    "closed down", "closed our business", "business is closed", "rather not", "we are all set", "were all set", "im all set",
    "already have someone", "already have an agency", "already have a provider", "already work with",
];

/// Refusals that need a second look: they refuse a thing, perhaps not ours.
#[rustfmt::skip]
pub(in crate::reply) const NOT_INTERESTED_WEAK: &[&str] = &[
    "dont need", "do not need", "no need for", "dont want", "do not want", "not want", "not now", "not looking for",
    "not looking to", "decline", "not planning", "not worth", "not required", "not needed", "rather not", "not relevant",
];

/// What makes a refusal of a thing no refusal of ours: "I don't want to miss this".
#[rustfmt::skip]
pub(in crate::reply) const NOT_A_REFUSAL: &[&str] =
    &["want to miss", "want to wait", "want to lose", "want you to think", "need to convince", "need convincing", "why not now"];

/// Where did you get my address? A person answers that (the Privacy Act entitles them to know).
#[rustfmt::skip]
pub(in crate::reply) const SOURCE_QUESTIONS: &[&str] = &[
    "where did you get", "how did you get", "how you got", "where you got", "who gave you", "how did you find my",
    "where did you find my", "how did you obtain",
];

/// Short refusals that are the whole message.
#[rustfmt::skip]
pub(in crate::reply) const NO_ALONE: &[&str] = &["no", "nope", "nah", "no thanks", "no thank you", "no thx", "nah thanks", "hard pass", "pass"];

/// "Later" turns a refusal into something a person should read.
#[rustfmt::skip]
pub(in crate::reply) const LATER: &[&str] = &[
    "try again", "reach out again", "get back to me in", "get back to us in", "contact me in", "contact us in",
    "check back", "circle back", "touch base in", "next quarter", "next year", "next month", "next week", "in the new year",
    "in a few months", "in a few weeks", "later this year", "later in the year", "in the future", "after christmas",
    "after easter", "maybe later", "another time", "follow up in",
];

#[rustfmt::skip]
pub(in crate::reply) const INTERESTED: &[&str] = &[
    "interested", "keen", "sounds good", "sounds great", "sounds interesting", "sounds fantastic", "sounds perfect",
    "sounds amazing", "looks good", "looks great", "looks interesting", "sign me up", "sign us up", "count me in",
    "count us in", "lets talk", "lets chat", "lets do it", "lets do this", "lets go ahead",
    "lets discuss", "lets proceed", "lets connect", "lets catch up", "lets book", "lets meet", "id love to", "wed love to",
    "would love to", "i would like to", "id like to", "we would like to", "wed like to", "happy to chat", "happy to talk",
    "happy to discuss", "happy to proceed", "happy to list", "happy to join", "happy to meet", "happy to have a chat",
    "happy to register", "happy to hear more", "go ahead", "yes please", "tell me more", "tell us more", "learn more",
    "know more", "hear more", "more information", "more info", "more details", "further details", "further information",
    "send me the details", "send the details", "send through", "send it through", "send over", "send me a proposal",
    "send me a quote", "send a quote", "call me", "give me a call", "give us a call", "ring me", "phone me", "book a time",
    "book a call", "book a meeting", "book in a", "schedule a call", "schedule a meeting", "set up a call",
    "set up a meeting", "arrange a call", "arrange a meeting", "have a chat", "jump on a call", "hop on a call",
    "please list", "please add us", "please add our", "add my business", "list my business", "list our business",
    "sign up", "get started", "have registered", "just registered", "have signed up", "just signed up",
];

/// Positive, yet as likely to be a question about us.
#[rustfmt::skip]
pub(in crate::reply) const INTERESTED_WEAK: &[&str] = &[
    "tell me more", "tell us more", "learn more", "know more", "hear more", "more information", "more info", "more details",
    "further details", "further information", "i would like to", "id like to", "we would like to", "wed like to", "sign up",
    "get started", "looks good", "send over", "send through", "go ahead",
];

/// Short consents that are the whole message.
#[rustfmt::skip]
pub(in crate::reply) const YES_ALONE: &[&str] = &[
    "yes", "yep", "yeah", "yes please", "sure", "sure thing", "absolutely", "definitely", "of course", "yes thanks",
    "yes thank you", "please do", "im in", "ok lets do it",
];

/// Openings of a question.
#[rustfmt::skip]
pub(in crate::reply) const QUESTION_STARTS: &[&str] = &[
    "how", "what", "whats", "when", "where", "who", "which", "why", "can you", "could you", "do you", "does", "is it",
    "is this", "is there", "are there", "are you", "would you", "will you", "did you", "may i ask", "have you", "can i",
    "can we",
];

/// Openings of an out-of-office subject.
#[rustfmt::skip]
pub(in crate::reply) const OUT_OF_OFFICE_SUBJECTS: &[&str] = &[
    "automatic reply", "auto reply", "autoreply", "auto response", "autoresponse", "automatic response",
    "automated reply", "automated response", "out of office", "out of the office", "ooo", "on leave", "on annual leave",
    "on holiday", "on vacation", "on maternity leave", "on parental leave", "away from the office", "away from my desk",
];

/// First-person absences.
#[rustfmt::skip]
pub(in crate::reply) const OUT_OF_OFFICE: &[&str] = &[
    "out of office", "out of the office", "out of my office", "away from the office", "away from my desk", "on leave",
    "on annual leave", "on maternity leave", "on paternity leave", "on parental leave", "on sick leave", "on long service leave",
    "on holiday", "on holidays", "on vacation", "on my annual leave", "currently away", "i am away", "im away",
    "i will be away", "ill be away", "we are away", "currently overseas", "limited access to email", "limited access to emails",
    "limited access to my email", "limited access to my emails", "no access to email", "no access to emails",
    "office is closed", "office will be closed", "we are closed", "back in the office", "return to the office",
    "returning to the office", "currently travelling", "currently traveling",
];

#[rustfmt::skip]
pub(in crate::reply) const HAS_LEFT: &[&str] = &[
    "no longer with", "no longer works", "no longer work", "no longer working", "no longer employed", "has left the",
    "have left the", "left the company", "left the business", "left the organisation", "has resigned", "has retired",
    "have retired", "is no longer at", "am no longer at", "moved on from", "not with the company", "finished up at",
    "finished up with", "no longer monitored", "address has changed", "email has changed", "new email address",
];

#[rustfmt::skip]
pub(in crate::reply) const REFERRAL: &[&str] = &[
    "please contact", "contact", "reach out to", "get in touch with", "speak to", "speak with", "talk to", "talk with",
    "best person", "right person", "better person", "appropriate person", "correct person", "direct your", "please email",
    "please send", "email", "forward this to", "forward it to", "forwarded this to", "forwarded your", "passed this on",
    "passed your", "passed it on", "ccd", "cc", "copied", "copying", "looping in", "handled by", "looks after", "handles",
    "in charge of", "responsible for", "try", "write to",
];

/// Referrals that are plain without an address.
#[rustfmt::skip]
pub(in crate::reply) const REFERRAL_PLAIN: &[&str] = &[
    "not the right person", "not the best person", "wrong person", "best person to", "right person to", "right person is",
    "best person is", "person to speak to", "person to talk to", "person to contact", "forwarded this to", "forwarded your",
    "passed this on", "passed your", "passed it on", "looping in", "not my department", "speak to my",
];

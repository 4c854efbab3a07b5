use super::{english, french, german, hindi};

/// Phrases as they are matched: small letters, no apostrophes, single spaces.
pub(in crate::reply) type Phrases = &'static [&'static str];

/// Chooses the phrases of one kind.
pub(in crate::reply) type Pick = fn(&'static Language) -> Phrases;

/// Every language that is read; the first is tried first. All of them are: people mix.
pub(in crate::reply) const LANGUAGES: &[Language] =
    &[english::ENGLISH, german::GERMAN, french::FRENCH, hindi::HINDI];

/// The phrases of one language. A new one needs a table of its own, its name in [`LANGUAGES`] and mails in the corpus.
#[derive(Debug, Clone, Copy)]
pub(in crate::reply) struct Language {
    /// Messages that consist of nothing else and mean "write to me no more".
    pub stop_alone: Phrases,
    /// Someone asks in so many words to be left alone: believed wherever it stands, automatic mail included.
    pub unsubscribe_plain: Phrases,
    /// The writer means one channel, not all mail.
    pub other_channels: Phrases,
    /// Words that mean the same in a short personal answer, though not in a footer or on a topic.
    pub unsubscribe_words: Phrases,
    /// What follows when "unsubscribe" is the topic rather than the wish.
    pub unsubscribe_topics: Phrases,
    /// Refusals.
    pub not_interested: Phrases,
    /// Refusals that need a second look: they refuse a thing, perhaps not ours. Part of `not_interested`.
    pub not_interested_weak: Phrases,
    /// What makes a refusal of a thing no refusal of ours: "I don't want to miss this".
    pub not_a_refusal: Phrases,
    /// Where did you get my address? A person answers that (the Privacy Act entitles them to know).
    pub source_questions: Phrases,
    /// Short refusals that are the whole message.
    pub no_alone: Phrases,
    /// "Later" turns a refusal into something a person should read.
    pub later: Phrases,
    /// Consent, or the wish to hear more.
    pub interested: Phrases,
    /// Positive, yet as likely to be a question about us. Part of `interested`.
    pub interested_weak: Phrases,
    /// Short consents that are the whole message.
    pub yes_alone: Phrases,
    /// Openings of a question.
    pub question_starts: Phrases,
    /// Openings of an out-of-office subject.
    pub out_of_office_subjects: Phrases,
    /// First-person absences.
    pub out_of_office: Phrases,
    /// The person is no longer there.
    pub has_left: Phrases,
    /// Point to somebody else, beside an address.
    pub referral: Phrases,
    /// Referrals that are plain without an address.
    pub referral_plain: Phrases,
    /// A machine says that it is one, or acknowledges the receipt.
    pub automatic: Phrases,
    /// Lines that open the sign-off. Not phrases: compared with a whole line, small letters.
    pub closings: Phrases,
    /// First words of a mail that say nothing.
    pub greetings: Phrases,
    /// Negate what follows in the clause.
    pub negations: Phrases,
    /// Negate what they follow.
    pub negations_after: Phrases,
}

impl Language {
    /// Says nothing yet: where a table starts from.
    pub const EMPTY: Self = Self {
        stop_alone: &[],
        unsubscribe_plain: &[],
        other_channels: &[],
        unsubscribe_words: &[],
        unsubscribe_topics: &[],
        not_interested: &[],
        not_interested_weak: &[],
        not_a_refusal: &[],
        source_questions: &[],
        no_alone: &[],
        later: &[],
        interested: &[],
        interested_weak: &[],
        yes_alone: &[],
        question_starts: &[],
        out_of_office_subjects: &[],
        out_of_office: &[],
        has_left: &[],
        referral: &[],
        referral_plain: &[],
        automatic: &[],
        closings: &[],
        greetings: &[],
        negations: &[],
        negations_after: &[],
    };

    /// All phrases, for the test of their spelling.
    #[cfg(test)]
    pub const fn all(&self) -> [Phrases; 24] {
        [
            self.stop_alone,
            self.unsubscribe_plain,
            self.other_channels,
            self.unsubscribe_words,
            self.unsubscribe_topics,
            self.not_interested,
            self.not_interested_weak,
            self.not_a_refusal,
            self.source_questions,
            self.no_alone,
            self.later,
            self.interested,
            self.interested_weak,
            self.yes_alone,
            self.question_starts,
            self.out_of_office_subjects,
            self.out_of_office,
            self.has_left,
            self.referral,
            self.referral_plain,
            self.automatic,
            self.greetings,
            self.negations,
            self.negations_after,
        ]
    }
}

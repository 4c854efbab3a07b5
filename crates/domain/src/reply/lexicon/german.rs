//! German: what is plain whatever the topic.

use super::Language;

#[rustfmt::skip]
pub(super) const GERMAN: Language = Language {
    stop_alone: &[
        "abmelden", "bitte abmelden", "abbestellen", "bitte abbestellen", "austragen", "bitte austragen",
    ],
    unsubscribe_plain: &[
        "melden sie mich ab", "melden sie uns ab", "mich abmelden", "uns abmelden", "aus ihrem verteiler",
        "aus dem verteiler", "aus ihrer liste", "aus der liste", "von der liste streichen",
        "von ihrer liste streichen", "keine weiteren e mails", "keine weiteren mails", "keine e mails mehr",
        "keine mails mehr", "keine werbung mehr", "nicht mehr anschreiben", "nicht mehr kontaktieren",
        "nicht mehr zu kontaktieren", "löschen sie meine daten", "löschen sie meine e mail", "meine daten löschen",
        "meine daten zu löschen",
    ],
    not_interested: &[
        "kein interesse", "kein bedarf", "keinen bedarf", "nicht interessiert", "nein danke", "nicht für uns",
        "kein interesse mehr",
    ],
    no_alone: &[
        "nein", "nein danke", "nö",
    ],
    later: &[
        "zu einem späteren zeitpunkt", "im nächsten jahr", "nächstes jahr", "im neuen jahr", "derzeit nicht",
        "momentan nicht",
    ],
    interested: &[
        "haben interesse", "habe interesse", "bin interessiert", "sind interessiert", "sehr interessiert",
        "klingt gut", "klingt interessant", "rufen sie mich an", "rufen sie uns an", "gerne mehr erfahren",
    ],
    yes_alone: &[
        "ja", "ja bitte", "ja gerne", "gerne", "sehr gerne",
    ],
    source_questions: &[
        "woher haben sie meine", "woher haben sie unsere",
    ],
    out_of_office_subjects: &[
        "automatische antwort", "abwesenheitsnotiz", "abwesend", "abwesenheit",
    ],
    out_of_office: &[
        "nicht im büro", "nicht im haus", "außer haus", "im urlaub", "nicht erreichbar", "abwesend", "wieder im büro",
        "wieder im haus", "wieder erreichbar", "in elternzeit", "in mutterschutz",
    ],
    has_left: &[
        "nicht mehr im unternehmen", "nicht mehr bei uns tätig", "nicht mehr für uns tätig",
        "das unternehmen verlassen",
    ],
    referral_plain: &[
        "nicht der richtige ansprechpartner", "nicht die richtige ansprechpartnerin", "bin nicht zuständig",
    ],
    automatic: &[
        "automatisch generierte", "automatisch erstellte", "automatisch erzeugte",
        "bitte antworten sie nicht auf diese",
    ],
    closings: &[
        "mit freundlichen grüßen", "mit freundlichen gruessen", "freundliche grüße", "viele grüße", "beste grüße",
        "liebe grüße", "mfg", "vg", "lg",
    ],
    greetings: &[
        "hallo", "guten",
    ],
    negations: &[
        "nicht", "kein", "keine", "keinen", "nie",
    ],
    ..Language::EMPTY
};

//! French: what is plain whatever the topic.

use super::Language;

#[rustfmt::skip]
pub(super) const FRENCH: Language = Language {
    stop_alone: &[
        "désinscription", "désabonnement", "me désinscrire", "me désabonner", "désinscrire", "désabonner",
    ],
    unsubscribe_plain: &[
        "me désinscrire", "me désabonner", "nous désinscrire", "nous désabonner", "désinscrivez moi",
        "désabonnez moi", "désinscrivez nous", "désabonnez nous", "retirez moi de votre", "retirez nous de votre",
        "me retirer de votre", "nous retirer de votre", "me supprimer de votre", "de votre liste de diffusion",
        "ne plus recevoir", "ne me contactez plus", "ne nous contactez plus", "ne plus me contacter",
        "ne plus nous contacter", "supprimer mes données", "supprimez mes données",
    ],
    not_interested: &[
        "pas intéressé", "pas intéressée", "pas intéressés", "pas intéressées", "ne nous intéresse pas",
        "ne mintéresse pas", "pas besoin", "non merci", "sans façon",
    ],
    no_alone: &[
        "non", "non merci",
    ],
    later: &[
        "plus tard", "lannée prochaine", "pour le moment", "pour linstant",
    ],
    interested: &[
        "suis intéressé", "suis intéressée", "sommes intéressés", "sommes intéressées", "ça mintéresse",
        "cela mintéresse", "cela nous intéresse", "appelez moi", "appelez nous", "en savoir plus",
    ],
    yes_alone: &[
        "oui", "oui merci", "avec plaisir", "volontiers",
    ],
    source_questions: &[
        "comment avez vous obtenu", "comment avez vous eu", "où avez vous trouvé",
    ],
    out_of_office_subjects: &[
        "réponse automatique", "absence du bureau", "absent du bureau", "message dabsence",
    ],
    out_of_office: &[
        "absent du bureau", "absente du bureau", "suis absent", "suis absente", "serai absent", "serai absente",
        "en congé", "en congés", "en vacances", "congé maternité", "congé de maternité", "de retour le",
        "de retour au bureau",
    ],
    has_left: &[
        "ne travaille plus", "a quitté la société", "a quitté lentreprise", "ne fait plus partie",
    ],
    referral_plain: &[
        "pas la bonne personne",
    ],
    automatic: &[
        "message automatique", "ne pas répondre à ce", "merci de ne pas répondre", "avons bien reçu votre",
    ],
    closings: &[
        "cordialement", "bien cordialement", "bien à vous", "sincères salutations", "salutations",
    ],
    greetings: &[
        "bonjour", "bonsoir",
    ],
    negations: &[
        "pas", "jamais", "aucun", "aucune",
    ],
    ..Language::EMPTY
};

//! What people answer, in the mail programs they answer with.

use domain::reply::InboundKind::Reply;
use domain::reply::Intent as I;

use crate::case::{Case, read};

pub fn cases() -> Vec<Case> {
    vec![
        read("gmail_top_interested", Reply, I::Interested)
            .says("Sounds great, please call me on 0412 345 678 after 3pm.\n\nPriya"),
        read("gmail_unsubscribe_footer_quoted", Reply, I::Question)
            .says("How much is it per year?"),
        read("gmail_bottom_posting", Reply, I::Interested)
            .says("Yes please, go ahead.\n\nPriya"),
        read("gmail_inline_replies", Reply, I::Interested)
            .says("Yes we do.\n\nYes please, list our business."),
        read("gmail_alternative_html", Reply, I::NotInterested)
            .says("No thanks."),
        read("gmail_html_only", Reply, I::NotInterested)
            .says("We already use Yellow Pages for this, thanks.\n\nPriya"),
        read("gmail_german_wrote", Reply, I::NotInterested)
            .says("Kein Interesse, danke."),
        read("gmail_french_wrote", Reply, I::Unsubscribe)
            .says("Merci de me désinscrire de votre liste."),
        read("gmail_spanish_wrote", Reply, I::Interested)
            .says("Interested, tell me the price please."),
        read("gmail_italian_wrote", Reply, I::NotInterested)
            .says("Not for us, thank you."),
        read("gmail_dutch_wrote", Reply, I::Interested)
            .says("Could you send more information?"),
        read("gmail_portuguese_wrote", Reply, I::Unsubscribe)
            .says("Please remove us from your list."),
        read("outlook365_html", Reply, I::NotInterested)
            .says("Hi Asha,\n\nThanks but this isn't something we need right now.\n\nKind regards,\n\nTom O'Brien\nOwner | Harbour Bakery\nT 02 9555 0100"),
        read("outlook_desktop_german", Reply, I::Interested)
            .says("Hallo Asha,\n\nwir haben Interesse, bitte rufen Sie mich an.\n\nMit freundlichen Grüßen\nKarin Vogel"),
        read("outlook_desktop_french", Reply, I::NotInterested)
            .says("Bonjour,\n\nNous ne sommes pas intéressés.\n\nCordialement,\nClaire"),
        read("outlook_original_message", Reply, I::Referral)
            .says("Wrong person, contact jane@patelmotors.com.au.").refers_to("jane@patelmotors.com.au"),
        read("apple_mail_top", Reply, I::NotInterested)
            .says("Not right now – maybe next year.\n\nMei").waits_for_a_person(),
        read("iphone_reply", Reply, I::Interested)
            .says("Interested, call me"),
        read("iphone_german_footer", Reply, I::Unsubscribe)
            .says("Bitte melden Sie mich ab."),
        read("thunderbird_flowed", Reply, I::NotInterested)
            .says("We have looked at this as a team and we are not interested in being listed in any directory at this stage."),
        read("yahoo_reply", Reply, I::Question)
            .says("who are you and how did you get my address?").waits_for_a_person(),
        read("yahoo_mobile", Reply, I::Unsubscribe)
            .says("Please take me off your list"),
        read("proton_reply", Reply, I::Question)
            .says("Could you explain what a listing includes?"),
        read("zoho_reply", Reply, I::Interested)
            .says("Interested, please send the details."),
        read("samsung_reply", Reply, I::NotInterested)
            .says("No thank you"),
        read("outlook_ios", Reply, I::Unsubscribe)
            .says("Unsubscribe"),
        read("base64_text", Reply, I::Interested)
            .says("Hi Asha,\n\nI’m keen – let’s talk on Monday.\n\nPriya 🙂"),
        read("utf16_text", Reply, I::Unsubscribe)
            .says("Stop emailing me."),
        read("iso_8859_1", Reply, I::Interested)
            .says("We are interested - sorry, un café first?"),
        read("windows_1252_undeclared", Reply, I::NotInterested)
            .says("We’re not interested – thanks."),
        read("gb2312", Reply, I::Interested)
            .says("Interested. 请给我打电话。"),
        read("iso_2022_jp", Reply, I::Unsubscribe)
            .says("Unsubscribe please.\n山田です。"),
        read("nested_mixed_alternative_related", Reply, I::Interested)
            .says("Happy to chat, see our menu attached.\n\nRegards\nPriya"),
        read("html_only_exchange_divrplyfwd", Reply, I::Unsubscribe)
            .says("Please unsubscribe us.\nDeb"),
        read("wish_stop", Reply, I::Unsubscribe)
            .says("STOP"),
        read("wish_stop_emailing", Reply, I::Unsubscribe)
            .says("Stop emailing me. This is the third time."),
        read("wish_please_remove_us", Reply, I::Unsubscribe)
            .says("Please remove us"),
        read("wish_unsubscribe_in_subject", Reply, I::Unsubscribe)
            .says(""),
        read("wish_unsubscribe_in_answered_subject", Reply, I::Unsubscribe)
            .says(""),
        read("wish_dont_unsubscribe_me", Reply, I::Interested)
            .says("Please don't unsubscribe me, I would like to hear more."),
        read("wish_not_interested_thanks", Reply, I::NotInterested)
            .says("not interested thanks"),
        read("wish_nahi_chahiye", Reply, I::NotInterested)
            .says("Nahi chahiye bhai, dhanyavaad"),
        read("wish_not_now", Reply, I::NotInterested)
            .says("Sounds good but not now, we are flat out until Christmas. Try again in February.").waits_for_a_person(),
        read("wish_sarcasm", Reply, I::Other)
            .says("Oh great, another directory. Just what I needed today.").waits_for_a_person(),
        read("wish_interested_and_stop", Reply, I::Unsubscribe)
            .says("We were interested, but please stop emailing me every week."),
        read("wish_left_company", Reply, I::Referral)
            .says("I have left the company. Please contact Anil at anil@saffronhouse.com.au instead.").refers_to("anil@saffronhouse.com.au"),
        read("wish_forwarded_to_colleague", Reply, I::Referral)
            .says("I've passed this on to my partner Anil (anil@saffronhouse.com.au) who handles marketing.").refers_to("anil@saffronhouse.com.au"),
        read("wish_thanks_only", Reply, I::Other)
            .says("Thanks!").waits_for_a_person(),
        read("wish_price_question", Reply, I::Question)
            .says("What does it cost after the first year? We may be interested."),
        read("wish_gdpr_erase", Reply, I::Unsubscribe)
            .says("Under the Privacy Act I ask you to delete my data and confirm."),
        read("wish_abuse", Reply, I::Unsubscribe)
            .says("This is spam. I am reporting you to ACMA."),
        read("wish_hindi_interested", Reply, I::Interested)
            .says("Haan ji, interested hai. Call karo."),
        read("reply_mobile_android_disclaimer", Reply, I::Interested)
            .says("Yes, keen."),
        read("calendar_accepted", Reply, I::Other)
            .says("").waits_for_a_person(),
    ]
}

//! Absence notices, acknowledgements and receipts.

use domain::reply::InboundKind::AutoReply;
use domain::reply::Intent as I;

use crate::case::{Case, read};

pub fn cases() -> Vec<Case> {
    vec![
        read("ooo_monday_7_december", AutoReply, I::OutOfOffice)
            .says("I am out of the office and back on Monday 7 December.").back_on("2026-12-07"),
        read("ooo_until_3_12", AutoReply, I::OutOfOffice)
            .says("Away until 3/12. For urgent matters call 03 9555 0199.").back_on("2026-12-03"),
        read("ooo_returning_12th_jan", AutoReply, I::OutOfOffice)
            .says("I'm on annual leave, returning 12th Jan.").back_on("2027-01-12"),
        read("ooo_range_over_new_year", AutoReply, I::OutOfOffice)
            .says("Our office is closed from 24 Dec to 5 Jan. Merry Christmas!").back_on("2027-01-05"),
        read("ooo_american_order", AutoReply, I::OutOfOffice)
            .says("I will be out of the office returning 12/21/2026.").back_on("2026-12-21"),
        read("ooo_australian_first", AutoReply, I::OutOfOffice)
            .says("I will return on 04/12/2026.").back_on("2026-12-04"),
        read("ooo_next_monday", AutoReply, I::OutOfOffice)
            .says("I am away this week and will be back next Monday.").back_on("2026-11-30"),
        read("ooo_iso_date", AutoReply, I::OutOfOffice)
            .says("Out of office until 2026-12-14 (inclusive).").back_on("2026-12-14"),
        read("ooo_month_first", AutoReply, I::OutOfOffice)
            .says("I am on vacation through December 11, 2026 with limited access to email.").back_on("2026-12-11"),
        read("ooo_weekday_with_time", AutoReply, I::OutOfOffice)
            .says("I am out of the office today and will return at 9:00 am on Tuesday 1st December 2026.").back_on("2026-12-01"),
        read("ooo_between", AutoReply, I::OutOfOffice)
            .says("I am on leave between 30 November and 4 December inclusive.").back_on("2026-12-04"),
        read("ooo_dotted_range", AutoReply, I::OutOfOffice)
            .says("I am on leave 30.11. - 11.12.2026.").back_on("2026-12-11"),
        read("ooo_maternity_without_date", AutoReply, I::OutOfOffice)
            .says("I am currently on maternity leave. Please contact Grace on 03 9555 0100."),
        read("ooo_no_headers", AutoReply, I::OutOfOffice)
            .says("Hi, I am on leave until 9 December. Cheers, Priya").back_on("2026-12-09"),
        read("ooo_german", AutoReply, I::OutOfOffice)
            .says("Vielen Dank für Ihre Nachricht. Ich bin bis zum 7. Dezember 2026 nicht im Büro.").back_on("2026-12-07"),
        read("ooo_french", AutoReply, I::OutOfOffice)
            .says("Bonjour, je suis absente du bureau jusqu'au 7 décembre 2026.").back_on("2026-12-07"),
        read("ooo_outlook_german_no_header", AutoReply, I::OutOfOffice)
            .says("Ich bin im Urlaub und ab dem 14.12.2026 wieder im Haus.").back_on("2026-12-14"),
        read("ooo_quotes_our_mail", AutoReply, I::OutOfOffice)
            .says("I am on leave until Monday.").back_on("2026-11-30"),
        read("ooo_past_date", AutoReply, I::OutOfOffice)
            .says("I was on leave and return on 20 November."),
        read("auto_left_company", AutoReply, I::Referral)
            .says("Priya Nair no longer works at Saffron House. Please direct enquiries to anil@saffronhouse.com.au.").refers_to("anil@saffronhouse.com.au"),
        read("auto_ticket", AutoReply, I::Other)
            .says("We received your request #12345 and a member of our team will be in touch within 2 business days.\n\nPlease do not reply to this email.").unattended(),
        read("auto_ticket_no_headers", AutoReply, I::Other)
            .says("Thank you for contacting Saffron House. Your enquiry has been received and we will get back to you shortly. This is an automated message, please do not reply.").unattended(),
        read("auto_challenge_response", AutoReply, I::Other)
            .says("Your message has been held. Please click the link below to verify that you are a person: https://verify.example/abc"),
        read("auto_office_hours", AutoReply, I::Other)
            .says("Thanks for your email! Our office hours are Monday to Friday, 9 to 5. We aim to answer within two days."),
        read("auto_unsubscribe_confirmation", AutoReply, I::Other)
            .says("You have been unsubscribed from Saffron House news."),
        read("read_receipt_outlook", AutoReply, I::Other).unattended(),
    ]
}

//! Every address of the application, built in one place.

use domain::{ContactId, DealId, ImportId, MessageId};

/// A pipeline's board, by the pipeline's key.
pub fn board(pipeline_key: &str) -> String {
    format!("/board/{pipeline_key}")
}

pub fn deal(id: DealId) -> String {
    format!("/deals/{id}")
}

pub fn contact(id: ContactId) -> String {
    format!("/contacts/{id}")
}

pub fn import(id: ImportId) -> String {
    format!("/imports/{id}")
}

/// A template in the editor. Slugs and keys are letters, digits, `-` and `_`.
pub fn template(brand: &str, key: &str) -> String {
    format!("/settings/templates/{brand}/{key}")
}

/// The template's mail alone, as a frame shows it.
pub fn template_mail(brand: &str, key: &str) -> String {
    format!("/settings/templates/{brand}/{key}/mail")
}

pub fn email(id: MessageId) -> String {
    format!("/emails/{id}")
}

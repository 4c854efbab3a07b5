//! The gallery of mail templates, and the editor of one.

use serde::{Deserialize, Serialize};

use super::board::When;
use crate::mailing::MessageState;

/// The templates of the chosen brands, by family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateGallery {
    pub families: Vec<TemplateFamily>,
    /// Templates shown.
    pub shown: i64,
    /// Templates there are, before the search.
    pub total: i64,
}

/// The templates of one folder of a brand: mostly one pipeline's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateFamily {
    pub brand_slug: String,
    pub brand_name: String,
    /// "Real estate".
    pub name: String,
    pub cards: Vec<TemplateCard>,
}

/// A template in the gallery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateCard {
    pub key: String,
    /// The key in words.
    pub title: String,
    /// For a sample contact; empty when the template is broken.
    pub subject: String,
    /// Why no mail can be written from it; `None`: it is sound.
    pub problem: Option<String>,
    /// "Real estate · Invited", or what it is a variant of.
    pub uses: Vec<String>,
    /// Differs from the file it was shipped as.
    pub edited: bool,
    /// Mails of the last 30 days.
    pub sent: i64,
    /// Of those, opened by persons.
    pub opened: i64,
}

/// One template in the editor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplatePage {
    pub brand_slug: String,
    pub brand_name: String,
    pub key: String,
    pub title: String,
    pub family: String,
    pub uses: Vec<String>,
    /// The text in force.
    pub source: String,
    pub base: TemplateBase,
    /// Newest first; the file as shipped comes last.
    pub versions: Vec<TemplateVersion>,
    /// The person may change it: managers and admins of the brand.
    pub may_edit: bool,
    /// Where their tests go unless they say otherwise.
    pub own_address: String,
    pub variables: Vec<TemplateVariable>,
    /// Contacts that don't exist: stored name and words.
    pub samples: Vec<(String, String)>,
    /// The text in force for the first of them.
    pub preview: TemplatePreview,
}

/// What an edit builds on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateBase {
    /// Number of the newest version; 0: nobody has edited the file.
    pub newest: i32,
    /// Number of the version in force; 0: the file.
    pub in_force: i32,
}

/// A version of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateVersion {
    /// 0: the file as shipped.
    pub number: i32,
    pub note: String,
    pub author: String,
    /// `None` for the file.
    pub at: Option<When>,
    pub in_force: bool,
}

/// What may be written into a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateVariable {
    pub name: String,
    pub meaning: String,
    /// What a click puts into the text.
    pub insert: String,
    /// A piece of layout rather than a value.
    pub is_block: bool,
}

/// What a text becomes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplatePreview {
    /// `None`: no mail can be written for this contact.
    pub mail: Option<TemplateMail>,
    /// What keeps the text from being saved; empty: it is sound.
    pub problems: Vec<TemplateProblem>,
}

/// A mail nobody gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateMail {
    /// "Priya Sharma <priya@sharma.example>".
    pub to: String,
    pub from: String,
    pub subject: String,
    pub preheader: String,
    pub html: String,
    pub text: String,
    /// Thousands of bytes; a hundred is the limit.
    pub kilobytes: i64,
}

/// Why a text can't be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateProblem {
    /// From 1; `None` when it is no single line's.
    pub line: Option<u32>,
    pub text: String,
}

/// A text to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateDraft {
    pub brand: String,
    pub key: String,
    pub source: String,
    /// A sample's name, or a contact's id.
    pub who: String,
}

/// A text to save.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateEdit {
    pub brand: String,
    pub key: String,
    pub source: String,
    /// What was changed, in the author's words; may be empty.
    pub note: String,
    pub base: TemplateBase,
}

/// A version to put in force again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateRestore {
    pub brand: String,
    pub key: String,
    /// 0: the file as shipped.
    pub version: i32,
    pub base: TemplateBase,
}

/// A contact to look at a mail with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateAddressee {
    /// A contact's id.
    pub who: String,
    /// "Priya Sharma, Sharma Sweets".
    pub words: String,
}

/// What became of a test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestFate {
    pub state: MessageState,
    /// "Sent to asha@codeteki.example at 10:42."
    pub words: String,
    /// Nothing more happens to it.
    pub settled: bool,
}

/// A block of a template and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub name: String,
    /// From 1.
    pub line: u32,
    /// Characters before it, as the browser counts them (UTF-16).
    pub offset: u32,
}

/// The blocks of a template in order. What can't be read as one is left out: the preview says what is wrong.
pub fn blocks(source: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut rest = source;
    let (mut line, mut offset) = (1_u32, 0_u32);
    while let Some(start) = rest.find("{%") {
        let (before, tag) = rest.split_at(start);
        line = line.saturating_add(count(before.matches('\n')));
        offset = offset.saturating_add(count(before.encode_utf16()));
        let end = tag.find("%}").map_or(tag.len(), |end| end + 2);
        let inner = tag[2..end].trim_start_matches(['-', '+']).trim_start();
        if let Some(name) = inner.strip_prefix("block ").and_then(|rest| rest.split_whitespace().next()) {
            let name = name.trim_end_matches(['%', '}', '-']).to_owned();
            found.push(Block { name, line, offset });
        }
        line = line.saturating_add(count(tag[..end].matches('\n')));
        offset = offset.saturating_add(count(tag[..end].encode_utf16()));
        rest = &tag[end..];
    }
    found
}

fn count(things: impl Iterator) -> u32 {
    u32::try_from(things.count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Block, blocks};

    #[test]
    fn blocks_are_found_where_they_begin() {
        let source = "{% extends \"a/_layout.html\" %}\n{% block subject %}Zo\u{eb} \u{1f600}{% endblock %}\n{%- block content -%}x{% endblock %}";
        let block = |name: &str, line, offset| Block { name: name.into(), line, offset };
        assert_eq!(blocks(source), [block("subject", 2, 31), block("content", 3, 71)]);
        assert!(blocks("no tag {{ at }} all").is_empty());
        assert!(blocks("{% block").is_empty());
    }

    proptest! {
        #[test]
        fn any_text_has_its_blocks_in_order(source in "[\u{0}-\u{ff}{}%\\n block]{0,80}") {
            let found = blocks(&source);
            let length = source.encode_utf16().count();
            prop_assert!(found.windows(2).all(|pair| pair[0].offset < pair[1].offset));
            prop_assert!(found.iter().all(|block| (block.offset as usize) < length));
        }
    }
}

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding as Charset;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessagePart, MimeHeaders};

/// The text of a part that declares no character set, or one it does not keep to: old programs write Windows-1252 and
/// say nothing. `None`: the parser's reading stands.
pub(super) fn guessed(message: &Message<'_>, part: &MessagePart<'_>) -> Option<String> {
    // The parser writes U+FFFD for what it could not read.
    if !part.text_contents()?.contains('\u{fffd}') {
        return None;
    }
    let declared = part.content_type().and_then(|kind| kind.attribute("charset")).unwrap_or_default();
    let declared = declared.trim().to_ascii_lowercase();
    if !matches!(declared.as_str(), "" | "us-ascii" | "ascii" | "utf-8" | "utf8" | "unknown-8bit") {
        return None;
    }
    let start = usize::try_from(part.offset_body).ok()?;
    let end = usize::try_from(part.offset_end).ok()?;
    let raw = message.raw_message.get(start..end)?;
    let bytes = match part.encoding {
        Encoding::None => raw.to_vec(),
        Encoding::QuotedPrintable => quoted_printable_decode(raw)?,
        Encoding::Base64 => base64_decode(raw)?,
    };
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes, true);
    let charset: &Charset = detector.guess(None, Utf8Detection::Deny);
    let (text, _, had_errors) = charset.decode(&bytes);
    (!had_errors).then(|| text.into_owned())
}

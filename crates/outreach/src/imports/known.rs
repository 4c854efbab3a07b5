use database::Connection;
use database::import;
use domain::import::DuplicateMode;

use super::plan::Known;
use super::rows::ReadRow;
use super::setting::Setting;
use crate::Refused;

/// Looks a chunk's addresses up: three statements, whatever the number of rows. `lock` keeps the contacts found from
/// changing until the transaction ends.
pub(super) async fn look_up(
    connection: &mut Connection,
    setting: &Setting,
    rows: &[ReadRow],
    lock: bool,
) -> Result<Known, Refused> {
    let brand = setting.brand.id;
    let mut emails: Vec<&str> = rows.iter().flatten().map(|numbered| numbered.row.email.as_str()).collect();
    emails.sort_unstable();
    emails.dedup();
    let may_change = match setting.options.duplicates {
        DuplicateMode::Skip => false,
        DuplicateMode::FillBlanks | DuplicateMode::Overwrite => true,
    };
    let contacts = import::known(connection, brand, &emails, lock && may_change).await?;
    let suppressed = import::suppressed_among(connection, brand, &emails).await?;
    let with_deal = match &setting.target {
        Some(target) if may_change && !contacts.is_empty() => {
            let ids: Vec<_> = contacts.iter().map(|contact| contact.id).collect();
            import::contacts_with_deal(connection, target.pipeline.id, &ids).await?
        }
        _ => Default::default(),
    };
    let contacts = contacts.into_iter().map(|contact| (contact.email.clone(), contact)).collect();
    Ok(Known { contacts, suppressed, with_deal })
}

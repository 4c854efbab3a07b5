use ai::{BaseUrl, Endpoint};
use database::ai::AiAccount;
use domain::BrandId;

use crate::vault::Vault;

/// The place an AI's key is sealed for: moved to another brand, it doesn't open.
pub(super) fn key_place(brand: BrandId) -> String {
    format!("{brand}:ai-key")
}

/// Where and how to ask. The error is about the settings, in words.
pub(super) fn endpoint(vault: &Vault, account: &AiAccount) -> Result<Endpoint, String> {
    let base_url = BaseUrl::parse(&account.base_url).map_err(|error| error.to_string())?;
    let key = match &account.key {
        Some(sealed) => vault
            .open(&key_place(account.brand_id), sealed)
            .map_err(|_| "The stored key can’t be opened: enter it again.".to_owned())?,
        None => String::new(),
    };
    Ok(Endpoint { base_url, model: account.model.clone(), key })
}

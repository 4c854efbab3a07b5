use std::sync::OnceLock;

/// Largest file taken when nothing else is set, in MB.
const ORDINARY: u32 = 100;

/// Largest file taken, in MB: `OVERTURE_IMPORT_MAX_MB`. A value that is no number counts as unset.
pub fn largest_mb() -> u32 {
    static LARGEST: OnceLock<u32> = OnceLock::new();
    *LARGEST.get_or_init(|| {
        let set = std::env::var("OVERTURE_IMPORT_MAX_MB").ok();
        set.and_then(|text| text.trim().parse().ok()).filter(|mb| *mb > 0).unwrap_or(ORDINARY)
    })
}

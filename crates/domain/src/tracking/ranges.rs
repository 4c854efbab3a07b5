//! Whose networks are whose, as far as their owners say so in public.
//!
//! None of these lists is complete, and none has to be: an address that isn't here is ordinary and judged by what it
//! does. A range is here only if its owner publishes it (SPF records, allow-lists for customers, address registries).
//! As known in 2026; compare with the owners’ own lists before relying on a single range.

/// First address and prefix length.
pub(super) type V4 = ([u8; 4], u8);
/// The first 64 bits of the first address, and prefix length.
pub(super) type V6 = ([u16; 4], u8);

/// Apple's own (ARIN, APNIC, RIPE). The privacy proxy also leaves through content networks that other people use (the
/// list of iCloud Private Relay): there its user agent tells.
pub(super) const APPLE: &[V4] = &[([17, 0, 0, 0], 8)];
pub(super) const APPLE_V6: &[V6] =
    &[([0x2403, 0x300, 0, 0], 32), ([0x2620, 0x149, 0, 0], 32), ([0x2a01, 0xb740, 0, 0], 32)];

/// Google's own services, Gmail's picture proxy among them (`_netblocks.google.com` and those it includes).
#[rustfmt::skip]
pub(super) const GOOGLE: &[V4] = &[
    ([64, 233, 160, 0], 19), ([66, 102, 0, 0], 20), ([66, 249, 64, 0], 19), ([72, 14, 192, 0], 18), ([74, 125, 0, 0], 16),
    ([108, 177, 0, 0], 17), ([142, 250, 0, 0], 15), ([172, 217, 0, 0], 16), ([172, 253, 0, 0], 16), ([173, 194, 0, 0], 16),
    ([209, 85, 128, 0], 17), ([216, 58, 192, 0], 19), ([216, 239, 32, 0], 19),
];
#[rustfmt::skip]
pub(super) const GOOGLE_V6: &[V6] = &[
    ([0x2001, 0x4860, 0, 0], 32), ([0x2404, 0x6800, 0, 0], 32), ([0x2607, 0xf8b0, 0, 0], 32), ([0x2800, 0x3f0, 0, 0], 32),
    ([0x2a00, 0x1450, 0, 0], 32), ([0x2c0f, 0xfb50, 0, 0], 32),
];

/// Mail security companies: what they list for their customers' firewalls, and what their SPF records name.
#[rustfmt::skip]
pub(super) const SCANNERS: &[V4] = &[
    // Proofpoint.
    ([67, 231, 144, 0], 20), ([91, 209, 104, 0], 24), ([148, 163, 128, 0], 19), ([185, 132, 180, 0], 22), ([185, 183, 28, 0], 22),
    ([205, 220, 160, 0], 20),
    // Mimecast, Australia's among them.
    ([63, 128, 21, 0], 24), ([103, 13, 69, 0], 24), ([124, 47, 150, 0], 24), ([124, 47, 189, 0], 24), ([146, 101, 78, 0], 24),
    ([170, 10, 128, 0], 21), ([185, 58, 84, 0], 22), ([195, 130, 217, 0], 24), ([205, 139, 110, 0], 23), ([207, 211, 30, 0], 23),
    // Barracuda.
    ([64, 235, 144, 0], 20), ([209, 222, 80, 0], 21),
    // The mail filters of Microsoft 365 (id 10 of its published endpoints).
    ([40, 92, 0, 0], 15), ([40, 107, 0, 0], 16), ([52, 100, 0, 0], 14), ([104, 47, 0, 0], 17),
    // Cisco Secure Email.
    ([68, 232, 128, 0], 19),
    // Broadcom (MessageLabs).
    ([46, 226, 48, 0], 21), ([67, 219, 240, 0], 20), ([85, 158, 136, 0], 21), ([95, 131, 104, 0], 21), ([103, 9, 96, 0], 22),
    ([117, 120, 16, 0], 21), ([193, 109, 254, 0], 23), ([194, 106, 220, 0], 23), ([195, 245, 230, 0], 23), ([216, 82, 240, 0], 20),
    // Trend Micro.
    ([150, 70, 0, 0], 16),
];
/// The mail filters of Microsoft 365.
pub(super) const SCANNERS_V6: &[V6] = &[([0x2a01, 0x111, 0xf400, 0], 48), ([0x2a01, 0x111, 0xf403, 0], 48)];

/// Large blocks of hosting companies (registries). Scanners run there, and VPNs of people: what comes from here is
/// unclear, never a machine's for that alone.
#[rustfmt::skip]
pub(super) const HOSTING: &[V4] = &[
    // Amazon.
    ([3, 0, 0, 0], 9), ([13, 208, 0, 0], 12), ([18, 128, 0, 0], 9), ([34, 192, 0, 0], 10), ([44, 192, 0, 0], 10), ([52, 0, 0, 0], 10),
    ([52, 64, 0, 0], 12), ([54, 64, 0, 0], 10), ([54, 144, 0, 0], 12), ([54, 160, 0, 0], 11), ([54, 192, 0, 0], 10),
    // Microsoft Azure, where Safe Links opens what people were sent.
    ([4, 144, 0, 0], 12), ([13, 64, 0, 0], 11), ([20, 33, 0, 0], 16), ([20, 36, 0, 0], 14), ([20, 40, 0, 0], 13), ([20, 64, 0, 0], 10),
    ([20, 128, 0, 0], 9), ([40, 74, 0, 0], 15), ([40, 76, 0, 0], 14), ([40, 80, 0, 0], 13), ([40, 112, 0, 0], 13), ([104, 40, 0, 0], 13),
    // Google Cloud.
    ([34, 64, 0, 0], 10), ([35, 184, 0, 0], 13), ([35, 192, 0, 0], 11), ([104, 154, 0, 0], 15), ([104, 196, 0, 0], 14),
    // DigitalOcean.
    ([134, 209, 0, 0], 16), ([138, 68, 0, 0], 16), ([142, 93, 0, 0], 16), ([157, 230, 0, 0], 16), ([159, 65, 0, 0], 16),
    ([161, 35, 0, 0], 16), ([165, 227, 0, 0], 16), ([167, 99, 0, 0], 16),
    // OVH and Hetzner.
    ([51, 68, 0, 0], 16), ([51, 75, 0, 0], 16), ([54, 36, 0, 0], 14), ([88, 198, 0, 0], 16), ([95, 216, 0, 0], 15),
    ([116, 202, 0, 0], 15), ([135, 181, 0, 0], 16), ([144, 76, 0, 0], 16), ([148, 251, 0, 0], 16), ([159, 69, 0, 0], 16),
    ([168, 119, 0, 0], 16), ([176, 9, 0, 0], 16), ([178, 63, 0, 0], 16), ([195, 201, 0, 0], 16),
    // Linode.
    ([139, 162, 0, 0], 16), ([172, 104, 0, 0], 15),
];
#[rustfmt::skip]
pub(super) const HOSTING_V6: &[V6] = &[
    // Amazon, Google Cloud, Azure, DigitalOcean, OVH, Hetzner.
    ([0x2600, 0x1f00, 0, 0], 24), ([0x2a05, 0xd000, 0, 0], 25), ([0x2406, 0xda00, 0, 0], 24), ([0x2600, 0x1900, 0, 0], 28),
    ([0x2603, 0x1000, 0, 0], 24), ([0x2604, 0xa880, 0, 0], 32), ([0x2a03, 0xb0c0, 0, 0], 32), ([0x2001, 0x41d0, 0, 0], 32),
    ([0x2a01, 0x4f8, 0, 0], 32), ([0x2a01, 0x4f9, 0, 0], 32),
];

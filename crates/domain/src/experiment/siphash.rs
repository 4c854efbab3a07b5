//! SipHash-2-4 (Aumasson and Bernstein, 2012), a keyed hash of 64 bits. Written out because the standard library's
//! own is unspecified and may change, and an assignment must be the same next year and on another machine.

/// The hash of `data` under a key of two 64-bit halves (little-endian halves of the 16-byte key).
pub(super) fn siphash24(k0: u64, k1: u64, data: &[u8]) -> u64 {
    let mut v = [
        k0 ^ 0x736f_6d65_7073_6575,
        k1 ^ 0x646f_7261_6e64_6f6d,
        k0 ^ 0x6c79_6765_6e65_7261,
        k1 ^ 0x7465_6462_7974_6573,
    ];
    let mut chunks = data.chunks_exact(8);
    for chunk in &mut chunks {
        compress(&mut v, word(chunk));
    }
    // The last word carries the length in its top byte.
    let tail = word(chunks.remainder()) | (data.len() as u64) << 56;
    compress(&mut v, tail);
    v[2] ^= 0xff;
    for _ in 0..4 {
        round(&mut v);
    }
    v[0] ^ v[1] ^ v[2] ^ v[3]
}

fn word(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

fn compress(v: &mut [u64; 4], word: u64) {
    v[3] ^= word;
    round(v);
    round(v);
    v[0] ^= word;
}

fn round(v: &mut [u64; 4]) {
    v[0] = v[0].wrapping_add(v[1]);
    v[1] = v[1].rotate_left(13) ^ v[0];
    v[0] = v[0].rotate_left(32);
    v[2] = v[2].wrapping_add(v[3]);
    v[3] = v[3].rotate_left(16) ^ v[2];
    v[0] = v[0].wrapping_add(v[3]);
    v[3] = v[3].rotate_left(21) ^ v[0];
    v[2] = v[2].wrapping_add(v[1]);
    v[1] = v[1].rotate_left(17) ^ v[2];
    v[2] = v[2].rotate_left(32);
}

#[cfg(test)]
mod tests {
    use super::siphash24;
    use proptest::prelude::*;

    const K0: u64 = 0x0706_0504_0302_0100;
    const K1: u64 = 0x0f0e_0d0c_0b0a_0908;

    /// `vectors_sip64` of the reference implementation: key 00 01 … 0f, input 00 01 … of growing length.
    #[test]
    fn the_published_vectors_hold() {
        let published: [[u8; 8]; 9] = [
            [0x31, 0x0e, 0x0e, 0xdd, 0x47, 0xdb, 0x6f, 0x72],
            [0xfd, 0x67, 0xdc, 0x93, 0xc5, 0x39, 0xf8, 0x74],
            [0x5a, 0x4f, 0xa9, 0xd9, 0x09, 0x80, 0x6c, 0x0d],
            [0x2d, 0x7e, 0xfb, 0xd7, 0x96, 0x66, 0x67, 0x85],
            [0xb7, 0x87, 0x71, 0x27, 0xe0, 0x94, 0x27, 0xcf],
            [0x8d, 0xa6, 0x99, 0xcd, 0x64, 0x55, 0x76, 0x18],
            [0xce, 0xe3, 0xfe, 0x58, 0x6e, 0x46, 0xc9, 0xcb],
            [0x37, 0xd1, 0x01, 0x8b, 0xf5, 0x00, 0x02, 0xab],
            [0x62, 0x24, 0x93, 0x9a, 0x79, 0xf5, 0xf5, 0x93],
        ];
        let input: Vec<u8> = (0..64).collect();
        for (length, expected) in published.iter().enumerate() {
            assert_eq!(siphash24(K0, K1, &input[..length]), u64::from_le_bytes(*expected), "{length} bytes");
        }
        // The worked example of the paper's appendix A: 15 bytes.
        assert_eq!(siphash24(K0, K1, &input[..15]), 0xa129_ca61_49be_45e5);
    }

    proptest! {
        #[test]
        #[allow(deprecated)] // The standard library's SipHasher is SipHash-2-4; deprecated for use, fine as an oracle.
        fn agrees_with_the_standard_library(k0: u64, k1: u64, data: Vec<u8>) {
            use std::hash::Hasher;
            let mut oracle = std::hash::SipHasher::new_with_keys(k0, k1);
            oracle.write(&data);
            prop_assert_eq!(siphash24(k0, k1, &data), oracle.finish());
        }
    }
}

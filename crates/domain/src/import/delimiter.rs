const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Records looked at; a file's head tells.
const RECORDS: usize = 50;

/// The delimiter of a CSV file, from its first lines: `,`, `;`, tab or `|`.
///
/// Quoted cells may contain any of them and line ends. A file with one column is taken to be comma-separated.
pub fn delimiter(sample: &str) -> u8 {
    let sample = sample.trim_start_matches('\u{feff}');
    // Excel's own declaration.
    if let Some(declared) =
        sample.lines().next().and_then(|line| line.strip_prefix("sep=")).and_then(|rest| rest.bytes().next())
        && CANDIDATES.contains(&declared)
    {
        return declared;
    }
    let counts: Vec<[usize; 4]> = records(sample);
    let Some(header) = counts.first() else { return b',' };
    let best = (0..CANDIDATES.len())
        .filter(|&index| header[index] > 0)
        .map(|index| {
            // Rows like the header say most; a header with more columns breaks a tie.
            let alike = counts.iter().filter(|count| count[index] == header[index]).count();
            ((alike * 1000 / counts.len(), header[index]), index)
        })
        .max_by_key(|&(score, index)| (score, std::cmp::Reverse(index)));
    best.map_or(b',', |(_, index)| CANDIDATES[index])
}

/// How often each candidate stands outside quotes, record by record.
fn records(sample: &str) -> Vec<[usize; 4]> {
    let mut all = Vec::new();
    let mut count = [0; 4];
    let mut blank = true;
    let mut quoted = false;
    for byte in sample.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => {
                if !blank {
                    all.push(count);
                    if all.len() == RECORDS {
                        return all;
                    }
                }
                (count, blank) = ([0; 4], true);
                continue;
            }
            _ if !quoted => {
                if let Some(index) = CANDIDATES.iter().position(|candidate| *candidate == byte) {
                    count[index] += 1;
                }
            }
            _ => {}
        }
        blank = false;
    }
    // The last record of a sample may be cut off.
    if all.is_empty() && !blank {
        all.push(count);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::delimiter;

    #[test]
    fn the_delimiter_is_found_outside_quotes() {
        for (sample, expected) in [
            ("Email,Name\na@b.co,Ann\n", b','),
            ("Email;Name\na@b.co;Ann\n", b';'),
            ("Email\tName\r\na@b.co\tAnn\r\n", b'\t'),
            ("Email|Name\na@b.co|Ann\n", b'|'),
            ("\u{feff}Email;Company\na@b.co;\"Acme, Inc, Ltd\"\n", b';'),
            ("Email;Notes\na@b.co;one, two, three\nb@b.co;four, five\n", b';'),
            ("Email,Notes\na@b.co,\"a;b;c\nd;e\"\n", b','),
            ("Name, full;Email;Phone\nAnn;a@b.co;1\nBob;b@b.co;2\n", b';'),
            ("sep=;\nEmail;Name\n", b';'),
            ("Email\na@b.co\n", b','),
            ("", b','),
            ("Email;Name", b';'),
        ] {
            assert_eq!(char::from(delimiter(sample)), char::from(expected), "{sample:?}");
        }
    }
}

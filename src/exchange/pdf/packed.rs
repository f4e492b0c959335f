//! Whether a document unpacks to more than can be meant, asked before anything is unpacked in earnest.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

/// The most that all packed parts but pictures may have when they are unpacked, in bytes.
pub(super) const LARGEST: u64 = 400 * 1024 * 1024;
/// Parts of fewer bytes are not looked at: packing makes at most a thousandth of what there was.
const SMALL: usize = 32 * 1024;
/// Where the description of a part is looked for before its bytes.
const DESCRIPTION: usize = 2 * 1024;

/// Whether the parts of a document that are no pictures unpack to more than so many bytes.
pub(super) fn unpacks_beyond(bytes: &[u8], most: u64) -> bool {
    let mut room = most;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        // `endstream` holds the word as well.
        if bytes[..at].ends_with(b"end") {
            continue;
        }
        let body = bytes[at + 6..].trim_ascii_start();
        let body = &body[..memchr::memmem::find(body, b"endstream").unwrap_or(body.len())];
        if body.len() < SMALL || is_picture(&bytes[at.saturating_sub(DESCRIPTION)..at]) {
            continue;
        }
        // What is not packed so, or damaged, unpacks to what could be read until then.
        let mut unpacked = ZlibDecoder::new(body).take(room + 1);
        let size =
            std::io::copy(&mut unpacked, &mut Counted(0)).unwrap_or_else(|_| unpacked.limit().abs_diff(room + 1));
        if size > room {
            return true;
        }
        room -= size;
    }
    false
}

/// Whether the description before a part, back to where its object begins, says that it is a picture.
fn is_picture(before: &[u8]) -> bool {
    let start = memchr::memmem::rfind(before, b" obj").unwrap_or(0);
    let text = &before[start..];
    memchr::memmem::find(text, b"/Image").is_some() && memchr::memmem::find(text, b"/Subtype").is_some()
}

/// Counts what is written to it and keeps nothing.
struct Counted(u64);

impl std::io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn part(description: &str, megabytes: usize) -> Vec<u8> {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        for n in 0..megabytes {
            packer.write_all(&[u8::try_from(n % 251).expect("a byte"); 1024 * 1024]).expect("written");
        }
        let body = packer.finish().expect("packed");
        [
            format!("5 0 obj << /Length {} {description} >> stream\n", body.len()).as_bytes(),
            &body,
            b"\nendstream endobj\n",
        ]
        .concat()
    }

    #[test]
    fn a_bomb_is_seen_and_a_picture_is_none() {
        let most = 8 * 1024 * 1024;
        let bomb = part("/Filter /FlateDecode", 9);
        assert!(bomb.len() > SMALL && bomb.len() < 200 * 1024, "it is small while it is packed: {}", bomb.len());
        assert!(unpacks_beyond(&bomb, most));
        assert!(!unpacks_beyond(&bomb, LARGEST));
        assert!(!unpacks_beyond(&part("/Subtype /Image /Filter /FlateDecode", 9), most));
    }
}

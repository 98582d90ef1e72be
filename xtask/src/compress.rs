//! Files compressed once, as well as possible, when they are built: a server then only has to pick the right sibling.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::{Compression, GzBuilder};

/// How many bytes one file takes on the wire, by encoding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Without compression.
    pub raw: u64,
    /// As gzip, level 9.
    pub gzip: u64,
    /// As brotli, quality 11.
    pub brotli: u64,
}

impl std::ops::Add for Sizes {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }
}

fn sibling(file: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(ending);
    name.into()
}

/// Writes `file.br` and `file.gz` beside the file and returns both paths.
///
/// # Errors
/// When a file cannot be read or written.
pub fn write_siblings(file: &Path) -> Result<[PathBuf; 2]> {
    let siblings = [sibling(file, ".br"), sibling(file, ".gz")];
    let bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;

    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        // Blocks of 64 kB: 86 bytes less of the engine than the encoder's own choice.
        lgblock: 16,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut small = File::create(&siblings[0])?;
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut small, &parameters)?;
    small.flush()?;

    // Without a name and a time the same input gives the same file.
    let mut gzip = GzBuilder::new().mtime(0).write(File::create(&siblings[1])?, Compression::best());
    gzip.write_all(&bytes)?;
    gzip.finish()?.flush()?;
    Ok(siblings)
}

/// The sizes of a file and of the siblings that [`write_siblings`] made.
///
/// # Errors
/// When one of the three is missing.
pub fn sizes(file: &Path) -> Result<Sizes> {
    let length = |path: &Path| {
        fs::metadata(path)
            .map(|metadata| metadata.len())
            .with_context(|| format!("{} is missing: run cargo xtask dist", path.display()))
    };
    Ok(Sizes {
        raw: length(file)?,
        gzip: length(&sibling(file, ".gz"))?,
        brotli: length(&sibling(file, ".br"))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn siblings_unpack_to_the_file_they_stand_beside() {
        let folder = std::env::temp_dir().join(format!("railz-connect-siblings-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("words.txt");
        let text = "the same words again and again, ".repeat(200);
        fs::write(&file, &text).unwrap();

        write_siblings(&file).unwrap();
        let sizes = sizes(&file).unwrap();

        assert_eq!(sizes.raw, text.len() as u64);
        assert!(sizes.gzip < sizes.raw && sizes.brotli < sizes.raw);
        let mut unpacked = String::new();
        brotli::Decompressor::new(File::open(sibling(&file, ".br")).unwrap(), 4096)
            .read_to_string(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked, text);
        unpacked.clear();
        flate2::read::GzDecoder::new(File::open(sibling(&file, ".gz")).unwrap())
            .read_to_string(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked, text);
        fs::remove_dir_all(folder).unwrap();
    }
}

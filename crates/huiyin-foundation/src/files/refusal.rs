//! Why a file is not taken, in a sentence that says what to do instead.

use std::io;

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileRefusal {
    /// Nothing in it.
    Empty,
    /// More bytes than the school takes.
    TooLarge {
        /// The limit.
        mib_max: usize,
    },
    /// More pixels than the school takes, or than any camera makes.
    TooManyPixels,
    /// Apple's format, which browsers cannot show.
    Heic,
    /// A PDF where only pictures are taken.
    PdfNotTaken,
    /// Neither a picture nor a PDF.
    NotTaken,
    /// No picture, where only pictures are taken.
    NoPicture,
    /// Cut short or damaged.
    Broken,
}

impl FileRefusal {
    /// What to tell the person about the file at this place of the form, counted from 1.
    pub fn sentence(self, place: usize) -> String {
        match self {
            FileRefusal::Empty => format!("第 {place} 个文件是空的，请重新选一次"),
            FileRefusal::TooLarge { mib_max } => {
                format!("第 {place} 个文件超过 {mib_max} MB，请重选，或截图后再传")
            }
            FileRefusal::TooManyPixels => format!("第 {place} 张照片的像素太大，请重拍或截图后再传"),
            FileRefusal::Heic => format!(
                "第 {place} 张是 HEIC 格式，很多设备打不开。请在手机“设置—相机—格式”里选“兼容性最佳”后重拍，或存成 JPG 再传"
            ),
            FileRefusal::PdfNotTaken => {
                format!("第 {place} 个是 PDF，里面可能带有作者姓名，这里只收照片。请截图后再传")
            }
            FileRefusal::NotTaken => {
                format!("第 {place} 个文件不是照片。只能传照片（JPG、PNG、WebP）或 PDF")
            }
            FileRefusal::NoPicture => {
                format!("第 {place} 个文件不是照片，这里只收照片（JPG、PNG、WebP）")
            }
            FileRefusal::Broken => format!("第 {place} 张照片不完整，打不开，请重新选一次"),
        }
    }
}

/// Why a file could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepTrouble {
    /// It is not taken.
    #[error("refused: {0:?}")]
    Refused(FileRefusal),
    /// Too many are being judged at this moment.
    #[error("too many files at once")]
    Busy,
    /// The disk said no.
    #[error("cannot write the file: {0}")]
    Disk(#[from] io::Error),
}

impl From<FileRefusal> for KeepTrouble {
    fn from(refusal: FileRefusal) -> KeepTrouble {
        KeepTrouble::Refused(refusal)
    }
}

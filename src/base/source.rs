//! Where records are read from: the folder on disk, or any other tree of the same shape.

use super::problem::Problem;

/// A readable tree of records. Paths are relative to the folder, with `/` between their parts.
pub trait Source: Sync {
    /// The whole text of a file, byte for byte (BOM and line ends included); `None` when there is none.
    ///
    /// # Errors
    /// A problem for what is not strict UTF-8 (with the first bad byte), too large, no regular file,
    /// or reached through a link that leaves the folder.
    fn read(&self, path: &str) -> Result<Option<String>, Problem>;

    /// The names in a directory, sorted; those of directories end in `/`. Empty when there is none.
    ///
    /// # Errors
    /// A problem when the directory can't be read.
    fn names(&self, dir: &str) -> Result<Vec<String>, Problem>;

    /// Whether an attachment, by its name under `photos/`, is there and holds what its name says.
    ///
    /// # Errors
    /// A problem when it is gone, damaged, or can't be read.
    fn photo(&self, name: &str) -> Result<(), Problem>;
}

//! Disk, git and a browser for PDF: the only module that touches any of them. What it edits, it edits as text,
//! byte for byte.
//!
//! Reading needs no lock, since every write is one rename. Writing goes through [`Writer`] alone,
//! which exists only under the folder's lock. Knows nothing of forms, rules or policy.

pub mod browser;
pub mod csv_edit;
pub mod edit;
pub mod folder;
pub mod git;
pub mod journal;
pub mod lock;
pub mod merge;
pub mod outside;
pub mod photo;
pub mod revision;
pub mod write;

pub use browser::Browser;
pub use folder::Folder;
pub use git::Git;
pub use journal::{Note, commit_pending};
pub use lock::{Holder, WAIT};
pub use revision::Revision;
pub use write::Writer;

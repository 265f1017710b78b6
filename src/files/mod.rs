//! The one way to the disk.

//! Does every name in a template exist? Tera itself takes a missing name in `if`, `set` and `or` for
//! nothing, so that a slip of the pen would silently drop a paragraph.

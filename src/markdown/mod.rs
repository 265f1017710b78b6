pub fn write(_d: &crate::document::Document) -> String {
    String::new()
}

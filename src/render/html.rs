pub fn write(_d: &crate::document::Document, _l: &super::Look<'_>) -> String {
    String::new()
}

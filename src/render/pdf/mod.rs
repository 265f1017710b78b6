pub fn write(_d: &crate::document::Document) -> Result<Vec<u8>, super::RenderError> {
    Ok(Vec::new())
}

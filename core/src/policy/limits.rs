//! Size limits (SPEC 1.6).

/// The largest document that is parsed, in bytes: the transport limit of IAM's API, 131,072
/// characters, is the largest text that AWS takes; AWS's own managed policies are larger, so this
/// is eight times that.
pub const MAX_DOCUMENT_BYTES: usize = 1 << 20;

/// The most statements of a document that are read: IAM's quotas are about characters, and no text that IAM stores has
/// room for more than some hundred.
pub const MAX_STATEMENTS: usize = 10_000;

/// The size of a document as IAM counts it against its quotas: characters, without the white space
/// between tokens (SPEC 1.6).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
#[must_use]
pub fn counted_size(text: &str) -> usize {
    let (mut size, mut in_string, mut escaped) = (0, false, false);
    for character in text.chars() {
        if in_string || !character.is_ascii_whitespace() {
            size += 1;
        }
        if in_string {
            in_string = escaped || character != '"';
            escaped = !escaped && character == '\\';
        } else {
            in_string = character == '"';
        }
    }
    size
}

#[cfg(test)]
mod tests {
    use super::counted_size;

    #[test]
    fn white_space_counts_inside_strings_only() {
        assert_eq!(counted_size("{ \"a b\" :\n \"c\\\" d\" }"), "{\"a b\":\"c\\\" d\"}".len());
        assert_eq!(counted_size("\"é\""), 3);
    }
}

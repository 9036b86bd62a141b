//! ARNs (SPEC 2.3).

/// The six parts of an ARN: `arn:partition:service:region:account:resource`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov` …
    pub partition: &'a str,
    /// The service's name in ARNs.
    pub service: &'a str,
    /// The Region; empty for global resources.
    pub region: &'a str,
    /// The account id; empty for S3 buckets and a few others.
    pub account: &'a str,
    /// Everything after the fifth colon, its own colons and slashes included.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Reads an ARN; gives nothing for text with another prefix or fewer than six parts.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let rest = text.strip_prefix("arn:")?;
        let (partition, rest) = split_part(rest)?;
        let (service, rest) = split_part(rest)?;
        let (region, rest) = split_part(rest)?;
        let (account, resource) = split_part(rest)?;
        Some(Self { partition, service, region, account, resource })
    }

    /// The account part, if it is an account id.
    #[must_use]
    pub fn account_id(&self) -> Option<&'a str> {
        is_account_id(self.account).then_some(self.account)
    }
}

/// The partition of an ARN, the rest of which is not looked at.
pub(crate) fn partition(text: &str) -> Option<&str> {
    Some(split_part(text.strip_prefix("arn:")?)?.0)
}

/// Splits at the first colon. Parts are short, so that a plain loop finds it faster than a search.
pub(crate) fn split_part(text: &str) -> Option<(&str, &str)> {
    let colon = text.bytes().position(|byte| byte == b':')?;
    Some((text.get(..colon)?, text.get(colon + 1..)?))
}

/// Whether the text is an account id: twelve digits.
#[must_use]
pub fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

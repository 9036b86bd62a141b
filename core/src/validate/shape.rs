//! What names and identifiers of AWS look like.

/// The first parts of the names of Regions, with their partitions. Of two that fit, the longer one comes first.
///
/// Source: <https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html>
const AREAS: [(&str, &str); 17] = [
    ("us-gov-", "aws-us-gov"),
    ("us-isob-", "aws-iso-b"),
    ("us-isof-", "aws-iso-f"),
    ("us-iso-", "aws-iso"),
    ("eu-isoe-", "aws-iso-e"),
    ("eusc-de-", "aws-eusc"),
    ("cn-", "aws-cn"),
    ("us-", "aws"),
    ("eu-", "aws"),
    ("ap-", "aws"),
    ("sa-", "aws"),
    ("ca-", "aws"),
    ("me-", "aws"),
    ("af-", "aws"),
    ("il-", "aws"),
    ("mx-", "aws"),
    ("nz-", "aws"),
];

const DIRECTIONS: [&str; 9] =
    ["north", "south", "east", "west", "central", "northeast", "northwest", "southeast", "southwest"];

/// Whether this is the name of a Region, as far as its form tells: an area, a direction, a number.
pub(super) fn is_region(name: &str) -> bool {
    AREAS.iter().any(|(area, _)| {
        let place = name.strip_prefix(area).and_then(|rest| rest.split_once('-'));
        place.is_some_and(|(direction, number)| {
            DIRECTIONS.contains(&direction) && matches!(number.as_bytes(), [b'1'..=b'9'])
        })
    })
}

/// The partition of a Region.
pub(super) fn partition_of(region: &str) -> &'static str {
    AREAS.iter().find(|(area, _)| region.starts_with(area)).map_or("aws", |(_, partition)| partition)
}

/// Whether this is the name of a service principal: `service.amazonaws.com`, maybe with a Region or one more name in
/// front, or with the domain of another partition.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services>
pub(super) fn is_service_principal(name: &str) -> bool {
    const DOMAINS: [&str; 8] = [
        ".amazonaws.com",
        ".amazonaws.com.cn",
        ".amazonaws.eu",
        ".amazon.com",
        ".aws.internal",
        ".c2s.ic.gov",
        ".sc2s.sgov.gov",
        ".aws.com",
    ];
    let labels = DOMAINS.iter().find_map(|domain| name.strip_suffix(domain));
    labels.is_some_and(|labels| {
        labels.split('.').all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
        })
    })
}

/// Whether this is an id of EC2: its prefix, then 8 or 17 letters and digits.
pub(super) fn is_ec2_id(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix)
        .is_some_and(|id| matches!(id.len(), 8 | 17) && id.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions() {
        for name in ["us-east-1", "ap-southeast-7", "us-gov-west-1", "eusc-de-east-1", "us-isob-east-1", "mx-central-1"]
        {
            assert!(is_region(name), "{name}");
        }
        for name in ["us-eats-1", "us-east", "useast1", "us-east-1a", "us-east-10", "global", "US-EAST-1", "us-east-0"]
        {
            assert!(!is_region(name), "{name}");
        }
        assert_eq!(partition_of("us-gov-west-1"), "aws-us-gov");
        assert_eq!(partition_of("cn-north-1"), "aws-cn");
    }

    #[test]
    fn service_principals() {
        for name in
            ["ec2.amazonaws.com", "s3.us-east-1.amazonaws.com", "ec2.amazonaws.com.cn", "lambda.alexa.amazon.com"]
        {
            assert!(is_service_principal(name), "{name}");
        }
        for name in ["ec2", "EC2.amazonaws.com", "ec2.amazonaws.co", ".amazonaws.com", "amazonaws.com"] {
            assert!(!is_service_principal(name), "{name}");
        }
    }
}

//! What each gate is, for readers who walk through a decision; with the page of AWS that says more.

/// The lesson of a gate, by its code in the wire format.
pub fn gate(code: &str) -> (&'static str, &'static str) {
    match code {
        "scp" => (
            "Service control policies bind the principals of an account. Root, organizational units and account each have to allow; none of them grants.",
            "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html",
        ),
        "rcp" => (
            "Resource control policies bind the resources of an account, whoever calls. They grant nothing.",
            "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html",
        ),
        "vpce" => (
            "The policy of the VPC endpoint that the request came through limits what passes it. It grants nothing.",
            "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
        ),
        "identity" => (
            "Identity-based policies are attached to the caller and its groups. They grant what the caller may do.",
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html",
        ),
        "resource" => (
            "The resource-based policy is attached to what is asked for, and names who may. In one account it can grant by itself; across accounts both sides have to allow.",
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html",
        ),
        "access-point" => (
            "The access point has a policy of its own. It and the bucket’s both have to allow.",
            "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html",
        ),
        "block-public-access" => (
            "Block Public Access keeps callers out that only a public policy or ACL would let in.",
            "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
        ),
        "object-owner" => (
            "An object that belongs to another account than its bucket takes a permission of its owner, too.",
            "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
        ),
        "boundary" => (
            "The permissions boundary is the most that identity-based policies can give its user or role. It grants nothing.",
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
        ),
        "session" => (
            "Session policies were passed when the session was made, and limit it to what they allow. They grant nothing.",
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session",
        ),
        _ => (BEGINNING, ORDER),
    }
}

/// Where every evaluation begins.
pub const BEGINNING: &str = "Every request begins as denied. To be allowed it needs a statement that allows it, at every gate that asks for one, and no statement at any gate that denies it.";

/// The page with the whole order.
pub const ORDER: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html";

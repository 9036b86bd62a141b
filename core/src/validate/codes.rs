//! Every code that validation reports, with its severity.

use crate::diagnostic::Severity;

/// A kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its name: Access Analyzer's issue code where that has one.
    pub name: &'static str,
    /// How serious it is, but for the few findings that are less so; for Access Analyzer's codes, its class there.
    pub severity: Severity,
    /// Who knows it.
    pub origin: Origin,
    /// Whether all or some of what it is for is only found with a catalog.
    pub needs_catalog: bool,
}

/// Where a code comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// IAM Access Analyzer's policy checks.
    AccessAnalyzer,
    /// The parser, for what Access Analyzer has no code of its own.
    Parser,
    /// Checks that Access Analyzer does not make.
    Own,
}

impl Code {
    /// The code of that name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        CODES.iter().find(|code| code.name == name)
    }
}

const fn of(origin: Origin, severity: Severity, name: &'static str) -> Code {
    Code { name, severity, origin, needs_catalog: false }
}

const fn error(name: &'static str) -> Code {
    of(Origin::AccessAnalyzer, Severity::Error, name)
}

const fn security(name: &'static str) -> Code {
    of(Origin::AccessAnalyzer, Severity::SecurityWarning, name)
}

const fn warning(name: &'static str) -> Code {
    of(Origin::AccessAnalyzer, Severity::Warning, name)
}

const fn suggestion(name: &'static str) -> Code {
    of(Origin::AccessAnalyzer, Severity::Suggestion, name)
}

const fn parser(name: &'static str) -> Code {
    of(Origin::Parser, Severity::Error, name)
}

const fn own(severity: Severity, name: &'static str) -> Code {
    of(Origin::Own, severity, name)
}

const fn catalog(code: Code) -> Code {
    Code { needs_catalog: true, ..code }
}

/// All codes, Access Analyzer's first (SPEC 8.2 to 8.5).
///
/// One of its errors is only a warning here: `SCP_SYNTAX_ERROR_ACTION_WILDCARD` describes a limit that service control
/// policies have not had since 19 September 2025 (SPEC G-44).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>
pub const CODES: &[Code] = &[
    catalog(error("ARN_ACCOUNT_NOT_ALLOWED")),
    catalog(error("ARN_REGION_NOT_ALLOWED")),
    error("DATA_TYPE_MISMATCH"),
    error("DUPLICATE_KEYS_WITH_DIFFERENT_CASE"),
    error("EMPTY_VARIABLE"),
    error("FEDERATED_PRINCIPAL_NOT_SUPPORTED"),
    catalog(error("INVALID_ACTION")),
    error("INVALID_ARN_ACCOUNT"),
    error("INVALID_ARN_PREFIX"),
    error("INVALID_ARN_REGION"),
    catalog(error("INVALID_ARN_RESOURCE")),
    error("INVALID_ARN_SERVICE_CASE"),
    error("INVALID_CONDITION_DATA_TYPE"),
    error("INVALID_CONDITION_KEY_FORMAT"),
    error("INVALID_CONDITION_MULTIPLE_BOOLEAN"),
    error("INVALID_CONDITION_OPERATOR"),
    error("INVALID_EFFECT"),
    error("INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY"),
    error("INVALID_GLOBAL_CONDITION_KEY"),
    error("INVALID_KMS_KEY_VALUE"),
    error("INVALID_PARTITION"),
    error("INVALID_POLICY_ELEMENT"),
    error("INVALID_PRINCIPAL_FORMAT"),
    error("INVALID_PRINCIPAL_KEY"),
    error("INVALID_REGION"),
    catalog(error("INVALID_SERVICE")),
    catalog(error("INVALID_SERVICE_CONDITION_KEY")),
    catalog(error("INVALID_SERVICE_IN_ACTION")),
    error("INVALID_SERVICE_PRINCIPAL_FORMAT"),
    error("INVALID_VARIABLE_FOR_OPERATOR"),
    error("INVALID_VERSION"),
    error("INVALID_VPC_FORMAT"),
    error("INVALID_VPCE_FORMAT"),
    error("JSON_SYNTAX_ERROR"),
    error("MISMATCHED_ACTION_FOR_PRINCIPAL"),
    error("MISSING_ACTION"),
    error("MISSING_ACTION_FOR_CONDITION_KEY"),
    error("MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY"),
    catalog(error("MISSING_ARN_ACCOUNT")),
    error("MISSING_ARN_FIELD"),
    catalog(error("MISSING_ARN_REGION")),
    error("MISSING_BRACE_IN_VARIABLE"),
    error("MISSING_EFFECT"),
    error("MISSING_PRINCIPAL"),
    error("MISSING_QUALIFIER"),
    error("MISSING_QUOTE_IN_VARIABLE"),
    error("MISSING_RESOURCE"),
    error("MISSING_STATEMENT"),
    error("MISSING_TAG_KEY_IN_CONDITION"),
    error("NULL_WITH_IF_EXISTS"),
    error("POLICY_SIZE_EXCEEDS_RCP_QUOTA"),
    error("POLICY_SIZE_EXCEEDS_SCP_QUOTA"),
    error("PRIVATE_IP_ADDRESS"),
    error("PRIVATE_NOT_IP_ADDRESS"),
    error("RCP_SYNTAX_ERROR_ACTION"),
    error("RCP_SYNTAX_ERROR_ALLOW"),
    error("RCP_SYNTAX_ERROR_NOTACTION"),
    error("RCP_SYNTAX_ERROR_PRINCIPAL"),
    error("ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL"),
    error("ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE"),
    error("ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL"),
    error("SCP_SYNTAX_ERROR_PRINCIPAL"),
    error("TYPE_MISMATCH_IP_RANGE"),
    error("UNIQUE_SIDS_REQUIRED"),
    catalog(error("UNSUPPORTED_ACTION_FOR_CONDITION_KEY")),
    error("UNSUPPORTED_ACTION_IN_POLICY"),
    error("UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL"),
    error("UNSUPPORTED_ELEMENT_COMBINATION"),
    error("UNSUPPORTED_GLOBAL_CONDITION_KEY"),
    error("UNSUPPORTED_PRINCIPAL"),
    error("UNSUPPORTED_RESOURCE_ARN_IN_POLICY"),
    error("UNSUPPORTED_SID"),
    error("UNSUPPORTED_SPACE_IN_VARIABLE"),
    error("UNSUPPORTED_WILDCARD_IN_PRINCIPAL"),
    error("VARIABLE_UNSUPPORTED_IN_ELEMENT"),
    error("VARIABLE_UNSUPPORTED_IN_VERSION"),
    error("VARIABLE_USAGE_TOO_PERMISSIVE"),
    error("WILDCARD_USAGE_TOO_PERMISSIVE"),
    security("ALLOW_WITH_NOT_PRINCIPAL"),
    catalog(security("DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE")),
    catalog(security("DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE")),
    security("DYNAMODB_ATTRIBUTES_WITHOUT_SELECT"),
    security("FORALLVALUES_WITH_SINGLE_VALUED_KEY"),
    security("FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE"),
    security("MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL"),
    security("MISSING_GITHUB_REPO_CONDITION_KEY"),
    security("MISSING_PAIRED_CONDITION_KEYS"),
    security("PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE"),
    security("PASS_ROLE_WITH_NOT_RESOURCE"),
    security("PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE"),
    security("PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE"),
    security("PASS_ROLE_WITH_STAR_IN_RESOURCE"),
    security("PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION"),
    security("RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL"),
    security("STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS"),
    security("UNTRUSTWORTHY_CONDITION_KEY"),
    warning("CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE"),
    warning("CREATE_SLR_WITH_NOT_RESOURCE"),
    warning("CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE"),
    warning("CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE"),
    warning("CREATE_SLR_WITH_STAR_IN_RESOURCE"),
    warning("CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION"),
    warning("DEPRECATED_GLOBAL_CONDITION_KEY"),
    warning("INVALID_DATE_VALUE"),
    warning("INVALID_ROLE_REFERENCE"),
    warning("INVALID_USER_REFERENCE"),
    warning("MISSING_VERSION"),
    warning("POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA"),
    warning("POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA"),
    warning("POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA"),
    warning("RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY"),
    warning("RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY"),
    warning("RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK"),
    warning("SCP_SYNTAX_ERROR_ACTION_WILDCARD"),
    warning("SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED"),
    warning("TYPE_MISMATCH"),
    warning("TYPE_MISMATCH_BOOLEAN"),
    warning("TYPE_MISMATCH_DATE"),
    warning("TYPE_MISMATCH_NUMBER"),
    warning("TYPE_MISMATCH_STRING"),
    warning("UNIQUE_SIDS_RECOMMENDED"),
    warning("USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES"),
    warning("WILDCARD_WITHOUT_LIKE_OPERATOR"),
    catalog(suggestion("ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE")),
    catalog(suggestion("ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE")),
    suggestion("CONFIRM_AUDIENCE_CLAIM_TYPE"),
    suggestion("EMPTY_ARRAY_ACTION"),
    suggestion("EMPTY_ARRAY_CONDITION"),
    suggestion("EMPTY_ARRAY_CONDITION_FORALLVALUES"),
    suggestion("EMPTY_ARRAY_CONDITION_FORANYVALUE"),
    suggestion("EMPTY_ARRAY_CONDITION_IFEXISTS"),
    suggestion("EMPTY_ARRAY_PRINCIPAL"),
    suggestion("EMPTY_ARRAY_RESOURCE"),
    suggestion("EMPTY_OBJECT_CONDITION"),
    suggestion("EMPTY_OBJECT_PRINCIPAL"),
    suggestion("EMPTY_SID_VALUE"),
    suggestion("EQUIVALENT_TO_NULL_FALSE"),
    suggestion("EQUIVALENT_TO_NULL_TRUE"),
    suggestion("IMPROVE_IP_RANGE"),
    suggestion("IRRELEVANT_CONDITION_KEY_IN_POLICY"),
    suggestion("NULL_WITH_QUALIFIER"),
    suggestion("PRIVATE_IP_ADDRESS_SUBSET"),
    suggestion("PRIVATE_NOT_IP_ADDRESS_SUBSET"),
    suggestion("RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL"),
    suggestion("REDUNDANT_ACTION"),
    suggestion("REDUNDANT_CONDITION_VALUE_NUM"),
    suggestion("REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION"),
    suggestion("REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY"),
    suggestion("REDUNDANT_RESOURCE"),
    suggestion("REDUNDANT_STATEMENT"),
    suggestion("REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION"),
    suggestion("WILDCARD_IN_SERVICE_NAME"),
    parser("DOCUMENT_TOO_LARGE"),
    parser("DUPLICATE_KEY"),
    parser("INVALID_CHARACTER"),
    parser("INVALID_VARIABLE"),
    parser("NESTING_TOO_DEEP"),
    parser("TOO_MANY_PROBLEMS"),
    parser("TOO_MANY_STATEMENTS"),
    own(Severity::SecurityWarning, "ALLOW_WITH_NEGATED_CONDITION"),
    own(Severity::SecurityWarning, "ALLOW_WITH_NOT_ACTION"),
    own(Severity::SecurityWarning, "DENY_WITH_POSITIVE_CONDITION"),
    own(Severity::SecurityWarning, "PRIVILEGE_ESCALATION"),
    own(Severity::SecurityWarning, "TRUST_EVERYONE"),
    own(Severity::Warning, "CONDITIONS_CONTRADICT"),
    catalog(own(Severity::Warning, "CONDITION_KEY_NEVER_PRESENT")),
    own(Severity::Warning, "PERIMETER_WITHOUT_SERVICE_EXEMPTION"),
    own(Severity::Warning, "POLICY_SIZE_EXCEEDS_SESSION_POLICY_QUOTA"),
    catalog(own(Severity::Warning, "RESOURCE_NEVER_MATCHES_ACTION")),
    own(Severity::Warning, "STATEMENT_NEVER_APPLIES"),
    catalog(own(Severity::Warning, "UNKNOWN_SERVICE_PRINCIPAL")),
    catalog(own(Severity::Warning, "WILDCARD_MATCHES_NO_ACTION")),
    own(Severity::Suggestion, "ACTIONS_DIFFER_IN_CASE"),
    own(Severity::Suggestion, "PASS_ANY_ROLE_TO_SERVICE"),
    own(Severity::Suggestion, "VARIABLE_BEFORE_RESOURCE_PART"),
    own(Severity::Suggestion, "WILDCARD_IN_PARTITION"),
];

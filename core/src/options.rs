//! Readings of AWS's documentation that can be chosen (SPEC's named options).

/// Where AWS's pages are silent or contradict each other, the reading that is taken. The default is
/// the one that the specification argues for; results say when another one would change the decision.
///
/// ```
/// let options = admittance::EvaluationOptions { resource_star_crosses_colons: false, ..Default::default() };
/// assert!(!options.not_principal_parents_optional);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EvaluationOptions {
    /// A `*` that ends one of the first five parts of a resource ARN may match colons too
    /// (SPEC M-22). Default: true, as IAM's page on Resource says; S3's guide says no.
    pub resource_star_crosses_colons: bool,
    /// A multivalued key whose values are all empty strings has values (SPEC C-41). Default: false.
    pub forall_empty_string_is_value: bool,
    /// A variable without a value makes the whole statement inapplicable, not only the value that it
    /// stands in (SPEC V-11). Default: false.
    pub unresolved_variable_invalidates_statement: bool,
    /// Deny with `NotPrincipal` spares a caller whose own ARN is listed even if its role and account
    /// are not (SPEC N-03). Default: false.
    pub not_principal_parents_optional: bool,
    /// A trust policy that names a user of the account is limited by the user's permissions boundary
    /// (SPEC R-01). Default: false.
    pub trust_grant_limited_by_boundary: bool,
    /// `ForAnyValue:…IfExists` on a missing key holds (SPEC C-45). Default: true.
    pub for_any_value_if_exists_holds: bool,
}

impl Default for EvaluationOptions {
    fn default() -> Self {
        Self {
            resource_star_crosses_colons: true,
            forall_empty_string_is_value: false,
            unresolved_variable_invalidates_statement: false,
            not_principal_parents_optional: false,
            trust_grant_limited_by_boundary: false,
            for_any_value_if_exists_holds: true,
        }
    }
}

/// The names on the wire, in the order of the struct.
const NAMES: [&str; 6] = [
    "resourceStarCrossesColons",
    "forallEmptyStringIsValue",
    "unresolvedVariableInvalidatesStatement",
    "notPrincipalParentsOptional",
    "trustGrantLimitedByBoundary",
    "forAnyValueIfExistsHolds",
];

impl EvaluationOptions {
    /// The names of the options on the wire, in the order of the struct.
    pub const NAMES: [&'static str; 6] = NAMES;

    /// The option of that wire name.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut bool> {
        Some(match NAMES.iter().position(|known| *known == name)? {
            0 => &mut self.resource_star_crosses_colons,
            1 => &mut self.forall_empty_string_is_value,
            2 => &mut self.unresolved_variable_invalidates_statement,
            3 => &mut self.not_principal_parents_optional,
            4 => &mut self.trust_grant_limited_by_boundary,
            _ => &mut self.for_any_value_if_exists_holds,
        })
    }

    /// Every set of options that differs from this one in a single option, with its wire name and new value.
    pub fn neighbors(self) -> impl Iterator<Item = (&'static str, bool, Self)> {
        NAMES.into_iter().filter_map(move |name| {
            let mut other = self;
            let option = other.get_mut(name)?;
            *option = !*option;
            let value = *option;
            Some((name, value, other))
        })
    }
}

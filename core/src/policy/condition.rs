//! Condition operators (SPEC 4).

use std::borrow::Cow;

/// A condition operator: `[ForAllValues:|ForAnyValue:]Comparison[IfExists]` (SPEC G-29).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConditionOperator {
    /// The set operator, for multivalued keys.
    pub quantifier: Option<Quantifier>,
    /// What is compared and how.
    pub comparison: Comparison,
    /// Whether a missing key makes the condition true (SPEC C-24, C-25).
    pub if_exists: bool,
}

/// A set operator (SPEC 4.7).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// Every value of the request has to satisfy the comparison; true for no values.
    ForAllValues,
    /// Some value of the request has to satisfy the comparison; false for no values.
    ForAnyValue,
}

macro_rules! comparisons {
    ($($name:ident)*) => {
        /// The comparisons, by AWS's names (SPEC 4.3). There are no others (SPEC C-21).
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the names are AWS's and say it all")]
        pub enum Comparison { $($name),* }

        impl Comparison {
            /// All comparisons, in the order of AWS's page.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The name as it stands in a policy.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),* }
            }
        }
    };
}

comparisons! {
    StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase StringLike StringNotLike
    NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals NumericGreaterThan NumericGreaterThanEquals
    DateEquals DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan DateGreaterThanEquals
    Bool BinaryEquals IpAddress NotIpAddress ArnEquals ArnLike ArnNotEquals ArnNotLike Null
}

/// What the values of a condition operator are (SPEC 4.3).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueType {
    Text,
    /// Text in which wildcards count.
    Pattern,
    Arn,
    Number,
    Date,
    Bool,
    Binary,
    Address,
    Null,
}

impl ValueType {
    /// Whether policy variables count in the values (SPEC V-03).
    pub fn takes_variables(self) -> bool {
        matches!(self, Self::Text | Self::Pattern | Self::Arn | Self::Bool)
    }
}

impl Comparison {
    /// What its values are.
    pub(crate) fn value_type(self) -> ValueType {
        match self {
            Self::StringEquals
            | Self::StringNotEquals
            | Self::StringEqualsIgnoreCase
            | Self::StringNotEqualsIgnoreCase => ValueType::Text,
            Self::StringLike | Self::StringNotLike => ValueType::Pattern,
            Self::ArnEquals | Self::ArnLike | Self::ArnNotEquals | Self::ArnNotLike => ValueType::Arn,
            Self::NumericEquals
            | Self::NumericNotEquals
            | Self::NumericLessThan
            | Self::NumericLessThanEquals
            | Self::NumericGreaterThan
            | Self::NumericGreaterThanEquals => ValueType::Number,
            Self::DateEquals
            | Self::DateNotEquals
            | Self::DateLessThan
            | Self::DateLessThanEquals
            | Self::DateGreaterThan
            | Self::DateGreaterThanEquals => ValueType::Date,
            Self::Bool => ValueType::Bool,
            Self::BinaryEquals => ValueType::Binary,
            Self::IpAddress | Self::NotIpAddress => ValueType::Address,
            Self::Null => ValueType::Null,
        }
    }

    /// Whether this is the negation of another comparison: true on a missing key (SPEC 4.2).
    #[must_use]
    pub fn is_negated(self) -> bool {
        matches!(
            self,
            Self::StringNotEquals
                | Self::StringNotEqualsIgnoreCase
                | Self::StringNotLike
                | Self::NumericNotEquals
                | Self::DateNotEquals
                | Self::NotIpAddress
                | Self::ArnNotEquals
                | Self::ArnNotLike
        )
    }
}

impl ConditionOperator {
    /// Reads an operator, whose spelling is case-sensitive (SPEC G-28).
    ///
    /// # Errors
    /// The most similar operator, if there is one that differs only in case, white space or a
    /// misplaced prefix.
    pub fn parse(text: &str) -> Result<Self, Option<String>> {
        Self::parse_exact(text).ok_or_else(|| Self::similar(text))
    }

    /// The operator as it stands in a policy: there is one spelling.
    #[must_use]
    pub fn text(self) -> String {
        self.written().into_owned()
    }

    /// The same; most operators need no memory for it.
    pub(crate) fn written(self) -> Cow<'static, str> {
        let quantifier = match self.quantifier {
            None if !self.if_exists => return self.comparison.as_str().into(),
            None => "",
            Some(Quantifier::ForAllValues) => "ForAllValues:",
            Some(Quantifier::ForAnyValue) => "ForAnyValue:",
        };
        [quantifier, self.comparison.as_str(), if self.if_exists { "IfExists" } else { "" }].concat().into()
    }

    fn parse_exact(text: &str) -> Option<Self> {
        let (quantifier, rest) = match text.split_once(':') {
            None => (None, text),
            Some(("ForAllValues", rest)) => (Some(Quantifier::ForAllValues), rest),
            Some(("ForAnyValue", rest)) => (Some(Quantifier::ForAnyValue), rest),
            Some(_) => return None,
        };
        let (name, if_exists) = match rest.strip_suffix("IfExists") {
            Some(name) => (name, true),
            None => (rest, false),
        };
        let comparison = *Comparison::ALL.iter().find(|comparison| comparison.as_str() == name)?;
        Some(Self { quantifier, comparison, if_exists })
    }

    fn similar(text: &str) -> Option<String> {
        let wanted = text.trim().to_ascii_lowercase();
        let set = |prefix: &str| wanted.starts_with(prefix);
        let prefix = if set("forall") {
            "ForAllValues:"
        } else if set("forany") {
            "ForAnyValue:"
        } else {
            ""
        };
        let suffix = if wanted.ends_with("ifexists") { "IfExists" } else { "" };
        let base = wanted.rsplit(':').next().unwrap_or_default();
        let base = base.strip_suffix("ifexists").unwrap_or(base);
        let name = Comparison::ALL.iter().find(|comparison| comparison.as_str().to_ascii_lowercase() == base)?;
        Some(format!("{prefix}{}{suffix}", name.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negations_are_named_so() {
        for comparison in Comparison::ALL {
            assert_eq!(comparison.is_negated(), comparison.as_str().contains("Not"), "{comparison:?}");
        }
    }

    #[test]
    fn every_form_is_read_and_no_other() {
        let operator = ConditionOperator::parse("ForAnyValue:StringNotLikeIfExists").unwrap();
        assert_eq!(operator.quantifier, Some(Quantifier::ForAnyValue));
        assert_eq!(operator.comparison, Comparison::StringNotLike);
        assert!(operator.if_exists && operator.comparison.is_negated());
        assert_eq!(operator.text(), "ForAnyValue:StringNotLikeIfExists");
        for wrong in
            ["stringEquals", "BoolNotEquals", "StringEquals ", "ForAllValues:", "IfExists", "ForSomeValues:Bool"]
        {
            assert!(ConditionOperator::parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(ConditionOperator::parse("forAnyValue:stringequals"), Err(Some("ForAnyValue:StringEquals".into())));
        assert_eq!(ConditionOperator::parse("NotNull"), Err(None));
    }
}

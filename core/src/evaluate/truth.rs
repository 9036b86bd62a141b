//! Three-valued logic (SPEC 4.8): Kleene's, so that a known part can settle an unknown whole.

/// True, false, or not known since a context key is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    #[default]
    False,
    /// It depends on a context key that is not known.
    Unknown,
}

impl Truth {
    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            _ => Self::Unknown,
        }
    }

    /// Either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }

    /// The opposite.
    #[must_use]
    #[allow(clippy::should_implement_trait, reason = "and, or and not belong together as methods")]
    pub fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }

    /// All of them; true for none.
    pub fn all(items: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::True;
        for item in items {
            all = all.and(item);
            if all == Self::False {
                break;
            }
        }
        all
    }

    /// Any of them; false for none.
    pub fn any(items: impl IntoIterator<Item = Self>) -> Self {
        Self::all(items.into_iter().map(Self::not)).not()
    }

    /// Whether it certainly holds.
    #[must_use]
    pub fn is_true(self) -> bool {
        self == Self::True
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

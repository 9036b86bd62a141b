//! The views of a scenario. Each shows the same workspace.

/// What the page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// One request, its policies and the decision.
    #[default]
    Decide,
    /// All requests with their expected decisions.
    Tests,
    /// Callers or requests by actions.
    Matrix,
    /// What another version of the policies decides otherwise.
    Compare,
}

impl View {
    pub const ALL: [Self; 4] = [Self::Decide, Self::Tests, Self::Matrix, Self::Compare];

    pub fn label(self) -> &'static str {
        match self {
            Self::Decide => "Decide",
            Self::Tests => "Tests",
            Self::Matrix => "Matrix",
            Self::Compare => "Compare",
        }
    }
}

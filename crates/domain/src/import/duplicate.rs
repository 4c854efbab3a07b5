use crate::closed_set;

closed_set! {
    /// What an import does with an address that the brand has already.
    pub enum DuplicateMode {
        /// The contact stays as it is.
        Skip = "skip", "Skip";
        /// Only fields that are blank are filled.
        FillBlanks = "fill_blanks", "Fill blanks";
        /// The file wins wherever it has a value.
        Overwrite = "overwrite", "Overwrite";
    }
}

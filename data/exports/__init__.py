"""Files that databases, reference managers and interfaces export, to records and back."""

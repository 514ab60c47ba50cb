"""What a diary holds: a type for each kind of entry, and the one place that reads a body into its type."""

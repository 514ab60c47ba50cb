"""What is told of many weeks: the report, practice, what goes with a bad morning."""

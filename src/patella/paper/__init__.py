"""What is printed or sent: handout, report, charts, calendar."""

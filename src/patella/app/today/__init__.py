"""What today asks: the plan, what is due, the lesson, a look at tomorrow."""

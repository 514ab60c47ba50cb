"""A session from begin to finish, at the terminal and on a page."""

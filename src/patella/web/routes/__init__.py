"""One file for each sort of thing that a page may ask for."""

"""The door of a shared Patella: who is signed in, what they may ask for, and the pages where they say so."""

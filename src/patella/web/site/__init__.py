"""Patella without a server: a folder of static files, with Python and the diary in the browser itself."""

"""The guided session, and all that the commands write out."""

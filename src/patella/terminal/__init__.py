"""Floor 6: what stands between the command line and the verbs: the guided session, and all that is written out."""

"""Floor 6: the pages. FastAPI on one's own machine, the front end as plain files, nothing else."""

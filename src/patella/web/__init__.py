"""The pages: plain files, and the answers they ask for. FastAPI on one's own machine, nothing else."""

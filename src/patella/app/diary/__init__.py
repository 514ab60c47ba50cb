"""The days that were: by day, and side by side on a timeline."""

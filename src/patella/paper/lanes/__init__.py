"""The lanes of a timeline, each a small Vega-Lite view on the same axis of days."""

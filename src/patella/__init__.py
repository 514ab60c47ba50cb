"""Patella: a knee-care coach for runners."""

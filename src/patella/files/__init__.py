"""Foreign formats at the door, each with hard limits and one clear error."""

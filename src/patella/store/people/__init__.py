"""Who may come in to a shared Patella, and what they may see: beside the diaries, and in no export."""

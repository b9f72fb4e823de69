"""Insights, conclusions and the debrief, worked out beside the notes."""

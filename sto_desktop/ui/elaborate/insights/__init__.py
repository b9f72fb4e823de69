"""Insights, conclusions and the debrief, edited beside the notes."""

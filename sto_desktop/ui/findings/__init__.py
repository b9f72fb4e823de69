"""Insights and recommendations as Uitwerken and Vogelvlucht show them."""

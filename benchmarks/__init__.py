"""Ratios against a raw limit, measured in the same run; timings are never asserted in tests."""

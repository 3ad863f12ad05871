"""Offline translation with Argos packages."""

"""The group's board, and asking for a talk."""

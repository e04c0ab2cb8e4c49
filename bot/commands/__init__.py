"""What people can ask for: a folder for each family."""

"""Commands that show every element of a view and every kind of field, to try the playground with."""

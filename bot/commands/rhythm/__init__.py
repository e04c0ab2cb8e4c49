"""What is next, and the nudges that say so."""

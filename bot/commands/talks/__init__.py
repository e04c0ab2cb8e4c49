"""Talks from the first idea to the thank-you: plans, questions, the brief, where each stands."""

"""When a member hears from Askwell unasked: hours, what is due, and how it is delivered once."""

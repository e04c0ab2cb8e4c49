"""How the bot talks, as plain data: views, forms, limits, and the one pass that makes them fit."""

"""The words of the guide: questions and steps as Markdown that a career adviser can edit."""

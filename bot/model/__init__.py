"""What a group has, and the rules that hold for it: members, contacts, interviews, and the store they need."""

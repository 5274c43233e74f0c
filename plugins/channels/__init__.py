"""Ways to reach people: mail, and the inbox of the portal."""

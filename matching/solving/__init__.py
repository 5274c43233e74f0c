"""The joint program: what it says, and how its optimum is found and proved."""

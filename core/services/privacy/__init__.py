"""What a client may ask of us and what the law does: erasing, holding, keeping for a time, keeping people out."""

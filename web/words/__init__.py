"""What codes, days and reasons are called on pages: each told once, translated where it is shown."""

"""The built-in rules: who may fill which seat. Each is a partner's rule like any other."""

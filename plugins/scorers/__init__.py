"""The built-in scorers: who had better fill a seat. Points add up; each is shown with every proposal."""

"""Other ways to choose teams, each as well as it can be done: what the joint optimum is measured against."""

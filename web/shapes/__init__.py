"""What the read side knows, shaped for the parts of ``templates/components``."""

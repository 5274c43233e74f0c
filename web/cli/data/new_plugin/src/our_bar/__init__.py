"""What our bar adds to Amparo."""

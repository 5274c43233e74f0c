"""Cases in the database, with what is recorded, counted, filed and listed of them."""

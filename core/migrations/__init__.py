"""The history of the schema as SQL, one pair of files a step: NNNN_what.sqlite.sql and NNNN_what.postgres.sql."""

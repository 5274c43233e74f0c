"""Names as they are compared: how they are found unread, how alike two are, and which hits are a conflict."""

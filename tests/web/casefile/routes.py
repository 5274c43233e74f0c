"""The routes of what is written down beside a case: for staff, but for what is shared with a volunteer."""

CASEWORK_ROUTES = dict.fromkeys(
    (
        "GET /cases/{key}/notes",
        "POST /cases/{key}/notes",
        "POST /cases/{key}/notes/{note}/take-back",
        "POST /cases/{key}/contacts",
        "POST /cases/{key}/tasks",
        "GET /cases/{key}/tasks/{task}",
        "POST /cases/{key}/tasks/{task}",
        "POST /cases/{key}/tasks/{task}/{step}",
        "GET /cases/{key}/documents",
        "POST /cases/{key}/documents/add",
        "GET /cases/{key}/documents/{document}",
        "POST /cases/{key}/documents/{document}",
        "GET /cases/{key}/documents/{document}/file",
        "POST /cases/{key}/documents/{document}/remove",
        "GET /cases/{key}/timeline",
        "GET /tasks",
    ),
    "coordinator administrator",
) | dict.fromkeys(("GET /matches/{key}/documents", "GET /matches/{key}/documents/{document}/file"), "volunteer")

"""What a page says first after an action: one sentence for each code that an action leads on with."""

from collections.abc import Mapping
from typing import Final

from web.words import marked as _n

DONE: Final[Mapping[str, str]] = {
    "claimed": _n("The case is yours to ask for: a coordinator looks at your claim next."),
    "claim-withdrawn": _n("Your claim is taken back. The case is listed again."),
    "accepted": _n("Thank you: you have accepted."),
    "declined": _n("Thank you for saying so. The case goes on waiting, and you will not be asked for it again."),
    "approved": _n("Approved. The offers are out."),
    "rejected": _n("Rejected. The case goes on waiting."),
    "undone": _n("The approval is undone. The case waits again, its waiting time kept."),
    "check-clear": _n("Thank you. The names are closed again, and your coordinator is told when everybody is clear."),
    "check-conflict": _n(
        "Thank you for saying so. Your seat has ended, and you will not be asked for this case again."
    ),
    "check-asked": _n("Your question is with your coordinator. You will hear; the names stay open meanwhile."),
    "check-replied": _n("The reply is with her, and the names are open to her for the whole time again."),
    "names-again": _n("The names are open to her again, and she is told."),
    "screened": _n("Kept off. To this person the case is not there any more."),
    "screened-herself": _n("You are kept off this case now. Another coordinator can let you in again."),
    "screen-lifted": _n("Let in again."),
    "cleared": _n("Conflicts are noted as clear."),
    "engaged": _n("The engagement has begun."),
    "ended": _n("The match has ended. The case waits again, its waiting time kept."),
    "conflict": _n("The conflict is noted. The case waits again, and this pair is not proposed again."),
    "closed": _n("The case is closed with its outcome."),
    "opposing-added": _n("Noted. Whoever works there is kept off the case."),
    "opposing-removed": _n("Taken back."),
    "firm": _n("The firm is noted."),
    "alert-closed": _n("The alert is closed."),
    "thawed": _n("The offer is open again, with a fresh time to answer."),
    "revoked": _n("The offer is taken back. The case waits again, its waiting time kept."),
    "answered": _n("The answer is recorded."),
    "standing": _n("The standing is recorded. If offers went on hold, an alert on the page of today says so."),
    "moved": _n("Done. The case is in its new state."),
    "pinned": _n("Pinned. Every run keeps the seat for this volunteer until you undo it."),
    "forbidden": _n("Ruled out. This volunteer is not proposed for the case until you undo it."),
    "swapped": _n("Swapped. Nobody has been asked: approve the team to send the offers."),
    "swapped-full": _n(
        "Swapped. This person is on more open proposals now than there are free places: not all can be approved."
    ),
    "lifted": _n("Undone. The next run is free to decide."),
    "shared": _n("Kept. The next run shares help out this way."),
    "merged": _n("Both records are one now. You can split them again on this page."),
    "split": _n("Split again. Offers stay on hold and alerts open until you have looked at them."),
    "told-apart": _n("Remembered: two persons."),
    "dates": _n("The dates are kept. The deadline follows from them unless a person gave another one."),
    "deadline-set": _n("The deadline is kept as you gave it, until you leave it to the rules again."),
    "deadline-freed": _n("The deadline follows the rules again."),
    "answers": _n("The answers are kept."),
    "plugin-off": _n("Switched off. It stays off until somebody switches it on again here."),
    "plugin-on": _n("Switched on again."),
    "access-given": _n("Access is given. A mail is on its way."),
    "access-taken": _n("Access is taken back, and the tokens that this person made are revoked."),
    "link-sent": _n("A new link is on its way. The one before works no more."),
    "token-revoked": _n("The token is revoked. It opens nothing any more."),
    "roster-added": _n("Added. Upload the bar's export next."),
    "run-left": _n("Left. Nothing of that run was applied."),
    "member-denied": _n("Noted: two persons. They are not listed again until something about one of them changes."),
    "member-confirmed": _n("Confirmed. What the roster says of her standing counts from now on."),
    "member-separated": _n("Separated. Her number and standing are again what they were."),
    "joined": _n("Welcome. Your bar's roster has confirmed who you are, and these are the cases that wait."),
    "profile": _n("Your profile is kept. What you offer counts from now on."),
    "confirmed": _n("Confirmed. She is a volunteer now, and has a mail that says so."),
    "refused": _n("Refused. The reason is on its way by mail; you can still confirm her later."),
    "invitation-revoked": _n("Revoked. The link opens nothing any more."),
    "read": _n("All messages are marked as read."),
}
"""What just happened, by the code that an action puts into the address it leads to."""

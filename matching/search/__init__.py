"""The search for candidates: whom the rules allow into which seat, best first, which of them are kept, and what
became of the rest. ``matching.candidates`` is its door.

``signatures`` tells which cases look alike, ``levels`` asks once for each kind of case, ``pools`` narrows everybody
down to those who may, ``routes`` finds the legs, ``finding`` keeps the best; ``dropped`` prices what was not kept.
"""

"""What the engine must reach, each figure a ratio within one run: ``python -m bench matching``.

``waitlists`` draws a problem, ``trials`` lets one solver at it in a process of its own, ``whole`` draws and solves in
one; ``folders`` is what these processes leave for each other. ``lab`` takes turns between solvers and has every answer
checked, ``goals`` judges, ``report`` tells. ``rows`` has a module for each row.
"""

"""What holds for every test: nothing is timed, also not by Hypothesis, whose first example loads what is cached."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

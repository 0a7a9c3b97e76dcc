"""What routes are given besides their own parameters."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.jobs import Jobs
from api.library import Library
from api.metrics import Metrics


def library(request: Request) -> Library:
    """What the lifespan opened."""
    opened: Library = request.app.state.library
    return opened


def base(request: Request) -> str:
    """Where the caller reached this server, without a slash at the end: what a file's links begin with."""
    return str(request.base_url).rstrip("/")


def metrics(request: Request) -> Metrics:
    """What this server counts."""
    counted: Metrics = request.app.state.metrics
    return counted


def jobs(request: Request) -> Jobs:
    """The jobs of this server."""
    working: Jobs = request.app.state.jobs
    return working


Opened = Annotated[Library, Depends(library)]
Counted = Annotated[Metrics, Depends(metrics)]
Working = Annotated[Jobs, Depends(jobs)]

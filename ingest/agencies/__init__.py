"""The register of agencies: which body is that, in a document and in a question."""

from ingest.agencies.agency import Agency, BadRegister
from ingest.agencies.mentions import Mention
from ingest.agencies.register import Register

__all__ = ["Agency", "BadRegister", "Mention", "Register"]

"""The SDK of Hyperledger Sawtooth, with which transaction processors are made."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("sawtooth-sdk",),
    create=("sawtooth_sdk.processor.core.TransactionProcessor",),
    serve=("sawtooth_sdk.processor.core.TransactionProcessor().start",),
    endings={
        # source only
        "sawtooth_sdk.processor.core.TransactionProcessor().start": UNKNOWN,
    },
)

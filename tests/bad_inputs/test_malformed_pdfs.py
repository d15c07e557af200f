"""Every PDF from the wild that may be malformed is read, or refused in one clear sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bench import is_one_clear_sentence

from pes_observatory.errors import LoadRejected
from pes_observatory.read.document.bounded import Limits, extracted

INPUTS = Path(os.environ.get("PES_INPUTS") or Path(__file__).parents[3] / "shared" / "inputs")
FOLDER = INPUTS / "malformed" / "pdf"
MOST_SECONDS = 20
LOCKED_OR_DAMAGED = {
    "corrupted.pdf",
    "encrypted.pdf",
    "libreoffice-writer-password.pdf",
}
PICTURES = {
    "cmyk-image.pdf",
    "grayscale-image.pdf",
    "imagemagick-ASCII85Decode.pdf",
    "imagemagick-CCITTFaxDecode.pdf",
    "imagemagick-images.pdf",
    "imagemagick-lzw.pdf",
}
PATHS = sorted(FOLDER.rglob("*.pdf"))


@pytest.mark.skipif(not PATHS, reason=f"there are no malformed inputs at {FOLDER}; set PES_INPUTS")
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_it_has_one_clear_outcome(path: Path) -> None:
    where = "Source leaflets, file it.pdf"
    limits = Limits(seconds=MOST_SECONDS, memory_bytes=1_000_000_000)
    if path.name in LOCKED_OR_DAMAGED:
        says = "is not a readable PDF"
    elif path.name in PICTURES:
        says = "no text layer"
    else:
        extract = extracted(where, "pdf", path, limits=limits)
        assert extract.blocks
        assert all(
            block.text.strip() and block.char_end > block.char_start for block in extract.blocks
        )
        return
    with pytest.raises(LoadRejected) as refusal:
        extracted(where, "pdf", path, limits=limits)
    is_one_clear_sentence(str(refusal.value), "leaflets", "file it.pdf", says)

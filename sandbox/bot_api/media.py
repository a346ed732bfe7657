"""Photos and documents: uploaded, named again by file_id, or refused."""

from __future__ import annotations

from typing import Any

from sandbox.bot_api.methods import method
from sandbox.bot_api.params import Params, Upload
from sandbox.errors import Refusal, bad_request
from sandbox.files import LARGEST_DOWNLOAD, LARGEST_PHOTO, LARGEST_UPLOAD, File, image_size
from sandbox.world import World


def _upload(params: Params, wish: object, name: str) -> Upload | None:
    """Return the uploaded file a call means: under its own name, or as attach://<name>."""
    if isinstance(wish, str) and wish.startswith("attach://"):
        upload = params.uploads.get(wish.removeprefix("attach://"))
        if upload is None:
            raise bad_request("can't parse InputMedia: media not found")
        return upload
    return params.uploads.get(name)


def _file(world: World, params: Params, wish: object, name: str, folder: str, most: int) -> File:
    upload = _upload(params, wish, name)
    if upload is not None:
        if not upload.data:
            raise bad_request("file must be non-empty")
        if len(upload.data) > most:
            raise Refusal(413, "Request Entity Too Large")
        return world.files.add(upload.data, upload.name, upload.mime, folder)
    if not isinstance(wish, str) or not wish:
        raise bad_request(f"there is no {name} in the request")
    if wish not in world.files.by_id:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return world.files.by_id[wish]


def photo_media(world: World, params: Params, wish: object, name: str) -> dict[str, Any]:
    file = _file(world, params, wish, name, "photos", LARGEST_PHOTO)
    width, height = image_size(file.data)
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return {"photo": [file.as_file() | {"width": width, "height": height}]}


def document_media(world: World, params: Params, wish: object, name: str) -> dict[str, Any]:
    file = _file(world, params, wish, name, "documents", LARGEST_UPLOAD)
    return {"document": file.as_file() | {"file_name": file.name, "mime_type": file.mime}}


@method("getFile")
def get_file(world: World, params: Params) -> Any:
    file = world.files.get(params.text("file_id"))
    if len(file.data) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return file.as_file() | {"file_path": file.path}

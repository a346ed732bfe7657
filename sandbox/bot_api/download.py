"""Files the bot fetches after getFile."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.errors import Refusal
from sandbox.world import World


def download(world: World, request: Request) -> Response:
    if request.path_params["token"] not in world.tokens:
        return JSONResponse(Refusal(401, "Unauthorized").as_json(), 401)
    file = world.files.by_path.get(request.path_params["path"])
    if file is None:
        return JSONResponse(Refusal(404, "Not Found").as_json(), 404)
    return Response(file.data, media_type=file.mime)

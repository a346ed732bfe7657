"""The page, its stream, its files."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.page import hands
from sandbox.page.hub import Hub
from sandbox.page.live import live
from sandbox.page.scene import HERE, Scene
from sandbox.world import World

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
GUARDS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
SHOWN_INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp"}


def routes(world: World) -> list[BaseRoute]:
    hub = Hub(world)
    return [
        Route("/", partial(_page, world, hub)),
        Route("/live", partial(live, world, hub)),
        Route("/again", _again),
        Route("/kept/{id}", partial(_kept, world)),
        Mount("/static", StaticFiles(directory=HERE / "static")),
        *hands.routes(world),
    ]


async def _page(world: World, hub: Hub, request: Request) -> HTMLResponse:
    scene = Scene.chosen(world, request.query_params)
    return HTMLResponse(scene.page(hub.last), headers=GUARDS)


async def _again(request: Request) -> Response:
    """Tell the browser to load the page again, after a reset or when a chat has moved."""
    return Response(headers={"HX-Refresh": "true"})


async def _kept(world: World, request: Request) -> Response:
    """A file somebody sent. Only pictures open in place; the rest is a download, whatever it claims to be."""
    file = world.files.by_id.get(request.path_params["id"])
    if file is None:
        return Response("gone", 404)
    if file.mime in SHOWN_INLINE:
        return Response(file.data, media_type=file.mime, headers=GUARDS)
    name = "".join(char if char.isalnum() or char in "._-" else "_" for char in file.name)
    headers = GUARDS | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(file.data, media_type="application/octet-stream", headers=headers)

"""``valinta serve``."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import click

from tender.console import Command, common_options, console_of, folder_argument, option
from tender.errors import UsageError


@click.command(cls=Command)
@folder_argument
@option("--port", type=click.IntRange(1, 65535), default=8080, show_default=True, help="option.port")
@option("--host", default="127.0.0.1", show_default=True, help="option.host")
@option("--address", default="", metavar="NAME", help="option.address")
@common_options
@click.pass_context
def serve(context: click.Context, /, folder: str, port: int, host: str, address: str, **_: object) -> None:
    """Serve the pages of a tender folder until interrupted."""
    from tender.web import app, server

    console = console_of(context)
    if not address and not _is_own(host):
        raise UsageError("web.needs-tls", host=host)
    hosts = (address,) if address else app.LOOPBACK
    served = app.create_app(Path(folder), lambda: datetime.now(UTC), secrets.token_bytes, hosts)
    shown = f"https://{address}/" if address else f"http://{host}:{port}/"
    console.say("web.started", address=shown)
    console.say("web.stop")
    console.result({"address": shown})
    server.serve(served, host, port)


def _is_own(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

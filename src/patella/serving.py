"""The commands about the pages and who gets in: `serve`, `link`, `devices`, `site`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import typer

from patella.terminal import options as o
from patella.terminal.door import TROUBLE, folder_of, print_json
from patella.terminal.page import Page
from patella.terminal.refused import InputError

if TYPE_CHECKING:
    from patella.web.phone_door import Told, Wanted


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for name, function in (("serve", serve), ("link", link), ("devices", devices), ("site", site)):
        app.command(name)(function)


def serve(  # noqa: PLR0913 - each is one option of the command line
    ctx: typer.Context,
    *,
    port: o.Port = None,
    lan: o.Lan = False,
    address: o.Address = None,
    lan_port: o.LanPort = None,
    host: o.Host = None,
    no_browser: o.NoBrowser = False,
    demo: o.Demo = False,
    shared: o.Shared = False,
    database: o.Database = None,
    workers: o.Workers = 2,
    certificate: o.Certificate = None,
    key: o.CertificateKey = None,
    proxy: o.Proxy = None,
    data: o.Data = None,
    day: o.Day = None,
) -> None:
    """The pages in your browser, on this machine alone, until Ctrl-C. `patella` alone does the same.

    With --shared one server for many, each with a diary of their own: see docs/shared.md.

    Example: patella serve --demo
    """
    from patella.terminal.door import clock_of

    if shared:
        files = folder_of(data or ctx.find_root().obj.data) / "people"
        asked = Asked(database, host, port, address, workers, (certificate, key), proxy)
        _serve_many(asked, files)
        return
    if database or certificate or key or proxy:
        raise InputError("--database, --certificate, --key and --proxy go with --shared.")
    from patella.web.phone_door import DoorError
    from patella.web.serve import ServeError
    from patella.web.serve import serve as serve_pages

    before = ctx.find_root().obj
    wanted_day = day or before.day
    try:
        serve_pages(
            folder_of(data or before.data),
            port=port,
            browser=not no_browser,
            demo=demo,
            now=clock_of(wanted_day) if wanted_day else None,
            wanted=_wanted(lan=lan, address=address, port=lan_port, host=host),
            tell=_tell,
        )
    except (ServeError, DoorError) as error:
        raise InputError(str(error)) from None


class Asked(NamedTuple):
    """What is asked of a shared Patella."""

    database: str | None
    host: str | None
    port: int | None
    address: str | None
    workers: int
    certificate: tuple[Path | None, Path | None]
    proxy: str | None


def _serve_many(asked: Asked, files: Path) -> None:
    from patella.web.entrance import read_host
    from patella.web.serve import HERE, USUAL_PORT, ServeError

    if asked.database is None or asked.host is None:
        raise InputError("--shared needs --database postgresql://... and --host NAME, the name in everybody's browser.")
    file, key = asked.certificate
    if (file is None) != (key is None):
        raise InputError("--certificate and --key go together.")
    try:
        from patella.web.shared import Shared
        from patella.web.workers import Line, serve_shared

        port = USUAL_PORT if asked.port is None else asked.port
        said = Shared(
            database=asked.database, folder=str(files), host=read_host(asked.host), port=port, tls=file is not None
        )
        certificate = None if file is None or key is None else (str(file), str(key))
        line = Line(proxies=(asked.proxy or HERE,), certificate=certificate)
        serve_shared(said, line, address=asked.address or HERE, workers=asked.workers)
    except ModuleNotFoundError as error:
        raise InputError(
            f"A shared Patella needs {error.name}: install this package with its extra `shared`."
        ) from None
    except (ServeError, ValueError) as error:
        raise InputError(str(error)) from None


def _wanted(*, lan: bool, address: str | None, port: int | None, host: str | None) -> Wanted:
    from patella.web.entrance import read_host
    from patella.web.phone_door import Wanted

    if not lan and (address is not None or port is not None):
        raise InputError("--address and --lan-port go with --lan.")
    try:
        return Wanted(lan=lan, address=address, port=port, host=None if host is None else read_host(host))
    except ValueError as error:
        raise InputError(str(error)) from None


def _tell(told: Told) -> None:
    from patella.terminal.phone import show_ways

    where = f" --data {told.folder}" if told.folder else ""
    show_ways(Page.standard(), told.urls, told.code, certificate=(told.fingerprint, told.remade), where=where)


def link(ctx: typer.Context, *, forget: o.Forget = False, data: o.Data = None, as_json: o.AsJson = False) -> None:
    """A link that lets one more browser into the pages, while they are served. It is good once and for ten minutes.

    Example: patella link
    """
    from patella.store.keys import Keys
    from patella.store.served import served_at
    from patella.web.door import link_to, say_link

    folder = folder_of(data or ctx.find_root().obj.data)
    keys = Keys(folder)
    if forget:
        keys.forget()
    port = served_at(folder)
    if port is None:
        _not_running()
    address = link_to(port, keys.make_link())
    if as_json:
        print_json({"link": address})
    else:
        sys.stdout.write(f"{say_link(address)}\n")


def devices(
    ctx: typer.Context,
    *,
    add: o.Add = False,
    forget: o.ForgetOne = None,
    data: o.Data = None,
    as_json: o.AsJson = False,
) -> None:
    """The phones and browsers that are let in, and when each was last here.

    Example: patella devices --forget "Anna's phone"
    """
    from patella.terminal import phone

    if add and forget is not None:
        raise InputError("--add and --forget do not go together; choose one.")
    folder = folder_of(data or ctx.find_root().obj.data)
    if add:
        _add(folder, as_json=as_json)
        return
    if forget is not None:
        phone.forget(folder, forget)
    known = phone.known_in(folder)
    if as_json:
        print_json([{"name": d.name, "seen": phone.seen_at(d).isoformat()} for d in known])
    else:
        phone.show_devices(Page.standard(), known)


def _add(folder: Path, *, as_json: bool) -> None:
    from dataclasses import asdict

    from patella.store.code import Codes
    from patella.store.keys import Keys
    from patella.store.served import served_at
    from patella.web.phone_door import DoorError, doors_running

    if served_at(folder) is None:
        _not_running("`patella serve --lan` starts it with a door for your phone.")
    try:
        told = doors_running(folder, Codes(Keys(folder)))
    except DoorError as error:
        raise InputError(str(error)) from None
    if as_json:
        print_json({name: value for name, value in asdict(told).items() if name not in ("remade", "folder")})
    else:
        _tell(told)


def _not_running(instead: str = "`patella` starts it and opens your browser.") -> NoReturn:
    Page.standard(error=True).say(f"Patella is not running on this diary. {instead}")
    raise typer.Exit(TROUBLE)


def site(*, folder: o.SiteFolder, parts: o.Parts = None) -> None:
    """Patella without a server: a folder of static files for any HTTPS host, for a phone too. Needs npm and a network.

    Example: patella site patella-site
    """
    from platformdirs import user_cache_path

    from patella.terminal.busy import busy
    from patella.web.site.parts import PartsError
    from patella.web.site.site import SiteError, make_site

    try:
        with busy("Making the site"):
            make_site(folder, parts or user_cache_path("patella") / "site-parts")
    except (PartsError, SiteError) as error:
        raise InputError(str(error)) from None
    sys.stdout.write(f"The site is in {folder}. Any host of static files can send it, below any path, over HTTPS.\n")

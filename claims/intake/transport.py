"""A transport for httpx that connects only to addresses the guard has checked.

The name is resolved once per connection, and the connection goes to the very address that was
checked: a name that changes its answer in between gains nothing. The certificate is still
verified against the name. Webhooks and fetches share it.
"""

import contextlib
import ssl
import time
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

import httpcore
import httpx

from claims.intake.guard import AddressRefused, Network, resolve


class GuardedTransport(httpx.BaseTransport):
    """Sends requests to public addresses only, all within one deadline.

    ``allowed_networks`` are open besides, ``ports`` are those that may be connected to (None: any),
    ``seconds`` is the time from now within which everything must be over. ``verify`` replaces the
    system's certificates, for a newsroom with an authority of its own. No proxy is used, whatever
    the environment says. Raises ``AddressRefused`` and httpx's own errors.
    """

    def __init__(
        self,
        *,
        allowed_networks: Iterable[Network] = (),
        ports: Iterable[int] | None = (80, 443),
        seconds: float = 20.0,
        verify: ssl.SSLContext | None = None,
    ) -> None:
        backend = _GuardedBackend(
            tuple(allowed_networks),
            None if ports is None else frozenset(ports),
            time.monotonic() + seconds,
        )
        self._pool = httpcore.ConnectionPool(
            ssl_context=verify or ssl.create_default_context(),
            max_connections=1,
            max_keepalive_connections=0,
            network_backend=backend,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self.close()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request and return the response, its body still to be read."""
        if not isinstance(request.stream, httpx.SyncByteStream):
            raise TypeError("The guarded transport sends synchronous requests only.")
        sent = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        with _httpx_errors():
            response = self._pool.handle_request(sent)
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """A response's body, with the pool's errors as httpx's."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        with _httpx_errors():
            yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _GuardedBackend(httpcore.NetworkBackend):
    """Opens connections: resolve, check, connect to what was checked."""

    def __init__(
        self, allowed: tuple[Network, ...], ports: frozenset[int] | None, deadline: float
    ) -> None:
        self._allowed, self._ports, self._deadline = allowed, ports, deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        if self._ports is not None and port not in self._ports:
            raise AddressRefused(f"Port {port} is not one that the desk connects to.")
        left = _left(self._deadline, timeout)
        try:
            addresses = resolve(host, port, allowed=self._allowed, timeout=left)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        for number, address in enumerate(addresses[:4], start=1):
            try:
                return self._connect(str(address), port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == min(len(addresses), 4):
                    raise
        raise httpcore.ConnectError(f"{host} has no address.")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        raise AddressRefused("The desk does not connect to local sockets.")

    def sleep(self, seconds: float) -> None:
        self._inner.sleep(seconds)

    def _connect(
        self,
        address: str,
        port: int,
        timeout: float | None,
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline, timeout)
        stream = self._inner.connect_tcp(address, port, left, local_address, socket_options)
        return _TimedStream(stream, self._deadline)


class _TimedStream(httpcore.NetworkStream):
    """A connection on which every wait ends at the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline, timeout)
        secured = self._inner.start_tls(ssl_context, server_hostname, left)
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    """Return how many seconds a step may take; ``httpcore.ReadTimeout`` when none is left."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("The time allowed for this is over.")
    return left if timeout is None else min(left, timeout)


_ERRORS: tuple[tuple[type[Exception], type[httpx.TransportError]], ...] = (
    (httpcore.ConnectTimeout, httpx.ConnectTimeout),
    (httpcore.TimeoutException, httpx.ReadTimeout),
    (httpcore.ConnectError, httpx.ConnectError),
    (httpcore.NetworkError, httpx.ReadError),
    (httpcore.ProtocolError, httpx.RemoteProtocolError),
)


@contextlib.contextmanager
def _httpx_errors() -> Iterator[None]:
    """Turn the pool's errors into those that callers of httpx expect."""
    try:
        yield
    except Exception as error:
        for ours, theirs in _ERRORS:
            if isinstance(error, ours):
                raise theirs(str(error)) from error
        raise

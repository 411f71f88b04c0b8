"""Which addresses the desk may connect to: the public internet, and what its operator allows."""

import ipaddress
import queue
import socket
import threading
from collections.abc import Iterable

from httpx import TransportError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NOT_PUBLIC_4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
# Inside the public range: tunnels that end at an IPv4 address of the sender's choice, and examples.
_NOT_PUBLIC_6 = tuple(
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class AddressRefused(TransportError):
    """A connection was refused because of where it would have led."""


def networks(names: Iterable[str]) -> tuple[Network, ...]:
    """Return networks written in CIDR as objects. Raises ``ValueError`` for anything else."""
    return tuple(ipaddress.ip_network(name) for name in names)


def is_allowed(address: Address, allowed: Iterable[Network] = ()) -> bool:
    """Say whether the desk may connect to an address; ``allowed`` networks are always open."""
    plain = _unwrapped(address)
    if any(plain in network for network in allowed if network.version == plain.version):
        return True
    if isinstance(plain, ipaddress.IPv4Address):
        return not any(plain in network for network in _NOT_PUBLIC_4)
    return plain in _PUBLIC_6 and not any(plain in network for network in _NOT_PUBLIC_6)


def resolve(
    host: str, port: int, *, allowed: Iterable[Network] = (), timeout: float = 5.0
) -> tuple[Address, ...]:
    """Return the addresses of a name, all of them checked.

    One forbidden address among them is enough to refuse the name: public names have none. Raises
    ``AddressRefused`` for that, ``OSError`` when there is no answer within ``timeout`` seconds.
    """
    found = tuple(ipaddress.ip_address(name) for name in _look_up(host, port, timeout))
    allowed = tuple(allowed)
    if refused := next((a for a in found if not is_allowed(a, allowed)), None):
        raise AddressRefused(f"{host} leads to {refused}, which is not on the public internet.")
    return found


def _unwrapped(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one stands for, else the address itself."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _look_up(host: str, port: int, timeout: float) -> list[str]:
    """Ask the resolver, which has no time limit of its own, from a thread that may be left."""
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([str(entry[4][0]) for entry in found])
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))

    threading.Thread(target=ask, daemon=True, name="resolve").start()
    try:
        answer = answers.get(timeout=max(timeout, 0.01))
    except queue.Empty:
        raise TimeoutError(f"The name {host} was not resolved in time.") from None
    if isinstance(answer, OSError):
        raise answer
    return answer

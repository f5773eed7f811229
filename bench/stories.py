"""The stories of the benchmark: each known by its number of comments, under one publication."""

from dataclasses import dataclass

SITE = "courier"
PUBLISHER = "https://courier.example"
LINKS = 100  # stories whose counts are asked for at once


@dataclass(frozen=True, slots=True)
class Story:
    """A story to seed. `key` is its name in addresses."""

    key: str
    comments: int

    @property
    def address(self) -> str:
        """On the publisher's own site."""
        return f"{PUBLISHER}/{self.key}"

    @property
    def path(self) -> str:
        return f"/{self.key}"


def sized(comments: int) -> Story:
    """The story that is read, with so many comments."""
    return Story(f"read-{comments}", comments)


WRITTEN = Story("written", 1000)  # where posts go
REPORTED = Story("reported", 20_000)  # whose comments are reported
LIVE = Story("live", 100)
LINKED = tuple(Story(f"linked-{number:03d}", number % 7) for number in range(LINKS))
MIXED = tuple(Story(f"mixed-{number}", 300) for number in range(10))  # read and written at once

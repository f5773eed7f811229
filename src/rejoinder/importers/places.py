"""Places as printed in datelines, told apart well enough to say in which country, and in which zone, they lie.

Names of countries and of the cities that stand for IANA zones come from Unicode CLDR (through Babel), in the
languages of `LANGUAGES`; the state and province names that American, Canadian and Australian datelines carry, and the
large cities CLDR has no zone for, are listed here.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from babel import Locale
from babel.core import get_global
from msgspec import Struct

LANGUAGES = ("en", "de", "fr", "es", "ar", "it", "pt", "nl")


class Place(Struct, frozen=True, kw_only=True):
    """A country (ISO 3166 code) and, where the place lies in one IANA zone, that zone's name."""

    territory: str
    zone: str | None = None


# Cities that often head a dateline and are not themselves the name of an IANA zone.
_CITIES = """
America/New_York: Washington, Boston, Philadelphia, Atlanta, Miami, Pittsburgh, Cleveland, Orlando, Charlotte
America/Chicago: Houston, Dallas, Austin, San Antonio, New Orleans, Minneapolis, St. Louis, Kansas City, Nashville
America/Chicago: Milwaukee, Oklahoma City, Memphis
America/Denver: Salt Lake City, Albuquerque
America/Los_Angeles: San Francisco, Seattle, San Diego, Las Vegas, Sacramento
America/Toronto: Ottawa, Montreal, Quebec City
America/Halifax: Charlottetown
Asia/Kolkata: New Delhi, Delhi, Mumbai, Bombay, Bangalore, Bengaluru, Chennai, Hyderabad, Ahmedabad, Pune
Asia/Kolkata: Calcutta, Lucknow, Patna, Jaipur, Guwahati, Srinagar
Asia/Shanghai: Beijing, Guangzhou, Shenzhen, Chengdu, Wuhan, Tianjin, Nanjing, Chongqing, Hangzhou, Xian
Asia/Taipei: Kaohsiung
Asia/Jerusalem: Tel Aviv, Haifa, Beersheba, Nazareth
Europe/Dublin: Cork, Galway, Limerick
Europe/London: Manchester, Birmingham, Edinburgh, Glasgow, Cardiff, Belfast, Liverpool, Leeds, Bristol
Asia/Dhaka: Chittagong, Sylhet
Asia/Riyadh: Jeddah, Mecca, Medina, Dammam
Asia/Manila: Quezon City, Cebu, Davao
Australia/Sydney: Canberra, Newcastle
Europe/Berlin: Munich, Frankfurt, Hamburg, Cologne, Bonn, München, Köln, Stuttgart, Leipzig, Dresden
Europe/Zurich: Geneva, Bern, Basel
Europe/Rome: Milan, Naples, Turin
Europe/Madrid: Barcelona, Seville, Valencia
Europe/Paris: Lyon, Marseille, Strasbourg, Lille
Asia/Tokyo: Osaka, Kyoto, Fukushima
"""

_STATES = """
US: Alabama, Alaska, Arizona, Arkansas, California, Colorado, Connecticut, Delaware, Florida, Hawaii, Idaho, Illinois
US: Indiana, Iowa, Kansas, Kentucky, Louisiana, Maine, Maryland, Massachusetts, Michigan, Minnesota, Mississippi
US: Missouri, Montana, Nebraska, Nevada, New Hampshire, New Jersey, New Mexico, New York, North Carolina, North Dakota
US: Ohio, Oklahoma, Oregon, Pennsylvania, Rhode Island, South Carolina, South Dakota, Tennessee, Texas, Utah, Vermont
US: Virginia, West Virginia, Wisconsin, Wyoming
CA: Ontario, Quebec, Manitoba, Saskatchewan, Alberta, British Columbia, Nova Scotia, New Brunswick, Newfoundland, Yukon
AU: New South Wales, Queensland, South Australia, Tasmania, Western Australia
"""


def place_named(printed: str) -> Place | None:
    """The place a dateline names, or None. "AUSTIN, Texas" is read by its last part that is known, "NEW DELHI" as a
    whole; of "WASHINGTON/MOSCOW" nothing is concluded, since it names two. After a comma "Georgia" may be a state or a
    country, so there it decides nothing.
    """
    if "/" in printed:
        return None
    parts = [_folded(part) for part in reversed(re.split(r"[,،]", printed))]
    known = [_places()[part] for part in (_folded(printed), *parts) if part in _places()]
    return known[0] if known and not (len(parts) > 1 and parts[0] == "georgia") else None


def territory_of(zone: str) -> str | None:
    """The country (ISO 3166 code) an IANA zone lies in, by CLDR's table, or None for UTC and the like."""
    found = get_global("zone_territories").get(zone)
    return None if found in (None, "001") else str(found)


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.strip().casefold())
    return " ".join(
        "".join(c for c in plain if not unicodedata.combining(c)).replace(".", "").replace("’", "'").split()
    )


@cache
def _places() -> dict[str, Place]:
    known = {name: Place(territory=code) for code, name in _listed(_STATES)}
    for language in LANGUAGES:
        known |= _named_in(language)
    return known | {city: Place(territory=territory_of(zone) or "", zone=zone) for zone, city in _listed(_CITIES)}


def _listed(rows: str) -> Iterator[tuple[str, str]]:
    for row in rows.strip().splitlines():
        heading, names = row.split(": ")
        yield from ((heading, _folded(name)) for name in names.split(","))


def _named_in(language: str) -> dict[str, Place]:
    locale = Locale.parse(language)
    named = {
        _folded(name): Place(territory=code) for code, name in locale.territories.items() if len(code) == len("GB")
    }
    for zone, territory in get_global("zone_territories").items():
        if territory != "001" and zone.count("/") == 1:
            exemplar = locale.time_zones.get(zone, {}).get("city") or zone.split("/")[1].replace("_", " ")
            named[_folded(exemplar)] = Place(territory=territory, zone=zone)
    return named

"""Zone abbreviations as newspapers print them, and what each can mean.

The rows follow the IANA time zone database (https://www.iana.org/time-zones, as in the `tzdata` package), where an
abbreviation is in use there, and common print usage where the database has none (CLDR's names for German and French).
A test compares the rows with the database. An abbreviation with several rows means several things.
"""

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from rejoinder.importers.places import territory_of

_NORTH_AMERICA = "US CA MX GT HN NI CR SV BZ"

# Abbreviations | offset from UTC, or "wall" for what the clocks show | IANA zone | whose it is | countries, if not
# the zone's own
_ROWS = """
UTC GMT Z UT     | +00:00 | Etc/UTC              | Greenwich                  |
WET WEZ          | +00:00 | Europe/Lisbon        | Western Europe             |
WEST WESZ        | +01:00 | Europe/Lisbon        | Western Europe, summer     |
BST              | +01:00 | Europe/London        | Britain, summer            |
BST              | +06:00 | Asia/Dhaka           | Bangladesh                 |
BST              | +11:00 | Pacific/Bougainville | Bougainville               |
IST              | +05:30 | Asia/Kolkata         | India                      |
IST              | +01:00 | Europe/Dublin        | Ireland, summer            |
IST              | +02:00 | Asia/Jerusalem       | Israel                     |
IDT              | +03:00 | Asia/Jerusalem       | Israel, summer             |
CET MEZ HEC      | +01:00 | Europe/Paris         | Central Europe             |
CEST MESZ HAEC   | +02:00 | Europe/Paris         | Central Europe, summer     |
EET OEZ          | +02:00 | Europe/Athens        | Eastern Europe             |
EEST OESZ        | +03:00 | Europe/Athens        | Eastern Europe, summer     |
MSK МСК          | wall   | Europe/Moscow        | Moscow                     |
MSD              | +04:00 | Europe/Moscow        | Moscow, summer             |
TRT              | +03:00 | Europe/Istanbul      | Turkey                     |
EST              | -05:00 | America/New_York     | North America, east        | US CA JM PA KY BS HT MX
EST              | wall   | Australia/Sydney     | Australia, east            |
EDT HAE          | -04:00 | America/New_York     | North America, east, summer |
HNE              | -05:00 | America/New_York     | North America, east        |
ET               | wall   | America/New_York     | North America, east        |
CST              | -06:00 | America/Chicago      | North America, centre      | {north_america}
CST              | +08:00 | Asia/Shanghai        | China                      | CN TW HK MO
CST              | -05:00 | America/Havana       | Cuba                       |
CDT              | -05:00 | America/Chicago      | North America, centre, summer | {north_america}
CDT              | -04:00 | America/Havana       | Cuba, summer               |
HNC              | -06:00 | America/Chicago      | North America, centre      |
HAC              | -05:00 | America/Chicago      | North America, centre, summer |
CT               | wall   | America/Chicago      | North America, centre      |
MST HNR          | -07:00 | America/Denver       | North America, mountains   |
MDT HAR          | -06:00 | America/Denver       | North America, mountains, summer |
MT               | wall   | America/Denver       | North America, mountains   |
PST              | -08:00 | America/Los_Angeles  | North America, west        | US CA MX
PST              | +08:00 | Asia/Manila          | Philippines                |
PDT HAP          | -07:00 | America/Los_Angeles  | North America, west, summer |
HNP              | -08:00 | America/Los_Angeles  | North America, west        |
PT               | wall   | America/Los_Angeles  | North America, west        |
AKST             | -09:00 | America/Anchorage    | Alaska                     |
AKDT             | -08:00 | America/Anchorage    | Alaska, summer             |
HST              | -10:00 | Pacific/Honolulu     | Hawaii                     |
HDT              | -09:00 | America/Adak         | Aleutians, summer          |
AST              | -04:00 | America/Halifax      | North America, Atlantic    | CA US PR BM DO BB TT MQ VI AG DM GD
AST              | +03:00 | Asia/Riyadh          | Arabia                     | SA IQ KW BH QA YE
ADT HAA          | -03:00 | America/Halifax      | North America, Atlantic, summer |
HNA              | -04:00 | America/Halifax      | North America, Atlantic    |
NST HNT          | -03:30 | America/St_Johns     | Newfoundland               |
NDT HAT          | -02:30 | America/St_Johns     | Newfoundland, summer       |
BRT              | -03:00 | America/Sao_Paulo    | Brazil                     |
BRST             | -02:00 | America/Sao_Paulo    | Brazil, summer             |
ART              | -03:00 | America/Argentina/Buenos_Aires | Argentina        |
UYT              | -03:00 | America/Montevideo   | Uruguay                    |
CLT              | -04:00 | America/Santiago     | Chile                      |
CLST             | -03:00 | America/Santiago     | Chile, summer              |
COT              | -05:00 | America/Bogota       | Colombia                   |
PET              | -05:00 | America/Lima         | Peru                       |
VET              | wall   | America/Caracas      | Venezuela                  |
WAT              | +01:00 | Africa/Lagos         | West Africa                |
CAT              | +02:00 | Africa/Maputo        | Central Africa             |
SAST             | +02:00 | Africa/Johannesburg  | South Africa               |
EAT              | +03:00 | Africa/Nairobi       | East Africa                |
GST              | +04:00 | Asia/Dubai           | Gulf                       |
IRST             | +03:30 | Asia/Tehran          | Iran                       |
IRDT             | +04:30 | Asia/Tehran          | Iran, summer               |
AFT              | +04:30 | Asia/Kabul           | Afghanistan                |
PKT              | +05:00 | Asia/Karachi         | Pakistan                   |
NPT              | +05:45 | Asia/Kathmandu       | Nepal                      |
ICT              | +07:00 | Asia/Bangkok         | Indochina                  |
WIB              | +07:00 | Asia/Jakarta         | Indonesia, west            |
WITA             | +08:00 | Asia/Makassar        | Indonesia, centre          |
WIT              | +09:00 | Asia/Jayapura        | Indonesia, east            |
HKT              | +08:00 | Asia/Hong_Kong       | Hong Kong                  |
SGT              | +08:00 | Asia/Singapore       | Singapore                  |
MYT              | +08:00 | Asia/Kuala_Lumpur    | Malaysia                   |
PHT              | +08:00 | Asia/Manila          | Philippines                |
JST              | +09:00 | Asia/Tokyo           | Japan                      |
KST              | +09:00 | Asia/Seoul           | Korea                      |
AWST             | +08:00 | Australia/Perth      | Australia, west            |
ACST             | +09:30 | Australia/Adelaide   | Australia, centre          |
ACDT             | +10:30 | Australia/Adelaide   | Australia, centre, summer  |
AEST             | +10:00 | Australia/Sydney     | Australia, east            |
AEDT             | +11:00 | Australia/Sydney     | Australia, east, summer    |
ChST             | +10:00 | Pacific/Guam         | Guam                       |
NZST             | +12:00 | Pacific/Auckland     | New Zealand                |
NZDT             | +13:00 | Pacific/Auckland     | New Zealand, summer        |
SST              | -11:00 | Pacific/Pago_Pago    | Samoa                      |
SST              | +08:00 | Asia/Singapore       | Singapore                  |
"""


class Meaning(Struct, frozen=True, kw_only=True):
    """One thing an abbreviation can mean. `offset` is None where it is whatever the clocks of `zone` show."""

    abbreviation: str
    zone: str
    whose: str
    offset: timedelta | None
    territories: frozenset[str]

    @property
    def candidate(self) -> str:
        """How an error names it: "Asia/Kolkata (India)"."""
        return f"{self.zone} ({self.whose})"


def meanings(abbreviation: str) -> tuple[Meaning, ...]:
    """Everything the abbreviation can mean, in the table's order; empty for one that is not known. The case counts
    for nothing, and a name of the IANA database ("Europe/Berlin") is its own abbreviation.
    """
    return _meanings().get(abbreviation.upper(), ()) or _by_iana_name(abbreviation)


def wall_time(zone: ZoneInfo | str, *, whose: str = "") -> Meaning:
    """The meaning "what the clocks of this zone show"."""
    key = zone if isinstance(zone, str) else zone.key
    home = territory_of(key)
    return Meaning(
        abbreviation=key, zone=key, whose=whose or key, offset=None, territories=frozenset([home] if home else [])
    )


def timedelta_of(offset: str) -> timedelta:
    """The difference from UTC printed as "+05:30", "-0400" or "+2"."""
    figures = offset[1:].replace(":", "")
    hours, minutes = (figures[:-2], figures[-2:]) if len(figures) > len("00") else (figures, "0")
    size = timedelta(hours=int(hours), minutes=int(minutes))
    return -size if offset[0] in "-−" else size


def in_season(meaning: Meaning, local: datetime) -> bool:
    """Is the offset the one which the clocks of the meaning's zone show at this local time? Of the hour that comes
    twice both offsets are.
    """
    zone = ZoneInfo(meaning.zone)
    shown = {local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}
    return meaning.offset is None or meaning.offset in shown


def _by_iana_name(name: str) -> tuple[Meaning, ...]:
    if "/" not in name:
        return ()
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ()
    return (wall_time(name),)


@cache
def _meanings() -> dict[str, tuple[Meaning, ...]]:
    table: dict[str, tuple[Meaning, ...]] = {}
    for row in _ROWS.format(north_america=_NORTH_AMERICA).strip().splitlines():
        names, offset, zone, whose, countries = (cell.strip() for cell in row.split("|"))
        for name in names.split():
            table[name.upper()] = (*table.get(name.upper(), ()), _meaning(name, offset, zone, whose, countries))
    return table


def _meaning(name: str, offset: str, zone: str, whose: str, countries: str) -> Meaning:
    home = territory_of(zone) or ""
    return Meaning(
        abbreviation=name,
        zone=zone,
        whose=whose,
        offset=None if offset == "wall" else timedelta_of(offset),
        territories=frozenset(countries.split() or home.split()),
    )
